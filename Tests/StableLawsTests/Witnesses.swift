import Foundation

/// Three evaluations of the standard symmetric stable law that share nothing with the tables. Each returns a value and a
/// bound of its error: truncation by the theorem quoted, rounding by machine epsilon times the sum of moduli.
enum Witnesses {
  struct Value {
    var value: Double
    var bound: Double
  }

  /// Rounding of one term: its exponent is up to 60 in size and is rounded before it is exponentiated.
  private static let termRounding = 80 * 0x1p-53

  /// f(x) = (1/πα) Σ (−1)^k Γ((2k+1)/α)/(2k)! x^(2k), 1 < α ≤ 2; with `tail`, 1/2 minus the integrated series.
  /// Successive terms fall at least by ρ_k = ((2k+1)/α + 1)^(2/α) x²/((2k+1)(2k+2)) (Gautschi). By duality this is also
  /// x^(−1−α) times the density of the one-sided-tilted law of index 1/α at x^(−α).
  static func seriesAtZero(_ alpha: Double, _ x: Double, tail: Bool = false) -> Value {
    var sum = 0.0
    var moduli = 0.0
    var k = 0.0
    while true {
      var logTerm = lgamma((2 * k + 1) / alpha) - lgamma(2 * k + 1)
      if k > 0 { logTerm += 2 * k * log(x) }
      var term = exp(logTerm)
      if tail { term *= x / (2 * k + 1) }
      sum += k.truncatingRemainder(dividingBy: 2) == 0 ? term : -term
      // The logarithms of the gamma functions are rounded relative to their own size.
      moduli += term * (1 + lgamma(2 * k + 3).magnitude / 8)
      let ratio = pow((2 * k + 1) / alpha + 1, 2 / alpha) * x * x / ((2 * k + 1) * (2 * k + 2))
      k += 1
      if ratio < 0.5, term * ratio < 1e-18 * sum.magnitude || k > 400 {
        let scale = 1 / (.pi * alpha)
        let bound = scale * (term * ratio / (1 - ratio) + termRounding * moduli)
        return Value(value: tail ? 0.5 - scale * sum : scale * sum, bound: bound)
      }
      if k > 400 { return Value(value: .nan, bound: .infinity) }
    }
  }

  /// f(x) = (1/π) Σ_{k<n} (−1)^(k+1) Γ(kα+1)/k! sin(kπα/2) x^(−kα−1) with the remainder at most
  /// Γ(nα+1)/(π n! (x sin(π/2α))^(nα+1)); the tail likewise with Γ(kα) and x^(−kα).
  static func seriesAtInfinity(_ alpha: Double, _ x: Double, tail: Bool = false) -> Value {
    let sine = sin(.pi / (2 * alpha))
    var best = Value(value: .nan, bound: .infinity)
    var sum = 0.0
    var moduli = 0.0
    for k in 1...120 {
      let kk = Double(k)
      let gammaPart = (tail ? lgamma(kk * alpha) : lgamma(kk * alpha + 1)) - lgamma(kk + 1)
      let remainder =
        tail
        ? exp(gammaPart - kk * alpha * log(x * sine)) / (.pi * sine)
        : exp(gammaPart - (kk * alpha + 1) * log(x * sine)) / .pi
      // Enough logarithms of size lgamma are added that each unit of size costs one rounding.
      let bound = remainder + moduli * termRounding
      if bound < best.bound { best = Value(value: sum, bound: bound) }
      // sin(kπα/2) from the exact k(2 − α), with its sign.
      let turned = sin(.pi * (kk * (2 - alpha)).truncatingRemainder(dividingBy: 4) / 2)
      let sign: Double = k % 2 == 1 ? turned : -turned
      let modulus = exp(gammaPart - (tail ? kk * alpha : kk * alpha + 1) * log(x)) / .pi
      let term = modulus * sign
      sum += k % 2 == 1 ? term : -term
      moduli += term.magnitude * (1 + (lgamma(kk * alpha + 2) + kk * alpha * log(x)).magnitude / 16)
    }
    return best
  }

  /// Bergström's series for α < 1, which converges for x > 0: (1/π) Σ (−1)^(k+1) Γ(kα + m)/k! sin(kπα/2) x^(−kα−m) with m = 1
  /// for the density, 0 for the tail. Moduli fall at least by (kα + m)^α x^(−α)/(k + 1) (Wendel's inequality).
  static func convergentSeries(_ alpha: Double, _ x: Double, tail: Bool = false) -> Value {
    let shift: Double = tail ? 0 : 1
    var sum = 0.0
    var moduli = 0.0
    for k in 1...2000 {
      let kk = Double(k)
      let logGamma = lgamma(kk * alpha + shift) - lgamma(kk + 1)
      let logPower = (kk * alpha + shift) * log(x)
      let modulus = exp(logGamma - logPower) / .pi
      let term = modulus * sin(.pi * (kk * alpha).truncatingRemainder(dividingBy: 4) / 2)
      sum += k % 2 == 1 ? term : -term
      moduli += modulus * (1 + (lgamma(kk + 1) + logPower.magnitude) / 16)
      let ratio = pow((kk * alpha + shift) / x, alpha) / (kk + 1)
      if ratio < 0.5, modulus < 1e-18 * sum.magnitude {
        return Value(value: sum, bound: modulus * ratio / (1 - ratio) + termRounding * moduli)
      }
    }
    return Value(value: .nan, bound: .infinity)
  }

  enum Integral { case density, tail, power }

  /// The ray t = e^(v + iφ), φ = π/4α, by the trapezoid rule: the integrand is analytic in the strip of half-width π/4α about the
  /// line, so that the error falls like e^(−2π·(π/4α)/h) < 10⁻¹⁶ at h = 1/16.
  /// `.power` is (1/π)∫ t^α cos(xt) e^(−t^α) dt = (f + x f′)/α.
  static func contour(_ alpha: Double, _ x: Double, _ kind: Integral = .density) -> Value {
    let phi = Double.pi / (4 * alpha)
    var real = 0.0
    var imaginary = 0.0
    var moduli = 0.0
    let h = 0.0625
    // Left of the range the integrand is below e^v (density) or the tail's is linear in e^v and e^(αv).
    for step in (-640)...128 {
      let v = Double(step) * h
      let s = exp(v)
      let u = exp(alpha * v)
      let decay = -x * s * sin(phi) - u * cos(alpha * phi)
      var logModulus = decay
      var angle = x * s * cos(phi) - u * sin(alpha * phi)
      switch kind {
      case .density:
        logModulus += v
        angle += phi
      case .power:
        logModulus += (1 + alpha) * v
        angle += (1 + alpha) * phi
      case .tail: break
      }
      guard logModulus > -200 else { continue }
      let modulus = exp(logModulus)
      if kind == .tail {
        // Far left the imaginary part is the sine of a vanishing angle: nothing to integrate to the left of the range.
        imaginary += modulus * sin(angle)
        moduli += modulus * angle.magnitude / (1 + angle.magnitude)
      } else {
        real += modulus * cos(angle)
        moduli += modulus * (1 + angle.magnitude / 16)
      }
    }
    let rounding = termRounding * moduli * h / .pi
    switch kind {
    case .tail:
      let cut = exp(-40.0) * (x + 1) / .pi
      return Value(value: 0.5 - phi / .pi - imaginary * h / .pi, bound: rounding + cut + 4e-16)
    default:
      return Value(value: real * h / .pi, bound: rounding + exp(-40.0) / .pi + 1e-16)
    }
  }
}
