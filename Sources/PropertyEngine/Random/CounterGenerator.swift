/// A counter-based random generator: the n-th output is a function of the key and of n alone.
///
/// The output function is a 64-bit finaliser (multiply and xor-shift, the construction of SplitMix64: Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) applied to `key + n·φ`. It passes the usual
/// batteries at the sizes a property needs, costs about a nanosecond, and has no state that depends on history
/// besides `n`, so that a case is found again from its key.
public struct CounterGenerator: RandomNumberGenerator, Sendable, Hashable {
  private var state: UInt64

  /// - Parameter key: Any value; keys made by ``key(seed:property:index:)`` give unrelated sequences.
  public init(key: UInt64) { state = key }

  /// The next 64 uniform bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A uniform number in [0, 1), a multiple of 2⁻⁵³.
  @inline(__always)
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number uniform in `0..<bound`, by the high half of a product; the bias is below `bound · 2⁻⁶⁴`.
  @inline(__always)
  mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }

  /// A bijection of 64-bit words in which every input bit reaches every output bit.
  @inline(__always)
  static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// FNV-1a over the text's UTF-8 bytes: the same on every platform and in every process.
  static func hash(_ text: String) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return value
  }

  /// The key of one case: it depends on nothing but the seed, the property's key and the index of the case.
  public static func key(seed: UInt64, property: UInt64, index: UInt64) -> UInt64 {
    mix(mix(mix(seed) ^ property) &+ mix(index &+ 0x632B_E59B_D9B4_E019))
  }
}
