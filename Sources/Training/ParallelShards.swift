import Dispatch
import Synchronization

/// Independent jobs spread over the cores, with results in job order.
public enum ParallelShards {
  /// The results of `job` for `0..<count`, in order. Each job must depend on its index alone, so that the result
  /// does not depend on the number of threads.
  public static func map<Result: Sendable>(count: Int, _ job: @Sendable (Int) -> Result) -> [Result] {
    let slots = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = job(index)
      slots.withLock { $0[index] = result }
    }
    return slots.withLock { $0.compactMap(\.self) }
  }
}
