import Dispatch
import Foundation
import Synchronization

/// Persistent threads that run one body together with the caller, once per `run`.
///
/// Workers look for the next job for some tens of microseconds before they sleep, so that a training loop,
/// which calls every millisecond or so, seldom pays for waking a thread.
final class WorkerPool {
  let count: Int
  private let state: PoolState

  /// `count` workers, the caller included.
  init(count: Int) {
    self.count = count
    state = PoolState(helpers: count - 1)
    for index in 0..<(count - 1) {
      let state = state
      let thread = Thread { state.serve(helper: index) }
      thread.name = "fused-network-\(index + 1)"
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  deinit {
    state.publish(nil)
  }

  /// Runs `body(worker)` for `worker` in `0 ..< count`, each on its own thread, and returns when all are done.
  func run(_ body: @escaping @Sendable (_ worker: Int) -> Void) {
    guard count > 1 else {
      body(0)
      return
    }
    state.publish(body)
    body(0)
    state.waitUntilDone()
  }
}

/// What the threads share. Unchecked: `job` is written only while no helper runs, and published by the
/// release increment of `generation`, which every helper acquires before it reads.
private final class PoolState: @unchecked Sendable {
  private let helpers: Int
  private let generation = Atomic<Int>(0)
  private let remaining = Atomic<Int>(0)
  private let sleepers: [Sleeper]
  private let done = DispatchSemaphore(value: 0)
  private var job: (@Sendable (Int) -> Void)?

  private final class Sleeper: Sendable {
    let asleep = Atomic<Bool>(false)
    let wake = DispatchSemaphore(value: 0)
  }

  init(helpers: Int) {
    self.helpers = helpers
    sleepers = (0..<helpers).map { _ in Sleeper() }
  }

  /// A nil job ends the threads.
  func publish(_ body: (@Sendable (Int) -> Void)?) {
    job = body
    remaining.store(helpers, ordering: .relaxed)
    generation.add(1, ordering: .sequentiallyConsistent)
    for sleeper in sleepers where sleeper.asleep.exchange(false, ordering: .sequentiallyConsistent) {
      sleeper.wake.signal()
    }
  }

  func waitUntilDone() {
    done.wait()
    job = nil
  }

  func serve(helper: Int) {
    var seen = 0
    while true {
      seen = nextGeneration(after: seen, sleepers[helper])
      guard let body = job else { return }
      body(helper + 1)
      if remaining.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { done.signal() }
    }
  }

  private func nextGeneration(after seen: Int, _ sleeper: Sleeper) -> Int {
    for _ in 0..<60_000 {
      let current = generation.load(ordering: .acquiring)
      if current != seen { return current }
    }
    while true {
      sleeper.asleep.store(true, ordering: .sequentiallyConsistent)
      let current = generation.load(ordering: .sequentiallyConsistent)
      if current != seen {
        // Whoever clears the flag first decides whether a wake-up is on its way.
        if !sleeper.asleep.exchange(false, ordering: .sequentiallyConsistent) { sleeper.wake.wait() }
        return current
      }
      sleeper.wake.wait()
    }
  }
}
