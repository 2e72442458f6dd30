import GatedCells
import Numerics

/// Double precision, one sequence at a time, for any cell: gradients by the reverse tape of the generic step.
///
/// - Complexity: about 20 ns and 24 bytes for every operation of a sequence.
public struct AutomaticEngine: GradientEngine, Sendable {
  public let network: RecurrentNetwork

  public init(_ cell: any RecurrentCell) { network = RecurrentNetwork(cell: cell) }

  public func lossAndGradient(parameters: [Double], batch: SequenceBatch) -> LossGradient {
    let view = Parameters(parameters)
    let parts = ParallelShards.map(count: batch.count) { sequence in
      AutomaticDerivatives.gradient(
        network, view, inputs: batch.inputs(of: sequence), targets: batch.targets(of: sequence))
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
