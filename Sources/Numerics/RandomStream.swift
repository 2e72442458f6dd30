import Foundation

/// A counter-based pseudo-random stream, keyed by `(seed, purpose, index)`.
///
/// Every draw is a pure function of the key and a 64-bit block counter (Philox 4x32 with ten rounds, Salmon et
/// al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Two streams with different keys are independent
/// for every practical purpose, so a result never depends on the order in which streams are consumed or on the
/// number of threads.
///
/// ```swift
/// var stream = RandomStream(seed: 7, purpose: "dataset.input", index: 42)
/// let x = stream.normal()
/// ```
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  private let key: SIMD2<UInt32>
  private let lane: UInt64
  private var block: UInt64 = 0
  /// Four blocks of two words.
  private var buffer: SIMD8<UInt64> = .zero
  private var unread = 0
  private var spareNormal: Double?

  /// - Parameters:
  ///   - seed: The user's seed.
  ///   - purpose: What the numbers are for, a dotted name such as `"init.recurrent"`; hashed with FNV-1a.
  ///   - index: Distinguishes streams of one purpose, such as a sequence or a unit number.
  public init(seed: UInt64, purpose: String, index: UInt64 = 0) {
    key = Self.key(seed: seed, purpose: purpose)
    lane = index
  }

  /// The Philox key of all streams of one seed and purpose.
  public static func key(seed: UInt64, purpose: String) -> SIMD2<UInt32> {
    let mixed = mix(seed ^ mix(hash(purpose)))
    return SIMD2(UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
  }

  /// The next 64 uniform bits.
  public mutating func next() -> UInt64 {
    if unread == 0 {
      let (first, second) = nextBlocks()
      buffer.evenHalf = first
      buffer.oddHalf = second
      unread = 8
    }
    unread -= 1
    return buffer[7 - unread]
  }

  /// The next four pairs of words, lane by lane: those of eight calls of ``next()``, straight from four blocks where none is
  /// begun.
  public mutating func nextPairs() -> (first: SIMD4<UInt64>, second: SIMD4<UInt64>) {
    guard unread == 0 else {
      var words = SIMD8<UInt64>.zero
      for index in 0..<8 { words[index] = next() }
      return (words.evenHalf, words.oddHalf)
    }
    return nextBlocks()
  }

  private mutating func nextBlocks() -> (first: SIMD4<UInt64>, second: SIMD4<UInt64>) {
    defer { block &+= 4 }
    return Philox4x32.fourBlocks(block: block, high: lane, key: key)
  }

  /// A uniform number in the open interval (0, 1): an odd multiple of 2⁻⁵³, so neither end is ever returned and
  /// `u` and `1 − u` have the same law exactly.
  public mutating func uniform() -> Double {
    Double(2 &* (next() >> 12) &+ 1) * 0x1p-53
  }

  /// A standard normal number, by the polar Box–Muller method; draws come in pairs, the second is kept.
  public mutating func normal() -> Double {
    if let kept = spareNormal {
      spareNormal = nil
      return kept
    }
    let radius = (-2 * Foundation.log(uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spareNormal = radius * Foundation.sin(angle)
    return radius * Foundation.cos(angle)
  }

  /// −1 or +1, each with probability one half.
  public mutating func rademacher() -> Double { next() & 1 == 0 ? -1 : 1 }

  /// An exponential number with mean one.
  public mutating func exponential() -> Double { -Foundation.log(uniform()) }

  /// A uniform integer in `0..<bound`, exactly uniform by rejection (Lemire 2019).
  /// - Precondition: `bound > 0`.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "integer(below:) needs a positive bound, got \(bound)")
    let range = UInt64(bound)
    let threshold = (0 &- range) % range
    while true {
      let (high, low) = range.multipliedFullWidth(by: next())
      if low >= threshold { return Int(high) }
    }
  }

  private static func hash(_ text: String) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return value
  }

  /// The finaliser of SplitMix64: a bijection of 64-bit words in which every output bit depends on every input bit.
  private static func mix(_ word: UInt64) -> UInt64 {
    var z = word &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
