import GatedCells
import Numerics
import Training

extension SequenceTrace<SIMD8<Double>> {
  /// The traces of up to eight sequences of a batch: side by side where the cell's linearisation is written for that, one after
  /// the other in closed form where it has one, and by automatic derivatives where it exists only as its generic step.
  init(
    _ network: RecurrentNetwork, _ parameters: Parameters<Double>, _ batch: SequenceBatch,
    _ sequences: Range<Int>, _ measures: TraceMeasures
  ) {
    func alone(_ cell: some RecurrentCell, _ sequence: Int) -> SequenceTrace<Double> {
      let inputs = batch.inputs(of: sequence)
      let targets = batch.targets(of: sequence)
      if let analytic = cell as? any AnalyticCell {
        return SequenceTrace<Double>(
          network, parameters, inputs: inputs, targets: targets, measures
        ) { analytic.linearise(parameters, input: $0, state: $1) }
      }
      return SequenceTrace<Double>(
        network, parameters, inputs: inputs, targets: targets, measures
      ) { AutomaticLinearisation(cell, parameters, input: $0, state: $1) }
    }
    func together(_ cell: some VectorisedCell) -> Self {
      SequenceTrace(
        network, parameters, inputs: Value.interleave(sequences.map(batch.inputs(of:))),
        targets: Value.interleave(sequences.map(batch.targets(of:))), measures
      ) { cell.linearisation(parameters, input: $0, state: $1) }
    }
    if let cell = network.cell as? any VectorisedCell {
      self = together(cell)
    } else {
      self.init(packing: sequences.map { alone(network.cell, $0) })
    }
  }
}
