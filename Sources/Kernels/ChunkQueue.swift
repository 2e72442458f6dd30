import Foundation
import Synchronization

/// Chunks of one shard on their way from the backward pass to the weight gradient, in order.
///
/// The worker of the shard produces them; it and any assistant consume them, one at a time and in the order
/// of production, so the gradient does not depend on who did the work. A worker never waits for a thread that
/// has not started: whoever finds a chunk nobody works on takes it. While nobody assists, every chunk is consumed before the next is
/// produced, in one place that stays in the cache.
final class ChunkQueue: Sendable {
  /// Chunks that may be waiting at once, each in a place of its own.
  static let capacity = 3

  private let produced = Atomic<Int>(0)
  private let consumed = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let closed = Atomic<Bool>(false)
  private let assistants = Atomic<Int>(0)
  private let chunks: [Chunk]

  /// Where a chunk is and what it holds; an array can hold references to atomics, but not atomics.
  private final class Chunk: Sendable {
    let place = Atomic<Int>(0)
    let steps = Atomic<Int>(0)
  }

  init() { chunks = (0..<Self.capacity).map { _ in Chunk() } }

  /// The place for the next chunk, after making room by `body(place, steps)` where necessary.
  func reserve(_ body: (_ place: Int, _ steps: Int) -> Void) -> Int {
    let next = produced.load(ordering: .relaxed)
    while next - consumed.load(ordering: .acquiring) >= room { _ = consumeOne(body) }
    let last = next == 0 ? 0 : chunks[(next - 1) % Self.capacity].place.load(ordering: .relaxed)
    let place = consumed.load(ordering: .acquiring) == next ? last : (last + 1) % Self.capacity
    chunks[next % Self.capacity].place.store(place, ordering: .relaxed)
    return place
  }

  /// Chunks that may be waiting when the next is produced.
  private var room: Int { assistants.load(ordering: .relaxed) == 0 ? 1 : Self.capacity }

  /// Publishes the chunk written to the reserved place.
  func publish(steps count: Int) {
    let next = produced.load(ordering: .relaxed)
    chunks[next % Self.capacity].steps.store(count, ordering: .relaxed)
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
    assistants.add(1, ordering: .relaxed)
    while true {
      let ended = closed.load(ordering: .acquiring)
      if consumeOne(body) { continue }
      if ended, consumed.load(ordering: .acquiring) == produced.load(ordering: .acquiring) { return }
      // Whom it waits for may need this very core.
      sched_yield()
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
    let chunk = chunks[next % Self.capacity]
    body(chunk.place.load(ordering: .relaxed), chunk.steps.load(ordering: .relaxed))
    consumed.store(next + 1, ordering: .releasing)
    return true
  }
}
