import Foundation
import Numerics

/// A value computed in double precision with a bound on the error of the same value computed in single precision: running
/// error analysis (Higham 2002, *Accuracy and Stability of Numerical Algorithms*, section 3.3).
///
/// Every operation adds the errors of its operands, propagated, and `4u · |result|`, u = 2⁻²⁴: an engine may spend up to four
/// roundings where this has one operation. Elementary functions of the kernels are within 3 ulp, that is 6u. A sum
/// remembers its terms: n of them, added in whatever order, are off by at most (n − 1)·u/(1 − nu) times the sum of their
/// magnitudes, hence by less than `4u (n − 1) Σ|term|`.
///
/// Squares and sums of squares also know that they are not negative however they are rounded, without which nothing could
/// be said of a deviation.
struct Rounded {
  let value: Double
  /// A number that neither the exact value nor the rounded one is below.
  let least: Double
  /// Errors of the terms.
  private let inherited: Double
  private let magnitude: Double
  private let terms: Double

  static let unit = 0x1p-24
  /// Products of tiny numbers underflow; far below anything that is compared.
  static let floor = 0x1p-120

  init(_ value: Double, error: Double = 0) {
    self.init(value, inherited: error, magnitude: abs(value) + error, terms: 1)
  }

  private init(
    _ value: Double, inherited: Double, magnitude: Double, terms: Double, least: Double = -.infinity
  ) {
    self.value = value
    self.least = max(least, value - inherited - 4 * Self.unit * (terms - 1) * magnitude)
    self.inherited = inherited
    self.magnitude = magnitude
    self.terms = terms
  }

  var error: Double { inherited + 4 * Self.unit * (terms - 1) * magnitude }

  private static func charged(
    _ value: Double, _ propagated: Double, roundings: Double = 4, least: Double = -.infinity
  ) -> Rounded {
    let error = propagated + roundings * unit * (abs(value) + propagated) + floor
    return Rounded(value, inherited: error, magnitude: abs(value) + error, terms: 1, least: least)
  }

  static prefix func - (x: Rounded) -> Rounded {
    Rounded(-x.value, inherited: x.inherited, magnitude: x.magnitude, terms: x.terms)
  }

  static func + (a: Rounded, b: Rounded) -> Rounded {
    Rounded(
      a.value + b.value, inherited: a.inherited + b.inherited, magnitude: a.magnitude + b.magnitude,
      terms: a.terms + b.terms, least: (a.least + b.least) * (1 - 4 * unit))
  }

  static func * (a: Rounded, b: Rounded) -> Rounded {
    charged(
      a.value * b.value, abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error,
      least: min(a.least, b.least) >= 0 ? a.least * b.least * (1 - 4 * unit) : -.infinity)
  }

  /// `x·x`, which is not negative.
  var squared: Rounded {
    let product = self * self
    return Rounded(
      product.value, inherited: product.inherited, magnitude: product.magnitude, terms: 1, least: 0)
  }

  static func / (a: Rounded, b: Rounded) -> Rounded {
    let least = max(abs(b.value) - b.error, b.least)
    guard least > 0 else { return Rounded(a.value / b.value, error: .infinity) }
    return charged(a.value / b.value, (a.error + abs(a.value / b.value) * b.error) / least)
  }

  /// A function with the given value here and slopes of at most `slope` within the error.
  func mapped(to value: Double, slope: Double, least: Double = -.infinity) -> Rounded {
    .charged(value, slope * error, roundings: 6, least: least)
  }
}

/// A reverse tape over ``Rounded``: gives every derivative with its own error bound, from the derivative rules of single
/// operations.
final class RoundingTape {
  fileprivate var edges: [[(parent: Int, slope: Rounded)]] = []

  func variable(_ value: Double) -> RoundingScalar { record(Rounded(value), []) }

  fileprivate func record(_ value: Rounded, _ parents: [(parent: Int, slope: Rounded)]) -> RoundingScalar {
    edges.append(parents)
    return RoundingScalar(value: value, node: edges.count - 1, tape: self)
  }

  /// The derivatives of `result` in `variables`.
  func gradient(of result: RoundingScalar, in variables: [RoundingScalar]) -> [Rounded] {
    var adjoints = [Rounded?](repeating: nil, count: edges.count)
    guard let last = result.node else { return variables.map { _ in Rounded(0) } }
    adjoints[last] = Rounded(1)
    for node in stride(from: last, through: 0, by: -1) {
      guard let adjoint = adjoints[node] else { continue }
      for (parent, slope) in edges[node] {
        let change = slope * adjoint
        adjoints[parent] = adjoints[parent].map { $0 + change } ?? change
      }
    }
    return variables.map { $0.node.flatMap { adjoints[$0] } ?? Rounded(0) }
  }
}

/// A number recorded on a ``RoundingTape``; constants are rounded to single precision once.
struct RoundingScalar: Scalar {
  let value: Rounded
  fileprivate let node: Int?
  fileprivate let tape: RoundingTape?

  fileprivate init(value: Rounded, node: Int?, tape: RoundingTape?) {
    self.value = value
    self.node = node
    self.tape = tape
  }

  init(_ value: Double) {
    self.init(value: Rounded(value, error: Rounded.unit * abs(value)), node: nil, tape: nil)
  }

  private static func result(_ value: Rounded, _ parents: [(Self, Rounded)]) -> Self {
    guard let tape = parents.lazy.compactMap({ $0.0.tape }).first else {
      return Self(value: value, node: nil, tape: nil)
    }
    return tape.record(value, parents.compactMap { operand, slope in operand.node.map { ($0, slope) } })
  }

  static prefix func - (x: Self) -> Self { result(-x.value, [(x, Rounded(-1))]) }
  static func + (a: Self, b: Self) -> Self { result(a.value + b.value, [(a, Rounded(1)), (b, Rounded(1))]) }
  static func - (a: Self, b: Self) -> Self {
    result(a.value + -b.value, [(a, Rounded(1)), (b, Rounded(-1))])
  }
  static func * (a: Self, b: Self) -> Self {
    let isSquare = a.node != nil && a.node == b.node
    return result(isSquare ? a.value.squared : a.value * b.value, [(a, b.value), (b, a.value)])
  }
  static func / (a: Self, b: Self) -> Self {
    let quotient = a.value / b.value
    return result(quotient, [(a, Rounded(1) / b.value), (b, -(quotient / b.value))])
  }

  static func exp(_ x: Self) -> Self {
    let value = Foundation.exp(x.value.value)
    let y = x.value.mapped(to: value, slope: value * Foundation.exp(x.value.error))
    return result(y, [(x, y)])
  }
  static func log(_ x: Self) -> Self {
    let least = x.value.least
    let y = x.value.mapped(to: Foundation.log(x.value.value), slope: least > 0 ? 1 / least : .infinity)
    return result(y, [(x, Rounded(1) / x.value)])
  }
  static func tanh(_ x: Self) -> Self {
    let y = x.value.mapped(to: Foundation.tanh(x.value.value), slope: 1)
    return result(y, [(x, Rounded(1) + -(y * y))])
  }
  static func logistic(_ x: Self) -> Self {
    let y = x.value.mapped(to: Double.logistic(x.value.value), slope: 0.25)
    return result(y, [(x, y * (Rounded(1) + -y))])
  }
  static func squareRoot(_ x: Self) -> Self {
    let least = x.value.least.squareRoot()
    let y = x.value.mapped(
      to: x.value.value.squareRoot(), slope: least > 0 ? 0.5 / least : .infinity,
      least: least * (1 - 4 * Rounded.unit))
    return result(y, [(x, Rounded(0.5) / y)])
  }
}
