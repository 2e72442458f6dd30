import Foundation
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// Claims about the symmetric stable law itself.
  static let stableLaws: [Claim] = [
    Claim(
      "SL-01", "the ends of the family are Cauchy and normal",
      statement:
        "with E exp(isX) = exp(−σ^α|s|^α), α = 2 is N(0, 2σ²) and α = 1 is Cauchy(σ), tails included",
      source: "Livi 2025, section 5.4", verdict: .holds, oracle: "elementary densities and tails",
      checks: [
        .property { system in
          Property("SL-01 the ends of the family") { draw in
            let end = try draw("law", choice(of: CauchyGaussianLaws.allCases))
            let scale = try draw("scale", NoiseDraws.scales)
            let z = try draw("z", reals(in: -25...25))
            let law = try SymmetricStableLaw(tailIndex: end.tailIndex, scale: scale)
            // The law sees zσ/σ, two roundings of z, enlarged by the condition number of density and tail, at most
            // z²/2 + 3 for both laws; the values themselves carry 10 roundings and the oracle's exponent as many again.
            let bound = (40 + 8 * (z * z / 2 + 3)) * NoiseDraws.unit
            let density = end.density(z)
            try draw.within(
              system.stable.density(law, z * scale) * scale, density, bound: bound * density, "density")
            let tail = end.tail(z)
            try draw.within(system.stable.tail(law, z * scale), tail, bound: bound * tail, "tail")
          }
        }
      ]),
    Claim(
      "SL-02", "the density at zero", statement: "p(0) = Γ(1 + 1/α)/(πσ)",
      source: "Livi 2025, section 5.4", verdict: .holds, oracle: "the inversion integral at zero",
      checks: [
        .property { system in
          Property("SL-02 the density at zero") { draw in
            let index = try draw("tail index", reals(in: 1...2))
            let scale = try draw("scale", NoiseDraws.scales)
            let exact = try ConcentrationExponent.densityAtZero(tailIndex: index) / scale
            // Ten roundings of the law, at most twenty of the gamma function, a division on each side.
            try draw.within(
              system.stable.density(SymmetricStableLaw(tailIndex: index, scale: scale), 0), exact,
              bound: 40 * NoiseDraws.unit * exact)
          }
        }
      ]),
    Claim(
      "SL-03", "the tail is a power",
      statement: "P(X > x) ~ C_α (σ/x)^α with C_α = Γ(α) sin(πα/2)/π, for α < 2",
      source: "Livi 2025, section 5.4", verdict: .holds, oracle: "the next term of the tail's series",
      checks: [
        .property { system in
          Property("SL-03 the tail is a power") { draw in
            let law = try draw("law", NoiseDraws.laws(1.1...1.9))
            let x = try draw("x", magnitudes(in: 20...1e6))
            let index = law.tailIndex
            let next = -tgamma(2 * index) * cos(.pi * index / 2) / tgamma(index) * pow(x, -index)
            try assume(next < 0.01)
            let constant = try ConcentrationExponent.tailConstant(tailIndex: index)
            let excess = system.stable.tail(law, x) * pow(x, index) / constant - 1
            // The series is 1 + next + third; third is below next/2 for next < 0.01 and α ≤ 1.9. Rounding: 60 units.
            try draw.within(excess, next, bound: 0.6 * next + 60 * NoiseDraws.unit)
          }
        }
      ]),
    Claim(
      "SL-04", "quantiles invert the tail", statement: "P(X > q_{1−ε}) = ε, and q_ε = −q_{1−ε}",
      source: "Livi 2025, section 5.4 (symmetry of the law)", verdict: .holds, oracle: "the definition",
      checks: [
        .property { system in
          Property("SL-04 quantiles invert the tail") { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let error = try draw("error", magnitudes(in: 1e-12...0.5))
            let quantile = try system.stable.upperQuantile(law, error)
            let tail = system.stable.tail(law, quantile)
            // Quantiles are good to some 10 units, which the tail multiplies by its condition number q p(q)/P(X > q).
            let condition = abs(quantile) * system.stable.density(law, quantile) / tail
            try draw.within(tail, error, bound: (40 + 40 * condition) * NoiseDraws.unit * error)
            try equal(
              try system.stable.upperQuantile(law, 0.75), -(try system.stable.upperQuantile(law, 0.25)))
          }
        }
      ]),
    Claim(
      "SL-05", "density and tail are of one law",
      statement: "P(X > a) − P(X > b) = ∫ₐᵇ p and p(a) − p(b) = ∫ₐᵇ score · p",
      source: "definitions behind Livi 2025, equations (67) and (68)", verdict: .holds,
      oracle: "sixteen-point Gauss–Legendre quadrature",
      checks: [
        .property { system in
          Property("SL-05 density and tail are of one law") { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let start = try draw("start", reals(in: -6...6))
            // Quarter-wide steps: the poles nearest to the axis (α = 1) lie at distance one, so the sixteen-point rule errs
            // below (0.25/4)^32; what remains is rounding, at most 40 units of values below one third.
            let bound = 40 * NoiseDraws.unit
            let end = start + 0.25
            try draw.within(
              Self.quadrature(start, end) { system.stable.density(law, $0) },
              system.stable.tail(law, start) - system.stable.tail(law, end), bound: bound, "tail")
            try draw.within(
              Self.quadrature(start, end) { system.stable.score(law, $0) * system.stable.density(law, $0) },
              system.stable.density(law, start) - system.stable.density(law, end), bound: bound, "score")
          }
        }
      ]),
    Claim(
      "SL-06", "averages of stable variables",
      statement: "the mean of N iid SaS(σ) is SaS(σ N^{1/α−1}), and 1 − 1/α = 1/κ",
      source: "Livi 2025, appendix E", verdict: .proved, proof: .coq("mean_of_stable_variables"),
      oracle: "the characteristic function to the power N; averages drawn one by one",
      checks: [
        .property { system in
          Property("SL-06 the scale of a mean") { draw in
            let index = try draw("tail index", reals(in: 1...2))
            let scale = try draw("scale", NoiseDraws.scales)
            let count = try draw("count", integers(in: 1...1_000_000))
            let mean = try system.stable.meanLaw(SymmetricStableLaw(tailIndex: index, scale: scale), count)
            let exact = scale * exp((1 / index - 1) * log(Double(count)))
            // Exponent and logarithm carry two roundings each, times log N ≤ 14 in the exponential.
            try draw.within(mean.scale, exact, bound: (10 + 6 * log(Double(count))) * NoiseDraws.unit * exact)
            try equal(mean.tailIndex, index)
          }
        },
        .property { system in
          Property("SL-06 averages drawn one by one", cases: 1) { draw in
            let index = try draw("tail index", choice(of: [1.5]))
            let frequency = try draw("frequency", reals(in: 0.6...1.2, spread: .uniform))
            let law = try SymmetricStableLaw(tailIndex: index)
            let draws = system.stable.sample(law, 400_000, try draw.seed())
            let scale = pow(8, 1 / index - 1)
            let cosines = stride(from: 0, to: draws.count, by: 8).lazy.map { start -> Double in
              let mean = draws[start..<start + 8].reduce(0, +) / 8
              return 0.5 + 0.5 * cos(frequency * mean / scale)
            }
            try draw.claimMean(
              "cosine of averages", of: cosines, is: 0.5 + 0.5 * exp(-pow(frequency, index)))
          }
        },
      ]),
    Claim(
      "SL-07", "averages in a domain of attraction",
      statement:
        "averages of variables with P(|X| > x) = x^{−α} L(x) scale as N^{1/α−1} times a slowly varying factor",
      source: "Livi 2025, appendix E", verdict: .amended,
      finding:
        "the plain power N^{1/α−1} is exact for stable summands only; with P(|X| > x) = x^{−α}(1 + log x) the norming grows by a "
        + "power of log N beside it",
      oracle: "the norming a_N that solves N P(|X| > a_N) = 1",
      checks: [
        .property { system in
          Property("SL-07 stable summands need no other factor") { draw in
            let law = try draw("law", NoiseDraws.laws(1.1...1.9))
            let count = try draw("count", magnitudes(in: 1e4...1e8))
            let constant = try ConcentrationExponent.tailConstant(tailIndex: law.tailIndex)
            let norming = pow(count, 1 / law.tailIndex)
            // N P(X > N^{1/α}) = C (1 + next), next below 2 Γ(2α)/Γ(α) |cos|/N.
            let next =
              -tgamma(2 * law.tailIndex) * cos(.pi * law.tailIndex / 2) / tgamma(law.tailIndex) / count
            try draw.within(
              count * system.stable.tail(law, norming), constant,
              bound: constant * (1.6 * next + 100 * NoiseDraws.unit))
          }
        },
        .refutation { _ in
          Property("SL-07 the plain power for every domain of attraction") { draw in
            let index = try draw("tail index", reals(in: 1.1...1.9))
            let counts = [1e3, 1e6, 1e9]
            // Norming over N^{1/α} is to be bounded; a factor 1.2 between sizes is the least that we call growth.
            let factors = counts.map { Self.norming(index, $0) / pow($0, 1 / index) }
            try atMost(factors[2] / factors[0], 1.2, "norming beyond N^{1/α} at N = 1e9 against N = 1e3")
          }
        },
      ]),
    Claim(
      "SL-08", "the mean exists above α = 1",
      statement: "E|X| = 2σ Γ(1 − 1/α)/π for α > 1 and is infinite at α = 1",
      source: "Livi 2025, section 5.4", verdict: .holds, oracle: "the integral of (1 − φ(t))/t²",
      checks: [
        .property { system in
          Property("SL-08 the first absolute moment") { draw in
            // The ends are where moments cease and begin to exist: they are drawn as such.
            let index = try draw("tail index", oneOf(constant(1.0), constant(2.0), reals(in: 1...2)))
            let scale = try draw("scale", NoiseDraws.scales)
            let law = try SymmetricStableLaw(tailIndex: index, scale: scale)
            let moment = try system.stable.absoluteMoment(law, 1)
            if index == 1 {
              try equal(moment, .infinity)
            } else {
              let exact = 2 * scale * tgamma(1 - 1 / index) / .pi
              // 1 − 1/α loses 1/(1 − 1/α) roundings, which the pole of the gamma function passes on; 40 for the rest.
              let bound = (60 + 8 / (1 - 1 / index)) * NoiseDraws.unit * exact
              try draw.within(moment, exact, bound: bound)
            }
            let cauchy = try SymmetricStableLaw(tailIndex: 1, scale: scale)
            try equal(try system.stable.absoluteMoment(cauchy, 1), .infinity, "Cauchy")
            let second = try system.stable.absoluteMoment(law, 2)
            if index < 2 {
              try equal(second, .infinity)
            } else {
              // A power, a gamma function and two divisions.
              let variance = 2 * scale * scale
              try draw.within(second, variance, bound: 40 * NoiseDraws.unit * variance, "variance")
            }
          }
        }
      ]),
    Claim(
      "SL-09", "Lévy's law as an example",
      statement: "Lévy's law is the symmetric stable law with α = 1/2",
      source: "Livi 2025, section 5.4 (examples of stable laws)", verdict: .refuted,
      finding: "Lévy's law is one-sided (β = 1): its characteristic function is not real",
      oracle: "exp(−√t (1 − i)), the characteristic function of 1/Z² for normal Z",
      unkillable: "a statement about an example; no code takes part",
      checks: [
        .refutation { _ in
          Property("SL-09 Lévy's law is symmetric") { draw in
            let t = try draw("t", reals(in: 0.1...4))
            try close(exp(-t.squareRoot()) * sin(t.squareRoot()), 0, within: 1e-9, "imaginary part")
          }
        }
      ]),
    Claim(
      "SL-10", "linearised characteristic function",
      statement: "log(−log φ(s)²) = log(2σ^α) + α log|s|",
      source: "Livi 2025, section 6 (estimator)", verdict: .holds, oracle: "the logarithm of the formula",
      checks: [
        .property { system in
          Property("SL-10 linearised characteristic function") { draw in
            let index = try draw("tail index", reals(in: 1...2))
            let scale = try draw("scale", magnitudes(in: 0.1...10))
            let argument = try draw("σs", magnitudes(in: 0.05...3))
            let law = try SymmetricStableLaw(tailIndex: index, scale: scale)
            let value = system.stable.characteristicFunction(law, argument / scale)
            let minusLog = -log(value * value)
            let exact = log(2 * pow(scale, index)) + index * log(argument / scale)
            // φ² carries 20 roundings (its exponent is at most 18, good to 8 units); the first logarithm divides that by
            // −log φ² ≥ 0.005, and both sides add sums of logarithms below 10.
            let bound = NoiseDraws.unit * (100 / minusLog + 200)
            try draw.within(log(minusLog), exact, bound: bound)
          }
        }
      ]),
  ]

  /// Sixteen-point Gauss–Legendre on one interval.
  static func quadrature(_ start: Double, _ end: Double, _ function: (Double) -> Double) -> Double {
    NoiseQuadrature.rule.integrate(start, end, function)
  }

  /// The a with `N a^{−α} (1 + log a) = 1`, by bisection on a logarithmic scale.
  private static func norming(_ index: Double, _ count: Double) -> Double {
    var (low, high) = (0.0, 60.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if log(count) - index * middle + log1p(middle) > 0 { low = middle } else { high = middle }
    }
    return exp(low)
  }
}
