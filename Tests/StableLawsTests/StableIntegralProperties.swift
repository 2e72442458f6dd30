import Foundation
import Numerics
import PropertyEngine

@testable import StableLaws

/// Identities that need a quadrature or a sample.
extension StableProperty {
  /// The largest of three distances between distribution functions in units of what chance allows.
  static func stabilityRatio(_ f: StableFunctions, _ alpha: Double, count: Int, _ draw: inout RandomStream)
    -> Double
  {
    let x = f.sample(alpha, count, &draw)
    let y = f.sample(alpha, count, &draw)
    let sums = zip(x, y).map { ($0 + $1) / exp2(1 / alpha) }
    let fresh = f.sample(alpha, count, &draw)
    let band = DistributionBand.halfWidth(samples: count, alarm: 1e-10)
    let law = { f.tail(alpha, -$0) }
    return max(
      DistributionBand.distance(x, from: law) / band, DistributionBand.distance(sums, from: law) / band,
      RankStatistics.kolmogorovDistance(sums, fresh)
        / (2 * DistributionBand.halfWidth(samples: count, alarm: 0.5e-10)))
  }

  static let moments = StableProperty(
    name: "E|X|^p = 2^p Γ((1+p)/2) Γ(1−p/α)/(√π Γ(1−p/2))", cases: 20,
    check: { f, alpha, draw in
      // Up to α/2, so that what the quadrature cuts at e^60 is below e^(−60α/2); from e^−60 on, where x^(1+p) is negligible.
      let p = -0.4 + (0.4 + alpha / 2) * draw.uniform()
      let value = 2 * expectation(f, alpha, from: -72) { pow($0, p) }
      let truth =
        pow(2, p) * tgamma((1 + p) / 2) * tgamma(1 - p / alpha) / (Double.pi.squareRoot() * tgamma(1 - p / 2))
      // pow rounds x^p by up to 60p ulp; several thousand terms of one sign.
      return relative(value, truth, 1e-12)
    },
    mutants: [
      ("σ off by 10⁻⁹", .mutant { $0.density = { a, x in StableFunctions.law(a, 1 + 1e-9).density(x) } }),
      (
        "tail cut at 10³",
        .mutant { $0.density = { a, x in x > 1e3 ? 0 : StableFunctions.law(a).density(x) } }
      ),
    ])

  static let logCumulants = StableProperty(
    name: "cumulants of log|X|: γ(1/α − 1), π²/6 (1/α² + 1/2), 2ζ(3)(1/α³ − 1), π⁴/15 (1/α⁴ − 1) + π⁴/8",
    cases: 12,
    check: { f, alpha, _ in
      let mean = 2 * expectation(f, alpha, from: -72) { log($0) }
      let second = 2 * expectation(f, alpha, from: -72) { (log($0) - mean) * (log($0) - mean) }
      let third = 2 * expectation(f, alpha, from: -72) { pow(log($0) - mean, 3) }
      let fourth = 2 * expectation(f, alpha, from: -72) { pow(log($0) - mean, 4) } - 3 * second * second
      let (euler, zeta3) = (0.57721566490153286, 1.2020569031595943)
      let powers = (1...4).map { pow(alpha, -Double($0)) }
      // Moments up to the fourth, 30 at most; densities and logarithms to a few units of 10⁻¹⁵.
      return max(
        (mean - euler * (powers[0] - 1)).magnitude / 1e-12,
        relative(second, .pi * .pi / 6 * (powers[1] + 0.5), 1e-12),
        max(
          (third - 2 * zeta3 * (powers[2] - 1)).magnitude / 1e-12,
          relative(fourth, pow(.pi, 4) * ((powers[3] - 1) / 15 + 0.125), 1e-12)))
    },
    mutants: [
      (
        "α off by 10⁻⁸",
        .mutant { $0.density = { a, x in StableFunctions.law(max(1, a - 1e-8)).density(x) } }
      ),
      ("σ off by 10⁻¹⁰", .mutant { $0.density = { a, x in StableFunctions.law(a, 1 + 1e-10).density(x) } }),
    ])

  static let squareIntegral = StableProperty(
    name: "∫ f² = 2^(−1/α) f(0)", cases: 20,
    check: { f, alpha, _ in
      let value = 2 * expectation(f, alpha, from: -72) { f.density(alpha, $0) }
      return relative(value, exp2(-1 / alpha) * f.density(alpha, 0), 1e-13)
    },
    mutants: [
      ("half density", .mutant { $0.density = { a, x in StableFunctions.law(a).density(x) / 2 } }),
      (
        "wrong at zero",
        .mutant { $0.density = { a, x in x == 0 ? 1 / .pi : StableFunctions.law(a).density(x) } }
      ),
    ])

  /// Samples and their normed sums against F, and sums against a fresh sample without F: by the inequality of Dvoretzky, Kiefer, Wolfowitz and
  /// Massart, P(sup|F_n − F| > ε) ≤ 2 exp(−2nε²) exactly, for every n. With a false-alarm probability of 10⁻¹⁰ each, all cases
  /// together stay below 10⁻⁸.
  static let stability = StableProperty(
    name: "(X + X′)/2^(1/α) ~ X ~ F (false-alarm probability 10⁻⁸)", cases: 20,
    check: { f, alpha, draw in stabilityRatio(f, alpha, count: 40_000, &draw) },
    mutants: [
      (
        "σ off by a tenth",
        .mutant { $0.sample = { a, n, s in StableFunctions.law(a, 1.1).sample(n, using: &s) } }
      ),
      (
        "variance 1 at α = 2",
        .mutant { $0.sample = { a, n, s in StableFunctions.law(a, 0.70710678).sample(n, using: &s) } }
      ),
      (
        "α off by 0.1",
        .mutant { $0.sample = { a, n, s in StableFunctions.law(max(1, a - 0.1)).sample(n, using: &s) } }
      ),
      (
        "only positive",
        .mutant { $0.sample = { a, n, s in StableFunctions.law(a).sample(n, using: &s).map(\.magnitude) } }
      ),
    ])

  static let shifts = StableProperty(
    name: "total variation = ½∫|f − f(· − d)| = 2F(d/2) − 1", cases: 30,
    check: { f, alpha, draw in
      let d = exp(6 * draw.uniform() - 3)
      // The densities cross at d/2 only: integrate f(x) − f(x − d) over x < d/2 by way of the tails.
      let value = f.shiftDistance(alpha, d)
      let integral = rule.integrate(panels: (0...64).map { d / 2 * (Double($0) / 64) }) {
        f.density(alpha, $0)
      }
      return relative(value, 2 * integral, 1e-13)
    },
    mutants: [
      ("whole shift", .mutant { $0.shiftDistance = { a, d in 1 - 2 * StableFunctions.law(a).tail(d) } }),
      ("Bayes error instead", .mutant { $0.shiftDistance = { a, d in StableFunctions.law(a).tail(d / 2) } }),
    ])

  static let divergence = StableProperty(
    name: "KL: I d²/2 near zero, at most I d²/2, at least 2 TV² (Pinsker)", cases: 30,
    check: { f, alpha, draw in
      let information = StableFunctions.law(alpha).fisherInformation.location
      let small = 0.01 * (1 + draw.uniform())
      let d = exp(5 * draw.uniform() - 2)
      let value = f.divergence(alpha, d)
      let quadratic = 0.5 * information * d * d
      let distance = f.shiftDistance(alpha, d)
      let ordered = value <= quadratic * (1 + 1e-10) && value >= 2 * distance * distance
      // K = I d²/2 (1 − O(d²)) with a coefficient below one for every α.
      let near = relative(f.divergence(alpha, small), 0.5 * information * small * small, small * small)
      return ordered ? near : .infinity
    },
    mutants: [
      (
        "twice",
        .mutant {
          $0.divergence = { a, d in 2 * ((try? StableFunctions.law(a).klDivergence(shift: d)) ?? .nan) }
        }
      ),
      (
        "normal law's",
        .mutant { $0.divergence = { _, d in d * d / 4 } }
      ),
    ])

  static let averages = StableProperty(
    name: "mean of N copies has scale N^(1/α − 1)", cases: 100,
    check: { f, alpha, draw in
      let n = 1 + draw.integer(below: 1_000_000)
      // A sum of N copies has scale N^(1/α): two means of halves average to the mean of the whole.
      let whole = f.meanScale(alpha, 2 * n)
      let half = f.meanScale(alpha, n)
      let merged = pow(2 * pow(half / 2, alpha), 1 / alpha)
      return max(relative(whole, merged, 1e-14), f.meanScale(alpha, 1) == 1 ? 0 : .infinity)
    },
    mutants: [
      ("normal rate", .mutant { $0.meanScale = { _, n in pow(Double(n), -0.5) } }),
      ("exponent of κ", .mutant { $0.meanScale = { a, n in pow(Double(n), -1 / a) } }),
    ])
}
