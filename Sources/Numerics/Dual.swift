/// A dual number `value + ε·tangent` with ε² = 0: forward-mode differentiation, exact to rounding.
///
/// Nesting, `Dual<Dual<Double>>`, gives second derivatives.
@frozen
public struct Dual<Base: Scalar>: Scalar {
  public var value: Base
  public var tangent: Base

  @inlinable public init(_ value: Base, tangent: Base) {
    self.value = value
    self.tangent = tangent
  }

  @inlinable public init(_ value: Double) {
    self.init(Base(value), tangent: .zero)
  }

  @inlinable public static prefix func - (operand: Self) -> Self {
    Self(-operand.value, tangent: -operand.tangent)
  }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    Self(lhs.value + rhs.value, tangent: lhs.tangent + rhs.tangent)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    Self(lhs.value - rhs.value, tangent: lhs.tangent - rhs.tangent)
  }
  @inlinable public static func * (lhs: Self, rhs: Self) -> Self {
    Self(lhs.value * rhs.value, tangent: lhs.value * rhs.tangent + lhs.tangent * rhs.value)
  }
  @inlinable public static func / (lhs: Self, rhs: Self) -> Self {
    let quotient = lhs.value / rhs.value
    return Self(quotient, tangent: (lhs.tangent - quotient * rhs.tangent) / rhs.value)
  }

  @inlinable public static func exp(_ x: Self) -> Self {
    let y = Base.exp(x.value)
    return Self(y, tangent: y * x.tangent)
  }
  @inlinable public static func log(_ x: Self) -> Self {
    Self(Base.log(x.value), tangent: x.tangent / x.value)
  }
  @inlinable public static func tanh(_ x: Self) -> Self {
    let y = Base.tanh(x.value)
    return Self(y, tangent: (.one - y * y) * x.tangent)
  }
  @inlinable public static func logistic(_ x: Self) -> Self {
    let y = Base.logistic(x.value)
    return Self(y, tangent: y * (.one - y) * x.tangent)
  }
  @inlinable public static func squareRoot(_ x: Self) -> Self {
    let y = Base.squareRoot(x.value)
    return Self(y, tangent: x.tangent / (y + y))
  }
}

extension Dual: Equatable where Base: Equatable {}
extension Dual: Sendable where Base: Sendable {}
