/// SHA-256 (FIPS 180-4), enough to verify fixture files without a dependency.
enum SHA256 {
  /// The digest of the bytes as 64 lower-case hexadecimal digits.
  static func hexDigest(_ message: [UInt8]) -> String {
    var state: [UInt32] = primes(8).map { fraction($0.squareRoot()) }
    let rounds = primes(64).map { fraction(cubeRoot($0)) }
    var padded = message + [0x80]
    padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
    let bits = UInt64(message.count) * 8
    padded += (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
    for start in stride(from: 0, to: padded.count, by: 64) {
      compress(padded[start..<(start + 64)], into: &state, rounds: rounds)
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32], rounds: [UInt32]) {
    let bytes = Array(block)
    var schedule = (0..<16).map { i in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[4 * i + $1]) }
    }
    for i in 16..<64 {
      let (near, far) = (schedule[i - 15], schedule[i - 2])
      let small = rotate(near, 7) ^ rotate(near, 18) ^ near >> 3
      let large = rotate(far, 17) ^ rotate(far, 19) ^ far >> 10
      schedule.append(schedule[i - 16] &+ small &+ schedule[i - 7] &+ large)
    }
    var v = state
    for i in 0..<64 {
      let mix = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)
      let choice = v[4] & v[5] ^ ~v[4] & v[6]
      let first = v[7] &+ mix &+ choice &+ rounds[i] &+ schedule[i]
      let turn = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)
      let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
      v = [first &+ turn &+ majority, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for i in 0..<8 { state[i] &+= v[i] }
  }

  private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }

  private static func primes(_ count: Int) -> [Double] {
    var found: [Int] = []
    var candidate = 2
    while found.count < count {
      if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found.map(Double.init)
  }

  /// The first 32 bits of the fractional part.
  private static func fraction(_ x: Double) -> UInt32 { UInt32((x - x.rounded(.down)) * 0x1p32) }

  /// Newton's iteration from above; exact far beyond the 32 + 3 bits needed.
  private static func cubeRoot(_ x: Double) -> Double {
    var root = x
    for _ in 0..<60 { root -= (root * root * root - x) / (3 * root * root) }
    return root
  }
}
