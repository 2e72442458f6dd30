import Foundation
import Numerics

/// What one operation is charged for rounding.
protocol RoundingCharge: Sendable {
  /// Relative charge for each operation.
  static var relative: Double { get }
  /// Absolute charge, far below anything compared, for results that underflow.
  static var floor: Double { get }
}

/// 512 roundings of double precision for every operation: whatever path from a parameter to a result another formula
/// for the same quantity takes, it spends fewer (five steps of some fifty roundings, and one inner product over all
/// parameters), so the bound covers every order of evaluation.
enum DoubleRounding: RoundingCharge {
  static let relative = 512 * 0x1p-53
  static let floor = 0x1p-960
}

/// 128 roundings of single precision for every operation.
enum SingleRounding: RoundingCharge {
  static let relative = 128 * 0x1p-24
  static let floor = 0x1p-120
}

/// No charge: the radius is that of the arguments alone, as in exact arithmetic.
enum NoRounding: RoundingCharge {
  static let relative = 0.0
  static let floor = 0.0
}

/// A ball: a value in double precision with a radius that holds the exact result for every argument in the argument's
/// ball (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 3.3, running error analysis).
///
/// As a base of dual numbers it gives derivatives with rigorous error bounds; with a radius on the parameters it encloses
/// a derivative on a whole neighbourhood.
struct BoundedReal<Charge: RoundingCharge>: Scalar, Sendable {
  var value: Double
  var radius: Double

  init(_ value: Double) { self.init(value, radius: 0) }

  init(_ value: Double, radius: Double) {
    self.value = value
    self.radius = radius
  }

  @inline(__always)
  private static func charged(_ value: Double, _ magnitude: Double, _ propagated: Double) -> Self {
    Self(value, radius: propagated + Charge.relative * (magnitude + propagated) + Charge.floor)
  }

  static prefix func - (operand: Self) -> Self { Self(-operand.value, radius: operand.radius) }

  static func + (lhs: Self, rhs: Self) -> Self {
    charged(lhs.value + rhs.value, abs(lhs.value) + abs(rhs.value), lhs.radius + rhs.radius)
  }

  static func - (lhs: Self, rhs: Self) -> Self { lhs + -rhs }

  static func * (lhs: Self, rhs: Self) -> Self {
    let value = lhs.value * rhs.value
    let propagated =
      abs(lhs.value) * rhs.radius + abs(rhs.value) * lhs.radius + lhs.radius * rhs.radius
    return charged(value, abs(value), propagated)
  }

  static func / (lhs: Self, rhs: Self) -> Self {
    let value = lhs.value / rhs.value
    let least = abs(rhs.value) - rhs.radius
    guard least > 0 else { return Self(value, radius: .infinity) }
    return charged(value, abs(value), (lhs.radius + abs(value) * rhs.radius) / least)
  }

  static func exp(_ x: Self) -> Self {
    let value = Foundation.exp(x.value)
    return charged(value, value, value * expm1(x.radius))
  }

  static func log(_ x: Self) -> Self {
    let value = Foundation.log(x.value)
    guard x.radius < x.value else { return Self(value, radius: .infinity) }
    return charged(value, abs(value), -log1p(-x.radius / x.value))
  }

  /// The slope is at most 1.
  static func tanh(_ x: Self) -> Self {
    let value = Foundation.tanh(x.value)
    return charged(value, abs(value), x.radius)
  }

  /// The slope is at most 1/4.
  static func logistic(_ x: Self) -> Self {
    let value = Double.logistic(x.value)
    return charged(value, value, x.radius / 4)
  }

  /// `|√x − √y| = |x − y|/(√x + √y)`.
  static func squareRoot(_ x: Self) -> Self {
    let value = x.value.squareRoot()
    guard value > 0 else { return Self(value, radius: x.radius.squareRoot()) }
    return charged(value, value, x.radius / (value + max(0, x.value - x.radius).squareRoot()))
  }
}

/// A double with a rigorous rounding bound.
typealias Bounded = BoundedReal<DoubleRounding>
