/// Where a point 0 ≤ x < 16 falls in the tables: eighths of [0, 1) and of the octaves up to 16.
///
/// Every step is exact in binary64: pieces begin at numbers with four significant bits and have widths that are powers
/// of two. Free of branches: random points would make them unpredictable.
struct PieceLocation {
  /// 0...39.
  var index: Int
  /// The local variable: −1 at the lower end, 1 at the upper end.
  var local: Double

  static let count = 40
  /// The first piece (x = 3) that stores differences from the Gaussian law in the last quarter of α.
  static let firstSplit = 20
  /// Where the outer piece begins.
  static let outerBound = 16.0
  /// Where piece 0 ends.
  static let centralBound = 0.125

  /// - Precondition: 0 ≤ x < 16.
  ///
  /// Points below 1 are located through x + 1, whose octave is cut alike; the local variable is still formed from x
  /// itself, so that a point which rounds into the next piece is evaluated at the very edge of that one.
  @inline(__always)
  init(_ x: Double) {
    let one: UInt64 = 0x3ff0_0000_0000_0000
    // Nonnegative numbers are ordered like their bits.
    let belowOne = UInt64(bitPattern: Int64(bitPattern: x.bitPattern &- one) >> 63)
    let added = Double(bitPattern: belowOne & one)
    let bits = (x + added).bitPattern
    index = Int(truncatingIfNeeded: (bits >> 49) &- (1023 << 3) &+ (8 & ~belowOne))
    let lower = Double(bitPattern: bits & ~((1 << 49) - 1)) - added
    // 2^(4 − e) for x in [2^e, 2^(e+1)): the reciprocal of half the width.
    let reciprocal = Double(bitPattern: (2050 &- (bits >> 52)) << 52)
    local = (x - lower) * reciprocal - 1
  }

  /// dt/dx.
  var slope: Double { 1 / Self.halfWidth(index) }

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
