import Dispatch
import Synchronization

/// Work beside the caller's, on a thread of its own. It never outlives its holder: letting go of it waits for its end.
final class Deferred<Value: Sendable> {
  private let group = DispatchGroup()
  private let outcome = Outcome()

  private final class Outcome: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
  }

  init(_ work: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global().async(group: group) { [outcome] in
      let result = Result(catching: work)
      outcome.result.withLock { $0 = result }
    }
  }

  deinit { group.wait() }

  /// Waits for what the work returned.
  /// - Throws: What the work threw.
  func value() throws -> Value {
    group.wait()
    guard let result = outcome.result.withLock({ $0 }) else { preconditionFailure("ended without a result") }
    return try result.get()
  }
}
