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

  /// `start + M v`, with M the row-major `start.count × vector.count` block that begins at `offset` of `entries`.
  ///
  /// Where most of a step's arithmetic is; conforming types may treat the product as one operation.
  static func accumulateProduct(_ entries: [Self], offset: Int, times vector: [Self], onto start: [Self])
    -> [Self]

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

  @inlinable
  public static func accumulateProduct(
    _ entries: [Self], offset: Int, times vector: [Self], onto start: [Self]
  ) -> [Self] {
    accumulateEntries(entries, offset: offset, times: vector, onto: start)
  }

  /// `start + M v`, one multiply-add an entry, along the rows.
  @inlinable
  public static func accumulateEntries(
    _ entries: [Self], offset: Int, times vector: [Self], onto start: [Self]
  ) -> [Self] {
    var result = start
    let weights = entries.span
    let factors = vector.span
    for row in start.indices {
      var sum = result[row]
      let base = offset + row * vector.count
      for column in 0..<vector.count {
        sum = multiplyAdd(sum, weights[base + column], factors[column])
      }
      result[row] = sum
    }
    return result
  }
}
