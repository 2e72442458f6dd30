import GatedCells
import Numerics

/// Double precision, one sequence at a time, for any cell: gradients by the reverse tape of the generic step.
///
/// - Complexity: about 20 ns and 24 bytes for every operation of a sequence.
public struct AutomaticEngine: SequenceEngine {
  public let network: RecurrentNetwork

  public init(_ cell: any RecurrentCell) { network = RecurrentNetwork(cell: cell) }

  public func lossAndGradient(_ parameters: Parameters<Double>, inputs: [Double], targets: [Double])
    -> LossGradient
  {
    AutomaticDerivatives.gradient(network, parameters, inputs: inputs, targets: targets)
  }
}
