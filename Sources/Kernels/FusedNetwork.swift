import Foundation
import KernelsBaseline
import Synchronization

/// Loss and gradient of a recurrent network over whole sequences, forward and backward fused.
///
/// The batch is cut into tiles of 16 sequences (32 from a batch of 64 on) that run forward and backward
/// through all steps before the next tile starts, so memory does not grow with the batch. Tiles belong to a
/// fixed number of shards; each shard sums its gradient in tile order, and the shards are added in order.
/// The bits of every result therefore depend on the shard count, the parameters and the data, and on
/// neither the number of threads nor the CPU level.
///
/// An instance owns its threads and working memory and is meant for one caller at a time.
public final class FusedNetwork {
  public let shape: NetworkShape
  /// Steps of every sequence, `T`.
  public let steps: Int
  public let shards: Int
  public let threads: Int
  public let level: CPULevel

  let map: ParameterMap
  let pool: WorkerPool
  /// By whether they hold what a gradient needs.
  var workspaces: [Bool: Workspace] = [:]

  /// Threads to use when none are asked for.
  public static var defaultThreads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// - Parameters:
  ///   - steps: length of the sequences, at least 1.
  ///   - shards: partial sums of the gradient, 1...4096; results depend on it in the last bits.
  ///   - threads: 1...256, the caller's included.
  ///   - level: a level this machine supports.
  /// - Throws: `KernelError.outOfRange`, `KernelError.unsupportedLevel`.
  public init(
    shape: NetworkShape, steps: Int, shards: Int = 16, threads: Int = FusedNetwork.defaultThreads,
    level: CPULevel = .best
  ) throws {
    try Self.check("inputSize", shape.inputSize, 1...65_536)
    try Self.check("hiddenSize", shape.hiddenSize, 1...65_536)
    try Self.check("steps", steps, 1...16_777_216)
    try Self.check("shards", shards, 1...4096)
    try Self.check("threads", threads, 1...256)
    guard shape.cell != .const || (shape.constGate > 0 && shape.constGate <= 1) else {
      throw KernelError.outOfRange(name: "constGate", value: "\(shape.constGate)", allowed: "0 < s ≤ 1")
    }
    guard CPULevel.supported.contains(level) else {
      throw KernelError.unsupportedLevel(level, supported: CPULevel.supported)
    }
    self.shape = shape
    self.steps = steps
    self.shards = shards
    self.threads = threads
    self.level = level
    map = ParameterMap(shape)
    pool = WorkerPool(count: threads)
  }

  /// Mean squared error over batch and steps, and its gradient.
  ///
  /// - Parameters:
  ///   - parameters: flat vector in the layout of `NetworkShape`.
  ///   - inputs: `[batch][steps][inputSize]`.
  ///   - targets: `[batch][steps]`.
  ///   - gradient: overwritten, same layout as `parameters`.
  /// - Returns: the loss.
  /// - Throws: `KernelError.wrongLength`, `KernelError.outOfRange`.
  /// - Complexity: `shape.matrixOperations(batch:steps:)` floating-point operations; memory of one tile a thread.
  @discardableResult
  public func lossAndGradient(
    parameters: [Float], inputs: [Float], targets: [Float], batch: Int, gradient: inout [Float]
  ) throws -> Double {
    try checkLengths(parameters: parameters, inputs: inputs, targets: targets, batch: batch)
    let count = shape.parameterCount
    if gradient.count != count { gradient = [Float](repeating: 0, count: count) }
    let sum = gradient.withUnsafeMutableBufferPointer { buffer in
      run(
        parameters: parameters, inputs: inputs, targets: targets, predictions: nil, batch: batch,
        gradient: buffer.baseAddress)
    }
    return sum / (Double(batch) * Double(steps))
  }

  /// Sum of squared errors over batch and steps; forward pass only.
  ///
  /// - Throws: `KernelError.wrongLength`, `KernelError.outOfRange`.
  public func squaredError(
    parameters: [Float], inputs: [Float], targets: [Float], batch: Int
  ) throws -> Double {
    try checkLengths(parameters: parameters, inputs: inputs, targets: targets, batch: batch)
    return run(
      parameters: parameters, inputs: inputs, targets: targets, predictions: nil, batch: batch, gradient: nil)
  }

  /// Mean squared error over batch and steps; forward pass only.
  ///
  /// - Throws: `KernelError.wrongLength`, `KernelError.outOfRange`.
  public func loss(parameters: [Float], inputs: [Float], targets: [Float], batch: Int) throws -> Double {
    try squaredError(parameters: parameters, inputs: inputs, targets: targets, batch: batch)
      / (Double(batch) * Double(steps))
  }

  /// Outputs `[batch][steps]`.
  ///
  /// - Throws: `KernelError.wrongLength`, `KernelError.outOfRange`.
  public func predictions(parameters: [Float], inputs: [Float], batch: Int) throws -> [Float] {
    try checkLengths(parameters: parameters, inputs: inputs, targets: nil, batch: batch)
    return [Float](unsafeUninitializedCapacity: batch * steps) { buffer, count in
      _ = run(
        parameters: parameters, inputs: inputs, targets: nil, predictions: buffer.baseAddress, batch: batch,
        gradient: nil)
      count = batch * steps
    }
  }
}
