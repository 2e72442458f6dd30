/// A stretch of the tape that belongs to one named draw; the name is empty for choices made outside any draw.
public struct Segment: Hashable, Sendable {
  public let name: String
  public var start: Int
  public var end: Int
}

/// A stretch of the tape that one part of a value came from: an element of an array, a row, an alternative.
struct Span: Hashable, Sendable {
  var start: Int
  var end: Int
}

/// The choices of one case, in the order they were made: reproduction, regression entry and raw material of shrinking
/// in one object.
///
/// Choices are grouped into segments by the name of the draw that made them. A replay looks each draw up by name, so
/// a tape survives draws that were added, removed or reordered, and a draw that now needs fewer choices does not
/// shift the values of the draws after it.
public struct ChoiceTape: Hashable, Sendable {
  public internal(set) var choices: [Choice]
  public internal(set) var segments: [Segment]

  public init() {
    choices = []
    segments = []
  }

  init(choices: [Choice], segments: [Segment]) {
    self.choices = choices
    self.segments = segments
  }

  public var count: Int { choices.count }

  /// Shorter tapes are simpler; among equals the first choice that differs decides (short-lex order).
  func isSimpler(than other: ChoiceTape) -> Bool {
    if choices.count != other.choices.count { return choices.count < other.choices.count }
    for position in choices.indices where choices[position] != other.choices[position] {
      let mine = ChoiceOrder.rank(choices[position])
      let theirs = ChoiceOrder.rank(other.choices[position])
      if mine != theirs { return mine < theirs }
    }
    // Equal choices: a tape with fewer draws is simpler.
    return segments.count < other.segments.count
  }

  /// The tape without the choices in `range`; a segment that loses all it had disappears with them.
  func removing(_ range: Range<Int>) -> ChoiceTape {
    var result = self
    result.remove(range)
    return result
  }

  mutating func remove(_ range: Range<Int>) {
    if range.isEmpty { return }
    choices.removeSubrange(range)
    func moved(_ position: Int) -> Int {
      position <= range.lowerBound ? position : max(range.lowerBound, position - range.count)
    }
    segments = segments.compactMap { segment in
      let start = moved(segment.start)
      let end = moved(segment.end)
      if start == end && segment.start != segment.end { return nil }
      return Segment(name: segment.name, start: start, end: end)
    }
  }

  /// The tape with the choices of `range` replaced; all of them must lie in one segment for its name to be kept.
  func replacing(_ range: Range<Int>, with replacement: [Choice]) -> ChoiceTape {
    var result = self
    result.choices.replaceSubrange(range, with: replacement)
    let growth = replacement.count - range.count
    result.segments = segments.map { segment in
      Segment(
        name: segment.name,
        start: segment.start >= range.upperBound ? segment.start + growth : segment.start,
        end: segment.end >= range.upperBound ? segment.end + growth : segment.end)
    }
    return result
  }

  func setting(_ position: Int, to bits: UInt64) -> ChoiceTape {
    var result = self
    result.choices[position] = choices[position].with(bits: bits)
    return result
  }

  /// A hash of the values and of the draws they belong to; equal tapes hash alike in every process.
  var contentHash: UInt64 {
    var state: UInt64 = UInt64(choices.count)
    for choice in choices {
      state = CounterGenerator.mix(state ^ choice.bits) &+ UInt64(choice.kind.rawValue)
    }
    for segment in segments {
      state = CounterGenerator.mix(state ^ UInt64(segment.end))
    }
    return state
  }

  /// A hash of what was asked: the names of the draws, kinds and bounds, not the values. When it differs between a
  /// stored case and its replay, the property has changed since the case was stored.
  public var shapeHash: UInt64 {
    var state: UInt64 = 0
    var nextSegment = 0
    for (position, choice) in choices.enumerated() {
      while nextSegment < segments.count && segments[nextSegment].start <= position {
        state = CounterGenerator.mix(state ^ CounterGenerator.hash(segments[nextSegment].name))
        nextSegment += 1
      }
      state = CounterGenerator.mix(state ^ choice.lowerBits) &+ UInt64(choice.kind.rawValue)
      state = CounterGenerator.mix(state ^ choice.upperBits)
    }
    return state
  }
}
