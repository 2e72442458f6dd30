import Foundation

extension Double: Scalar {
  @inlinable public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  @inlinable public static func log(_ x: Double) -> Double { Foundation.log(x) }
  @inlinable public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
  @inlinable public static func squareRoot(_ x: Double) -> Double { x.squareRoot() }

  @inlinable
  public static func logistic(_ x: Double) -> Double {
    // The exponential is taken of a nonpositive number, so it never overflows.
    let e = Foundation.exp(-x.magnitude)
    return x >= 0 ? 1 / (1 + e) : e / (1 + e)
  }
}

extension Float: Scalar {
  @inlinable public static func exp(_ x: Float) -> Float { Foundation.exp(x) }
  @inlinable public static func log(_ x: Float) -> Float { Foundation.log(x) }
  @inlinable public static func tanh(_ x: Float) -> Float { Foundation.tanh(x) }
  @inlinable public static func squareRoot(_ x: Float) -> Float { x.squareRoot() }

  @inlinable
  public static func logistic(_ x: Float) -> Float {
    let e = Foundation.exp(-x.magnitude)
    return x >= 0 ? 1 / (1 + e) : e / (1 + e)
  }
}
