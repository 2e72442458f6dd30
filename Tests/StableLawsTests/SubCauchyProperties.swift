import Foundation
import Numerics

@testable import StableLaws

/// Identities of the laws with 1/16 ≤ α < 1. Their values are certified to 10⁻¹³ relative.
enum SubCauchyProperties {
  static let all = [
    atInfinity, atZero, scaling, consistency, quantileRoundTrip, shape, slope, logCumulants, squareIntegral,
    stability,
    averages,
  ]

  private static let unit = SubCauchyLaw.accuracy

  private static func density(_ change: @escaping @Sendable (Double, Double) -> (Double, Double))
    -> StableFunctions
  {
    .subCauchyMutant {
      $0.density = { a, x in
        let (alpha, point) = change(a, x)
        return (try? StableFunctions.heavy(alpha).density(point)) ?? .nan
      }
    }
  }

  private static func tail(_ change: @escaping @Sendable (Double, Double) -> (Double, Double))
    -> StableFunctions
  {
    .subCauchyMutant {
      $0.tail = { a, x in
        let (alpha, point) = change(a, x)
        return (try? StableFunctions.heavy(alpha).tail(point)) ?? .nan
      }
    }
  }

  /// A point where the law has mass: log|X| has spread 1/α.
  private static func point(_ alpha: Double, _ draw: inout RandomStream) -> Double {
    exp((8 * draw.uniform() - 3) / alpha)
  }

  static let atInfinity = StableProperty(
    name: "α < 1: Bergström's series", cases: 200,
    check: { f, alpha, draw in
      // From x^α = 2 on, where terms do not grow much before they fall.
      let x = exp((log(2) + 25 * draw.uniform()) / alpha)
      let density = Witnesses.convergentSeries(alpha, x)
      let tail = Witnesses.convergentSeries(alpha, x, tail: true)
      return max(
        (f.density(alpha, x) - density.value).magnitude / (density.bound + unit * density.value.magnitude),
        (f.tail(alpha, x) - tail.value).magnitude / (tail.bound + unit * tail.value.magnitude))
    },
    mutants: [
      ("α off by 10⁻⁸", density { ($0 - 1e-8, $1) }),
      (
        "tail as 1 − F",
        .subCauchyMutant { $0.tail = { a, x in 1 - (1 - ((try? StableFunctions.heavy(a).tail(x)) ?? .nan)) } }
      ),
      (
        "one term only",
        .subCauchyMutant { $0.tail = { a, x in StableFunctions.heavy(a).tailConstant * pow(x, -a) } }
      ),
    ])

  static let atZero = StableProperty(
    name: "α < 1: expansion at zero with its remainder", cases: 200,
    check: { f, alpha, draw in
      // The remainder after n terms is below the first neglected one (Taylor's formula for the cosine); three terms of the
      // density at points where the fourth is 10⁻⁶ to 10⁻¹² of the first.
      func coefficient(_ k: Double) -> Double {
        exp(lgamma((2 * k + 1) / alpha) - lgamma(2 * k + 1)) / (.pi * alpha)
      }
      let x = exp((log(coefficient(0) / coefficient(3)) - log(1e6) - log(1e6) * draw.uniform()) / 6)
      let square = x * x
      let value = coefficient(0) - coefficient(1) * square + coefficient(2) * square * square
      let remainder = coefficient(3) * square * square * square
      return (f.density(alpha, x) - value).magnitude / (remainder + (unit + 200 * 0x1p-53) * value)
    },
    mutants: [
      ("x snapped to 0", density { ($0, $1 < 0.005 ? 0 : $1) }),
      ("α off by 10⁻⁶", density { ($0 - 1e-6, $1) }),
    ])

  static let scaling = StableProperty(
    name: "α < 1: f_σ(x) = f(x/σ)/σ", cases: 100,
    check: { f, alpha, draw in
      let sigma = exp(8 * draw.uniform() - 4)
      let x = point(alpha, &draw)
      // The score |x f′/f| ≤ 1 + α magnifies the rounding of x·σ/σ.
      return StableProperty.relative(
        f.scaledDensity(alpha, sigma, x * sigma) * sigma, f.density(alpha, x), 3 * unit)
    },
    mutants: [
      (
        "forgets 1/σ",
        .subCauchyMutant {
          $0.scaledDensity = { a, s, x in (try? StableFunctions.heavy(a).density(x / s)) ?? .nan }
        }
      )
    ])

  static let consistency = StableProperty(
    name: "α < 1: ∫ₐᵇ f = S(a) − S(b)", cases: 60,
    check: { f, alpha, draw in
      let a = point(alpha, &draw)
      let b = a * (1 + 0.05 * draw.uniform())
      // 16 nodes on an interval a twentieth of its distance from zero are exact far beyond rounding.
      let integral = StableProperty.rule.integrate(a, b) { f.density(alpha, $0) }
      let difference = f.tail(alpha, a) - f.tail(alpha, b)
      return (integral - difference).magnitude / (2 * unit * f.tail(alpha, a) + 2 * unit * integral)
    },
    mutants: [
      ("tail of another α", tail { ($0 - 1e-7, $1) }),
      ("density of another α", density { ($0 - 1e-5, $1) }),
    ])

  static let quantileRoundTrip = StableProperty(
    name: "α < 1: S(quantile(q)) = q", cases: 60,
    check: { f, alpha, draw in
      let q = draw.uniform() < 0.5 ? exp(-25 * draw.uniform()) * 0.5 : draw.uniform()
      let x = f.upperQuantile(alpha, q)
      let bound = SubCauchyLaw.quantileAccuracy * x.magnitude * f.density(alpha, x) + 2 * unit * q
      return (f.tail(alpha, x) - q).magnitude / bound
    },
    mutants: [
      (
        "lower quantile",
        .subCauchyMutant {
          $0.upperQuantile = { a, q in (try? StableFunctions.heavy(a).quantile(q)) ?? .nan }
        }
      ),
      (
        "leading power only",
        .subCauchyMutant {
          $0.upperQuantile = { a, q in pow(StableFunctions.heavy(a).tailConstant / q, 1 / a) }
        }
      ),
    ])

  static let shape = StableProperty(
    name: "α < 1: symmetric and decreasing in |x|", cases: 100,
    check: { f, alpha, draw in
      let x = point(alpha, &draw)
      let y = x * (1.01 + draw.uniform())
      let falls = f.density(alpha, y) < f.density(alpha, x) && f.tail(alpha, y) < f.tail(alpha, x)
      let even = f.density(alpha, -x) == f.density(alpha, x)
      let complements = (f.tail(alpha, -x) + f.tail(alpha, x) - 1).magnitude <= 2 * unit
      return falls && even && complements ? 0 : .infinity
    },
    mutants: [
      ("skewed", density { ($0, $1 * ($1 < 0 ? 1.01 : 1)) }),
      (
        "tail of |X|",
        .subCauchyMutant {
          $0.tail = { a, x in 2 * ((try? StableFunctions.heavy(a).tail(x.magnitude)) ?? .nan) }
        }
      ),
    ])

  static let slope = StableProperty(
    name: "α < 1: ∫ₐᵇ f′ = f(b) − f(a)", cases: 60,
    check: { f, alpha, draw in
      let a = point(alpha, &draw)
      let b = a * (1 + 0.05 * draw.uniform())
      let integral = StableProperty.rule.integrate(a, b) { f.derivative(alpha, $0) }
      let difference = f.density(alpha, b) - f.density(alpha, a)
      return (integral - difference).magnitude
        / (2 * unit * f.density(alpha, a) + 20 * unit * integral.magnitude)
    },
    mutants: [
      (
        "off by a thousandth",
        .subCauchyMutant {
          $0.derivative = { a, x in 0.999 * ((try? StableFunctions.heavy(a).densityDerivative(x)) ?? .nan) }
        }
      )
    ])

  /// ∫₀^∞ g·f in log x, from e^(−45/α) (mass below f(0)e^(−45/α)) to e^(45/α) (mass e^(−45)), as far as values reach.
  private static func expectation(_ f: StableFunctions, _ alpha: Double, _ g: (Double) -> Double) -> Double {
    StableProperty.rule.integrate(panels: (-90...90).map { 0.5 * Double($0) / alpha }) { y in
      let x = exp(y)
      return x * f.density(alpha, x) * g(x)
    }
  }

  static let logCumulants = StableProperty(
    name: "α < 1: cumulants of log|X|: γ(1/α − 1) and π²/6 (1/α² + 1/2)", cases: 6,
    check: { f, index, _ in
      // Below α = 0.3 the range of the integral leaves that of the density.
      let alpha = max(index, 0.3)
      let mean = 2 * expectation(f, alpha) { log($0) }
      let second = 2 * expectation(f, alpha) { (log($0) - mean) * (log($0) - mean) }
      let euler = 0.57721566490153286
      // Values to 10⁻¹³; |log X| has mean below 5/α, its square below 9/α².
      return max(
        (mean - euler * (1 / alpha - 1)).magnitude / (10 * unit / alpha),
        (second - .pi * .pi / 6 * (1 / (alpha * alpha) + 0.5)).magnitude / (30 * unit / (alpha * alpha)))
    },
    mutants: [
      ("α off by 10⁻⁸", density { ($0 - 1e-8, $1) }),
      ("tail cut", density { ($0, $1 > 1e9 ? .infinity : $1) }),
    ])

  static let squareIntegral = StableProperty(
    name: "α < 1: ∫ f² = 2^(−1/α) f(0)", cases: 6,
    check: { f, index, _ in
      let alpha = max(index, 0.3)
      return StableProperty.relative(
        2 * expectation(f, alpha) { f.density(alpha, $0) }, exp2(-1 / alpha) * f.density(alpha, 0), 4 * unit)
    },
    mutants: [
      ("wrong at zero", density { ($0 - ($1 == 0 ? 1e-9 : 0), $1) })
    ])

  /// As for the larger indices.
  static let stability = StableProperty(
    name: "α < 1: (X + X′)/2^(1/α) ~ X ~ F (false-alarm probability 10⁻⁸)", cases: 8,
    check: { f, alpha, draw in StableProperty.stabilityRatio(f, alpha, count: 5_000, &draw) },
    mutants: [
      (
        "σ doubled",
        .subCauchyMutant { $0.sample = { a, n, s in StableFunctions.heavy(a, 2).sample(n, using: &s) } }
      ),
      (
        "α off by a fifth",
        .subCauchyMutant {
          $0.sample = { a, n, s in StableFunctions.heavy(max(0.0625, 0.8 * a)).sample(n, using: &s) }
        }
      ),
      (
        "only positive",
        .subCauchyMutant {
          $0.sample = { a, n, s in StableFunctions.heavy(a).sample(n, using: &s).map(\.magnitude) }
        }
      ),
    ])

  static let averages = StableProperty(
    name: "α < 1: the mean of N copies has scale N^(1/α − 1) ≥ 1", cases: 60,
    check: { f, alpha, draw in
      let n = 1 + draw.integer(below: 1_000_000)
      let whole = f.meanScale(alpha, 2 * n)
      let half = f.meanScale(alpha, n)
      // Two means of halves average to the mean of the whole; the exponents up to 16 magnify the rounding of the powers.
      let merged = pow(2 * pow(half / 2, alpha), 1 / alpha)
      return max(
        StableProperty.relative(whole, merged, 1e-13),
        whole > half && f.meanScale(alpha, 1) == 1 ? 0 : .infinity)
    },
    mutants: [
      ("normal rate", .subCauchyMutant { $0.meanScale = { _, n in pow(Double(n), -0.5) } })
    ])
}
