import Foundation
import Testing

@testable import TheoryOracles

@Suite struct InformationBoundsTests {
  static let separations = [0.05, 0.3, 1, 2, 4, 8, 20]

  /// Mutual information of the sign and one shifted observation, by quadrature after x = tan u (smooth, periodic for Cauchy).
  static func information(_ law: CauchyGaussianLaws, _ delta: Double) -> Double {
    let edge = Double.pi / 2 - 1e-9
    return simpson(from: -edge, to: edge, panels: 50_000) { u in
      let x = tan(u)
      let (p, q) = (law.density(x - delta / 2), law.density(x + delta / 2))
      let mean = (p + q) / 2
      guard p > 0 && mean > 0 else { return 0 }
      return p * log(p / mean) * (1 + x * x)
    }
  }

  /// Every bound points its way against the exact Bayes error and the numerical information, for Cauchy and Gaussian noise at
  /// separations from 0.05 to 20 (slack 1e-7 for the quadrature).
  @Test(arguments: CauchyGaussianLaws.allCases) func directions(law: CauchyGaussianLaws) throws {
    for delta in Self.separations {
      let error = DetectionTheory.bayesError(separation: delta, tail: law.tail)
      let information = Self.information(law, delta)
      #expect(information > 0 && information <= InformationBounds.capacity)
      #expect(information >= (try InformationBounds.fanoNecessary(error: error)) - 1e-7)
      #expect(error <= (try InformationBounds.hellmanRavivError(information: information)) + 1e-7)
      let upper = InformationBounds.informationUpperBound(
        separation: delta, fisherInformation: law.fisherInformation)
      #expect(information <= upper + 1e-7)
      let density = try InformationBounds.necessarySeparation(error: error, densityAtZero: law.density(0))
      let hellinger = try InformationBounds.necessarySeparation(
        error: error, fisherInformation: law.fisherInformation)
      #expect(delta >= density * (1 - 1e-12) && delta >= hellinger * (1 - 1e-12))
      let variation = InformationBounds.totalVariation(separation: delta, tail: law.tail)
      #expect(
        agree(try InformationBounds.leCamError(totalVariation: variation), error, operations: 8, scale: 1))
    }
  }

  /// Necessary sample sizes are below the exact one, over error levels from 0.4 to 1e-4 (Gaussian).
  @Test func necessarySamples() throws {
    for error in [0.4, 0.2, 0.05, 1e-4] {
      let q = try CauchyGaussianLaws.gaussian.upperQuantile(error)
      let exact = try DetectionTheory.sampleComplexity(quantile: q, gap: 0.2, scale: 1.1, exponent: 2)
      let needed = try InformationBounds.necessarySamples(
        error: error, fisherInformation: 0.5, gap: 0.2, scale: 1.1, exponent: 2)
      #expect(needed > 0 && needed <= exact)
      // It is the sample size at which the upper bound on the information meets Fano's requirement.
      let delta = try DetectionTheory.separation(gap: 0.2, scale: 1.1, exponent: 2, samples: needed)
      #expect(
        agree(
          InformationBounds.informationUpperBound(separation: delta, fisherInformation: 0.5),
          try InformationBounds.fanoNecessary(error: error), operations: 60))
    }
  }

  /// Values at the ends: full information gives no error, none gives a coin, entropy is 0, log 2 and symmetric.
  @Test func ends() throws {
    #expect(try InformationBounds.hellmanRavivError(information: InformationBounds.capacity) == 0)
    #expect(try InformationBounds.hellmanRavivError(information: 0) == 0.5)
    #expect(
      agree(
        try InformationBounds.hellmanRavivError(
          information: InformationBounds.hellmanRavivSufficient(error: 0.2)), 0.2, operations: 8))
    #expect(try InformationBounds.binaryEntropy(0) == 0)
    #expect(agree(try InformationBounds.binaryEntropy(0.5), log(2), operations: 4))
    #expect(
      agree(
        try InformationBounds.binaryEntropy(0.2), -0.2 * log(0.2) - 0.8 * log(0.8), operations: 8))
    #expect(throws: OracleError.self) { try InformationBounds.hellmanRavivError(information: 0.7) }
    #expect(throws: OracleError.self) { try InformationBounds.fanoNecessary(error: 0.5) }
  }

  /// Fano says nothing from a lower bound: at δ = 1 the (valid) lower bound 0 on the Cauchy information demands no sample, while the
  /// true error is 0.35; and `I ≥ log 1/(2ε)` is impossible for ε < 1/4, since it exceeds log 2.
  @Test func wrongDirection() throws {
    #expect(DetectionTheory.bayesError(separation: 1, tail: CauchyGaussianLaws.cauchy.tail) > 0.35)
    #expect(log(1 / (2 * 0.24)) > InformationBounds.capacity)
    // The requirement that a test with error 0.24 really makes is far below.
    #expect(try InformationBounds.fanoNecessary(error: 0.24) < InformationBounds.capacity / 4)
  }
}
