import Foundation

/// A complex number in rectangular form, for complex-step derivatives: `f(x + i·h)` has imaginary part
/// `h·f′(x) + O(h³)` with no cancellation, so `h` may be as small as 10⁻²⁰⁰.
@frozen
public struct Complex: Scalar, Hashable, Sendable {
  public var real: Double
  public var imaginary: Double

  @inlinable public init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  @inlinable public init(_ value: Double) { self.init(value, 0) }

  @inlinable public static prefix func - (operand: Self) -> Self {
    Self(-operand.real, -operand.imaginary)
  }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    Self(lhs.real + rhs.real, lhs.imaginary + rhs.imaginary)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    Self(lhs.real - rhs.real, lhs.imaginary - rhs.imaginary)
  }
  @inlinable public static func * (lhs: Self, rhs: Self) -> Self {
    Self(
      lhs.real * rhs.real - lhs.imaginary * rhs.imaginary,
      lhs.real * rhs.imaginary + lhs.imaginary * rhs.real)
  }
  /// Smith's division: scales by the larger part of the divisor, so it neither overflows nor underflows early.
  @inlinable public static func / (lhs: Self, rhs: Self) -> Self {
    if rhs.real.magnitude >= rhs.imaginary.magnitude {
      let ratio = rhs.imaginary / rhs.real
      let scale = rhs.real + rhs.imaginary * ratio
      return Self(
        (lhs.real + lhs.imaginary * ratio) / scale, (lhs.imaginary - lhs.real * ratio) / scale)
    }
    let ratio = rhs.real / rhs.imaginary
    let scale = rhs.imaginary + rhs.real * ratio
    return Self(
      (lhs.real * ratio + lhs.imaginary) / scale, (lhs.imaginary * ratio - lhs.real) / scale)
  }

  @inlinable public static func exp(_ z: Self) -> Self {
    let modulus = Foundation.exp(z.real)
    return Self(modulus * Foundation.cos(z.imaginary), modulus * Foundation.sin(z.imaginary))
  }

  @inlinable public static func log(_ z: Self) -> Self {
    Self(
      Foundation.log(Foundation.hypot(z.real, z.imaginary)), Foundation.atan2(z.imaginary, z.real))
  }

  /// From `tanh(x + iy) = (t + i·u) / (1 + i·t·u)` with `t = tanh x`, `u = tan y`, rearranged so that the
  /// imaginary part carries the factor `u` and stays accurate for tiny `y`.
  @inlinable public static func tanh(_ z: Self) -> Self {
    let t = Foundation.tanh(z.real)
    let u = Foundation.tan(z.imaginary)
    let sechSquared = {
      let c = 1 / Foundation.cosh(z.real); return c * c
    }()
    let scale = 1 + t * t * u * u
    return Self(t * (1 + u * u) / scale, sechSquared * u / scale)
  }

  /// The exponential is taken on the side where it is at most one in modulus.
  @inlinable public static func logistic(_ z: Self) -> Self {
    if z.real >= 0 { return .one / (.one + exp(-z)) }
    let e = exp(z)
    return e / (.one + e)
  }

  /// The principal square root.
  @inlinable public static func squareRoot(_ z: Self) -> Self {
    let modulus = Foundation.hypot(z.real, z.imaginary)
    if modulus == 0 { return .zero }
    let half = ((modulus + z.real.magnitude) / 2).squareRoot()
    if z.real >= 0 { return Self(half, z.imaginary / (2 * half)) }
    return Self(z.imaginary.magnitude / (2 * half), z.imaginary < 0 ? -half : half)
  }
}
