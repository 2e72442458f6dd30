/// Exhaustive mode: runs every case there is, in the order of simplicity, by counting the tape up like an odometer.
extension RunSession {
  /// Enumerates within the budget; true when the space was exhausted or a case failed.
  func enumerate() -> Bool {
    let saved = (outcome.cases, outcome.rejected)
    outcome.cases = 0
    outcome.rejected = 0
    var tape = ChoiceTape()
    for _ in 0...casesAsked {
      if mustStop || isOverTime { break }
      let verdict = executor.run(.replay(tape))
      note(verdict, at: nil, phase: "exhaustive")
      if !failures.isEmpty { return true }
      guard let next = executor.record.tape.successor else {
        outcome.isExhaustive = true
        return true
      }
      tape = next
    }
    outcome.cases = saved.0
    outcome.rejected = saved.1
    return false
  }
}

extension ChoiceTape {
  /// The next tape: the last choice that has a next value takes it, what follows is cut and starts anew. Nil after
  /// the last tape.
  var successor: ChoiceTape? {
    for position in choices.indices.reversed() {
      guard let bits = choices[position].bitsAfter else { continue }
      var next = self
      next.choices.removeSubrange((position + 1)...)
      next.choices[position] = choices[position].with(bits: bits)
      next.segments = segments.filter { $0.start <= position }
      for index in next.segments.indices {
        next.segments[index].end = min(next.segments[index].end, position + 1)
      }
      return next
    }
    return nil
  }
}

extension Choice {
  /// The value that follows in the order of simplicity, nil after the last. Reals have one value or are not enumerated.
  fileprivate var bitsAfter: UInt64? {
    switch kind {
    case .bool, .index: return bits < upperBits ? bits + 1 : nil
    case .real: return nil
    case .integer:
      let lower = Int(truncatingIfNeeded: Int64(bitPattern: lowerBits))
      let upper = Int(truncatingIfNeeded: Int64(bitPattern: upperBits))
      let origin = ChoiceOrder.origin(lower, upper)
      let value = integerValue
      let distance = value >= origin ? value - origin : origin - value
      // Above at distance d, then below at d, then above at d + 1.
      if value > origin && origin - distance >= lower { return UInt64(bitPattern: Int64(origin - distance)) }
      if origin + distance + 1 <= upper { return UInt64(bitPattern: Int64(origin + distance + 1)) }
      if origin - distance - 1 >= lower && (value < origin || distance == 0 || origin + distance >= upper) {
        return UInt64(bitPattern: Int64(origin - distance - 1))
      }
      return nil
    }
  }
}
