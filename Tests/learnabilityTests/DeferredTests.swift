import Foundation
import Synchronization
import Testing

@testable import learnability

@Suite struct DeferredTests {
  private struct Refusal: Error {}

  /// The result comes back, however often it is asked for, and so does an error.
  @Test func resultsAndErrorsComeBack() throws {
    let sum = Deferred { (1...100).reduce(0, +) }
    #expect(try sum.value() == 5050)
    #expect(try sum.value() == 5050)
    let refused = Deferred { () throws -> Int in throw Refusal() }
    #expect(throws: Refusal.self) { try refused.value() }
  }

  /// Letting go of work waits for its end.
  @Test func workEndsWithItsHolder() {
    final class Mark: Sendable { let reached = Mutex(false) }
    let mark = Mark()
    do {
      _ = Deferred {
        Thread.sleep(forTimeInterval: 0.05)
        mark.reached.withLock { $0 = true }
      }
    }
    #expect(mark.reached.withLock { $0 })
  }
}
