/// One recorded decision of a generator: its kind, the bounds it was asked for, and the value taken.
///
/// The four kinds share one 32-byte layout, so that a tape is a flat array. Integers are stored as their bit
/// pattern, reals as the bit pattern of a `Double`, booleans as 0 or 1, indices as counts from zero.
public struct Choice: Hashable, Sendable {
  /// What sort of value was chosen.
  public enum Kind: UInt8, Sendable { case integer, real, bool, index }

  public let kind: Kind
  /// The value's bits.
  public let bits: UInt64
  /// The bits of the smallest and of the largest value allowed.
  public let lowerBits: UInt64
  public let upperBits: UInt64

  @inline(__always)
  init(kind: Kind, bits: UInt64, lowerBits: UInt64, upperBits: UInt64) {
    self.kind = kind
    self.bits = bits
    self.lowerBits = lowerBits
    self.upperBits = upperBits
  }

  /// An integer in `lower...upper`.
  @inline(__always)
  public static func integer(_ value: Int, in bounds: ClosedRange<Int>) -> Choice {
    Choice(
      kind: .integer, bits: UInt64(bitPattern: Int64(value)),
      lowerBits: UInt64(bitPattern: Int64(bounds.lowerBound)),
      upperBits: UInt64(bitPattern: Int64(bounds.upperBound)))
  }

  /// A real in `lower...upper`; not-a-number is allowed only where both bounds are infinite.
  @inline(__always)
  public static func real(_ value: Double, in bounds: ClosedRange<Double>) -> Choice {
    Choice(
      kind: .real, bits: value.bitPattern, lowerBits: bounds.lowerBound.bitPattern,
      upperBits: bounds.upperBound.bitPattern)
  }

  /// A truth value.
  @inline(__always)
  public static func bool(_ value: Bool) -> Choice {
    Choice(kind: .bool, bits: value ? 1 : 0, lowerBits: 0, upperBits: 1)
  }

  /// A position in `0..<count`.
  @inline(__always)
  public static func index(_ value: Int, below count: Int) -> Choice {
    Choice(kind: .index, bits: UInt64(value), lowerBits: 0, upperBits: UInt64(count - 1))
  }

  @inline(__always)
  public var integerValue: Int { Int(truncatingIfNeeded: Int64(bitPattern: bits)) }
  @inline(__always)
  public var realValue: Double { Double(bitPattern: bits) }

  /// The same choice with another value.
  @inline(__always)
  func with(bits: UInt64) -> Choice {
    Choice(kind: kind, bits: bits, lowerBits: lowerBits, upperBits: upperBits)
  }

  /// The number of values allowed, or nil when it does not fit a count worth enumerating (2⁵³ or more, and reals).
  var cardinality: Double? {
    switch kind {
    case .bool, .index, .integer:
      Double(upperBits &- lowerBits) + 1 < 0x1p53 ? Double(upperBits &- lowerBits) + 1 : nil
    case .real: lowerBits == upperBits ? 1 : nil
    }
  }

  /// Whether two choices ask the same question: kind and bounds, not value.
  func asksTheSame(as other: Choice) -> Bool {
    kind == other.kind && lowerBits == other.lowerBits && upperBits == other.upperBits
  }
}
