/// The decoded coefficient tables and their contraction at one tail index.
///
/// α is cut in four quarters of [1, 2]; in each, every monomial coefficient of every piece is a Chebyshev sum in
/// a = 8(α − centre). The sums of one piece are formed side by side, from a row of coefficients for each Chebyshev degree:
/// about a tenth of a microsecond for one piece, some eight for a whole law.
struct SymmetricStableCoefficients: Sendable {
  static let shared = SymmetricStableCoefficients()

  /// Rows of every piece of every function and quarter, four coefficients in a vector, zero where a degree is not used.
  private let rows: [SIMD4<Double>]
  /// The normal law's pieces, as stored.
  private let gaussian: [Double]

  /// Which of the two tabulated functions.
  enum Kind: Int { case density = 0, tail = 1 }

  /// Vectors in a row of an inner and of the outer piece.
  private static let insideWidth = TaylorPiece.count / 4
  private static let outsideWidth = (OuterPiece.count + 3) / 4
  private static let insideDegrees = SymmetricStableTables.alphaDegreesInside
  private static let outsideDegrees = SymmetricStableTables.alphaDegreesOutside
  /// Rows of an inner and of the outer piece.
  private static let insideHeight = insideDegrees.max() ?? 0
  private static let outsideHeight = outsideDegrees.max() ?? 0
  /// Vectors of one function in one quarter.
  private static let kindLength =
    PieceLocation.count * insideHeight * insideWidth + outsideHeight * outsideWidth

  private init() {
    let values = Self.decode()
    let stored =
      8 * (PieceLocation.count * Self.insideDegrees.reduce(0, +) + Self.outsideDegrees.reduce(0, +))
    precondition(
      values.count == SymmetricStableTables.count && stored + 20 * 12 + 14 == values.count,
      "the generated stable table does not have the layout this build expects; regenerate it")
    gaussian = Array(values[stored...])
    var rows: [SIMD4<Double>] = []
    rows.reserveCapacity(8 * Self.kindLength)
    var next = 0
    func append(_ degrees: [Int], _ height: Int, _ width: Int) {
      let base = rows.count
      rows.append(contentsOf: repeatElement(.zero, count: height * width))
      for (coefficient, degree) in degrees.enumerated() {
        for k in 0..<degree { rows[base + k * width + coefficient / 4][coefficient % 4] = values[next + k] }
        next += degree
      }
    }
    for _ in 0..<8 {
      for _ in 0..<PieceLocation.count { append(Self.insideDegrees, Self.insideHeight, Self.insideWidth) }
      append(Self.outsideDegrees, Self.outsideHeight, Self.outsideWidth)
    }
    self.rows = rows
  }

  /// Chebyshev polynomials (and derivatives with respect to α) at one tail index.
  struct Basis {
    /// 0...3.
    var quarter: Int
    var value: [Double]
    var first: [Double] = []
    var second: [Double] = []

    /// - Precondition: 1 ≤ tailIndex ≤ 2.
    init(_ tailIndex: Double, derivatives: Bool = false) {
      quarter = min(3, Int((tailIndex - 1) * 4))
      // Both operations are exact: the centre has four significant bits.
      let a = 8 * (tailIndex - (1.125 + 0.25 * Double(quarter)))
      let count = SymmetricStableCoefficients.insideHeight
      value = [Double](repeating: 1, count: count)
      value[1] = a
      for k in 2..<count { value[k] = 2 * a * value[k - 1] - value[k - 2] }
      guard derivatives else { return }
      first = [Double](repeating: 0, count: count)
      second = first
      first[1] = 8
      for k in 2..<count {
        first[k] = 16 * value[k - 1] + 2 * a * first[k - 1] - first[k - 2]
        second[k] = 32 * first[k - 1] + 2 * a * second[k - 1] - second[k - 2]
      }
    }
  }

  /// The monomial coefficients of piece `index` at the tail index of `basis`.
  ///
  /// Small terms first, so that the rounding is that of the leading coefficient.
  func contract(_ kind: Kind, _ index: Int, _ quarter: Int, _ basis: [Double]) -> TaylorPiece {
    let width = Self.insideWidth
    let base = (2 * quarter + kind.rawValue) * Self.kindLength + index * Self.insideHeight * width
    var (low, middle, high) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
    var k = Self.insideHeight - 1
    while k >= 0 {
      let row = base + k * width
      low += rows[row] * basis[k]
      middle += rows[row + 1] * basis[k]
      high += rows[row + 2] * basis[k]
      k -= 1
    }
    return TaylorPiece(low: SIMD8(lowHalf: low, highHalf: middle), high: high)
  }

  /// The monomial coefficients of the outer piece.
  func contractOuter(_ kind: Kind, _ quarter: Int, _ basis: [Double]) -> OuterPiece {
    let width = Self.outsideWidth
    let base =
      (2 * quarter + kind.rawValue) * Self.kindLength
      + PieceLocation.count * Self.insideHeight * Self.insideWidth
    var sums = SIMD16<Double>.zero
    for k in stride(from: Self.outsideHeight - 1, through: 0, by: -1) {
      let row = base + k * width
      sums +=
        SIMD16(
          lowHalf: SIMD8(lowHalf: rows[row], highHalf: rows[row + 1]),
          highHalf: SIMD8(lowHalf: rows[row + 2], highHalf: rows[row + 3])) * basis[k]
    }
    return OuterPiece(coefficients: sums)
  }

  /// erfcx(x/2)/2 on piece `index` ≥ 20.
  func gaussianPiece(_ index: Int) -> TaylorPiece {
    let base = (index - PieceLocation.firstSplit) * TaylorPiece.count
    return TaylorPiece(gaussian[base..<base + TaylorPiece.count])
  }

  /// x·erfcx(x/2)/2 as a function of (16/x)².
  var gaussianOuter: OuterPiece {
    OuterPiece(coefficients: SIMD16(gaussian.suffix(OuterPiece.count) + [0, 0]))
  }

  /// Base64 to little-endian binary64; line breaks and indentation are skipped.
  private static func decode() -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(SymmetricStableTables.count)
    SymmetricStableTables.base64.withUTF8Buffer { text in
      var word: UInt64 = 0
      var filled = 0
      var pending: UInt32 = 0
      var bits = 0
      for character in text {
        let digit: UInt32
        switch character {
        case 0x41...0x5a: digit = UInt32(character) - 0x41
        case 0x61...0x7a: digit = UInt32(character) - 0x61 + 26
        case 0x30...0x39: digit = UInt32(character) - 0x30 + 52
        case 0x2b: digit = 62
        case 0x2f: digit = 63
        default: continue
        }
        pending = pending << 6 | digit
        bits += 6
        guard bits >= 8 else { continue }
        bits -= 8
        word |= UInt64((pending >> UInt32(bits)) & 0xff) << UInt64(8 * filled)
        filled += 1
        if filled == 8 {
          result.append(Double(bitPattern: word))
          word = 0
          filled = 0
        }
      }
    }
    return result
  }
}
