import Foundation

/// The law at α = 2: density e^(−x²/4)/(2√π) and tail erfc(x/2)/2, to a few units in the last place for every x ≥ 0.
enum GaussianEnd {
  /// 1/(2√π).
  static let peak = 0.28209479177387814

  /// e^(−x²/4) without the loss of x²/4 units in the last place that rounding x² would cost: the square of the upper
  /// half of x is exact, the rest is small enough for three terms of the series.
  @inline(__always)
  static func exponential(_ x: Double) -> Double {
    let head = Double(bitPattern: x.bitPattern & ~((1 << 27) - 1))
    let rest = (x - head) * (x + head) * 0.25
    return Foundation.exp(-0.25 * head * head) * (1 - rest * (1 - 0.5 * rest))
  }

  @inline(never)
  static func density(_ x: Double) -> Double { peak * exponential(x) }

  /// erfcx(x/2)/2 for x ≥ 3, decreasing like 1/(x√π).
  @inline(__always)
  static func scaledTail(_ x: Double) -> Double {
    if x < PieceLocation.outerBound {
      return pieces[PieceLocation.index(of: x) - PieceLocation.firstSplit](x)
    }
    let v = (16 / x) * (16 / x)
    return outer(v) / x
  }

  /// The tail for x ≥ 3.
  @inline(never)
  static func tail(_ x: Double) -> Double { exponential(x) * scaledTail(x) }

  private static let pieces: [PlacedPiece] = (PieceLocation.firstSplit..<PieceLocation.count).map {
    PlacedPiece(SymmetricStableCoefficients.shared.gaussianPiece($0), at: $0)
  }
  private static let outer = SymmetricStableCoefficients.shared.gaussianOuter
}
