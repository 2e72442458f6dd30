import Foundation
import Kernels
import Testing

@Suite struct SequenceFunctionsTests {
  private typealias Vector = SIMD8<Double>

  /// Every exponent from 2⁻⁶⁰ to 2¹⁰ with both signs and eight fractions, and the centre ±45 finely.
  private static let points: [Double] = {
    var values: [Double] = []
    for exponent in -60...10 {
      for fraction in 0..<8 {
        let size = Double(sign: .plus, exponent: exponent, significand: 1 + Double(fraction) * 0.1237)
        values += [size, -size]
      }
    }
    return values + (-40_000...40_000).map { Double($0) * 0x1.27p-10 }
  }()

  private static func evaluate(_ function: ([Vector]) -> [Vector], _ values: [Double]) -> [Double] {
    let padded = values + [Double](repeating: 0, count: (8 - values.count % 8) % 8)
    let vectors = stride(from: 0, to: padded.count, by: 8).map { start in
      Vector((0..<8).map { padded[start + $0] })
    }
    return Array(function(vectors).flatMap { vector in (0..<8).map { vector[$0] } }.prefix(values.count))
  }

  /// The largest error in units of u times the exact value. The C library's functions, within 2 ulp, stand for the exact ones and
  /// widen the bound by 4u.
  private static func worst(_ results: [Double], _ values: [Double], _ exact: (Double) -> Double) -> Double {
    zip(results, values).map { result, value in
      let want = exact(value)
      return want == result ? 0 : abs(result - want) / (abs(want) * 0x1p-53)
    }.max() ?? 0
  }

  /// `tanh x` within 8u over all magnitudes, odd bit for bit.
  @Test func hyperbolicTangentIsAccurate() {
    let results = Self.evaluate({ SequenceFunctions.hyperbolicTangents($0) }, Self.points)
    #expect(Self.worst(results, Self.points) { tanh($0) } <= 8 + 4)
    let mirrored = Self.evaluate({ SequenceFunctions.hyperbolicTangents($0) }, Self.points.map { -$0 })
    #expect(zip(results, mirrored).allSatisfy { $0.bitPattern == (-$1).bitPattern })
  }

  /// `1/(1+e⁻ˣ)` within 6u from −700 on; the reference has three roundings of its own.
  @Test func logisticIsAccurate() {
    let values = Self.points.filter { $0 > -700 }
    let results = Self.evaluate({ SequenceFunctions.logistics($0) }, values)
    let reference: (Double) -> Double = { $0 >= 0 ? 1 / (1 + exp(-$0)) : exp($0) / (1 + exp($0)) }
    #expect(Self.worst(results, values, reference) <= 6 + 4 + 3)
    let far = Self.evaluate({ SequenceFunctions.logistics($0) }, Self.points.filter { $0 <= -700 })
    #expect(far.allSatisfy { $0 >= 0 && $0 < 1e-304 })
  }

  /// Limits, signed zero and NaN.
  @Test func specialValues() {
    let values: [Double] = [.infinity, -.infinity, 0, -0.0, .nan, 1000, -1000, 0x1p-1060]
    let tangents = Self.evaluate({ SequenceFunctions.hyperbolicTangents($0) }, values)
    #expect(tangents[..<4].map(\.bitPattern) == [1, -1, 0, -0.0].map(\.bitPattern))
    #expect(tangents[4].isNaN)
    #expect(tangents[5] == 1 && tangents[6] == -1 && tangents[7] == 0x1p-1060)
    let logistics = Self.evaluate({ SequenceFunctions.logistics($0) }, values)
    #expect(logistics[0] == 1 && logistics[1] < 4e-308 && logistics[2] == 0.5 && logistics[3] == 0.5)
    #expect(logistics[4].isNaN)
  }

  /// Every level gives the same bits.
  @Test func levelsAgreeBitForBit() {
    for level in CPULevel.supported {
      for (one, other) in [
        (
          Self.evaluate({ SequenceFunctions.hyperbolicTangents($0, level: .baseline) }, Self.points),
          Self.evaluate({ SequenceFunctions.hyperbolicTangents($0, level: level) }, Self.points)
        ),
        (
          Self.evaluate({ SequenceFunctions.logistics($0, level: .baseline) }, Self.points),
          Self.evaluate({ SequenceFunctions.logistics($0, level: level) }, Self.points)
        ),
      ] {
        #expect(one == other, "\(level)")
      }
    }
  }
}
