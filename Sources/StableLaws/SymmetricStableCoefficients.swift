/// The decoded coefficient tables and their contraction at one tail index.
///
/// α is cut in four quarters of [1, 2]; in each, every monomial coefficient of every piece is a Chebyshev sum in
/// a = 8(α − centre). Contracting the whole table costs about ten microseconds, one piece a few hundred nanoseconds.
struct SymmetricStableCoefficients: Sendable {
  static let shared = SymmetricStableCoefficients()

  private let values: [Double]
  private let insideOffsets: [Int]
  private let outsideOffsets: [Int]
  private let insideLength: Int
  private let outsideLength: Int

  /// Which of the two tabulated functions.
  enum Kind: Int { case density = 0, tail = 1 }

  private init() {
    values = Self.decode()
    insideOffsets = SymmetricStableTables.alphaDegreesInside.reduce(into: [0]) {
      $0.append($0[$0.count - 1] + $1)
    }
    outsideOffsets = SymmetricStableTables.alphaDegreesOutside.reduce(into: [0]) {
      $0.append($0[$0.count - 1] + $1)
    }
    insideLength = insideOffsets[TaylorPiece.count]
    outsideLength = outsideOffsets[OuterPiece.count]
    precondition(
      values.count == SymmetricStableTables.count && gaussianBase + 20 * 12 + 14 == values.count,
      "the generated stable table does not have the layout this build expects; regenerate it")
  }

  private var kindLength: Int { PieceLocation.count * insideLength + outsideLength }
  private var gaussianBase: Int { 8 * kindLength }

  /// Chebyshev polynomials (and derivatives with respect to α) at one tail index.
  struct Basis {
    /// 0...3.
    var quarter: Int
    var value: SIMD32<Double>
    var first: SIMD32<Double>
    var second: SIMD32<Double>

    /// - Precondition: 1 ≤ tailIndex ≤ 2.
    init(_ tailIndex: Double, derivatives: Bool = false) {
      quarter = min(3, Int((tailIndex - 1) * 4))
      // Both operations are exact: the centre has four significant bits.
      let a = 8 * (tailIndex - (1.125 + 0.25 * Double(quarter)))
      value = .init(repeating: 1)
      first = .init(repeating: 0)
      second = .init(repeating: 0)
      value[1] = a
      for k in 2..<20 { value[k] = 2 * a * value[k - 1] - value[k - 2] }
      guard derivatives else { return }
      first[1] = 8
      for k in 2..<20 {
        first[k] = 16 * value[k - 1] + 2 * a * first[k - 1] - first[k - 2]
        second[k] = 32 * first[k - 1] + 2 * a * second[k - 1] - second[k - 2]
      }
    }
  }

  /// The monomial coefficients of piece `index` (40 is the outer one) at the tail index of `basis`.
  @inline(__always)
  func contract(_ kind: Kind, _ index: Int, _ quarter: Int, _ basis: SIMD32<Double>) -> TaylorPiece {
    var piece = TaylorPiece([])
    let base = (2 * quarter + kind.rawValue) * kindLength + index * insideLength
    for i in 0..<8 { piece.low[i] = sum(base + insideOffsets[i], base + insideOffsets[i + 1], basis) }
    for i in 8..<12 { piece.high[i - 8] = sum(base + insideOffsets[i], base + insideOffsets[i + 1], basis) }
    return piece
  }

  func contractOuter(_ kind: Kind, _ quarter: Int, _ basis: SIMD32<Double>) -> OuterPiece {
    let base = (2 * quarter + kind.rawValue) * kindLength + PieceLocation.count * insideLength
    var coefficients = [Double](repeating: 0, count: OuterPiece.count)
    for i in 0..<OuterPiece.count {
      coefficients[i] = sum(base + outsideOffsets[i], base + outsideOffsets[i + 1], basis)
    }
    return OuterPiece(coefficients: coefficients)
  }

  /// Small terms first, so that the rounding is that of the leading coefficient.
  @inline(__always)
  private func sum(_ lower: Int, _ upper: Int, _ basis: SIMD32<Double>) -> Double {
    var total = 0.0
    var k = upper - lower - 1
    while k >= 0 {
      total += values[lower + k] * basis[k]
      k -= 1
    }
    return total
  }

  /// erfcx(x/2)/2 on piece `index` ≥ 20.
  func gaussianPiece(_ index: Int) -> TaylorPiece {
    let base = gaussianBase + (index - PieceLocation.firstSplit) * TaylorPiece.count
    return TaylorPiece(values[base..<base + TaylorPiece.count])
  }

  /// x·erfcx(x/2)/2 as a function of (16/x)².
  var gaussianOuter: OuterPiece {
    OuterPiece(coefficients: Array(values[(values.count - OuterPiece.count)...]))
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
