import Foundation
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// Claims about the published sample bound, equation (19), and about what it forbids.
  static let sampleComplexity: [Claim] = [
    Claim(
      "DE-18", "the constant of the sample bound",
      statement: "N ≥ (L_ε/c_α)^{κ/2} (σ/Δ)^κ with c_α depending on α alone",
      source: "Livi 2025, equation (19)",
      verdict: .refuted,
      finding:
        "the exact bound has c = L_ε/(4 q²_{1−ε}), which for α < 2 depends on ε and tends to 0 with it; no constant serves",
      oracle: "quantiles of the law",
      checks: [
        .refutation { system in
          Property("DE-18 one constant for two errors", cases: 40) { draw in
            let law = try draw(
              "law", choice(of: [1.5, 1.2, 1.8]).map { try SymmetricStableLaw(tailIndex: $0) })
            let first = try draw("ε", reals(in: 0.0001...0.2))
            let second = try draw("ε'", reals(in: 0.0001...0.2))
            func constant(_ error: Double) throws -> Double {
              let quantile = try system.stable.upperQuantile(law, error)
              return log(1 / (2 * error)) / (4 * quantile * quantile)
            }
            try atMost(abs(log(try constant(first) / constant(second))), log(2), "constants differ twofold")
          }
        }
      ]),
    Claim(
      "DE-19", "the sample bound as a sufficient condition",
      statement: "N_(19) with L_ε = log(1/(2ε)) and c = I_α/8 samples suffice for error ε",
      source: "Livi 2025, equation (19): “sufficient”", verdict: .amended,
      finding:
        "for α < 2 it asks for too few samples without bound as ε falls (258 times too few at α = 1.5, ε = 0.001); at α = 2 it "
        + "is Chernoff's bound and suffices",
      oracle: "the exact error at that sample size",
      checks: [
        .property { system in
          Property("DE-19 sufficient at α = 2") { draw in
            let error = try draw("ε", magnitudes(in: 1e-12...0.49))
            let law = try SymmetricStableLaw(tailIndex: 2)
            let count = try DetectionTheory.publishedSampleBound(
              logTerm: log(1 / (2 * error)), informationConstant: 1.0 / 16, gap: 1, scale: 1, exponent: 2)
            // The tail's condition number is z²/2 ≤ 60 at most.
            try atMost(
              try system.stable.bayesError(law, count.squareRoot()), error * (1 + 1000 * NoiseDraws.unit))
          }
        },
        .refutation { system in
          Property("DE-19 sufficient for heavy tails", cases: 40) { draw in
            let law = try draw(
              "law", choice(of: [1.5, 1.3, 1.8]).map { try SymmetricStableLaw(tailIndex: $0) })
            let error = try draw("ε", reals(in: 0.001...0.3))
            let separation = (8 * log(1 / (2 * error)) / system.stable.locationInformation(law)).squareRoot()
            try atMost(try system.stable.bayesError(law, separation), error)
          }
        },
      ]),
    Claim(
      "DE-20", "small errors cost a power",
      statement: "N*(ε) ~ (2σ/Δ)^κ (C_α/ε)^{1/(α−1)} as ε → 0, for α < 2",
      source: "amends Livi 2025, equation (19), where a power of log(1/ε) stands", verdict: .holds,
      oracle: "the next term of the tail's series",
      checks: [
        .property { system in
          Property("DE-20 small errors cost a power") { draw in
            let law = try draw("law", NoiseDraws.laws(1.1...1.9))
            let index = law.tailIndex
            let error = try draw("ε", magnitudes(in: 1e-9...1e-3))
            let gap = try draw("Δ", magnitudes(in: 0.1...10))
            let quantile = try law.upperQuantile(error)
            let next = -tgamma(2 * index) * cos(.pi * index / 2) / tgamma(index) * pow(quantile, -index)
            try assume(next < 0.01)
            let exact = try system.stable.sampleComplexity(law, error, gap)
            let leading = try system.theory.heavyTailComplexity(error, index, gap, 1)
            // log(exact/leading) = log(1 + next + …)/(α − 1), the rest below next/2; powers add 50 roundings · κ.
            try draw.within(
              log(exact / leading) * (index - 1), next,
              bound: 0.6 * next + 1000 * NoiseDraws.unit)
          }
        }
      ]),
    Claim(
      "DE-21", "heavy tails forbid any estimator",
      statement: "no estimator detects the sign with error ε from fewer than order (σ/Δ)^κ samples",
      source: "Livi 2025, section 5.4 (“information-theoretic obstruction”)", verdict: .refuted,
      finding:
        "κ belongs to the sample mean: N variables carry Fisher information N I_α/σ², and the median errs far less than the "
        + "mean (α = 1.2, N = 201, Δ = σ/2: 0.019 against 0.333)",
      oracle: "the exact binomial error of the median's sign",
      checks: [
        .property { system in
          Property("DE-21 the mean wins at α = 2") { draw in
            let half = try draw("half of N", integers(in: 1...200))
            let gap = try draw("Δ", reals(in: 0.05...0.5))
            let law = try SymmetricStableLaw(tailIndex: 2)
            let (mean, median) = try Self.signErrors(system, law, count: 2 * half + 1, gap: gap)
            // Binomial tails sum up to 400 terms.
            try atMost(mean, median * (1 + 1e-10))
          }
        },
        .refutation { system in
          Property("DE-21 no estimator beats the mean", cases: 60) { draw in
            let law = try draw("law", choice(of: [1.5, 1.2]).map { try SymmetricStableLaw(tailIndex: $0) })
            let half = try draw("half of N", integers(in: 1...200))
            let (mean, median) = try Self.signErrors(system, law, count: 2 * half + 1, gap: 0.5)
            try atMost(mean, 2 * median, "error of the mean against twice that of the median")
          }
        },
      ]),
    Claim(
      "DE-22", "the sample bound as a necessary condition",
      statement: "N_(19) with L_ε = log(1/(2ε)) and c = I_α/2 samples are needed for error ε",
      source: "Livi 2025, equation (19), read as necessary", verdict: .amended,
      finding:
        "with the largest constant that the divergence allows it is a necessary bound up to ε = 0.28, for every α; near ε = ½ it asks for "
        + "too many, for there a separation of (1 − 2ε)/p(0) suffices while √(log(1/(2ε))) is far larger",
      oracle: "the exact sample complexity",
      checks: [
        .property { system in
          Property("DE-22 necessary up to ε = 0.28", cases: 100) { draw in
            let law = try draw("law", NoiseDraws.laws())
            let error = try draw("ε", magnitudes(in: 1e-6...0.28))
            let bound = try Self.largestSampleBound(system, law, error: error)
            // κ-th powers of quantiles and information, relative errors of 1e-13 each: κ ≤ 21.
            try atMost(bound, try system.stable.sampleComplexity(law, error, 1) * (1 + 1e-11))
          }
        },
        .refutation { system in
          Property("DE-22 necessary for every ε", cases: 40) { draw in
            let law = try draw("law", NoiseDraws.laws())
            let error = try draw("ε", reals(in: 0.2...0.49))
            let bound = try Self.largestSampleBound(system, law, error: error)
            try atMost(bound, try system.stable.sampleComplexity(law, error, 1))
          }
        },
      ]),
  ]

  /// Equation (19) for `Δ = σ = 1` with `L_ε = log(1/(2ε))` and `c = I_α/2`.
  private static func largestSampleBound(
    _ system: SystemUnderTest, _ law: SymmetricStableLaw, error: Double
  ) throws -> Double {
    try DetectionTheory.publishedSampleBound(
      logTerm: log(1 / (2 * error)), informationConstant: system.stable.locationInformation(law) / 2, gap: 1,
      scale: 1, exponent: law.tailIndex / (law.tailIndex - 1))
  }

  /// Exact errors of the signs of mean and median of `count` (odd) variables centred at Δ/2: the median is negative when more than
  /// half of them are, each with probability P(Z > Δ/2σ).
  static func signErrors(
    _ system: SystemUnderTest, _ law: SymmetricStableLaw, count: Int, gap: Double
  ) throws -> (mean: Double, median: Double) {
    let mean = try system.stable.bayesError(system.stable.meanLaw(law, count), gap)
    let single = try system.stable.bayesError(law, gap)
    var median = 0.0
    for negative in (count + 1) / 2...count {
      let ways =
        lgamma(Double(count + 1)) - lgamma(Double(negative + 1)) - lgamma(Double(count - negative + 1))
      median += exp(ways + Double(negative) * log(single) + Double(count - negative) * log1p(-single))
    }
    return (mean, median)
  }
}
