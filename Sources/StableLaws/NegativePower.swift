import Foundation

/// v = (16/x)^α for x ≥ 16 at a fixed α, two to three times faster than the library's power function.
///
/// x = m·2^e: the power of 2^(4−e) is read from a table, that of m ∈ [1, 2) is a degree-11 Taylor polynomial of the
/// binomial series about the middle of one of 16 intervals; its first neglected term is below 13·0.031¹² < 10⁻¹⁷.
struct NegativePower: Sendable {
  private let tailIndex: Double
  private let pieces: [TaylorPiece]
  private let powersOfTwo: [Double]

  init(_ tailIndex: Double) {
    self.tailIndex = tailIndex
    pieces = (0..<16).map { index in
      let centre = 1 + (Double(index) + 0.5) / 16
      var coefficients: [Double] = []
      var binomial = 1.0
      let leading = Foundation.pow(centre, -tailIndex)
      var power = 1.0
      for k in 0..<TaylorPiece.count {
        coefficients.append(leading * binomial * power)
        binomial *= (-tailIndex - Double(k)) / Double(k + 1)
        power /= centre
      }
      return TaylorPiece(coefficients)
    }
    powersOfTwo = (0..<64).map {
      Foundation.pow(Double(sign: .plus, exponent: -$0, significand: 1), tailIndex)
    }
  }

  @inline(__always)
  func callAsFunction(_ x: Double) -> Double {
    let bits = x.bitPattern
    let exponent = Int(truncatingIfNeeded: bits >> 52) - 1027
    guard exponent < 64 else { return Foundation.pow(16 / x, tailIndex) }
    let interval = Int(truncatingIfNeeded: (bits >> 48) & 15)
    let significand = Double(bitPattern: (bits & ((1 << 52) - 1)) | (1023 << 52))
    let offset = significand - (1.03125 + 0.0625 * Double(interval))
    return powersOfTwo[exponent] * pieces[interval](offset)
  }
}
