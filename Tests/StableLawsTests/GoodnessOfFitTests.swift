import Foundation
import Numerics
import Testing

@testable import StableLaws

@Suite struct GoodnessOfFitTests {
  /// Under the stable model p-values are uniform: of 40 samples tested at level 0.1, more than 13 rejections have probability below 10⁻⁴
  /// (binomial), and no rejection at all below 0.015.
  @Test func levelIsKept() throws {
    let test = try StableGoodnessOfFit(replicates: 39, estimator: CharacteristicFunctionEstimator())
    var rejections = 0
    for run in 0..<40 {
      let values = try EstimatorTests.sample(1.6, 300, index: UInt64(run))
      if try test.test(values, seed: UInt64(run)).rejects(at: 0.1) { rejections += 1 }
    }
    #expect(rejections <= 13)
  }

  /// Products of heavy factors and mixtures, which matched statistics are made of, are declared not stable.
  @Test(arguments: StableGoodnessOfFit.Statistic.allCases) func wrongModelsAreFound(
    _ statistic: StableGoodnessOfFit.Statistic
  ) throws {
    let test = try StableGoodnessOfFit(
      statistic: statistic, replicates: 39, estimator: CharacteristicFunctionEstimator())
    var stream = RandomStream(seed: 8, purpose: "stable.products")
    let products = (0..<3000).map { _ in stream.normal() * stream.normal() }
    let bimodal = (0..<3000).map { _ in stream.rademacher() * 3 + stream.normal() }
    #expect(try test.test(products, seed: 1).rejects(at: 0.05))
    #expect(try test.test(bimodal, seed: 2).rejects(at: 0.05))
  }

  /// The statistics agree with their definitions on a sample of one: A² = −1 − log F − log S, W² = (F − 1/2)² + 1/12.
  @Test func smallestCase() throws {
    let law = try SymmetricStableLaw(tailIndex: 1.5)
    let f = law.cumulative(0.7)
    // Values below one from five rounded operations each, known to 10⁻¹⁵ themselves.
    #expect(
      (StableGoodnessOfFit.distance([0.7], law, .andersonDarling) + 1 + log(f) + log(1 - f)).magnitude < 2e-15
    )
    #expect(
      (StableGoodnessOfFit.distance([0.7], law, .cramerVonMises) - (f - 0.5) * (f - 0.5) - 1 / 12.0).magnitude
        < 1e-15)
  }

  /// The outcome is a function of sample and seed.
  @Test func reproducible() throws {
    let test = try StableGoodnessOfFit(replicates: 19, estimator: QuantileEstimator())
    let values = try EstimatorTests.sample(1.4, 200)
    #expect(try test.test(values, seed: 3) == test.test(values, seed: 3))
    #expect(throws: StableLawError.self) { try StableGoodnessOfFit(replicates: 18) }
  }
}
