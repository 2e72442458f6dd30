import GatedCells
import Kernels
import Numerics

/// Single precision, a whole batch at once, for any cell: the generic step is recorded once, differentiated as a graph, and
/// replayed on sixteen or thirty-two sequences at a time by the vector kernels of the fused engine.
///
/// Results depend on the shard count, which is fixed, and not on the number of threads or the processor. A cell's step may
/// do anything that ``Scalar`` offers; it cannot choose its way by values, which ``Scalar`` does not offer either, and the
/// initialiser compares the recording with the step to make sure.
///
/// An entry of the gradient differs from its exact value by rounding alone: every operation of the recorded graph has
/// relative error at most 6u (elementary functions; u = 2⁻²⁴), a sum or inner product of n terms at most (n + 3)u of the sum of
/// absolute terms in whatever order it is taken (Higham 2002, section 3.1).
public final class LaneEngine: GradientEngine {
  private let network: RowNetwork

  /// - Throws: ``LaneError`` when the step cannot be replayed; `KernelError` for a number of threads outside 1...256.
  /// - Complexity: O(operations of a step), a few milliseconds at 64 units.
  public init(_ cell: any RecurrentCell, threads: Int = FusedNetwork.defaultThreads) throws {
    network = try RowNetwork(RowCompiler.compile(RecurrentNetwork(cell: cell)), threads: threads)
  }

  public func lossAndGradient(parameters: [Double], batch: SequenceBatch) throws -> LossGradient {
    var gradient: [Float] = []
    let loss = try network.lossAndGradient(
      parameters: parameters.map { Float($0) }, inputs: batch.inputs, targets: batch.targets,
      batch: batch.count, steps: batch.steps, gradient: &gradient)
    return LossGradient(loss: loss, gradient: gradient.map { Double($0) })
  }

  public func predictions(parameters: [Double], batch: SequenceBatch) throws -> [Double] {
    try network.predictions(
      parameters: parameters.map { Float($0) }, inputs: batch.inputs, batch: batch.count, steps: batch.steps
    ).map { Double($0) }
  }
}
