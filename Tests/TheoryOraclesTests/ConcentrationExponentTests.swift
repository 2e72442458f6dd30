import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct ConcentrationExponentTests {
  /// κ(2) = 2, κ(3/2) = 3, κ(5/4) = 5, exactly.
  @Test func knownValues() throws {
    #expect(try ConcentrationExponent.exponent(tailIndex: 2) == 2)
    #expect(try ConcentrationExponent.exponent(tailIndex: 1.5) == 3)
    #expect(try ConcentrationExponent.exponent(tailIndex: 1.25) == 5)
  }

  /// α and κ are conjugate, 1/α + 1/κ = 1, and each determines the other by the same formula.
  @Test func conjugateExponents() throws {
    var random = stream("conjugate")
    for alpha in random.uniforms(200, in: 1.01...2) {
      let kappa = try ConcentrationExponent.exponent(tailIndex: alpha)
      // 1/α + 1/κ: five roundings; κ's relative error is α−1's, at most 1 rounding (α−1 is exact), and its inverse is below 1.
      #expect(agree(1 / alpha + 1 / kappa, 1, operations: 8))
      // κ−1 = 1/(α−1) loses κ roundings' relative error times κ/(κ−1) ≤ 2.
      #expect(agree(try ConcentrationExponent.tailIndex(exponent: kappa), alpha, operations: 8))
    }
  }

  /// The mean of N copies has the scale of their sum divided by N, at every tail index, and shrinks like N^(−1/κ) above 1.
  @Test func meanScaleIsSumScaleOverCount() throws {
    var random = stream("mean scale")
    for alpha in random.uniforms(100, in: 0.3...2) {
      let n = 1 + random.integer(below: 60)
      let mean = try ConcentrationExponent.meanScale(scale: 1.7, tailIndex: alpha, samples: Double(n))
      let sum = try ConcentrationExponent.sumScale(
        scales: [Double](repeating: 1.7, count: n), tailIndex: alpha)
      // The sum of n powers carries n roundings, raised to 1/α ≤ 3.4, and exponents below 15 amplify pow's argument rounding.
      #expect(agree(mean, sum / Double(n), operations: 4 * n + 60))
      if alpha > 1.01 {
        let kappa = try ConcentrationExponent.exponent(tailIndex: alpha)
        #expect(agree(mean, 1.7 * pow(Double(n), -1 / kappa), operations: 60))
      }
    }
  }

  /// C₁ = 1/π, and C_α matches the exact Cauchy tail x P(X > x) → 1/π; p_α(0) is 1/π and 1/(2√π) at α = 1, 2, and equals the
  /// inversion integral at 3/2.
  @Test func constants() throws {
    #expect(agree(try ConcentrationExponent.tailConstant(tailIndex: 1), 1 / .pi, operations: 8))
    #expect(agree(1e9 * CauchyGaussianLaws.cauchy.tail(1e9), 1 / .pi, operations: 8))
    #expect(agree(try ConcentrationExponent.densityAtZero(tailIndex: 1), 1 / .pi, operations: 8))
    #expect(
      agree(
        try ConcentrationExponent.densityAtZero(tailIndex: 2), CauchyGaussianLaws.gaussian.density(0),
        operations: 8)
    )
    // exp(−s^1.5) with s = t² is the smooth 2t exp(−t³); Simpson's error at step 1e-4 is below 1e-14, exp(−4³) below 1e-27.
    let integral = simpson(from: 0, to: 4) { 2 * $0 * exp(-$0 * $0 * $0) } / .pi
    #expect((try ConcentrationExponent.densityAtZero(tailIndex: 1.5) - integral).magnitude < 1e-12)
  }

  /// Tail indices without a concentrating mean are refused.
  @Test(arguments: [1.0, 0.5, 2.1, .nan]) func domain(alpha: Double) {
    #expect(throws: OracleError.self) { try ConcentrationExponent.exponent(tailIndex: alpha) }
  }
}
