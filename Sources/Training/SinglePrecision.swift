import GatedCells
import Kernels

extension NetworkSpecification {
  /// The fastest engine: the fused kernels for the cells they hold, the recorded step for every other.
  ///
  /// - Throws: `KernelError` for sizes that are not allowed, ``LaneError`` for a step that cannot be recorded; the
  ///   ``ReferenceEngine`` runs that one.
  public func singlePrecisionEngine(steps: Int, threads: Int = FusedNetwork.defaultThreads) throws
    -> any GradientEngine
  {
    if cell.builtIn != nil { return try FusedEngine(self, steps: steps, threads: threads) }
    return try LaneEngine(makeCell(), threads: threads)
  }
}
