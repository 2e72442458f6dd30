/// Looks for the simplest tape that still fails in the same way.
///
/// Every pass proposes tapes; a proposal is accepted when its replay fails with the same key and the tape that the
/// replay really used is simpler in the short-lex order. The order is well founded, so shrinking ends; the number of
/// calls is capped besides. The replay fills what a proposal lacks with simplest values, so lowering a size, changing
/// an alternative or cutting a stretch always gives a valid case.
final class Shrinker {
  /// Replays a tape with a limit on its choices; returns what was really drawn when it fails in the same way.
  typealias Evaluate = (ChoiceTape, _ choiceLimit: Int, _ parts: [Span]) -> Reduction?

  struct Reduction {
    let tape: ChoiceTape
    let spans: [Span]
  }

  private(set) var best: ChoiceTape
  private(set) var spans: [Span]
  private(set) var calls = 0
  private(set) var successes = 0
  /// Whether a cap ended the search before no pass could improve.
  private(set) var wasCut = false
  private let evaluate: Evaluate
  private let maximumCalls: Int
  private let mustStop: () -> Bool
  private var seen: Set<UInt64> = []

  init(
    _ start: Reduction, maximumCalls: Int, mustStop: @escaping () -> Bool = { false },
    evaluate: @escaping Evaluate
  ) {
    best = start.tape
    spans = start.spans
    self.maximumCalls = maximumCalls
    self.mustStop = mustStop
    self.evaluate = evaluate
    seen.insert(best.contentHash)
  }

  var isExhausted: Bool { calls >= maximumCalls || wasCut }

  /// Tries one tape; true when it became the best.
  ///
  /// - Parameter keepsParts: Whether the parts lie where they lie in the best tape, so that each is read from its own
  ///   beginning even when the one before has become shorter.
  @discardableResult
  func attempt(_ candidate: ChoiceTape, keepsParts: Bool = false) -> Bool {
    guard !isExhausted else {
      wasCut = true
      return false
    }
    guard seen.insert(candidate.contentHash).inserted else { return false }
    if calls & 15 == 15 && mustStop() {
      wasCut = true
      return false
    }
    calls += 1
    guard let found = evaluate(candidate, best.count, keepsParts ? spans : []),
      found.tape.isSimpler(than: best)
    else { return false }
    best = found.tape
    spans = found.spans
    seen.insert(best.contentHash)
    successes += 1
    return true
  }

  /// Runs the passes until none of them improves the tape.
  func run() {
    guard maximumCalls > 0 else { return }
    var before = -1
    while successes > before && !isExhausted {
      before = successes
      let length = best.count
      lowerStructure()
      zeroParts()
      deleteParts()
      deleteBlocks()
      minimiseEach()
      minimiseEqual()
      // Quadratic passes only once the linear ones cannot shorten the tape any more.
      if best.count < length { continue }
      lowerAndDelete()
      hoistParts()
      shiftPairs()
      reorder()
      moveParts()
      relabel()
      deleteAndExtremise()
    }
  }

  // MARK: Helpers for the passes

  /// Largest step first, then by halves: calls `step` with a count until it fails at 1; false when nothing worked.
  @discardableResult
  func greedily(from largest: Int, _ step: (Int) -> Bool) -> Bool {
    var size = largest
    var worked = false
    while size > 0 && !isExhausted {
      if step(size) { worked = true } else { size /= 2 }
      size = min(size, largest)
    }
    return worked
  }

  /// The greatest amount in `1...maximum` that works, by trying the whole, then one, then bisection.
  func largestWorking(_ maximum: UInt64, _ works: (UInt64) -> Bool) {
    guard maximum > 0 else { return }
    if works(maximum) || maximum == 1 { return }
    guard works(1) else { return }
    // The best tape moved by one: amounts count from there.
    var low: UInt64 = 0
    var high = maximum - 1
    while high - low > 1 && !isExhausted {
      let middle = low + (high - low) / 2
      if works(middle) {
        high -= middle
        low = 0
      } else {
        high = middle
      }
    }
  }

  func isBest(_ position: Int, _ kind: Choice.Kind) -> Bool {
    position < best.count && best.choices[position].kind == kind
  }
}
