/// Passes that change how many choices there are.
extension Shrinker {
  /// Lowers sizes, alternatives and yes/no choices, from the front: the cheapest way to a small case, because draws
  /// that come out shorter simply read less of their own segment.
  func lowerStructure() {
    var position = 0
    var tried = 0
    while position < best.count && tried < 128 && !isExhausted {
      if best.choices[position].kind != .real && !best.choices[position].isSimplest {
        minimise([position])
        tried += 1
      }
      position += 1
    }
  }

  /// Sets whole draws and parts to their simplest values, the longest first.
  func zeroParts() {
    let parts = (best.segments.map { Span(start: $0.start, end: $0.end) } + spans)
      .filter { $0.end - $0.start > 1 }
      .sorted { $0.end - $0.start > $1.end - $1.start }
    for part in parts.prefix(512) where part.end <= best.count {
      var candidate = best
      for position in part.start..<part.end {
        candidate.choices[position] = candidate.choices[position].simplest
      }
      attempt(candidate)
      if isExhausted { return }
    }
  }

  /// Cuts parts out, from the back, as many neighbours at a time as works.
  func deleteParts() {
    var index = spans.count - 1
    while index >= 0 && !isExhausted {
      defer { index -= 1 }
      guard index < spans.count else { continue }
      let part = spans[index]
      guard part.end <= best.count else { continue }
      if attempt(best.removing(part.start..<part.end)) {
        // Elements of a list lie side by side: what stands before is likely superfluous, too.
        let length = part.end - part.start
        greedily(from: part.start / max(length, 1)) { count in
          let start = part.start - count * length
          return start >= 0 && part.start <= best.count && attempt(best.removing(start..<part.start))
        }
        index = min(index, spans.count)
      }
    }
  }

  /// Cuts stretches of every length out, halving the length, wherever they begin and whatever they belong to.
  func deleteBlocks() {
    var length = max(best.count / 2, 1)
    while length > 0 && !isExhausted {
      // On long tapes short stretches would use up the calls: parts and whole draws have been tried already.
      if length < 8 && best.count > 1024 { return }
      var end = best.count
      while end >= length && !isExhausted {
        if end <= best.count && attempt(best.removing(end - length..<end)) {
          end = min(end, best.count + length)
        }
        end -= length > 8 ? length : 1
      }
      length = length > 8 ? length / 2 : length - 1
    }
  }

  /// Lowers a size or alternative and cuts a stretch behind it in the same step: for sizes drawn before their
  /// elements, and for alternatives whose choices do not fit the simpler one.
  func lowerAndDelete() {
    var position = 0
    while position < best.count && position < 64 && !isExhausted {
      if best.choices[position].kind != .real { lowerAndDelete(at: position) }
      position += 1
    }
  }

  private func lowerAndDelete(at position: Int) {
    let choice = best.choices[position]
    let rank = ChoiceOrder.rank(choice)
    guard rank.primary > 0 || rank.secondary > 0 else { return }
    if choice.kind == .integer {
      // Lower by d, drop d choices (or d equal parts): d from the whole distance down to one.
      var amount = Int(min(rank.primary, UInt64(best.count)))
      while amount > 0 && !isExhausted {
        let lowered = choice.integerValue - (rank.secondary == 0 ? amount : -amount)
        let changed = best.setting(position, to: UInt64(bitPattern: Int64(lowered)))
        for width in [1, 2] where position + 1 + amount * width <= best.count {
          let last = min(best.count - amount * width, position + 256)
          for start in position + 1..<last + 1 where start + amount * width <= changed.count {
            if attempt(changed.removing(start..<start + amount * width)) {
              return lowerAndDelete(at: position)
            }
          }
        }
        amount /= 2
      }
    }
    let lower: [UInt64] = choice.kind == .integer ? [choice.simplest.bits] : [0, choice.bits - 1]
    for bits in Set(lower).sorted() {
      let changed = best.setting(position, to: bits)
      for length in 1...4 {
        for start in position + 1..<position + 9 where start + length <= changed.count {
          if attempt(changed.removing(start..<start + length)) { return }
        }
      }
    }
    for part in spans.prefix(128) where part.start > position {
      let lowered: UInt64
      switch choice.kind {
      case .integer: lowered = UInt64(bitPattern: Int64(choice.integerValue - (rank.secondary == 0 ? 1 : -1)))
      default: lowered = choice.bits - 1
      }
      if attempt(best.setting(position, to: lowered).removing(part.start..<part.end)) { return }
    }
  }

  /// Puts an inner part in the place of the part around it: a subtree for the tree.
  func hoistParts() {
    guard best.count <= 512 else { return }
    var outer = 0
    while outer < spans.count && !isExhausted {
      let whole = spans[outer]
      let inner = spans.filter {
        $0.start >= whole.start && $0.end <= whole.end && $0.end - $0.start < whole.end - whole.start
      }
      // The smallest replacement that fails is wanted, so short ones come first.
      let sorted = inner.sorted { $0.end - $0.start < $1.end - $1.start }.prefix(64)
      let hoisted = sorted.contains { part in
        attempt(best.replacing(whole.start..<whole.end, with: Array(best.choices[part.start..<part.end])))
      }
      outer = hoisted ? 0 : outer + 1
    }
  }

  /// Cuts a part out and lowers every integer that counts past its place: indices into a list that loses an element.
  func relabel() {
    guard best.count <= 512 else { return }
    var index = 0
    while index < spans.count && !isExhausted {
      let part = spans[index]
      let ordinal = ordinal(of: part)
      var changed = best
      for position in changed.choices.indices where !(part.start..<part.end).contains(position) {
        let choice = changed.choices[position]
        if choice.kind == .integer && choice.integerValue > ordinal {
          changed.choices[position] = choice.with(bits: UInt64(bitPattern: Int64(choice.integerValue - 1)))
        } else if choice.kind == .index && choice.bits > UInt64(ordinal) {
          changed.choices[position] = choice.with(bits: choice.bits - 1)
        }
      }
      if attempt(changed.removing(part.start..<part.end)) { index = 0 } else { index += 1 }
    }
  }

  /// Cuts a part out and moves one integer elsewhere to a bound, to its negative, or by what was cut: overflows need
  /// two extreme values where several moderate ones did.
  func deleteAndExtremise() {
    guard best.count <= 64 else { return }
    var index = 0
    while index < spans.count && !isExhausted {
      let part = spans[index]
      let cut = best.choices[part.start..<part.end].filter { $0.kind == .integer }
      index = extremise(part, cutting: cut.count == 1 ? cut[0].integerValue : nil) ? 0 : index + 1
    }
  }

  private func extremise(_ part: Span, cutting value: Int?) -> Bool {
    let shorter = best.removing(part.start..<part.end)
    for position in shorter.choices.indices where shorter.choices[position].kind == .integer {
      let choice = shorter.choices[position]
      let merged = value.map { choice.integerValue &+ $0 }
      let negative = 0 &- choice.integerValue
      for bits in [choice.lowerBits, choice.upperBits]
        + [negative, merged].compactMap({ $0 }).map({ UInt64(bitPattern: Int64($0)) })
      where bits != choice.bits
        && ChoiceOrder.clamp(bits, .integer, choice.lowerBits, choice.upperBits) == bits
      {
        if attempt(shorter.setting(position, to: bits)) { return true }
      }
    }
    return false
  }

  /// The place of a part among the neighbours that end where it begins.
  private func ordinal(of part: Span) -> Int {
    var start = part.start
    var count = 0
    while let previous = spans.first(where: { $0.end == start && $0.start < start }) {
      start = previous.start
      count += 1
    }
    return count
  }
}
