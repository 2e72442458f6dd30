/// Decompression of DEFLATE data (RFC 1951), up to a size the caller knows.
struct Inflate {
  private let input: ArraySlice<UInt8>
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let limit: Int

  private init(_ input: ArraySlice<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
    position = input.startIndex
    // DEFLATE cannot expand by more than about 1032: a larger claim is not given memory before it is seen to be true.
    output.reserveCapacity(min(limit, input.count.multipliedReportingOverflow(by: 1032).partialValue))
  }

  /// The data, or nil when it is damaged or longer than `limit`.
  static func decompress(_ input: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    var inflate = Inflate(input, limit: limit)
    return inflate.run() ? inflate.output : nil
  }

  private mutating func run() -> Bool {
    while true {
      guard let last = take(1), let kind = take(2) else { return false }
      let isGood: Bool
      switch kind {
      case 0: isGood = stored()
      case 1: isGood = block(Self.fixedLiterals, Self.fixedDistances)
      case 2:
        guard let (literals, distances) = dynamicTables() else { return false }
        isGood = block(literals, distances)
      default: isGood = false
      }
      guard isGood else { return false }
      if last == 1 { return true }
    }
  }

  private mutating func take(_ count: Int) -> Int? {
    while bitCount < count {
      guard position < input.endIndex else { return nil }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func stored() -> Bool {
    bits = 0
    bitCount = 0
    guard input.endIndex - position >= 4 else { return false }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    let complement = Int(input[position + 2]) | Int(input[position + 3]) << 8
    position += 4
    guard length ^ complement == 0xffff, input.endIndex - position >= length, output.count + length <= limit
    else { return false }
    output += input[position..<position + length]
    position += length
    return true
  }

  /// A canonical Huffman code: the number of codes of each length, and the symbols in code order.
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    /// Nil for lengths that describe more codes than there are.
    init?(lengths: ArraySlice<Int>) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var left = 1
      for length in 1...15 {
        left = 2 * left - counts[length]
        if left < 0 { return nil }
      }
      for length in 1...15 where counts[length] > 0 {
        symbols += lengths.indices.filter { lengths[$0] == length }.map { $0 - lengths.startIndex }
      }
    }
  }

  private mutating func symbol(_ code: Code) -> Int? {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      guard let bit = take(1) else { return nil }
      value |= bit
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    return nil
  }

  private mutating func block(_ literals: Code?, _ distances: Code?) -> Bool {
    guard let literals, let distances else { return false }
    while let symbol = symbol(literals) {
      if symbol == 256 { return true }
      if symbol < 256 {
        guard output.count < limit else { return false }
        output.append(UInt8(symbol))
        continue
      }
      let row = symbol - 257
      guard row < Self.lengthBase.count, let extra = take(Self.lengthExtra[row]),
        let column = self.symbol(distances), column < Self.distanceBase.count,
        let further = take(Self.distanceExtra[column])
      else { return false }
      let length = Self.lengthBase[row] + extra
      let distance = Self.distanceBase[column] + further
      guard distance <= output.count, output.count + length <= limit else { return false }
      // Source and target may overlap: byte by byte.
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return false
  }

  private mutating func dynamicTables() -> (Code, Code)? {
    guard let more = take(5), let distanceMore = take(5), let codeMore = take(4) else { return nil }
    let (literalCount, distanceCount) = (more + 257, distanceMore + 1)
    guard literalCount <= 286, distanceCount <= 30 else { return nil }
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<codeMore + 4 {
      guard let length = take(3) else { return nil }
      lengths[Self.codeOrder[index]] = length
    }
    guard let code = Code(lengths: lengths[...]) else { return nil }
    var all: [Int] = []
    while all.count < literalCount + distanceCount {
      guard let symbol = symbol(code) else { return nil }
      switch symbol {
      case 0...15: all.append(symbol)
      case 16:
        guard let last = all.last, let count = take(2) else { return nil }
        all += [Int](repeating: last, count: count + 3)
      case 17:
        guard let count = take(3) else { return nil }
        all += [Int](repeating: 0, count: count + 3)
      default:
        guard let count = take(7) else { return nil }
        all += [Int](repeating: 0, count: count + 11)
      }
    }
    guard all.count == literalCount + distanceCount, all[256] > 0,
      let literals = Code(lengths: all[..<literalCount]), let distances = Code(lengths: all[literalCount...])
    else { return nil }
    return (literals, distances)
  }

  private static let fixedLiterals = Code(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }[...])
  private static let fixedDistances = Code(lengths: [Int](repeating: 5, count: 30)[...])
  private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227, 258,
  ]
  private static let lengthExtra = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
    4097,
    6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceExtra = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
}
