import GatedCells
import Kernels
import Numerics

/// Single precision, a whole batch at once, from the fused kernels. Parameters and their update stay in double
/// precision; they are rounded on the way in.
///
/// Results depend on the shard count, which is fixed, and not on the number of threads or the processor.
public final class FusedEngine: GradientEngine {
  private let network: FusedNetwork

  /// - Throws: `KernelError` for sizes that are not allowed, ``TrainingError/notFused(cell:)`` for a cell without kernels.
  public init(
    _ specification: NetworkSpecification, steps: Int, threads: Int = FusedNetwork.defaultThreads
  ) throws {
    network = try FusedNetwork(shape: specification.kernelShape(), steps: steps, threads: threads)
  }

  public func lossAndGradient(parameters: [Double], batch: SequenceBatch) throws -> LossGradient {
    var gradient = [Float](repeating: 0, count: parameters.count)
    let loss = try network.lossAndGradient(
      parameters: parameters.map { Float($0) }, inputs: batch.inputs, targets: batch.targets,
      batch: batch.count, gradient: &gradient)
    return LossGradient(loss: loss, gradient: gradient.map { Double($0) })
  }

  public func predictions(parameters: [Double], batch: SequenceBatch) throws -> [Double] {
    try network.predictions(
      parameters: parameters.map { Float($0) }, inputs: batch.inputs, batch: batch.count
    ).map { Double($0) }
  }
}

extension NetworkSpecification {
  /// The same network as the kernels name it.
  /// - Throws: ``TrainingError/notFused(cell:)``.
  func kernelShape() throws -> NetworkShape {
    guard let builtIn = cell.builtIn else { throw TrainingError.notFused(cell: cell.name) }
    let kind: CellKind =
      switch builtIn {
      case .const: .const
      case .shared: .shared
      case .diag: .diag
      case .gru: .gru
      case .lstm: .lstm
      }
    return NetworkShape(
      cell: kind, inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm,
      constGate: Float(constantGate))
  }
}
