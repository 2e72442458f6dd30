import Foundation
import LearnabilityWindow
import PropertyEngine
import TheoryOracles
import Training

extension Claim {
  /// Claims about the matched statistic.
  static let statistic: [Claim] = [
    Claim(
      "ST-01", "the mean of the statistic factorises",
      statement: "E ψ(ℓ) = f(ℓ) m̄(ℓ) with m̄ = Σ_q (μ_q/‖μ‖₁)|m_q|, for rates that do not vary",
      source: "Livi 2025, equations (14) and (15)", verdict: .proved, proof: .coq("matched_mean_factorises"),
      oracle: "the expectation over all outcomes of a finite law",
      checks: [
        .property { system in
          Property("ST-01 the mean of the statistic factorises") { draw in
            let law = try draw("law", FiniteStatistic.generator(varyingRates: false))
            let rates = law.outcomes[0].rates
            let published = try system.theory.publishedMean(rates, law.meanSensitivities)
            let enumerated = law.expectation { outcome in
              zip(zip(outcome.rates, outcome.sensitivities), law.meanSensitivities).reduce(0) {
                $0 + ($1.1 < 0 ? -1 : 1) * $1.0.0 * $1.0.1
              }
            }
            // Up to 4 outcomes of 6 products of numbers below 3, some 40 roundings of at most 60.
            try draw.within(published, enumerated, bound: 40 * 60 * NoiseDraws.unit, "E ψ")
            let envelope = system.theory.envelope(rates)
            try assume(envelope > 0.1)
            try draw.within(
              envelope * system.theory.alignment(published, rates), published,
              bound: 200 * NoiseDraws.unit * 60, "f m̄")
          }
        }
      ]),
    Claim(
      "ST-02", "rates that vary with the sensitivities",
      statement: "E ψ = Σ_q sgn(m_q) E[μ_q] m_q", source: "Livi 2025, equation (14), for random rates",
      verdict: .amended,
      finding:
        "gates and data drive both factors: unless μ_q and ζ_q are uncorrelated, E[μ_q ζ_q] is not E[μ_q] m_q, and m_q may be zero while the "
        + "statistic has a mean",
      proof: .coq("correlated_rate_breaks_factorisation"),
      oracle: "the expectation over all outcomes of a finite law",
      checks: [
        .property { system in
          Property("ST-02 independent rates factorise") { draw in
            let rates = try draw("μ", FiniteStatistic.generator(varyingRates: true))
            let sensitivities = try draw("ζ", FiniteStatistic.generator(varyingRates: true))
            // All pairs of an outcome of one law with an outcome of the other: independent by construction.
            let units = min(rates.units, sensitivities.units)
            let means = Array(sensitivities.meanSensitivities[..<units])
            var enumerated = 0.0
            for rate in rates.outcomes {
              for outcome in sensitivities.outcomes {
                for unit in 0..<units {
                  enumerated +=
                    rate.probability * outcome.probability * (means[unit] < 0 ? -1 : 1) * rate.rates[unit]
                    * outcome.sensitivities[unit]
                }
              }
            }
            let meanRates = (0..<units).map { unit in rates.expectation { $0.rates[unit] } }
            try draw.within(
              system.theory.publishedMean(meanRates, means), enumerated, bound: 200 * 60 * NoiseDraws.unit)
          }
        },
        .refutation { system in
          Property("ST-02 any rates factorise") { draw in
            let law = try draw("law", FiniteStatistic.generator(varyingRates: true))
            let means = law.meanSensitivities
            let enumerated = law.expectation { outcome in
              (0..<law.units).reduce(0) {
                $0 + (means[$1] < 0 ? -1 : 1) * outcome.rates[$1] * outcome.sensitivities[$1]
              }
            }
            let meanRates = (0..<law.units).map { unit in law.expectation { $0.rates[unit] } }
            try close(enumerated, try system.theory.publishedMean(meanRates, means), within: 1e-9)
          }
        },
      ]),
    Claim(
      "ST-03", "every term contributes constructively",
      statement: "ψ has a nonnegative mean", source: "Livi 2025, after equation (13)", verdict: .amended,
      finding:
        "first-order rates may be negative: μ = (0.2, −0.5), m = (1, 2) gives E ψ = −0.8 and m̄ = −8/7; oriented by sgn(μ_q m_q) the mean is "
        + "Σ|μ_q m_q| and 0 ≤ m̄ ≤ max|m_q|",
      proof: .coq("oriented_mean_nonnegative"), oracle: "the greatest mean over all orientations",
      checks: [
        .property { system in
          Property("ST-03 the amended orientation") { draw in
            let rates = try draw("μ", arrays(of: reals(in: -2...2), count: 1...6))
            let means = try draw("m", arrays(of: reals(in: -3...3), count: rates.count))
            let oriented = try system.theory.orientedMean(rates, means)
            var greatest = -Double.infinity
            for signs in 0..<(1 << rates.count) {
              let mean = rates.indices.reduce(0) {
                $0 + (signs >> $1 & 1 == 0 ? 1 : -1) * rates[$1] * means[$1]
              }
              greatest = max(greatest, mean)
            }
            try draw.within(oriented, greatest, bound: 16 * 36 * NoiseDraws.unit)
            try assume(system.theory.envelope(rates) > 0.01)
            let alignment = try system.theory.alignment(oriented, rates)
            try holds(alignment >= 0, "m̄ = \(alignment)")
            try atMost(alignment, (means.map { abs($0) }.max() ?? 0) * (1 + 32 * NoiseDraws.unit))
          }
        },
        .refutation { system in
          Property("ST-03 the published orientation") { draw in
            let rates = try draw("μ", arrays(of: reals(in: -2...2), count: 1...6))
            let means = try draw("m", arrays(of: reals(in: -3...3), count: rates.count))
            try atMost(-(try system.theory.publishedMean(rates, means)), 1e-9)
          }
        },
      ]),
    Claim(
      "ST-04", "one random projection",
      statement: "‖w‖ = 1 random: projecting a gradient on w preserves its norm (Johnson–Lindenstrauss)",
      source: "Livi 2025, section 5.3, remark", verdict: .refuted,
      finding:
        "a single projection has P (w·g)²/‖g‖² of law χ²₁, with standard deviation √2, and kills some vectors; the lemma needs of order "
        + "log n/ε² directions",
      proof: .coq("single_projection_kills_a_vector"), oracle: "a vector at right angles to w",
      unkillable: "a statement about a remark; no code projects for the sake of norms",
      checks: [
        .refutation { _ in
          Property("ST-04 a projection keeps half of the norm") { draw in
            let w = try draw("w", unitVectors(4))
            let g = try draw("g", unitVectors(4))
            let projected = zip(w, g).reduce(0) { $0 + $1.0 * $1.1 }
            try holds(4 * projected * projected >= 0.5, "P (w·g)² = \(4 * projected * projected)")
          }
        }
      ]),
    Claim(
      "ST-05", "fixed gates give the closed form",
      statement:
        "with a constant gate, order zero and plain gradient descent f(ℓ) = H μ (1 − s)^ℓ at every lag",
      source: "Livi 2025, equations (8) and (64)", verdict: .holds, oracle: "the closed form",
      checks: [
        .property { system in
          Property("ST-05 fixed gates", cases: 12) { draw in
            let gate = try draw("s", reals(in: 0.05...0.8))
            let units = try draw("H", integers(in: 1...5))
            let profile = try system.transport.profile(
              try TinyNetwork.state(.const, gate: gate, units: units, seed: try draw.seed()),
              TinyNetwork.diagnostics(order: .zeroth))
            for lag in profile.lags {
              let exact = Double(units) * TinyNetwork.learningRate * pow(1 - gate, Double(lag.lag))
              // A product of ℓ ≤ 5 factors and sums of at most 8 · 12 · 5 equal terms.
              try draw.within(lag.envelope, exact, bound: 600 * NoiseDraws.unit * exact, "f")
            }
          }
        }
      ]),
    Claim(
      "ST-06", "orientation is learnt on other data",
      statement:
        "each unit is turned by the sign of its mean on one half of the sequences and measured on the other",
      source: "Livi 2025, equation (13); amended so that no signal gives mean zero", verdict: .holds,
      oracle: "the same network diagnosed on the learning half alone, with a constant gate and order zero",
      checks: [
        .property { system in
          Property("ST-06 orientation is learnt on other data", cases: 12) { draw in
            let gate = try draw("s", reals(in: 0.05...0.8))
            let units = try draw("H", integers(in: 1...5))
            let state = try TinyNetwork.state(.const, gate: gate, units: units, seed: try draw.seed())
            let whole = try system.transport.profile(state, TinyNetwork.diagnostics(order: .zeroth))
            var configuration = TinyNetwork.diagnostics(order: .zeroth)
            configuration.sequences /= 2
            let learning = try system.transport.profile(state, configuration)
            for (lag, learnt) in zip(whole.lags, learning.lags) {
              try equal(lag.samples.count, TinyNetwork.sequences / 2)
              // Means over all sequences are midway between those of the two halves; rates are one number here.
              let rate = TinyNetwork.learningRate * pow(1 - gate, Double(lag.lag))
              var expected = 0.0
              var size = 0.0
              for (all, half) in zip(lag.unitMeans, learnt.unitMeans) {
                expected += (half < 0 ? -1 : 1) * rate * (2 * all - half)
                size += rate * (2 * abs(all) + abs(half))
              }
              let mean = lag.samples.reduce(0, +) / Double(lag.samples.count)
              // Sums of at most 8 · 12 · 5 terms; they may cancel against their sizes, which |samples| bounds too.
              let magnitude = lag.samples.reduce(size) { $0 + abs($1) } + 1e-3 * rate
              try draw.within(mean, expected, bound: 4000 * NoiseDraws.unit * magnitude)
            }
          }
        }
      ]),
  ]
}
