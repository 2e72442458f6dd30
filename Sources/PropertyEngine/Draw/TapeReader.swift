/// Reads a tape back, draw by draw.
struct TapeReader {
  private var tape = ChoiceTape()
  private var used: [Bool] = []
  private var firstUnused = 0
  private var cursor = 0
  private var end = 0
  private(set) var fillsRandomly = false
  /// The end of the part that begins at a position; parts with a common beginning are left out.
  private var partEnds: [Int: Int] = [:]
  private(set) var knowsParts = false
  /// Whether every question so far found its recorded answer: same name, kind, bounds.
  private(set) var isAligned = true

  init() {}

  init(_ tape: ChoiceTape, parts: [Span], fillsRandomly: Bool) {
    knowsParts = !parts.isEmpty
    for part in parts {
      partEnds[part.start] = partEnds[part.start] == nil || partEnds[part.start] == part.end ? part.end : -1
    }
    self.tape = tape
    self.fillsRandomly = fillsRandomly
    used = Array(repeating: false, count: tape.segments.count)
  }

  /// Moves to the first unread segment with this name; without one, every choice of the draw is missing.
  mutating func enter(_ name: String) {
    if cursor < end { isAligned = false }
    while firstUnused < used.count && used[firstUnused] { firstUnused += 1 }
    var position = firstUnused
    while position < used.count && (used[position] || tape.segments[position].name != name) { position += 1 }
    guard position < used.count else {
      cursor = 0
      end = 0
      isAligned = false
      return
    }
    if position != firstUnused { isAligned = false }
    used[position] = true
    cursor = tape.segments[position].start
    end = tape.segments[position].end
  }

  /// Leaves a named draw; what it did not read is passed over.
  mutating func leave() {
    if cursor < end { isAligned = false }
    cursor = 0
    end = 0
  }

  /// Where the next choice will be read.
  var position: Int { cursor }

  /// Goes on behind the part that began at `start`, however much of it was read.
  mutating func leavePart(from start: Int) {
    guard let partEnd = partEnds[start], partEnd >= 0, partEnd <= end, start < end else { return }
    if partEnd != cursor { isAligned = false }
    cursor = partEnd
  }

  /// Whether the whole tape was read.
  var isFinished: Bool { cursor >= end && used.allSatisfy { $0 } }

  /// The recorded bits for a question, brought into its bounds; nil when the tape has nothing to say.
  mutating func next(_ kind: Choice.Kind, _ lowerBits: UInt64, _ upperBits: UInt64) -> UInt64? {
    guard cursor < end else {
      isAligned = false
      return nil
    }
    let recorded = tape.choices[cursor]
    cursor += 1
    guard recorded.kind == kind else {
      isAligned = false
      return nil
    }
    let bits = ChoiceOrder.clamp(recorded.bits, kind, lowerBits, upperBits)
    if bits != recorded.bits { isAligned = false }
    return bits
  }
}
