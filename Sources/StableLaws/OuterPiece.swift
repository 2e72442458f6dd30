/// A polynomial of degree thirteen in v ∈ [0, 1]: the piece beyond x = 16.
struct OuterPiece: Sendable {
  /// In order, the last two zero.
  var coefficients: SIMD16<Double>

  static let count = 14
  private static let powers = SIMD16<Double>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

  /// The value at `v`: even and odd powers side by side; coefficients fall off, so that this is accurate.
  @inline(__always)
  func callAsFunction(_ v: Double) -> Double { Self.evaluate(coefficients, v) }

  /// v times the derivative with respect to `v`.
  @inline(__always)
  func scaledDerivative(_ v: Double) -> Double { Self.evaluate(coefficients * Self.powers, v) }

  /// v² times the second derivative with respect to `v`.
  @inline(__always)
  func scaledSecondDerivative(_ v: Double) -> Double {
    Self.evaluate(coefficients * Self.powers * (Self.powers - 1), v)
  }

  @inline(__always)
  private static func evaluate(_ coefficients: SIMD16<Double>, _ v: Double) -> Double {
    let v2 = SIMD2(repeating: v * v)
    let v4 = v2 * v2
    let (low, high) = (coefficients.lowHalf, coefficients.highHalf)
    let first = low.lowHalf.lowHalf + low.lowHalf.highHalf * v2
    let second = low.highHalf.lowHalf + low.highHalf.highHalf * v2
    let third = high.lowHalf.lowHalf + high.lowHalf.highHalf * v2
    let parts = first + v4 * (second + v4 * (third + v4 * high.highHalf.lowHalf))
    return parts[0] + v * parts[1]
  }
}
