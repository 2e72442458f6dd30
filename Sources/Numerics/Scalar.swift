/// A number type over which a cell's step can be written once.
///
/// Conforming types are the plain floating-point numbers, dual numbers (forward derivatives), complex numbers
/// (complex-step derivatives), tape variables (reverse derivatives) and SIMD vectors (one lane a sequence).
/// Formulas use only these operations, so a formula written for `Double` gives its own derivatives.
public protocol Scalar {
  /// The constant `value`, with no derivative.
  init(_ value: Double)

  static prefix func - (operand: Self) -> Self
  static func + (lhs: Self, rhs: Self) -> Self
  static func - (lhs: Self, rhs: Self) -> Self
  static func * (lhs: Self, rhs: Self) -> Self
  static func / (lhs: Self, rhs: Self) -> Self

  /// `accumulator + lhs * rhs`; conforming types may fuse the two.
  static func multiplyAdd(_ accumulator: Self, _ lhs: Self, _ rhs: Self) -> Self

  /// The exponential function.
  static func exp(_ x: Self) -> Self
  /// The natural logarithm.
  static func log(_ x: Self) -> Self
  /// The hyperbolic tangent.
  static func tanh(_ x: Self) -> Self
  /// The logistic function `1 / (1 + exp(−x))`, without overflow at either end.
  static func logistic(_ x: Self) -> Self
  /// The square root, for arguments with positive real part.
  static func squareRoot(_ x: Self) -> Self
}

extension Scalar {
  @inlinable public static var zero: Self { Self(0) }
  @inlinable public static var one: Self { Self(1) }

  @inlinable
  public static func multiplyAdd(_ accumulator: Self, _ lhs: Self, _ rhs: Self) -> Self {
    accumulator + lhs * rhs
  }
}
