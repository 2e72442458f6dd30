/// A reverse-mode tape: records every operation of a computation, then gives the derivatives of one result with
/// respect to every variable in a single sweep backwards.
///
/// A tape belongs to one computation on one thread. Memory is 24 bytes an operation.
///
/// ```swift
/// let tape = Tape()
/// let x = tape.variable(2), y = tape.variable(3)
/// let adjoints = tape.adjoints(of: x * x * y)
/// adjoints[x]   // 12
/// ```
public final class Tape {
  @usableFromInline struct Node {
    @usableFromInline let first: Int32
    @usableFromInline let second: Int32
    @usableFromInline let firstPartial: Double
    @usableFromInline let secondPartial: Double

    @inlinable init(first: Int32, firstPartial: Double, second: Int32, secondPartial: Double) {
      self.first = first
      self.second = second
      self.firstPartial = firstPartial
      self.secondPartial = secondPartial
    }
  }

  /// The derivatives of one result with respect to everything recorded before it.
  public struct Adjoints {
    let values: [Double]

    /// The derivative with respect to `variable`; zero for a constant.
    public subscript(variable: TapeScalar) -> Double {
      variable.index < 0 ? 0 : values[Int(variable.index)]
    }
  }

  @usableFromInline var nodes: [Node] = []

  public init() {}

  /// A new independent variable.
  public func variable(_ value: Double) -> TapeScalar {
    nodes.append(Node(first: -1, firstPartial: 0, second: -1, secondPartial: 0))
    return TapeScalar(value: value, index: Int32(nodes.count - 1), tape: self)
  }

  /// The derivatives of `result`. Linear in the number of recorded operations.
  public func adjoints(of result: TapeScalar) -> Adjoints {
    var values = [Double](repeating: 0, count: nodes.count)
    guard result.index >= 0 else { return Adjoints(values: values) }
    values[Int(result.index)] = 1
    for index in stride(from: Int(result.index), through: 0, by: -1) {
      let adjoint = values[index]
      if adjoint == 0 { continue }
      let node = nodes[index]
      if node.first >= 0 { values[Int(node.first)] += adjoint * node.firstPartial }
      if node.second >= 0 { values[Int(node.second)] += adjoint * node.secondPartial }
    }
    return Adjoints(values: values)
  }

  @inlinable
  func record(
    _ value: Double, _ first: Int32, _ firstPartial: Double, _ second: Int32 = -1,
    _ secondPartial: Double = 0
  ) -> TapeScalar {
    nodes.append(
      Node(first: first, firstPartial: firstPartial, second: second, secondPartial: secondPartial))
    return TapeScalar(value: value, index: Int32(truncatingIfNeeded: nodes.count - 1), tape: self)
  }
}

/// A number whose history is recorded on a ``Tape``; constants carry no tape and record nothing.
public struct TapeScalar: Scalar {
  public let value: Double
  @usableFromInline let index: Int32
  @usableFromInline let tape: Tape?

  @inlinable init(value: Double, index: Int32, tape: Tape) {
    self.value = value
    self.index = index
    self.tape = tape
  }

  @inlinable public init(_ value: Double) {
    self.value = value
    index = -1
    tape = nil
  }

  @inlinable
  static func binary(
    _ value: Double, _ lhs: Self, _ lhsPartial: Double, _ rhs: Self, _ rhsPartial: Double
  ) -> Self {
    guard let tape = lhs.tape ?? rhs.tape else { return Self(value) }
    return tape.record(value, lhs.index, lhsPartial, rhs.index, rhsPartial)
  }

  @inlinable static func unary(_ value: Double, _ operand: Self, _ partial: Double) -> Self {
    operand.tape?.record(value, operand.index, partial) ?? Self(value)
  }

  @inlinable public static prefix func - (operand: Self) -> Self {
    unary(-operand.value, operand, -1)
  }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    binary(lhs.value + rhs.value, lhs, 1, rhs, 1)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    binary(lhs.value - rhs.value, lhs, 1, rhs, -1)
  }
  @inlinable public static func * (lhs: Self, rhs: Self) -> Self {
    binary(lhs.value * rhs.value, lhs, rhs.value, rhs, lhs.value)
  }
  @inlinable public static func / (lhs: Self, rhs: Self) -> Self {
    let quotient = lhs.value / rhs.value
    return binary(quotient, lhs, 1 / rhs.value, rhs, -quotient / rhs.value)
  }
  @inlinable public static func exp(_ x: Self) -> Self {
    let y = Double.exp(x.value)
    return unary(y, x, y)
  }
  @inlinable public static func log(_ x: Self) -> Self {
    unary(Double.log(x.value), x, 1 / x.value)
  }
  @inlinable public static func tanh(_ x: Self) -> Self {
    let y = Double.tanh(x.value)
    return unary(y, x, 1 - y * y)
  }
  @inlinable public static func logistic(_ x: Self) -> Self {
    let y = Double.logistic(x.value)
    return unary(y, x, y * (1 - y))
  }
  @inlinable public static func squareRoot(_ x: Self) -> Self {
    let y = x.value.squareRoot()
    return unary(y, x, 0.5 / y)
  }
}
