/// Passes that change two choices at a time, and passes that change the order of choices.
extension Shrinker {
  /// For pairs of numbers: lowers both by the same amount (a difference is kept), and lowers the first while raising
  /// the second (a sum is kept).
  func shiftPairs() {
    var first = 0
    while first < best.count && !isExhausted {
      let kind = best.choices[first].kind
      if (kind == .integer || kind == .real) && !best.choices[first].isSimplest {
        let reach = best.count <= 48 ? best.count : min(best.count, first + 9)
        var second = first + 1
        while second < reach && !isExhausted {
          if isBest(first, kind) && isBest(second, kind) {
            shift(first, second, sameDirection: true)
            shift(first, second, sameDirection: false)
          }
          second += 1
        }
      }
      first += 1
    }
  }

  private func shift(_ first: Int, _ second: Int, sameDirection: Bool) {
    guard first < best.count, second < best.count, !best.choices[first].isSimplest else { return }
    switch best.choices[first].kind {
    case .integer: shiftIntegers(first, second, sameDirection)
    case .real: shiftReals(first, second, sameDirection)
    default: return
    }
  }

  private func shiftIntegers(_ first: Int, _ second: Int, _ sameDirection: Bool) {
    let a = best.choices[first]
    let origin = a.simplest.integerValue
    let downwards = a.integerValue > origin
    let distance = downwards ? a.integerValue &- origin : origin &- a.integerValue
    guard distance > 0 else { return }
    largestWorking(UInt64(distance)) { amount in
      guard self.isBest(first, .integer), self.isBest(second, .integer) else { return false }
      let step = Int(amount)
      let x = self.best.choices[first]
      let y = self.best.choices[second]
      let (moved, overflow) =
        downwards == sameDirection
        ? y.integerValue.subtractingReportingOverflow(step) : y.integerValue.addingReportingOverflow(step)
      guard !overflow, moved >= Int(truncatingIfNeeded: Int64(bitPattern: y.lowerBits)),
        moved <= Int(truncatingIfNeeded: Int64(bitPattern: y.upperBits))
      else { return false }
      let lowered = downwards ? x.integerValue - step : x.integerValue + step
      return self.attempt(
        self.best.setting(first, to: UInt64(bitPattern: Int64(lowered)))
          .setting(second, to: UInt64(bitPattern: Int64(moved))))
    }
  }

  private func shiftReals(_ first: Int, _ second: Int, _ sameDirection: Bool) {
    let x = best.choices[first].realValue
    let y = best.choices[second].realValue
    guard x.isFinite, y.isFinite else { return }
    // The whole of the first, then its fraction, then its whole part.
    let whole = x.rounded(.towardZero)
    for amount in [x, x - whole, whole] where amount != 0 && x - amount != x {
      let moved = sameDirection ? y - amount : y + amount
      let bounds = best.choices[second]
      guard moved >= Double(bitPattern: bounds.lowerBits), moved <= Double(bitPattern: bounds.upperBits)
      else {
        continue
      }
      let candidate = best.setting(first, to: (x - amount).bitPattern).setting(second, to: moved.bitPattern)
      if attempt(candidate) { return }
    }
  }

  /// Sorts: swaps neighbouring parts and pairs of choices when the simpler one comes to stand first.
  func reorder() {
    guard best.count <= 1024 else { return }
    var position = 0
    while position < best.count && !isExhausted {
      var other = position + 1
      while other < min(best.count, position + 12) && !isExhausted {
        let a = best.choices[position]
        let b = best.choices[other]
        if a.kind == b.kind && ChoiceOrder.rank(b) < ChoiceOrder.rank(a) {
          attempt(best.setting(position, to: b.bits).setting(other, to: a.bits))
        }
        other += 1
      }
      position += 1
    }
    var index = 0
    while index < spans.count && !isExhausted {
      let part = spans[index]
      for next in spans where next.start == part.end && next.end <= best.count && part.end <= best.count {
        let swapped =
          Array(best.choices[next.start..<next.end]) + Array(best.choices[part.start..<part.end])
        let candidate = best.replacing(part.start..<next.end, with: swapped)
        if candidate.isSimpler(than: best) && attempt(candidate) { break }
      }
      index += 1
    }
  }

  /// Moves a part further back: to another list, or behind its neighbours.
  func moveParts() {
    guard best.count <= 96 else { return }
    var index = 0
    while index < spans.count && !isExhausted {
      let part = spans[index]
      guard part.end <= best.count else { break }
      let moved = Array(best.choices[part.start..<part.end])
      var target = best.count - moved.count
      while target > part.start && !isExhausted && part.end <= best.count {
        let without = best.removingChoices(part.start..<part.end)
        if target <= without.count {
          let candidate = without.inserting(moved, at: target)
          if candidate.isSimpler(than: best) && attempt(candidate) { break }
        }
        target -= 1
      }
      index += 1
    }
  }
}

extension ChoiceTape {
  /// Removes choices but keeps every draw, even when it is left without choices.
  func removingChoices(_ range: Range<Int>) -> ChoiceTape { replacing(range, with: []) }

  /// Inserts choices; they join the draw that holds the place, or the one before it at a border.
  func inserting(_ added: [Choice], at position: Int) -> ChoiceTape {
    replacing(position..<position, with: added)
  }
}
