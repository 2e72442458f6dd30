import Foundation

/// A value computed in Double together with a bound on the error of the same quantity computed in Float:
/// running error analysis (Higham 2002, *Accuracy and Stability of Numerical Algorithms*, section 3.3).
///
/// Every operation adds the propagated errors of its operands and `roundings · u · |result|`. The kernels may
/// spend a few roundings where the reference has one operation (a factor `1 - t²` is two, a fused factor
/// saves one), never more than four, hence `roundings = 4`. Sums over `n` terms are bounded for every order of
/// summation by `γ = (n+3) u / (1 - (n+3) u)` times the sum of magnitudes.
struct Bounded {
  var value: Double
  var error: Double

  static let unitRoundoff = 0x1p-24
  static let roundings = 4.0
  /// Products of tiny numbers underflow; far below anything that is compared.
  static let floor = 0x1p-120

  init(_ value: Double, error: Double = 0) {
    self.value = value
    self.error = error
  }

  static func rounded(_ value: Double, propagated: Double) -> Bounded {
    Bounded(value, error: propagated + roundings * unitRoundoff * (abs(value) + propagated) + floor)
  }

  static func + (a: Bounded, b: Bounded) -> Bounded {
    rounded(a.value + b.value, propagated: a.error + b.error)
  }

  static func - (a: Bounded, b: Bounded) -> Bounded {
    rounded(a.value - b.value, propagated: a.error + b.error)
  }

  static func * (a: Bounded, b: Bounded) -> Bounded {
    rounded(
      a.value * b.value, propagated: abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error)
  }

  /// Sum in any order.
  static func sum(value: Double, magnitude: Double, error: Double, terms: Int) -> Bounded {
    let n = Double(terms + 3) * unitRoundoff
    return Bounded(value, error: error + n / (1 - n) * (magnitude + error) + floor)
  }

  /// Slope at most 1; the kernel's own error is at most 3 ulp, that is six units of roundoff.
  var hyperbolicTangent: Bounded {
    let result = tanh(value)
    return Bounded(result, error: error + 6 * Self.unitRoundoff * (abs(result) + error) + Self.floor)
  }

  /// Slope at most 1/4; the kernel's own error is at most 3 ulp.
  var logistic: Bounded {
    let result = 1 / (1 + exp(-value))
    return Bounded(result, error: error / 4 + 6 * Self.unitRoundoff * (abs(result) + error / 4) + Self.floor)
  }

  /// `1/√x`, with the slope at the lower end of the interval; `x ≥ 10⁻⁵` by construction.
  var inverseSquareRoot: Bounded {
    let low = max(value - error, 0.99e-5)
    return .rounded(1 / value.squareRoot(), propagated: 0.5 * error / (low * low.squareRoot()))
  }
}
