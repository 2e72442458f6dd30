import Foundation
import Testing

@testable import TheoryOracles

@Suite struct DivergenceGrowthTests {
  /// With c = I/4 the Cauchy bound holds up to δ = 3.170…, where log(1 + δ²/4) = δ²/8; the Gaussian bound holds everywhere.
  @Test func validityLimit() throws {
    let cauchy = CauchyGaussianLaws.cauchy
    let limit = try DivergenceGrowth.validityLimit(coefficient: 0.125) { cauchy.divergence(separation: $0) }
    #expect((limit - 3.170).magnitude < 5e-4)
    // At the crossing both sides are 1.256; their slopes there differ by 0.34, so 60 halvings leave a few roundings.
    #expect(agree(cauchy.divergence(separation: limit), 0.125 * limit * limit, operations: 20))
    #expect(cauchy.divergence(separation: 0.999 * limit) > 0.125 * pow(0.999 * limit, 2))
    #expect(cauchy.divergence(separation: 1.001 * limit) < 0.125 * pow(1.001 * limit, 2))
    let gaussian = CauchyGaussianLaws.gaussian
    #expect(
      try DivergenceGrowth.validityLimit(coefficient: 0.2) { gaussian.divergence(separation: $0) }
        == .infinity)
    #expect(throws: OracleError.self) {
      try DivergenceGrowth.validityLimit(coefficient: 0.3) { cauchy.divergence(separation: $0) }
    }
  }

  /// The quadratic is an upper bound of the divergence, equal for Gaussian noise and tight at δ → 0 for Cauchy noise.
  @Test func quadraticIsUpperBound() {
    for delta in [1e-3, 0.1, 1, 5, 50] {
      let quadratic = DivergenceGrowth.quadratic(separation: delta, fisherInformation: 0.5)
      #expect(agree(CauchyGaussianLaws.gaussian.divergence(separation: delta), quadratic, operations: 4))
      let cauchy = CauchyGaussianLaws.cauchy.divergence(separation: delta)
      #expect(cauchy < quadratic)
      // log(1+u) ≥ u − u²/2.
      #expect(cauchy >= quadratic * (1 - quadratic / 2) * (1 - 8 * unitRoundoff))
    }
  }

  /// Far apart the Cauchy divergence is 2 log δ − log 4 up to 4/δ²: growth in the logarithm.
  @Test func logarithmicGrowth() throws {
    for delta in [1e3, 1e6] {
      let growth = try DivergenceGrowth.heavyTailGrowth(separation: delta, tailIndex: 1)
      let difference = CauchyGaussianLaws.cauchy.divergence(separation: delta) - growth
      #expect((difference + log(4)).magnitude < 4 / (delta * delta) + 1e-13)
    }
  }

  /// The quadratic lower bound fails beyond N_max: at that N the separation is the limit.
  @Test func largestSamples() throws {
    let n = try DivergenceGrowth.largestSamples(validityLimit: 4, gap: 0.5, scale: 1, exponent: 3)
    #expect(n == 512)
    #expect(
      agree(try DetectionTheory.separation(gap: 0.5, scale: 1, exponent: 3, samples: n), 4, operations: 8))
    #expect(
      try DivergenceGrowth.largestSamples(validityLimit: .infinity, gap: 1, scale: 1, exponent: 2)
        == .infinity)
  }

  /// An uncapped quadratic bound on the information breaks at a finite separation even for Gaussian noise.
  @Test func informationIsCapped() throws {
    let delta = try DivergenceGrowth.informationClaimBreaks(coefficient: 0.0625)
    #expect(agree(0.0625 * delta * delta, InformationBounds.capacity, operations: 8))
    #expect(InformationBoundsTests.information(.gaussian, delta) < 0.9 * InformationBounds.capacity)
  }
}
