import Foundation
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// Claims about samples of stable laws: sampler, estimators, information, transformed variables.
  static let stableSamples: [Claim] = [
    Claim(
      "SL-11", "the sampler draws from the law",
      statement: "P(X ≤ x) of drawn values is the distribution function",
      source: "Livi 2025, section 5.4 (simulation)", verdict: .holds,
      oracle: "the law's own tail, which SL-01 and SL-05 hold against closed forms",
      checks: [
        .property { system in
          Property("SL-11 the sampler draws from the law", cases: 2) { draw in
            let index = try draw("tail index", choice(of: [1.5, 1.8]))
            let law = try SymmetricStableLaw(tailIndex: index)
            // The band's half-width at 400 000 draws is 0.0046; a scale wrong by 5 % moves the law by 0.008.
            let samples = system.stable.sample(law, 400_000, try draw.seed())
            try draw.claimLaw("distribution of draws", of: samples, is: { 1 - law.tail($0) })
          }
        }
      ]),
    Claim(
      "SL-12", "drawn values have the characteristic function",
      statement: "E cos(tX) = exp(−σ^α |t|^α)", source: "Livi 2025, section 5.4", verdict: .holds,
      oracle: "the formula; bets on bounded cosines, so no moment is needed",
      checks: [
        .property { system in
          Property("SL-12 E cos(tX)", cases: 3) { draw in
            let index = try draw("tail index", choice(of: [1.2, 1.5, 2]))
            let scale = try draw("scale", choice(of: [1, 0.01, 40]))
            let argument = try draw("σt", reals(in: 0.3...0.6, spread: .uniform))
            let law = try SymmetricStableLaw(tailIndex: index, scale: scale)
            let cosines = system.stable.sample(law, 200_000, try draw.seed()).lazy.map {
              0.5 + 0.5 * cos(argument / scale * $0)
            }
            try draw.claimMean("cosine of draws", of: cosines, is: 0.5 + 0.5 * exp(-pow(argument, index)))
          }
        }
      ]),
    Claim(
      "SL-13", "the fit follows the unit of measure",
      statement: "fitting c·x gives the same α̂ and |c| σ̂, for every c ≠ 0",
      source: "Livi 2025, section 6 (estimates of α and σ)", verdict: .holds,
      oracle: "powers of two, under which every floating-point operation is exact",
      checks: [
        .property { system in
          Property("SL-13 the fit follows the unit of measure", cases: 6) { draw in
            let index = try draw("tail index", choice(of: [1.5, 1.3, 1.9]))
            let exponent = try draw("binary exponent", integers(in: -60...60))
            let law = try SymmetricStableLaw(tailIndex: index)
            let samples = law.draws(1000, seed: try draw.seed())
            let unit = Double(sign: .minus, exponent: exponent, significand: 1)
            let fit = try system.stable.fit(samples)
            let scaled = try system.stable.fit(samples.map { $0 * unit })
            // Scaling by ±2^k commutes with rounding. The starting values see the same bits; logarithms of the scale differ
            // by an exact multiple of log 2, so that Newton's last step, below 1e-3 standard errors squared, agrees to its
            // own rounding, a few hundred units of the estimate.
            try draw.within(scaled.tailIndex, fit.tailIndex, bound: 1e-9, "tail index")
            try draw.within(scaled.scale, -unit * fit.scale, bound: -1e-9 * unit * fit.scale, "scale")
          }
        }
      ]),
    Claim(
      "SL-14", "the fit is the most likely law",
      statement: "log L(α̂, σ̂, μ̂) ≥ log L(α, σ, 0) at the law that the sample was drawn from",
      source: "Livi 2025, section 6 (estimates of α and σ); maximum likelihood", verdict: .holds,
      oracle: "the likelihood at the truth",
      checks: [
        .property { system in
          Property("SL-14 the fit is the most likely law", cases: 4) { draw in
            let index = try draw("tail index", choice(of: [1.5, 1.2, 1.8]))
            let law = try SymmetricStableLaw(tailIndex: index, scale: 3)
            let samples = law.draws(20_000, seed: try draw.seed())
            let fit = try system.stable.fit(samples)
            let fitted = try SymmetricStableLaw(tailIndex: fit.tailIndex, scale: fit.scale)
            var gain = 0.0
            for x in samples { gain += fitted.logDensity(x - (fit.location ?? 0)) - law.logDensity(x) }
            // Sums of 20 000 differences of logarithms below 30: rounding below 20 000 · 30 · 2⁻⁵³ · 10 < 1e-9. Newton stops
            // at a decrement of 1e-6, twice what is left to gain.
            try atMost(-gain, 1e-5)
          }
        }
      ]),
    Claim(
      "SL-15", "Fisher information of the location",
      statement: "I_α = ∫p'²/p is 1/2 at α = 1 and α = 2, smaller between, and I_α/σ² at scale σ",
      source: "Livi 2025, appendix F (information constant c_α)", verdict: .holds,
      oracle: "six digits of an independent quadrature at twelve indices",
      checks: [
        .property { system in
          Property("SL-15 Fisher information of the location") { draw in
            let (index, information) = try draw("node", choice(of: Self.locationInformation))
            let scale = try draw("scale", NoiseDraws.scales)
            let law = try SymmetricStableLaw(tailIndex: index, scale: scale)
            // Half a unit of the sixth printed digit, and a few roundings for the scale.
            try draw.within(
              system.stable.locationInformation(law) * scale * scale, information, bound: 5.01e-7)
          }
        }
      ]),
    Claim(
      "SL-16", "tails of products",
      statement: "a square of a variable with tail index α has tail index α/2",
      source:
        "Livi 2025, appendix E: “linearity preserves the tail index” for the statistic, a sum of products",
      verdict: .amended,
      finding:
        "the statistic is a product of random factors, and products change the index: X² has α/2; linear combinations may "
        + "cancel",
      oracle: "P(X² > x) = 2 P(X > √x) and the next term of the tail's series",
      checks: [
        .property { system in
          Property("SL-16 squares halve the tail index") { draw in
            let law = try draw("law", NoiseDraws.laws(1.1...1.9))
            let x = try draw("x", magnitudes(in: 1e6...1e10))
            let next =
              -tgamma(2 * law.tailIndex) * cos(.pi * law.tailIndex / 2) / tgamma(law.tailIndex)
              * pow(x, -law.tailIndex / 2)
            try assume(next < 0.01)
            let slope =
              log(system.stable.tail(law, (4 * x).squareRoot()) / system.stable.tail(law, x.squareRoot()))
              / log(4)
            // Each tail is its power within a factor 1 + 1.6 next.
            try draw.within(slope, -law.tailIndex / 2, bound: 2.4 * next / log(4) + 100 * NoiseDraws.unit)
          }
        },
        .refutation { system in
          Property("SL-16 squares keep the tail index") { draw in
            let law = try draw("law", NoiseDraws.laws(1.1...1.9))
            let slope = log(system.stable.tail(law, 2e4) / system.stable.tail(law, 1e4)) / log(4)
            try close(slope, -law.tailIndex, within: 0.05, "slope of log P(X² > x) on log x")
          }
        },
      ]),
  ]

  /// `(α, I_α)`.
  static let locationInformation: [(Double, Double)] = [
    (1, 0.5), (1.1, 0.463029), (1.2, 0.441941), (1.3, 0.430970), (1.4, 0.426955), (1.5, 0.428097),
    (1.6, 0.433396), (1.7, 0.442404), (1.8, 0.455202), (1.9, 0.472723), (1.95, 0.484199), (2, 0.5),
  ]
}
