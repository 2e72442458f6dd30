/// Where a point 0 ≤ x < 16 falls in the tables: eighths of [0, 1) and of the octaves up to 16.
///
/// Every step is exact in binary64: pieces begin at numbers with four significant bits and have widths that are powers
/// of two. Free of branches: random points would make them unpredictable.
enum PieceLocation {
  static let count = 40
  /// The first piece (x = 3) that stores differences from the Gaussian law in the last quarter of α.
  static let firstSplit = 20
  /// Where the outer piece begins.
  static let outerBound = 16.0
  /// Where piece 0 ends.
  static let centralBound = 0.125

  /// The index of the piece of `x`.
  ///
  /// Points below 1 are located through x + 1, whose octave is cut alike; a point that rounds into the next piece is evaluated
  /// at the very edge of that one.
  ///
  /// - Precondition: 0 ≤ x < 16.
  @inline(__always)
  static func index(of x: Double) -> Int {
    let bits = (x + (x < 1 ? 1 : 0)).bitPattern
    return Int(truncatingIfNeeded: bits >> 49) - (1023 << 3) + (x < 1 ? 0 : 8)
  }

  /// The variable of the even polynomials in piece 0.
  @inline(__always)
  static func centralVariable(_ x: Double) -> Double { (8 * x) * (8 * x) }

  /// The lower end of piece `index`.
  static func lowerEnd(_ index: Int) -> Double {
    if index < 8 { return Double(index) / 8 }
    let (octave, part) = (index - 8).quotientAndRemainder(dividingBy: 8)
    return Double(1 << octave) * (1 + Double(part) / 8)
  }

  /// Half the width of piece `index`.
  static func halfWidth(_ index: Int) -> Double {
    index < 8 ? 0.0625 : Double(1 << ((index - 8) / 8)) / 16
  }
}
