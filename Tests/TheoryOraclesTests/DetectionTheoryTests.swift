import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct DetectionTheoryTests {
  /// At the exact sample complexity the Bayes error is the allowed one, for the Gaussian; at a threshold envelope the
  /// signal-to-noise ratio is 2q.
  @Test func complexityInvertsError() throws {
    var random = stream("complexity")
    let law = CauchyGaussianLaws.gaussian
    for _ in 0..<100 {
      let error = 0.001 + 0.45 * random.uniform()
      let (gap, scale) = (0.05 + random.uniform(), 0.2 + random.uniform())
      let q = try law.upperQuantile(error)
      let n = try DetectionTheory.sampleComplexity(quantile: q, gap: gap, scale: scale, exponent: 2)
      let delta = try DetectionTheory.separation(gap: gap, scale: scale, exponent: 2, samples: n)
      #expect(agree(delta, 2 * q, operations: 20))
      // Condition number of the tail is at most q²/2 + 1 < 12 here.
      #expect(agree(DetectionTheory.bayesError(separation: delta, tail: law.tail), error, operations: 500))
      let threshold = try DetectionTheory.envelopeThreshold(
        quantile: q, scale: scale, alignment: 0.7, exponent: 2, samples: n)
      #expect(agree(0.7 * threshold, gap, operations: 30))
      #expect(
        agree(
          try DetectionTheory.signalToNoise(
            alignment: 0.7, envelope: threshold, scale: scale, exponent: 2, samples: n), 2 * q, operations: 30
        ))
    }
  }

  /// Exponent κ, not α and not 1/α: at α = 3/2 halving the gap multiplies the sample size by 8.
  @Test func exponentIsConcentration() throws {
    let kappa = try ConcentrationExponent.exponent(tailIndex: 1.5)
    let one = try DetectionTheory.sampleComplexity(quantile: 2, gap: 1, scale: 1, exponent: kappa)
    let half = try DetectionTheory.sampleComplexity(quantile: 2, gap: 0.5, scale: 1, exponent: kappa)
    #expect(one == 64 && half == 512)
    #expect(try DetectionTheory.separation(gap: 3, scale: 2, exponent: kappa, samples: 1) == 1.5)
    #expect(
      agree(try DetectionTheory.separation(gap: 1, scale: 1, exponent: kappa, samples: 8), 2, operations: 4))
    #expect(try DetectionTheory.sampleCount(0.2) == 1)
    #expect(try DetectionTheory.sampleCount(63.5) == 64)
    #expect(throws: OracleError.self) { try DetectionTheory.sampleCount(.infinity) }
  }

  /// The sign test's error frequency on simulated Gaussian means agrees with the Bayes error.
  ///
  /// 40 000 trials; Hoeffding: a deviation above 0.016 has probability below 2 exp(−2·40000·0.016²) < 3e-9.
  @Test func simulation() throws {
    var random = stream("sign test")
    let (gap, scale, samples) = (0.6, 1.0, 5.0)
    let meanScale = try ConcentrationExponent.meanScale(scale: scale, tailIndex: 2, samples: samples)
    var wrong = 0
    for _ in 0..<40_000 {
      // SαS(1) at α = 2 is √2 times a standard normal.
      let y = random.rademacher()
      if y * (y * gap / 2 + meanScale * 2.0.squareRoot() * random.normal()) < 0 { wrong += 1 }
    }
    let delta = try DetectionTheory.separation(gap: gap, scale: scale, exponent: 2, samples: samples)
    let exact = DetectionTheory.bayesError(separation: delta, tail: CauchyGaussianLaws.gaussian.tail)
    #expect((Double(wrong) / 40_000 - exact).magnitude < 0.016)
  }

  /// The published bound is exact for c = L/(4q²); with c = 1/16 and L = log 1/(2ε) it suffices for Gaussian noise (Chernoff),
  /// and with c = 1/4 it is no longer sufficient at ε = 0.01.
  @Test func publishedBound() throws {
    for error in [0.3, 0.1, 0.01, 1e-4] {
      let q = try CauchyGaussianLaws.gaussian.upperQuantile(error)
      let logTerm = log(1 / (2 * error))
      let exact = try DetectionTheory.sampleComplexity(quantile: q, gap: 0.3, scale: 0.9, exponent: 2)
      let fitted = try DetectionTheory.publishedSampleBound(
        logTerm: logTerm, informationConstant: logTerm / (4 * q * q), gap: 0.3, scale: 0.9, exponent: 2)
      #expect(agree(fitted, exact, operations: 40))
      let sufficient = try DetectionTheory.publishedSampleBound(
        logTerm: logTerm, informationConstant: 1.0 / 16, gap: 0.3, scale: 0.9, exponent: 2)
      #expect(sufficient >= exact)
      let tooFew = try DetectionTheory.publishedSampleBound(
        logTerm: logTerm, informationConstant: 0.25, gap: 0.3, scale: 0.9, exponent: 2)
      if error == 0.01 { #expect(tooFew < exact) }
    }
  }

  /// For small ε and heavy tails the sample size is a power of 1/ε: at α = 3/2, 10⁻⁶ in place of 10⁻⁵ costs a factor 100, and the
  /// value is that of a quantile replaced by its tail asymptote.
  @Test func heavyTails() throws {
    func complexity(_ error: Double) throws -> Double {
      try DetectionTheory.heavyTailComplexity(error: error, tailIndex: 1.5, gap: 0.5, scale: 1)
    }
    let (near, far) = try (complexity(1e-5), complexity(1e-6))
    #expect(agree(far, 100 * near, operations: 100))
    let q = try pow(ConcentrationExponent.tailConstant(tailIndex: 1.5) / 1e-5, 1 / 1.5)
    let exact = try DetectionTheory.sampleComplexity(quantile: q, gap: 0.5, scale: 1, exponent: 3)
    #expect(agree(try complexity(1e-5), exact, operations: 100))
  }
}
