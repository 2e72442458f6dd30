import Foundation
import Kernels
import Testing

@Suite struct OptimizerStepsTests {
  private static let lengths = [1, 7, 8, 15, 16, 17, 41]
  private static let cases = CPULevel.supported.flatMap { level in lengths.map { (level, $0) } }

  private func numbers(_ count: Int, _ phase: Double) -> [Double] {
    (0..<count).map { sin(1.7 * Double($0) + phase) }
  }

  /// AdamW gives the bits of its formula written out, at every length and on every CPU level.
  @Test(arguments: cases)
  func adamWIsItsFormula(level: CPULevel, count: Int) {
    var theta = numbers(count, 0)
    var mean = numbers(count, 1)
    var square = numbers(count, 2).map { $0 * $0 }
    let gradient = numbers(count, 3)
    let k = OptimizerSteps.AdamW(
      learningRate: 0.01, scale: 0.37, firstDecay: 0.9, secondDecay: 0.999, firstCorrection: 3.7,
      secondCorrection: 341, epsilon: 1e-8, weightDecay: 0.02)
    var expected = (theta: theta, mean: mean, square: square)
    for i in 0..<count {
      let g = 0.37 * gradient[i]
      expected.mean[i] = 0.9 * mean[i] + (1 - 0.9) * g
      expected.square[i] = 0.999 * square[i] + (1 - 0.999) * g * g
      let root = (expected.square[i] * 341).squareRoot() + 1e-8
      let step = 0.02 * theta[i] + expected.mean[i] * 3.7 / root
      expected.theta[i] = theta[i] - 0.01 * step
    }
    OptimizerSteps.adamW(
      &theta, gradient: gradient, mean: &mean, square: &square, constants: k, level: level)
    #expect(theta == expected.theta && mean == expected.mean && square == expected.square)
  }

  /// SGD, momentum and RMSprop give the bits of their formulas, at every length and on every CPU level.
  @Test(arguments: cases)
  func otherRulesAreTheirFormulas(level: CPULevel, count: Int) {
    let start = numbers(count, 0)
    let gradient = numbers(count, 3)
    var theta = start
    OptimizerSteps.sgd(&theta, gradient: gradient, learningRate: 0.01, scale: 0.37, level: level)
    #expect(theta == zip(start, gradient).map { $0 - 0.01 * (0.37 * $1) })

    var mean = numbers(count, 1)
    let nextMean = zip(mean, gradient).map { 0.9 * $0 + 0.37 * $1 }
    theta = start
    OptimizerSteps.momentum(
      &theta, gradient: gradient, mean: &mean, learningRate: 0.01, scale: 0.37, decay: 0.9, level: level)
    #expect(mean == nextMean)
    #expect(theta == zip(start, nextMean).map { $0 - 0.01 * $1 })

    var square = numbers(count, 2).map { $0 * $0 }
    let scaled = gradient.map { 0.37 * $0 }
    let nextSquare = zip(square, scaled).map { 0.99 * $0 + (1 - 0.99) * $1 * $1 }
    theta = start
    OptimizerSteps.rmsprop(
      &theta, gradient: gradient, square: &square, learningRate: 0.01, scale: 0.37, decay: 0.99,
      epsilon: 1e-8, level: level)
    #expect(square == nextSquare)
    #expect(
      theta
        == zip(start, zip(scaled, nextSquare)).map {
          $0 - 0.01 * $1.0 / ($1.1.squareRoot() + 1e-8)
        })
  }

  /// The sum of squares has the same bits on every level and is within its error bound of the exact sum.
  @Test(arguments: lengths)
  func sumOfSquaresWithinItsBound(count: Int) {
    let values = numbers(count, 4)
    // Products of 53-bit numbers and 41 of their sums fit a Float80's 64 bits to (n + 1)·2⁻⁶⁴, far below the bound.
    #if arch(x86_64)
      let exact = values.reduce(Float80(0)) { $0 + Float80($1) * Float80($1) }
      let bound = Double(count) / 16 + 16 + 5
      for level in CPULevel.supported {
        let sum = OptimizerSteps.sumOfSquares(values, level: level)
        #expect(abs(Float80(sum) - exact) <= Float80(bound * 0x1p-53) * exact)
        #expect(sum == OptimizerSteps.sumOfSquares(values, level: .baseline))
      }
    #else
      #expect(values.reduce(0) { $0 + $1 * $1 } - OptimizerSteps.sumOfSquares(values) < 1e-14)
    #endif
  }
}
