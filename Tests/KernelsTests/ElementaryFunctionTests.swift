import Foundation
import Kernels
import Testing

@Suite struct ElementaryFunctionTests {
  /// Floats of every exponent and both signs, about 1.4 million, by a stride through the bit patterns that is
  /// prime and so hits all low bits.
  static let everyMagnitude: [Float] = stride(from: UInt32(0), to: 0xff80_0000, by: 2999).compactMap {
    let value = Float(bitPattern: $0)
    return value.isFinite ? value : nil
  }

  /// The range that matters, ±110, finely: half a million values.
  static let centre: [Float] = (-262_144...262_144).map { Float($0) * 0x1.b8p-12 }

  /// Largest error in units in the last place of the exact value; Double's own error is below 10⁻⁸ of that.
  private func worstError(
    _ function: ElementaryFunction, _ values: [Float], _ exact: (Double) -> Double
  ) throws -> Double {
    let results = try function(values)
    var worst = 0.0
    for (value, result) in zip(values, results) {
      let want = exact(Double(value))
      if Float(want) == result { continue }
      guard result.isFinite else { return .infinity }
      worst = max(worst, abs(Double(result) - want) / Double(max(Float(abs(want)).ulp, 0x1p-149)))
    }
    return worst
  }

  /// `eˣ` within 1.1 ulp over all of Float, 1.7 ulp where the result is subnormal.
  @Test func exponentialIsAccurate() throws {
    for values in [Self.everyMagnitude, Self.centre] {
      #expect(try worstError(.exponential, values.filter { $0 >= -87 }) { exp($0) } <= 1.1)
      #expect(try worstError(.exponential, values.filter { $0 < -87 }) { exp($0) } <= 1.7)
    }
  }

  /// `1/(1+e⁻ˣ)` within 3 ulp from −87 on, and below 2·10⁻³⁸ under that.
  @Test func logisticIsAccurate() throws {
    for values in [Self.everyMagnitude, Self.centre] {
      #expect(try worstError(.logistic, values.filter { $0 >= -87 }) { 1 / (1 + exp(-$0)) } <= 3)
      #expect(
        try ElementaryFunction.logistic(values.filter { $0 < -87 }).allSatisfy { $0 >= 0 && $0 < 2e-38 })
    }
  }

  /// `tanh x` within 3 ulp over all of Float, and odd bit for bit.
  @Test func hyperbolicTangentIsAccurate() throws {
    for values in [Self.everyMagnitude, Self.centre] {
      #expect(try worstError(.hyperbolicTangent, values) { tanh($0) } <= 3)
      let results = try ElementaryFunction.hyperbolicTangent(values)
      let mirrored = try ElementaryFunction.hyperbolicTangent(values.map { -$0 })
      #expect(zip(results, mirrored).allSatisfy { $0.bitPattern == $1.bitPattern ^ 0x8000_0000 })
    }
  }

  /// `log x` within 2 ulp over all positive normal floats, and finely where it changes sign.
  @Test func logarithmIsAccurate() throws {
    let positive = Self.everyMagnitude.filter { $0 >= Float.leastNormalMagnitude }
    let nearOne = (-200_000...200_000).map { 1 + Float($0) * 0x1p-20 }
    for values in [positive, nearOne] {
      #expect(try worstError(.logarithm, values) { log($0) } <= 2)
    }
  }

  /// `sin(πx/4)` and `cos(πx/4)` within 2 ulp over [0, 1], on a grid of a million and at small magnitudes.
  @Test func eighthTurnsAreAccurate() throws {
    let grid = (0...1_000_000).map { Float($0) / 1_000_000 }
    let small = Self.everyMagnitude.filter { $0 >= 0x1p-100 && $0 <= 1 }
    for values in [grid, small] {
      #expect(try worstError(.sineOfEighth, values) { sin(Double.pi / 4 * $0) } <= 2)
      #expect(try worstError(.cosineOfEighth, values) { cos(Double.pi / 4 * $0) } <= 2)
    }
  }

  /// Limits, signed zero and NaN.
  @Test func specialValues() throws {
    let values: [Float] = [.infinity, -.infinity, 0, -0.0, .nan]
    let exponentials = try ElementaryFunction.exponential(values)
    #expect(
      exponentials[0] == .infinity && exponentials[1] == 0 && exponentials[2] == 1 && exponentials[3] == 1)
    let logistics = try ElementaryFunction.logistic(values)
    #expect(logistics[0] == 1 && logistics[1] < 2e-38 && logistics[2] == 0.5)
    let tangents = try ElementaryFunction.hyperbolicTangent(values)
    #expect(tangents[0] == 1 && tangents[1] == -1)
    #expect(tangents[2].bitPattern == 0 && tangents[3].bitPattern == 0x8000_0000)
    #expect(exponentials[4].isNaN && logistics[4].isNaN && tangents[4].isNaN)
  }

  /// Every CPU level gives the same bits over all magnitudes, and a tail shorter than a register is handled.
  @Test(arguments: ElementaryFunction.allCases)
  func levelsAgreeBitForBit(function: ElementaryFunction) throws {
    let values = Array(Self.everyMagnitude.prefix(Self.everyMagnitude.count / 16 * 16 - 3))
    let reference = try function(values, level: .baseline)
    #expect(reference.count == values.count)
    for level in CPULevel.supported {
      let results = try function(values, level: level)
      #expect(zip(results, reference).allSatisfy { $0.bitPattern == $1.bitPattern }, "\(level)")
    }
    #expect(try function([]).isEmpty)
  }
}
