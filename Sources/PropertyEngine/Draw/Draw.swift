/// The source a property draws from: it makes choices, writes them on a tape, and collects what the body says about
/// the case (labels, events, targets, statistics).
///
/// ```swift
/// Property("sum is commutative") { draw in
///   let a = try draw("a", integers(in: -9...9))
///   let b = try draw("b", integers(in: -9...9))
///   try holds(a + b == b + a)
/// }
/// ```
/// A `Draw` belongs to one run of the body: neither keep it nor hand it to another thread.
public final class Draw {
  /// Where the values come from.
  enum Source: Sendable {
    case random
    /// Values are read from a tape; what the tape lacks is the simplest value, or random.
    case tape(fillsRandomly: Bool)
  }

  var writer = TapeWriter()
  var spans: [Span] = []
  var segments: [Segment] = []
  /// Where each span began to read the tape, on replays that keep parts together.
  private var partStarts: [Int] = []
  /// How deep the generator calls are nested inside a named draw; names count only at depth 0.
  var nesting = 0
  var printsValues = false
  var printed: [PrintedValue] = []
  var events = CaseEvents()

  init() {
    segments.reserveCapacity(8)
    spans.reserveCapacity(16)
  }

  /// Makes the object ready for another case.
  func begin(_ request: CaseRequest) {
    writer.begin(request)
    spans.removeAll(keepingCapacity: true)
    partStarts.removeAll(keepingCapacity: true)
    segments.removeAll(keepingCapacity: true)
    nesting = 0
    printsValues = request.printsValues
    if printsValues { printed = [] }
    if !events.isEmpty { events = CaseEvents() }
  }

  var choices: [Choice] { writer.choices }
  var choiceCount: Int { writer.choices.count }
  var replaying: Bool { writer.isReplaying }

  /// Draws a value from `source` under a name.
  ///
  /// The name labels the value in reports and finds its choices again when the tape is replayed, so give each draw
  /// of a body its own; a name used repeatedly (in a loop) refers to the occurrences in order.
  /// - Throws: ``Rejection`` when a filter gives up, ``GeneratorError`` when the generator cannot produce anything.
  public func callAsFunction<Value>(_ name: String, _ source: Generator<Value>) throws -> Value {
    if nesting > 0 { return try source.produce(self) }
    nesting = 1
    defer { nesting = 0 }
    let start = choiceCount
    segments.append(Segment(name: name, start: start, end: -1))
    if replaying { writer.reader.enter(name) }
    let value = try source.produce(self)
    segments[segments.count - 1].end = choiceCount
    if replaying { writer.reader.leave() }
    if printsValues { printed.append(PrintedValue(name: name, text: ValueText.describe(value))) }
    return value
  }

  /// Draws a value without a name; it is found again by its place on the tape.
  public func callAsFunction<Value>(_ source: Generator<Value>) throws -> Value {
    if nesting > 0 { return try source.produce(self) }
    openAnonymousSegment()
    let value = try source.produce(self)
    if printsValues { printed.append(PrintedValue(name: "", text: ValueText.describe(value))) }
    return value
  }

  /// Choices outside any named draw form segments with an empty name.
  @inline(__always)
  func openAnonymousSegment() {
    if nesting > 0 { return }
    if let last = segments.last, last.name.isEmpty { return }
    closeLastSegment()
    segments.append(Segment(name: "", start: choiceCount, end: -1))
    if replaying { writer.reader.enter("") }
  }

  private func closeLastSegment() {
    guard let last = segments.indices.last, segments[last].end < 0 else { return }
    segments[last].end = choiceCount
  }

  /// The tape of the case as drawn so far.
  var tape: ChoiceTape {
    var closed = segments
    for position in closed.indices where closed[position].end < 0 || closed[position].name.isEmpty {
      closed[position].end = position + 1 < closed.count ? closed[position + 1].start : choiceCount
    }
    return ChoiceTape(choices: choices, segments: closed)
  }

  // MARK: Spans

  /// Marks the beginning of a part of a value that shrinking may remove, move or zero as a whole.
  @inline(__always)
  public func beginPart() -> Int {
    spans.append(Span(start: choiceCount, end: -1))
    if writer.isReplaying && writer.reader.knowsParts { partStarts.append(writer.reader.position) }
    return spans.count - 1
  }

  /// Ends the part that `beginPart()` returned.
  @inline(__always)
  public func endPart(_ part: Int) {
    spans[part].end = choiceCount
    if writer.isReplaying && writer.reader.knowsParts { writer.reader.leavePart(from: partStarts[part]) }
  }

  /// Forgets the choices made since the tape had `count` of them (a filter's refused attempt).
  func rewind(to count: Int, spans spanCount: Int) {
    writer.choices.removeSubrange(count...)
    spans.removeSubrange(spanCount...)
    if partStarts.count > spanCount { partStarts.removeSubrange(spanCount...) }
  }
}

/// A drawn value as it is shown to people.
public struct PrintedValue: Sendable, Hashable, Codable {
  public let name: String
  public let text: String
}
