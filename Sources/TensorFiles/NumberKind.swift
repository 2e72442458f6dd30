/// The number types that files of tensors hold and that are read here.
enum NumberKind: Sendable {
  case float64, float32, float16, bfloat16
  case signed(width: Int), unsigned(width: Int)
  case boolean

  var width: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    case .signed(let width), .unsigned(let width): width
    case .boolean: 1
    }
  }

  /// Decodes numbers that lie one after the other; whole numbers beyond 2⁵³ are rounded.
  func decode(_ bytes: ArraySlice<UInt8>, bigEndian: Bool = false) -> [Double] {
    let step = width
    return stride(from: bytes.startIndex, to: bytes.endIndex - step + 1, by: step).map { start in
      let item = bytes[start..<start + step]
      let bits = (bigEndian ? Array(item) : item.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return value(bits)
    }
  }

  private func value(_ bits: UInt64) -> Double {
    switch self {
    case .float64: Double(bitPattern: bits)
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .bfloat16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .float16: Self.half(bits)
    case .signed(let width):
      Double(Int64(bitPattern: bits << UInt64(64 - 8 * width)) >> Int64(64 - 8 * width))
    case .unsigned: Double(bits)
    case .boolean: bits == 0 ? 0 : 1
    }
  }

  /// IEEE 754 binary16, which not every platform has as a type.
  private static func half(_ bits: UInt64) -> Double {
    let sign: Double = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1f)
    let fraction = Double(bits & 0x3ff)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
    }
  }
}

/// How many numbers a shape asks for.
/// - Returns: nil for a negative extent, or more than `limit`.
func elementCount(_ shape: [Int], atMost limit: Int) -> Int? {
  if shape.contains(where: { $0 < 0 }) { return nil }
  if shape.contains(0) { return 0 }
  var count = 1
  for extent in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: extent)
    if overflow || product > limit { return nil }
    count = product
  }
  return count
}
