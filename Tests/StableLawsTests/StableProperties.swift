import Foundation
import Numerics

@testable import StableLaws

/// An identity of the symmetric stable law. `check` returns the error divided by its bound at one random case: at most one
/// when the identity holds.
struct StableProperty: Sendable {
  let name: String
  /// How many random cases are drawn.
  let cases: Int
  let check: @Sendable (_ f: StableFunctions, _ alpha: Double, _ draw: inout RandomStream) -> Double
  /// Wrong functions that the identity must expose.
  let mutants: [(String, StableFunctions)]
}

extension StableProperty {
  /// Values of the functions under test may be off by 10⁻¹⁵ relative; `slack` counts how many enter.
  static let unit = 1e-15

  static let rule = GaussLegendre(16)

  /// ∫₀^∞ of g·f: panels of the tables' own size would share their seams, so these have others. The tail beyond e^60 is cut.
  static func expectation(_ f: StableFunctions, _ alpha: Double, from lowest: Double, _ g: (Double) -> Double)
    -> Double
  {
    var edges: [Double] = []
    var s = lowest
    while s <= 60 {
      edges.append(s)
      s += 0.1875
    }
    return rule.integrate(panels: edges) { s in
      let x = exp(s)
      return g(x) * f.density(alpha, x) * x
    }
  }

  static let all: [StableProperty] = [
    scaling, atZero, atInfinity, onContour, fractionalEquation, unimodality, consistency, quantileRoundTrip,
    logarithms,
    moments, logCumulants, squareIntegral, stability, shifts, divergence, averages,
  ]

  static func relative(_ value: Double, _ truth: Double, _ bound: Double) -> Double {
    value.isNaN ? .infinity : (value - truth).magnitude / (bound * truth.magnitude)
  }

  /// A point in every range of the tables.
  static func point(_ draw: inout RandomStream) -> Double { exp(-4 + 9 * draw.uniform()) }

  static let scaling = StableProperty(
    name: "f_σ(x) = f(x/σ)/σ", cases: 200,
    check: { f, alpha, draw in
      let sigma = exp(8 * draw.uniform() - 4)
      let x = point(&draw)
      // x·σ/σ is off by two roundings, which the score x f′/f ≤ 3 magnifies (x²/2 near the normal law, x < 150).
      let z = x * sigma / sigma
      let magnified = 1 + (z * f.derivative(alpha, z) / f.density(alpha, z)).magnitude
      return relative(
        f.scaledDensity(alpha, sigma, x * sigma) * sigma, f.density(alpha, x), 3 * unit * magnified)
    },
    mutants: [
      ("forgets 1/σ", .mutant { $0.scaledDensity = { a, s, x in StableFunctions.law(a).density(x / s) } }),
      (
        "variance convention",
        .mutant { $0.scaledDensity = { a, s, x in StableFunctions.law(a, s * 2.0.squareRoot()).density(x) } }
      ),
    ])

  static let atZero = StableProperty(
    name: "series at zero (duality with the law of index 1/α)", cases: 200,
    check: { f, alpha, draw in
      // Nearer to α = 1 the series needs too many terms.
      let a = max(alpha, 1.1)
      let x = draw.uniform()
      let density = Witnesses.seriesAtZero(a, x)
      let tail = Witnesses.seriesAtZero(a, x, tail: true)
      return max(
        (f.density(a, x) - density.value).magnitude / (density.bound + unit * density.value),
        (f.tail(a, x) - tail.value).magnitude / (tail.bound + unit * tail.value))
    },
    mutants: [
      (
        "density off by 10⁻¹¹",
        .mutant { $0.density = { a, x in StableFunctions.law(a).density(x) * (1 + 1e-11) } }
      ),
      ("x snapped to 0", .mutant { $0.tail = { a, x in StableFunctions.law(a).tail(x < 0.005 ? 0 : x) } }),
    ])

  static let atInfinity = StableProperty(
    name: "series at infinity with its remainder", cases: 200,
    check: { f, alpha, draw in
      let a = min(alpha, 1.99)
      let x = 3 * exp(15 * draw.uniform())
      let density = Witnesses.seriesAtInfinity(a, x)
      let tail = Witnesses.seriesAtInfinity(a, x, tail: true)
      return max(
        (f.density(a, x) - density.value).magnitude / (density.bound + unit * density.value.magnitude),
        (f.tail(a, x) - tail.value).magnitude / (tail.bound + unit * tail.value.magnitude))
    },
    mutants: [
      ("tail as 1 − F", .mutant { $0.tail = { a, x in 1 - StableFunctions.law(a).cumulative(x) } }),
      (
        "α snapped to 2",
        .mutant { $0.density = { a, x in StableFunctions.law(a > 1.95 ? 2 : a).density(x) } }
      ),
      ("one term only", .mutant { $0.tail = { a, x in StableFunctions.law(a).tailConstant * pow(x, -a) } }),
    ])

  static let onContour = StableProperty(
    name: "contour integral", cases: 100,
    check: { f, alpha, draw in
      let x = 0.05 + 12 * draw.uniform()
      let density = Witnesses.contour(alpha, x)
      let tail = Witnesses.contour(alpha, x, .tail)
      return max(
        (f.density(alpha, x) - density.value).magnitude / (density.bound + unit * density.value.magnitude),
        (f.tail(alpha, x) - tail.value).magnitude / (tail.bound + unit * tail.value.magnitude))
    },
    mutants: [
      (
        "α snapped to 1",
        .mutant { $0.density = { a, x in StableFunctions.law(a < 1.05 ? 1 : a).density(x) } }
      ),
      ("tail off by 10⁻⁹", .mutant { $0.tail = { a, x in StableFunctions.law(a).tail(x) + 1e-9 } }),
    ])

  static let fractionalEquation = StableProperty(
    name: "(f + x f′)/α = (1/π)∫ t^α cos(xt) e^(−t^α) dt", cases: 100,
    check: { f, alpha, draw in
      let x = 0.02 + 10 * draw.uniform()
      let witness = Witnesses.contour(alpha, x, .power)
      let value = (f.density(alpha, x) + x * f.derivative(alpha, x)) / alpha
      // The derivative of a tabulated piece is good to 10⁻¹⁵ of the density over the width of the piece, x/16 at least.
      let rounding = 32 * unit * f.density(alpha, x)
      return (value - witness.value).magnitude / (witness.bound + rounding)
    },
    mutants: [
      (
        "derivative without the chain rule",
        .mutant { $0.derivative = { a, x in StableFunctions.law(a).densityDerivative(x) * 0.999 } }
      ),
      ("normal score", .mutant { $0.derivative = { a, x in -x / 2 * StableFunctions.law(a).density(x) } }),
    ])

  static let unimodality = StableProperty(
    name: "symmetric and decreasing in |x|", cases: 400,
    check: { f, alpha, draw in
      let x = point(&draw)
      let y = x * (1 + 0.01 + draw.uniform())
      let falls = f.density(alpha, y) < f.density(alpha, x) && f.tail(alpha, y) < f.tail(alpha, x)
      let even = f.density(alpha, -x) == f.density(alpha, x)
      let complements = (f.tail(alpha, -x) + f.tail(alpha, x) - 1).magnitude <= 2 * unit
      return falls && even && complements ? 0 : .infinity
    },
    mutants: [
      ("skewed", .mutant { $0.density = { a, x in StableFunctions.law(a).density(x - 0.01) } }),
      ("tail of |X|", .mutant { $0.tail = { a, x in 2 * StableFunctions.law(a).tail(x.magnitude) } }),
      (
        "tail lost beyond 100", .mutant { $0.tail = { a, x in x > 100 ? 0 : StableFunctions.law(a).tail(x) } }
      ),
    ])

  static let consistency = StableProperty(
    name: "∫ₐᵇ f = S(a) − S(b)", cases: 200,
    check: { f, alpha, draw in
      let a = point(&draw)
      let b = a * (1 + 0.05 * draw.uniform())
      // 16 nodes on an interval a twentieth of its distance from zero are exact far beyond rounding.
      let integral = rule.integrate(a, b) { f.density(alpha, $0) }
      let difference = f.tail(alpha, a) - f.tail(alpha, b)
      return (integral - difference).magnitude / (2 * unit * f.tail(alpha, a) + 2 * unit * integral)
    },
    mutants: [
      ("tail of another σ", .mutant { $0.tail = { a, x in StableFunctions.law(a, 1.0001).tail(x) } }),
      (
        "density of another α",
        .mutant { $0.density = { a, x in StableFunctions.law(max(1, a - 1e-6)).density(x) } }
      ),
    ])

  static let quantileRoundTrip = StableProperty(
    name: "S(quantile(q)) = q", cases: 300,
    check: { f, alpha, draw in
      let q = draw.uniform() < 0.5 ? exp(-25 * draw.uniform()) * 0.5 : draw.uniform()
      let x = f.upperQuantile(alpha, q)
      // The quantile may be off by 4·10⁻¹⁵ relative, which moves the tail by that times x f.
      let bound = 4e-15 * x.magnitude * f.density(alpha, x) + 2 * unit * q
      return (f.tail(alpha, x) - q).magnitude / bound
    },
    mutants: [
      (
        "lower quantile",
        .mutant { $0.upperQuantile = { a, q in (try? StableFunctions.law(a).quantile(q)) ?? .nan } }
      ),
      (
        "stops at 10⁻¹²",
        .mutant {
          $0.upperQuantile = { a, q in ((try? StableFunctions.law(a).upperQuantile(q)) ?? .nan) * (1 + 1e-12)
          }
        }
      ),
    ])

  static let logarithms = StableProperty(
    name: "exp(log f) = f, exp(log S) = S, on both sides", cases: 200,
    check: { f, alpha, draw in
      let x = point(&draw) * (draw.next() & 1 == 0 ? 1 : -1)
      // Exponentiating magnifies by the size of the logarithm.
      let density = relative(
        exp(f.logDensity(alpha, x)), f.density(alpha, x), unit * (3 + f.logDensity(alpha, x).magnitude))
      let tail = relative(
        exp(f.logTail(alpha, x)), f.tail(alpha, x), unit * (3 + f.logTail(alpha, x).magnitude))
      guard f.density(alpha, x) > 1e-290 else { return 0 }
      return max(density, tail)
    },
    mutants: [
      ("log of the standard normal", .mutant { $0.logDensity = { _, x in -x * x / 2 - 0.5 * log(2 * .pi) } }),
      ("decimal logarithm", .mutant { $0.logTail = { a, x in log10(StableFunctions.law(a).tail(x)) } }),
    ])
}
