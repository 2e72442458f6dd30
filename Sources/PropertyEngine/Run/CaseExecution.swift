/// What one run of the body is asked to do.
struct CaseRequest: Sendable {
  var key: UInt64 = 0
  var source: Draw.Source = .random
  var tape = ChoiceTape()
  /// Where the parts of the tape lie, when known: a part that reads less than it used to leaves the next one in place.
  var parts: [Span] = []
  var choiceLimit = CaseRequest.defaultChoiceLimit
  var printsValues = false

  /// More choices than this in one case are refused: the generators are too large to search.
  static let defaultChoiceLimit = 1 << 18

  static func random(key: UInt64) -> CaseRequest { CaseRequest(key: key) }

  static func replay(_ tape: ChoiceTape, choiceLimit: Int = defaultChoiceLimit) -> CaseRequest {
    CaseRequest(source: .tape(fillsRandomly: false), tape: tape, choiceLimit: choiceLimit)
  }
}

/// How one run of the body ended.
enum CaseVerdict: Sendable {
  case passed
  case rejected(String)
  /// More choices than the limit.
  case overran
  case failed(CaughtFailure)
  /// The property itself is wrong: a generator that cannot produce anything.
  case invalid(String)
}

/// A failure as the engine tells failures apart.
struct CaughtFailure: Sendable, Hashable {
  /// Distinguishes bugs within a run: check, file and line, or type and case of the error.
  let key: String
  /// The part of the key that is stored with regressions (no line numbers).
  let storedKey: String
  let message: String
  let isStatistical: Bool

  init(_ error: any Error) {
    if let failure = error as? CheckFailure {
      key = "\(failure.key):\(failure.line)"
      storedKey = failure.key
      message = failure.message
      isStatistical = failure.isStatistical
    } else {
      // The case name of an enum, without its values.
      let mirror = Mirror(reflecting: error)
      let text = "\(error)"
      let label = mirror.displayStyle == .enum ? mirror.children.first?.label ?? text : ""
      key = "\(type(of: error))\(label.isEmpty ? "" : "." + label)"
      storedKey = key
      message = "threw \(type(of: error)): \(text)"
      isStatistical = false
    }
  }
}

/// Everything known about a case after it ran.
struct CaseRecord: Sendable {
  var tape = ChoiceTape()
  var spans: [Span] = []
  var events = CaseEvents()
  var printed: [PrintedValue] = []
  /// On a replay: whether every question found its recorded answer and nothing was left over.
  var isAligned = true
}

/// Runs bodies; the synchronous one lives on the caller's thread, the asynchronous one talks to a task.
protocol CaseExecutor: AnyObject {
  func run(_ request: CaseRequest) -> CaseVerdict
  /// The details of the last run; made only when somebody wants them.
  var record: CaseRecord { get }
  var tapeHash: UInt64 { get }
  var events: CaseEvents { get }
}

final class SynchronousExecutor: CaseExecutor {
  private let body: (Draw) throws -> Void
  private let draw = Draw()

  init(_ body: @escaping (Draw) throws -> Void) { self.body = body }

  func run(_ request: CaseRequest) -> CaseVerdict {
    draw.begin(request)
    do {
      try body(draw)
      return .passed
    } catch {
      return CaseVerdict(error)
    }
  }

  var record: CaseRecord { draw.caseRecord }
  var tapeHash: UInt64 { draw.choicesHash }
  var events: CaseEvents { draw.events }
}

extension CaseVerdict {
  init(_ error: any Error) {
    switch error {
    case let rejection as Rejection: self = .rejected(rejection.reason)
    case is TapeOverrun: self = .overran
    case let error as GeneratorError: self = .invalid(error.description)
    default: self = .failed(CaughtFailure(error))
    }
  }
}

extension Draw {
  var caseRecord: CaseRecord {
    CaseRecord(
      tape: tape, spans: spans.filter { $0.end > $0.start }, events: events, printed: printed,
      isAligned: !replaying || (writer.reader.isAligned && writer.reader.isFinished))
  }

  /// A quick hash of the values drawn, for counting duplicates.
  var choicesHash: UInt64 {
    var state = UInt64(choices.count)
    for choice in choices { state = CounterGenerator.mix(state ^ choice.bits) }
    return state
  }
}
