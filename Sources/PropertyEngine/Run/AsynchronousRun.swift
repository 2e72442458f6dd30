import Dispatch
import Synchronization

/// Properties whose body is asynchronous.
///
/// The engine is synchronous, so it works on a thread of its own and hands each case over to the task that called; the
/// body runs in that task, and the shrinker waits for its answer.
extension PropertyRunner {
  /// Runs an asynchronous body, as ``check(_:key:cases:shrinksStatistics:stored:only:body:)`` runs a synchronous one.
  public func check(
    _ name: String, key: String? = nil, cases: Int? = nil, shrinksStatistics: Bool = false,
    stored: [StoredCase] = [], only: OnlyCase? = nil,
    body: @escaping @Sendable (Draw) async throws -> Void
  ) async -> PropertyOutcome {
    let traits = PropertyTraits(
      name: name, key: key ?? name, cases: cases, shrinksStatistics: shrinksStatistics,
      enumeratesSmallSpaces: true)
    let (requests, sender) = AsyncStream<CaseRequest>.makeStream()
    let exchange = CaseExchange(sender)
    DispatchQueue.global().async {
      let session = RunSession(self, traits, AsynchronousExecutor(exchange))
      exchange.finish(session.run(stored: stored, only: only))
    }
    let draw = Draw()
    for await request in requests {
      draw.begin(request)
      let verdict: CaseVerdict
      do {
        try await body(draw)
        verdict = .passed
      } catch {
        verdict = CaseVerdict(error)
      }
      exchange.answer(verdict, draw.caseRecord, hash: draw.choicesHash)
    }
    return exchange.outcome ?? PropertyOutcome(name: name, key: traits.key, seed: seed)
  }
}

/// Carries requests to the task and answers back to the engine's thread.
private final class CaseExchange: Sendable {
  struct State {
    var verdict = CaseVerdict.passed
    var record = CaseRecord()
    var hash: UInt64 = 0
    var outcome: PropertyOutcome?
  }

  private let sender: AsyncStream<CaseRequest>.Continuation
  private let answered = DispatchSemaphore(value: 0)
  private let state = Mutex(State())

  init(_ sender: AsyncStream<CaseRequest>.Continuation) { self.sender = sender }

  func ask(_ request: CaseRequest) -> (CaseVerdict, CaseRecord, UInt64) {
    sender.yield(request)
    answered.wait()
    return state.withLock { ($0.verdict, $0.record, $0.hash) }
  }

  func answer(_ verdict: CaseVerdict, _ record: CaseRecord, hash: UInt64) {
    state.withLock {
      $0.verdict = verdict
      $0.record = record
      $0.hash = hash
    }
    answered.signal()
  }

  func finish(_ outcome: PropertyOutcome) {
    state.withLock { $0.outcome = outcome }
    sender.finish()
  }

  var outcome: PropertyOutcome? { state.withLock { $0.outcome } }
}

private final class AsynchronousExecutor: CaseExecutor {
  private let exchange: CaseExchange
  private(set) var record = CaseRecord()
  private(set) var tapeHash: UInt64 = 0
  var events: CaseEvents { record.events }

  init(_ exchange: CaseExchange) { self.exchange = exchange }

  func run(_ request: CaseRequest) -> CaseVerdict {
    let (verdict, record, hash) = exchange.ask(request)
    self.record = record
    tapeHash = hash
    return verdict
  }
}
