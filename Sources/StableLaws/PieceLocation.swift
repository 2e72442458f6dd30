/// Where a point 0 ≤ x < 16 falls in the tables: eighths of [0, 1) and of the octaves up to 16.
///
/// Every step is exact in binary64: pieces begin at numbers with four significant bits and have widths that are powers
/// of two.
struct PieceLocation {
  /// 0...39.
  var index: Int
  /// The local variable: (8x)² in piece 0, else −1 at the lower end and 1 at the upper end.
  var local: Double
  /// dt/dx; in piece 0 this is 128 x.
  var slope: Double

  static let count = 40
  /// The first piece (x = 3) that stores differences from the Gaussian law in the last quarter of α.
  static let firstSplit = 20
  /// Where the outer piece begins.
  static let outerBound = 16.0

  /// x in piece 0, where the centre is stored divided by x, else one.
  var centreFactor: Double
  /// All ones for x < 1, else zero.
  var belowOne: UInt64

  /// - Precondition: 0 ≤ x < 16.
  ///
  /// Free of branches but for the rare piece 0: random points would make them unpredictable. Points below 1 are located
  /// through x + (1 − 2⁻⁵³), whose octave is cut alike; the local variable is still formed from x itself, so that a
  /// point which rounds into the neighbouring piece is evaluated at the very edge of that one.
  @inline(__always)
  init(_ x: Double) {
    let one: UInt64 = 0x3ff0_0000_0000_0000
    // Nonnegative numbers are ordered like their bits.
    belowOne = UInt64(bitPattern: Int64(bitPattern: x.bitPattern &- one) >> 63)
    let bits = (x + Double(bitPattern: belowOne & (one &- 1))).bitPattern
    let position = Int(truncatingIfNeeded: (bits >> 49) &- (1023 << 3) &+ (8 & ~belowOne))
    let lower = Double(bitPattern: bits & ~((1 << 49) - 1)) - Double(bitPattern: belowOne & one)
    // 2^(3 − e) for x in [2^e, 2^(e+1)): the reciprocal of the width.
    let reciprocal = Double(bitPattern: (2049 &- (bits >> 52)) << 52)
    local = 2 * ((x - lower) * reciprocal) - 1
    slope = 2 * reciprocal
    index = position
    centreFactor = 1
    if position <= 0 {
      index = 0
      centreFactor = x
      local = (8 * x) * (8 * x)
      slope = 128 * x
    }
  }

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
