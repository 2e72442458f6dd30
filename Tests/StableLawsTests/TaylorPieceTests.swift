import Testing

@testable import StableLaws

/// Polynomials with whole coefficients at ±½: every operation is exact, so values and derivatives equal the sums written out.
@Suite struct TaylorPieceTests {
  private static let coefficients: [Double] = [3, -2, 5, 7, -4, 1, 6, -3, 2, 9, -5, 8]

  /// `Σ c_k k (k−1) … t^(k−order)`.
  private static func derivative(_ order: Int, at t: Double) -> Double {
    coefficients.enumerated().reduce(0) { sum, term in
      guard term.offset >= order else { return sum }
      let factors = (0..<order).reduce(1) { $0 * (term.offset - $1) }
      let power = (0..<(term.offset - order)).reduce(1.0) { product, _ in product * t }
      return sum + Double(factors) * term.element * power
    }
  }

  @Test(arguments: [-0.5, 0, 0.5, 1]) func derivativesAreTheSums(t: Double) {
    let piece = TaylorPiece(Self.coefficients)
    #expect(piece(t) == Self.derivative(0, at: t))
    #expect(piece.derivative(t) == Self.derivative(1, at: t))
    #expect(piece.secondDerivative(t) == Self.derivative(2, at: t))
    #expect(piece.coefficients == Self.coefficients)
  }
}
