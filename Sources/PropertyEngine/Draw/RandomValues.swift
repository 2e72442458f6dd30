/// The laws random choices follow.
enum RandomValues {
  /// Ranges up to this many integers are drawn uniformly even when the spread is mixed.
  static let smallRange: UInt64 = 32

  @inline(__always)
  static func integer(
    _ lower: Int, _ upper: Int, _ spread: Spread, _ generator: inout CounterGenerator, previous: [Choice]
  ) -> Int {
    let width = UInt64(bitPattern: Int64(upper)) &- UInt64(bitPattern: Int64(lower))
    if spread == .mixed {
      let word = generator.next()
      let mode = word >> 60
      if mode >= 8 {
        if let special = mixedInteger(mode, word, lower, upper, width, &generator, previous: previous) {
          return special
        }
      }
    }
    return uniformInteger(lower, width, &generator)
  }

  @inline(__always)
  private static func uniformInteger(_ lower: Int, _ width: UInt64, _ generator: inout CounterGenerator)
    -> Int
  {
    let offset = width == .max ? generator.next() : generator.below(width &+ 1)
    return lower &+ Int(truncatingIfNeeded: Int64(bitPattern: offset))
  }

  /// Modes 8 to 15 of 16; nil asks for a uniform draw.
  @inline(never)
  private static func mixedInteger(
    _ mode: UInt64, _ word: UInt64, _ lower: Int, _ upper: Int, _ width: UInt64,
    _ generator: inout CounterGenerator, previous: [Choice]
  ) -> Int? {
    if mode == 15 {
      // A value drawn before: equal values are a bug's favourite and never come up by chance in wide ranges.
      guard !previous.isEmpty else { return nil }
      let earlier = previous[
        Int((word & 0xFFFF_FFFF).multipliedFullWidth(by: UInt64(previous.count) << 32).high)]
      guard earlier.kind == .integer else { return nil }
      let value = earlier.integerValue
      return value >= lower && value <= upper ? value : nil
    }
    if width < smallRange { return nil }
    let origin = ChoiceOrder.origin(lower, upper)
    if mode == 14 {
      switch word & 7 {
      case 0: return lower
      case 1: return upper
      case 2: return lower + 1
      case 3: return upper - 1
      default: return origin
      }
    }
    // Logarithmic distance from the origin, on a random side when both exist.
    let above = UInt64(bitPattern: Int64(upper &- origin))
    let below = UInt64(bitPattern: Int64(origin &- lower))
    let upwards = below == 0 || (above != 0 && word & 1 == 0)
    let reach = upwards ? above : below
    let digits = UInt64(64 - reach.leadingZeroBitCount)
    let shift = (word >> 8 & 0xFFFF_FFFF).multipliedFullWidth(by: (digits + 1) << 32).high
    let distance = min(shift >= 64 ? generator.next() : generator.next() & ((1 << shift) - 1), reach)
    let signed = Int(truncatingIfNeeded: Int64(bitPattern: distance))
    return upwards ? origin &+ signed : origin &- signed
  }

  @inline(__always)
  static func real(
    _ lower: Double, _ upper: Double, _ spread: Spread, _ generator: inout CounterGenerator,
    previous: [Choice]
  ) -> Double {
    let word = generator.next()
    // Ten of sixteen modes are uniform: the cheap ones, and the law most bodies expect.
    if spread == .mixed && word >> 60 >= 10 {
      return mixedReal(word, lower, upper, &generator, previous: previous)
    }
    return uniformReal(lower, upper, Double(word >> 7 & 0x1F_FFFF_FFFF_FFFF) * 0x1p-53)
  }

  @inline(__always)
  private static func uniformReal(_ lower: Double, _ upper: Double, _ unit: Double) -> Double {
    let width = upper - lower
    if width < .infinity { return min(lower + unit * width, upper) }
    // The width overflows: halve first; infinite bounds are met only by the mixed law.
    let a = max(lower, -Double.greatestFiniteMagnitude)
    let b = min(upper, Double.greatestFiniteMagnitude)
    return min(a * (1 - unit) + b * unit, b)
  }

  @inline(never)
  private static func mixedReal(
    _ word: UInt64, _ lower: Double, _ upper: Double, _ generator: inout CounterGenerator, previous: [Choice]
  ) -> Double {
    switch word >> 60 {
    case 10, 11, 12: return logarithmicReal(word, lower, upper, &generator)
    case 13:
      // Whole numbers and short fractions near zero.
      let whole = Double(Int(word & 31) - 16)
      let value =
        word & 32 == 0 ? whole : whole * Double(sign: .plus, exponent: -Int(word >> 6 & 7), significand: 1)
      if value >= lower && value <= upper { return value }
    case 14:
      let value = NastyReals.pick(word & 0xFFFF_FFFF, lower, upper)
      if (value >= lower && value <= upper) || value.isNaN { return value }
    default:
      if !previous.isEmpty {
        let position = (word & 0xFFFF_FFFF).multipliedFullWidth(by: UInt64(previous.count) << 32).high
        let earlier = previous[Int(position)]
        let value = earlier.realValue
        if earlier.kind == .real && value >= lower && value <= upper { return value }
      }
    }
    return uniformReal(lower, upper, generator.unit())
  }

  /// Uniform in the exponent over 40 binary orders below the largest magnitude, random sign where both exist.
  private static func logarithmicReal(
    _ word: UInt64, _ lower: Double, _ upper: Double, _ generator: inout CounterGenerator
  ) -> Double {
    let negative = upper <= 0 || (lower < 0 && word & 1 == 1)
    let far = min(negative ? -lower : upper, .greatestFiniteMagnitude)
    let near = negative ? max(0, -upper) : max(0, lower)
    if far <= near { return uniformReal(lower, upper, generator.unit()) }
    let smallest = max(near, far * 0x1p-40)
    // Bit patterns of positive doubles are ordered like the doubles, nearly linear in the logarithm.
    let span = far.bitPattern - smallest.bitPattern
    let value = Double(bitPattern: smallest.bitPattern + generator.below(span &+ 1))
    return negative ? -value : value
  }
}

/// Values that break numerical code more often than others.
enum NastyReals {
  private static let common: [Double] = [
    0, -0.0, 1, -1, 1.nextUp, 1.nextDown, -(1.nextUp), -(1.nextDown), 0.5, 2, -2,
    .ulpOfOne, .leastNormalMagnitude, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    -.leastNormalMagnitude, Double.leastNormalMagnitude.nextDown, 1e-300, 1e-8, 1e8, 0x1p53, -0x1p53,
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .pi, 1.0 / 3, 0.1,
  ]

  /// One of the list, a bound or a bound's neighbour; where both bounds are infinite, infinities and not-a-number too.
  static func pick(_ word: UInt64, _ lower: Double, _ upper: Double) -> Double {
    let unbounded = lower == -.infinity && upper == .infinity
    let count = common.count + 4 + (unbounded ? 3 : 0)
    let position = Int(word.multipliedFullWidth(by: UInt64(count) << 32).high)
    switch position - common.count {
    case ..<0: return common[position]
    case 0: return lower
    case 1: return upper
    case 2: return lower.nextUp
    case 3: return upper.nextDown
    case 4: return .infinity
    case 5: return -.infinity
    default: return .nan
    }
  }
}
