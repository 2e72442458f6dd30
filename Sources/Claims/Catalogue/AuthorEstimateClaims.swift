import Foundation
import LearnabilityWindow
import Numerics
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// The published code against the paper: sensitivities, samples, estimates of noise, plots.
  static let authorEstimates: [Claim] = [
    Claim(
      "RP-11", "immediate or total sensitivity",
      statement: "the published ζ projects the immediate derivative ∂⁺s/∂θ",
      source: "published code against Livi 2025, equation (12)", verdict: .refuted,
      finding:
        "it projects the total forward derivative, which already holds the transport of all earlier steps: they are counted again at "
        + "every lag",
      oracle:
        "the code's choice as a mode of the diagnostics; both agree only where no state reaches the candidate",
      checks: [
        .refutation { system in
          Property("RP-11 total and immediate sensitivities agree", cases: 8) { draw in
            let state = try TinyNetwork.state(.const, gate: 0.3, units: 3, seed: try draw.seed())
            let paper = try system.transport.profile(state, TinyNetwork.diagnostics(order: .first))
            let code = try system.transport.profile(
              state, TinyNetwork.diagnostics(order: .first, sensitivity: .total))
            for (one, other) in zip(paper.lags, code.lags) {
              try close(one.unitMeans, other.unitMeans, within: 1e-9)
            }
          }
        }
      ]),
    Claim(
      "RP-12", "samples are independent", statement: "the published samples are independent draws, N of them",
      source: "published code against Livi 2025, equation (16)", verdict: .refuted,
      finding:
        "values at all times of a sequence are pooled: they are dependent, and more than the sequences that N counts",
      oracle: "one sample for each sequence of the measured half",
      checks: [
        .property { system in
          Property("RP-12 one sample a sequence", cases: 6) { draw in
            let cell = try draw("cell", choice(of: TinyNetwork.cells))
            let state = try TinyNetwork.state(cell, gate: 0.3, units: 2, seed: try draw.seed())
            for lag in try system.transport.profile(state, TinyNetwork.diagnostics(order: .first)).lags {
              try equal(lag.samples.count, TinyNetwork.sequences / 2)
            }
          }
        },
        .refutation { system in
          Property("RP-12 one pooled sample a sequence", cases: 6) { draw in
            let state = try TinyNetwork.state(.const, gate: 0.3, units: 2, seed: try draw.seed())
            let pooled = TinyNetwork.diagnostics(order: .first, sampling: .pooled)
            for lag in try system.transport.profile(state, pooled).lags {
              try equal(lag.samples.count, TinyNetwork.sequences / 2)
            }
          }
        },
      ]),
    Claim(
      "RP-13", "tails heavier than Cauchy's",
      statement: "the published α̂ tells that averages do not concentrate",
      source: "published code against Livi 2025, section 5.4", verdict: .refuted,
      finding:
        "α̂ is clipped to [1, 2]: α = 0.7 becomes 1, and the ratio no longer depends on N instead of falling",
      oracle: "stable draws of index 0.7 by the formula of Chambers, Mallows and Stuck",
      checks: [
        .property { system in
          Property("RP-13 an index below one is not relied on", cases: 4) { draw in
            let noise = system.window.noise(Self.heavySample(0.5, count: 1000, seed: try draw.seed()))
            try holds(!noise.isReliable, "α̂ = \(noise.tailIndex) is marked reliable")
          }
        },
        .refutation { system in
          Property("RP-13 the code's index is near 0.7", cases: 4) { draw in
            let samples = Self.heavySample(0.7, count: 2000, seed: try draw.seed())
            try close(try system.author.characteristicFit(samples).tailIndex, 0.7, within: 0.25)
          }
        },
      ]),
    Claim(
      "RP-14", "the scale of the published fit", statement: "the published σ̂ follows the unit of measure",
      source: "published code against Livi 2025, section 6", verdict: .refuted,
      finding:
        "σ̂ is computed from the clipped slope with the intercept of the unclipped one: for uniform data σ̂(cx)/c changes with c",
      oracle: "the same sample in another unit",
      checks: [
        .property { system in
          Property("RP-14 the scale follows the unit of measure", cases: 4) { draw in
            var stream = RandomStream(seed: try draw.seed(), purpose: "claims.uniform")
            let samples = (0..<1000).map { _ in stream.uniform() - 0.5 }
            let fit = try system.stable.fit(samples)
            let scaled = try system.stable.fit(samples.map { 1024 * $0 })
            try draw.within(scaled.scale, 1024 * fit.scale, bound: 1e-9 * 1024 * fit.scale)
          }
        },
        .refutation { system in
          Property("RP-14 the code's scale follows the unit of measure", cases: 4) { draw in
            var stream = RandomStream(seed: try draw.seed(), purpose: "claims.uniform")
            let samples = (0..<1000).map { _ in stream.uniform() - 0.5 }
            let fit = try system.author.characteristicFit(samples)
            let scaled = try system.author.characteristicFit(samples.map { 1024 * $0 })
            try close(scaled.scale, 1024 * fit.scale, within: 0.01 * 1024 * fit.scale)
          }
        },
      ]),
    Claim(
      "RP-15", "small samples of the statistic", statement: "the published fit sees noise of any size",
      source: "published code", verdict: .refuted,
      finding:
        "absolute floors of 1e-12: values times 1e-13 give α̂ = 2 and σ̂ = 0, hence a ratio of zero, and “normal noise, undetectable” at "
        + "long lags",
      oracle: "the same sample in another unit",
      checks: [
        .property { system in
          Property("RP-15 tiny values are fitted", cases: 4) { draw in
            let law = try SymmetricStableLaw(tailIndex: 1.5)
            let samples = law.draws(1000, seed: try draw.seed())
            let tiny = try system.stable.fit(samples.map { $0 * 0x1p-44 })
            let fit = try system.stable.fit(samples)
            try draw.within(tiny.tailIndex, fit.tailIndex, bound: 1e-9, "tail index")
            try draw.within(tiny.scale, 0x1p-44 * fit.scale, bound: 1e-9 * 0x1p-44 * fit.scale, "scale")
          }
        },
        .refutation { system in
          Property("RP-15 tiny values are fitted by the code", cases: 4) { draw in
            let law = try SymmetricStableLaw(tailIndex: 1.5)
            let samples = law.draws(1000, seed: try draw.seed())
            try holds(try system.author.characteristicFit(samples.map { $0 * 0x1p-44 }).scale > 0, "σ̂ = 0")
          }
        },
      ]),
    Claim(
      "RP-16", "the fallback table", statement: "the published fallback loses no functionality",
      source: "published code and its documentation", verdict: .refuted,
      finding:
        "its quantile ratios belong to no stable law (1.903 at α = 2 for 2.4387), so normal samples look heavy-tailed: the fit is less "
        + "likely than the truth by more than a hundred nats in 2000 samples",
      oracle: "the likelihood at the truth",
      checks: [
        .property { system in
          Property("RP-16 normal samples are fitted", cases: 3) { draw in
            try Self.atLeastAsLikely(system.stable.fit, seed: try draw.seed())
          }
        },
        .refutation { system in
          Property("RP-16 normal samples are fitted by the fallback", cases: 3) { draw in
            try Self.atLeastAsLikely(system.author.fallbackFit, seed: try draw.seed())
          }
        },
      ]),
    Claim(
      "RP-17", "the plotted threshold",
      statement: "the published plots draw ε_th(ℓ; N), which does not depend on the signal",
      source: "published analysis scripts against Livi 2025, equation (21)", verdict: .refuted,
      finding:
        "the threshold is rebuilt from the required counts, that is from the envelope it is compared with: it is circular",
      oracle: "the threshold at two signals",
      checks: [
        .property { system in
          Property("RP-17 the threshold does not move with the signal") { draw in
            let lag = try draw("lag", LagDraws.single)
            let floor = lag.noise.scale * pow(1000, 1 / lag.noise.tailIndex - 1)
            for (share, inside) in [(0.999, false), (1.001, true), (3, true)] {
              let moved = LagDetection(
                lag: lag.lag, signal: share * floor, noise: lag.noise, sampleCount: lag.sampleCount)
              try equal(try system.horizon([moved], count: 1000, threshold: 1) > 0, inside)
            }
          }
        },
        .refutation { system in
          Property("RP-17 the plotted threshold does not move with the signal") { draw in
            let lag = try draw("lag", LagDraws.single)
            let double = LagDetection(
              lag: lag.lag, signal: 2 * lag.signal, noise: lag.noise, sampleCount: lag.sampleCount)
            func threshold(_ lag: LagDetection) -> Double {
              system.author.plottedThreshold(
                lag, pow(lag.noise.scale / lag.signal, lag.noise.concentrationExponent), 1)
            }
            try close(threshold(double), threshold(lag), within: 1e-6 * threshold(lag))
          }
        },
      ]),
    Claim(
      "RP-18", "the exponent of the noise-floor plot",
      statement: "where α ≤ 1 the published plot shows that averages do not concentrate",
      source: "published analysis scripts against Livi 2025, equation (20)", verdict: .refuted,
      finding: "α ≤ 1 is plotted with κ = 2, the exponent of normal noise", oracle: "the limit κ → ∞",
      checks: [
        .property { system in
          Property("RP-18 no concentration at α ≤ 1") { draw in
            try equal(system.window.concentrationExponent(try draw("α", reals(in: 0.2...1))), .infinity)
          }
        },
        .refutation { system in
          Property("RP-18 no concentration in the plot") { draw in
            try equal(system.author.plottedExponent(try draw("α", reals(in: 0.2...1))), .infinity)
          }
        },
      ]),
    Claim(
      "RP-19", "units that do not decay",
      statement: "the published distribution of time scales is that of all units",
      source: "published analysis scripts against Livi 2025, section 6", verdict: .refuted,
      finding: "units whose rate does not fall are dropped, which cuts the upper tail of the distribution",
      oracle: "one time scale a unit, infinite where the rate does not decay",
      checks: [
        .property { system in
          Property("RP-19 every unit has a time scale") { draw in
            let slopes = try draw("slopes", arrays(of: reals(in: -0.5...0.5), count: 1...5))
            let scales = system.window.timeScales(Self.profile(slopes))
            try equal(scales.count, slopes.count)
            // Logarithms of at most 4 lose some 1e-15, a millionth of the least slope looked at.
            for (scale, slope) in zip(scales, slopes) where abs(slope) > 1e-9 {
              if slope > 0 {
                try equal(scale.value, .infinity)
              } else {
                try close(scale.value * -slope, 1, within: 1e-5)
              }
            }
          }
        },
        .refutation { system in
          Property("RP-19 every unit is plotted") { draw in
            let slopes = try draw("slopes", arrays(of: reals(in: -0.5...0.5), count: 1...5))
            let scales = system.window.timeScales(Self.profile(slopes))
            try equal(system.author.plottedTimeScales(scales).count, slopes.count)
          }
        },
      ]),
  ]

  /// Rates `exp(slope · ℓ)` of some units.
  private static func profile(_ slopes: [Double]) -> LagProfile {
    LagProfile(
      lags: [1, 2, 4, 8].map { lag in
        let rates = slopes.map { exp($0 * Double(lag)) }
        return LagProfile.Lag(
          lag: lag, envelope: rates.reduce(0, +), gates: 0, unitRates: rates, unitMeans: rates, samples: [])
      })
  }

  /// Symmetric stable draws of any index other than one.
  private static func heavySample(_ index: Double, count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: "claims.heavy")
    return (0..<count).map { _ in
      let angle = .pi * (stream.uniform() - 0.5)
      let wait = stream.exponential()
      return sin(index * angle) / pow(cos(angle), 1 / index)
        * pow(cos((1 - index) * angle) / wait, (1 - index) / index)
    }
  }

  /// Holds the likelihood of a fit to normal draws against that of the truth, as SL-14 does.
  private static func atLeastAsLikely(_ fit: ([Double]) throws -> StableFit, seed: UInt64) throws {
    let law = try SymmetricStableLaw(tailIndex: 2)
    let samples = law.draws(2000, seed: seed)
    let result = try fit(samples)
    let fitted = try SymmetricStableLaw(tailIndex: result.tailIndex, scale: result.scale)
    let gain = samples.reduce(0) { $0 + fitted.logDensity($1 - (result.location ?? 0)) - law.logDensity($1) }
    // Rounding of 2000 terms is far below 1e-6, what Newton leaves is half of that.
    try atMost(-gain, 1e-5, "log-likelihood lost against the truth")
  }
}
