import Foundation

/// Passes that change values and leave the number of choices alone.
extension Shrinker {
  /// Minimises every choice on its own.
  func minimiseEach() {
    var position = 0
    while position < best.count && !isExhausted {
      if !best.choices[position].isSimplest { minimise([position]) }
      position += 1
    }
  }

  /// Minimises choices that hold the same value together: equalities between them are kept.
  func minimiseEqual() {
    guard best.count <= 4096 else { return }
    var groups: [Choice: [Int]] = [:]
    for position in best.choices.indices where !best.choices[position].isSimplest {
      let choice = best.choices[position]
      groups[Choice(kind: choice.kind, bits: choice.bits, lowerBits: 0, upperBits: 0), default: []].append(
        position)
    }
    let shared = groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    for positions in shared where !isExhausted {
      minimise(positions)
      // Pairs inside a larger group: the others may have to stay.
      if positions.count > 2 && positions.count <= 8 {
        for first in positions.indices {
          for second in positions.indices where second > first {
            minimise([positions[first], positions[second]])
          }
        }
      }
    }
  }

  /// Finds the simplest common value of choices that hold the same one.
  func minimise(_ positions: [Int]) {
    guard let first = positions.first, positions.allSatisfy({ $0 < best.count }) else { return }
    guard positions.allSatisfy({ best.choices[$0].bits == best.choices[first].bits }) else { return }
    switch best.choices[first].kind {
    case .bool: set(positions, .bool, best.choices[first].lowerBits)
    case .index: minimiseIndex(positions)
    case .integer: minimiseInteger(positions)
    case .real: minimiseReal(positions)
    }
  }

  @discardableResult
  private func set(_ positions: [Int], _ kind: Choice.Kind, _ bits: UInt64) -> Bool {
    guard positions.allSatisfy({ isBest($0, kind) }) else { return false }
    var candidate = best
    for position in positions { candidate.choices[position] = candidate.choices[position].with(bits: bits) }
    return attempt(candidate, keepsParts: true)
  }

  private func minimiseIndex(_ positions: [Int]) {
    let value = best.choices[positions[0]].bits
    for bits in 0..<min(value, 16) where set(positions, .index, bits) { return }
    if value > 16 { bisect(positions, .index, value) { $0 } }
  }

  /// The least `amount` for which `bits(amount)` fails, given that `amount == known` does; exact for thresholds, and
  /// for others with a look at the next eight smaller amounts.
  private func bisect(_ positions: [Int], _ kind: Choice.Kind, _ known: UInt64, bits: (UInt64) -> UInt64) {
    var high = known
    var low: UInt64 = 0
    if high > 0 && set(positions, kind, bits(0)) { return }
    while !isExhausted {
      while high - low > 1 && !isExhausted {
        let middle = low + (high - low) / 2
        if set(positions, kind, bits(middle)) { high = middle } else { low = middle }
      }
      let below = (2...8).first { step in
        high > UInt64(step) && set(positions, kind, bits(high - UInt64(step)))
      }
      guard let below else { return }
      high -= UInt64(below)
      low = 0
    }
  }

  private func minimiseInteger(_ positions: [Int]) {
    let choice = best.choices[positions[0]]
    let origin = choice.simplest.integerValue
    let value = choice.integerValue
    if value == origin { return }
    if value < origin, value > Int.min / 2, origin < Int.max / 4 {
      set(positions, .integer, UInt64(bitPattern: Int64(2 * origin - value)))
    }
    guard isBest(positions[0], .integer) else { return }
    let current = best.choices[positions[0]].integerValue
    let upwards = current >= origin
    let distance = UInt64(bitPattern: Int64(upwards ? current &- origin : origin &- current))
    bisect(positions, .integer, distance) { amount in
      let step = Int(truncatingIfNeeded: Int64(bitPattern: amount))
      return UInt64(bitPattern: Int64(upwards ? origin &+ step : origin &- step))
    }
    probeNearOrigin(positions, origin)
  }

  /// Tries the handful of values around the origin on both sides: failures are not always thresholds.
  private func probeNearOrigin(_ positions: [Int], _ origin: Int) {
    guard isBest(positions[0], .integer), origin > Int.min / 2, origin < Int.max / 2 else { return }
    let choice = best.choices[positions[0]]
    let lower = Int(truncatingIfNeeded: Int64(bitPattern: choice.lowerBits))
    let upper = Int(truncatingIfNeeded: Int64(bitPattern: choice.upperBits))
    let rank = ChoiceOrder.rank(choice)
    for distance in 1...8 where UInt64(distance) <= rank.primary {
      for value in [origin + distance, origin - distance] where value >= lower && value <= upper {
        if UInt64(distance) == rank.primary && (value > origin) == (rank.secondary == 0) { return }
        if set(positions, .integer, UInt64(bitPattern: Int64(value))) { return }
      }
    }
  }

  // MARK: Reals

  private func minimiseReal(_ positions: [Int]) {
    func value() -> Double { isBest(positions[0], .real) ? best.choices[positions[0]].realValue : 0 }
    func put(_ x: Double) -> Bool { set(positions, .real, x.bitPattern) }
    if best.choices[positions[0]].isSimplest || put(best.choices[positions[0]].simplest.realValue) { return }
    if value() < 0 { _ = put(-value()) }
    if !value().isFinite {
      guard put(1) || put(-1) || put(.greatestFiniteMagnitude) || put(-.greatestFiniteMagnitude) else {
        return
      }
    }
    let sign: Double = value().sign == .minus ? -1 : 1
    if value().magnitude >= 0x1p53 {
      bisect(positions, .real, UInt64(value().exponent + 1)) {
        (sign * ($0 == 0 ? 0 : Double(sign: .plus, exponent: Int($0) - 1, significand: 1))).bitPattern
      }
    }
    shortenFraction(positions)
    let x = value()
    let digits = ChoiceOrder.fractionDigits(x)
    let scaled = scalbn(x.magnitude, digits)
    guard scaled > 0, scaled < 0x1p53 else { return }
    let current: Double = x.sign == .minus ? -1 : 1
    bisect(positions, .real, UInt64(scaled)) { (current * scalbn(Double($0), -digits)).bitPattern }
  }

  /// Rounds to as few binary fraction digits as still fail.
  private func shortenFraction(_ positions: [Int]) {
    guard isBest(positions[0], .real) else { return }
    let x = best.choices[positions[0]].realValue
    let digits = ChoiceOrder.fractionDigits(x)
    func rounded(to kept: Int) -> Bool {
      let scaled = scalbn(x, kept)
      guard scaled.magnitude < 0x1p53 else { return false }
      for rule in [FloatingPointRoundingRule.towardZero, .awayFromZero]
      where set(positions, .real, scalbn(scaled.rounded(rule), -kept).bitPattern) { return true }
      return false
    }
    for kept in 0..<min(9, digits) where rounded(to: kept) { return }
    guard digits > 9 else { return }
    // Longer fractions by doubling, then bisection: precision needed is nearly always a threshold.
    var failed = 8
    var kept = 16
    while kept < digits && !rounded(to: kept) {
      failed = kept
      kept *= 2
    }
    kept = min(kept, digits)
    while kept - failed > 1 && !isExhausted {
      let middle = (kept + failed) / 2
      if rounded(to: middle) { kept = middle } else { failed = middle }
    }
  }
}
