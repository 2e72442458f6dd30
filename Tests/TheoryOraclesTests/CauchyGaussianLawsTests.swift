import Foundation
import Testing

@testable import TheoryOracles

@Suite struct CauchyGaussianLawsTests {
  /// The density is minus the derivative of the tail, and has the characteristic function exp(−|s|^α), which fixes scale and
  /// convention (α = 2 has variance 2).
  @Test(arguments: CauchyGaussianLaws.allCases) func densityAndTail(law: CauchyGaussianLaws) {
    for x in [-3.0, -0.4, 0, 0.7, 1, 2, 5] {
      // Central difference with h = 1e-4: truncation h²/6·|p''| < 2e-9, rounding 1e-16/1e-4 = 1e-12.
      let slope = (law.tail(x - 1e-4) - law.tail(x + 1e-4)) / 2e-4
      #expect((slope - law.density(x)).magnitude < 4e-9)
      #expect(agree(law.tail(x) + law.tail(-x), 1, operations: 8))
    }
    for s in [0.3, 1.0, 1.7] {
      // Cauchy: the cut at L = 2000 leaves an oscillating remainder below 2/(π s L²) < 6e-7; Simpson's step 0.05 leaves 1e-6.
      let value = simpson(from: -2000, to: 2000, panels: 40_000) { cos(s * $0) * law.density($0) }
      #expect((value - exp(-pow(s, law.tailIndex))).magnitude < 2e-6)
    }
  }

  /// Upper quantiles invert the tail down to 1e-12; known values: Cauchy 1 at 1/4, normal √2·1.9599639845400545 at 0.025.
  @Test(arguments: CauchyGaussianLaws.allCases) func quantiles(law: CauchyGaussianLaws) throws {
    for p in [1e-12, 1e-3, 0.05, 0.25, 0.5, 0.9] {
      // x p(x)/P(X > x) ≤ 60 is the condition number of the tail at these points (normal at 1e-12); Cauchy's is 1.
      #expect(agree(law.tail(try law.upperQuantile(p)), p, operations: 400))
    }
    #expect(agree(try CauchyGaussianLaws.cauchy.upperQuantile(0.25), 1, operations: 8))
    #expect(
      agree(
        try CauchyGaussianLaws.gaussian.upperQuantile(0.025), 2.0.squareRoot() * 1.959963984540054,
        operations: 60))
    #expect(throws: OracleError.self) { try law.upperQuantile(1) }
  }

  /// Fisher information and divergence agree with their integrals.
  ///
  /// With x = tan u the Cauchy integrals are smooth and periodic on (−π/2, π/2), where Simpson converges geometrically; the same
  /// substitution serves the normal law.
  @Test(arguments: CauchyGaussianLaws.allCases) func integrals(law: CauchyGaussianLaws) {
    func expectation(_ f: (Double) -> Double) -> Double {
      let edge = Double.pi / 2 - 1e-9
      return simpson(from: -edge, to: edge, panels: 100_000) { u in
        let x = tan(u)
        let value = law.density(x)
        return value == 0 ? 0 : f(x) * value * (1 + x * x)
      }
    }
    func score(_ x: Double) -> Double { law == .cauchy ? 2 * x / (1 + x * x) : x / 2 }
    #expect((expectation { score($0) * score($0) } - law.fisherInformation).magnitude < 1e-8)
    for delta in [0.5, 1, 3] {
      let divergence = expectation { x in
        law == .cauchy
          ? log((1 + (x - delta) * (x - delta)) / (1 + x * x)) : ((x - delta) * (x - delta) - x * x) / 4
      }
      #expect((divergence - law.divergence(separation: delta)).magnitude < 1e-7)
    }
  }

  /// The Cauchy log-likelihood ratio is bounded by 2 asinh(δ/2), and reaches it: a scan of the line finds the bound and no more.
  @Test func boundedLikelihoodRatio() {
    let delta = 3.0
    let bound = CauchyGaussianLaws.cauchy.largestLogLikelihoodRatio(separation: delta)
    var largest = 0.0
    for k in -100_000...100_000 {
      let x = Double(k) * 1e-4
      largest = max(largest, log((1 + x * x) / (1 + (x - delta) * (x - delta))))
    }
    // Near its top the ratio is flat: curvature below 2, grid 1e-4, hence 1e-8.
    #expect(largest <= bound + 1e-12 && largest > bound - 1e-7)
    #expect(CauchyGaussianLaws.gaussian.largestLogLikelihoodRatio(separation: 1) == .infinity)
  }
}
