/// The order of simplicity among values of one choice; shrinking goes down this order and never up.
///
/// Integers: by distance from the origin (zero, or the bound nearest to it), the value above the origin first.
/// Reals: by the number of binary fraction digits, then by magnitude, the non-negative first; so whole numbers come
/// first, then halves, then quarters, and a value with 52 digits only when nothing shorter fails. Infinities and
/// not-a-number come last. Booleans: false first. Indices: ascending.
struct ChoiceRank: Comparable, Hashable {
  var primary: UInt64
  var secondary: UInt64

  static func < (a: ChoiceRank, b: ChoiceRank) -> Bool {
    a.primary != b.primary ? a.primary < b.primary : a.secondary < b.secondary
  }
}

enum ChoiceOrder {
  /// The integer nearest to zero in the bounds.
  @inline(__always)
  static func origin(_ lower: Int, _ upper: Int) -> Int { min(max(0, lower), upper) }

  /// How many binary digits stand behind the point of `x`: 0 for whole numbers, 1 for halves, up to 1074.
  static func fractionDigits(_ x: Double) -> Int {
    if x == 0 { return 0 }
    if !x.isFinite { return x.isNaN ? 2001 : 2000 }
    let pattern = x.significandBitPattern
    if x.isSubnormal { return 1074 - pattern.trailingZeroBitCount }
    let digits = pattern == 0 ? 0 : 52 - pattern.trailingZeroBitCount
    return max(0, digits - Int(x.exponent))
  }

  static func rank(_ choice: Choice) -> ChoiceRank {
    switch choice.kind {
    case .bool, .index: return ChoiceRank(primary: 0, secondary: choice.bits)
    case .integer:
      let lower = Int(truncatingIfNeeded: Int64(bitPattern: choice.lowerBits))
      let upper = Int(truncatingIfNeeded: Int64(bitPattern: choice.upperBits))
      let origin = origin(lower, upper)
      let value = choice.integerValue
      return value >= origin
        ? ChoiceRank(primary: UInt64(bitPattern: Int64(value &- origin)), secondary: 0)
        : ChoiceRank(primary: UInt64(bitPattern: Int64(origin &- value)), secondary: 1)
    case .real:
      let x = choice.realValue
      return ChoiceRank(
        primary: UInt64(fractionDigits(x)),
        secondary: (x.magnitude.bitPattern << 1) | (x.sign == .minus ? 1 : 0))
    }
  }

  /// The simplest real in the bounds: zero, or the shortest dyadic number, nearest to zero among those.
  static func simplestReal(_ lower: Double, _ upper: Double) -> Double {
    if lower <= 0 && upper >= 0 { return 0 }
    if upper < 0 { return -simplestReal(-upper, -lower) }
    if lower == upper || !lower.isFinite { return lower }
    // A grid of step 2⁻ᵏ meets [lower, upper] only if its first point 2⁻ᵏ is at most the upper bound.
    var digits = upper >= 1 ? 0 : -Int(upper.isFinite ? upper.exponent : 0)
    while digits <= 1074 {
      let step = Double(sign: .plus, exponent: -digits, significand: 1)
      let candidate = (lower / step).rounded(.up) * step
      if candidate >= lower && candidate <= upper { return candidate }
      digits += 1
    }
    return lower
  }

  /// The bits of the simplest value the bounds allow.
  static func simplestBits(_ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64) -> UInt64 {
    switch kind {
    case .bool, .index: return lowerBits
    case .integer:
      let lower = Int(truncatingIfNeeded: Int64(bitPattern: lowerBits))
      let upper = Int(truncatingIfNeeded: Int64(bitPattern: upperBits))
      return UInt64(bitPattern: Int64(origin(lower, upper)))
    case .real:
      return simplestReal(Double(bitPattern: lowerBits), Double(bitPattern: upperBits)).bitPattern
    }
  }

  /// A recorded value brought into new bounds of the same kind, the nearest allowed.
  static func clamp(_ bits: UInt64, _ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64) -> UInt64 {
    switch kind {
    case .bool, .index: return min(max(bits, lowerBits), upperBits)
    case .integer:
      let value = Int64(bitPattern: bits)
      return UInt64(bitPattern: min(max(value, Int64(bitPattern: lowerBits)), Int64(bitPattern: upperBits)))
    case .real:
      let value = Double(bitPattern: bits)
      let lower = Double(bitPattern: lowerBits)
      let upper = Double(bitPattern: upperBits)
      if value.isNaN {
        return lower == -.infinity && upper == .infinity ? bits : simplestBits(kind, lowerBits, upperBits)
      }
      return value < lower ? lowerBits : value > upper ? upperBits : bits
    }
  }
}

extension Choice {
  var simplest: Choice { with(bits: ChoiceOrder.simplestBits(kind, lowerBits, upperBits)) }
  var isSimplest: Bool { bits == ChoiceOrder.simplestBits(kind, lowerBits, upperBits) }
}
