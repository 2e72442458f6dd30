import GatedCells
import Numerics

/// Computes losses and gradients of one network on batches.
public protocol GradientEngine {
  /// The mean over sequences and time of the squared error, and its gradient.
  func lossAndGradient(parameters: [Double], batch: SequenceBatch) throws -> LossGradient
  /// The readout at every step, `count × steps`.
  func predictions(parameters: [Double], batch: SequenceBatch) throws -> [Double]
}

/// An engine that treats the sequences of a batch one by one in double precision and averages in their order, so that the
/// result does not depend on the number of threads.
public protocol SequenceEngine: GradientEngine, Sendable {
  var network: RecurrentNetwork { get }
  /// Loss and gradient of one sequence.
  func lossAndGradient(_ parameters: Parameters<Double>, inputs: [Double], targets: [Double]) -> LossGradient
}

extension SequenceEngine {
  public func lossAndGradient(parameters: [Double], batch: SequenceBatch) -> LossGradient {
    let view = Parameters(parameters)
    let parts = ParallelShards.map(count: batch.count) { sequence in
      lossAndGradient(view, inputs: batch.inputs(of: sequence), targets: batch.targets(of: sequence))
    }
    var loss = CompensatedSum()
    var gradient = [Double](repeating: 0, count: parameters.count)
    for part in parts {
      loss.add(part.loss)
      for index in gradient.indices { gradient[index] += part.gradient[index] }
    }
    let weight = 1 / Double(batch.count)
    return LossGradient(loss: loss.value * weight, gradient: gradient.map { $0 * weight })
  }

  public func predictions(parameters: [Double], batch: SequenceBatch) -> [Double] {
    let view = Parameters(parameters)
    return ParallelShards.map(count: batch.count) { sequence in
      let states: [[Double]] = network.states(view, inputs: batch.inputs(of: sequence))
      return states.map { network.readout(view, state: $0) }
    }.flatMap(\.self)
  }
}

/// Double precision from a cell's closed-form linearisation, by automatic derivatives where it has none: slow, simple,
/// and what the fused engine is checked against.
public struct ReferenceEngine: SequenceEngine {
  public let network: RecurrentNetwork

  public init(_ cell: any RecurrentCell) { network = RecurrentNetwork(cell: cell) }

  public func lossAndGradient(_ parameters: Parameters<Double>, inputs: [Double], targets: [Double])
    -> LossGradient
  {
    guard let cell = network.cell as? any AnalyticCell else {
      return AutomaticDerivatives.gradient(network, parameters, inputs: inputs, targets: targets)
    }
    return network.backpropagate(cell, parameters, inputs: inputs, targets: targets)
  }
}
