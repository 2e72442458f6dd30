import Synchronization

/// Chunks of one shard on their way from the backward pass to the weight gradient, in order.
///
/// The worker of the shard produces them; it and any assistant consume them, one at a time and in the order
/// of production, so the gradient does not depend on who did the work. A worker never waits for a thread that
/// has not started: whoever finds a chunk nobody works on takes it.
final class ChunkQueue: Sendable {
  /// Chunks that may be waiting at once.
  static let capacity = 3

  private let produced = Atomic<Int>(0)
  private let consumed = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let closed = Atomic<Bool>(false)
  private let steps: [Atomic64]

  /// A reference to an atomic, so that an array can hold it.
  private final class Atomic64: Sendable {
    let value = Atomic<Int>(0)
  }

  init() { steps = (0..<Self.capacity).map { _ in Atomic64() } }

  /// The place for the next chunk, after making room by `body(place, steps)` where necessary.
  func reserve(_ body: (_ place: Int, _ steps: Int) -> Void) -> Int {
    let next = produced.load(ordering: .relaxed)
    while next - consumed.load(ordering: .acquiring) >= Self.capacity { _ = consumeOne(body) }
    return next % Self.capacity
  }

  /// Publishes the chunk written to the reserved place.
  func publish(steps count: Int) {
    let next = produced.load(ordering: .relaxed)
    steps[next % Self.capacity].value.store(count, ordering: .relaxed)
    produced.store(next + 1, ordering: .releasing)
  }

  /// Ends production and helps until all chunks are consumed.
  func finish(_ body: (_ place: Int, _ steps: Int) -> Void) {
    closed.store(true, ordering: .releasing)
    let total = produced.load(ordering: .relaxed)
    while consumed.load(ordering: .acquiring) < total { _ = consumeOne(body) }
  }

  /// Consumes until production has ended and nothing is left.
  func assist(_ body: (_ place: Int, _ steps: Int) -> Void) {
    while true {
      let ended = closed.load(ordering: .acquiring)
      if !consumeOne(body), ended, consumed.load(ordering: .acquiring) == produced.load(ordering: .acquiring)
      {
        return
      }
    }
  }

  private func consumeOne(_ body: (_ place: Int, _ steps: Int) -> Void) -> Bool {
    let waiting = consumed.load(ordering: .relaxed)
    guard waiting < produced.load(ordering: .acquiring), !busy.exchange(true, ordering: .acquiring) else {
      return false
    }
    defer { busy.store(false, ordering: .releasing) }
    let next = consumed.load(ordering: .relaxed)
    guard next < produced.load(ordering: .acquiring) else { return false }
    let place = next % Self.capacity
    body(place, steps[place].value.load(ordering: .relaxed))
    consumed.store(next + 1, ordering: .releasing)
    return true
  }
}
