import GatedCells
import Numerics

/// A built-in cell whose linearisation is altered after it was computed: a closed form with a mistake in it, or one that
/// follows another formula. Its step is left as it is.
struct AlteredCell: AnalyticCell, CellWrapper {
  let base: any AnalyticCell
  let alter: @Sendable (any AnalyticCell, StepLinearisation<Double>) -> StepLinearisation<Double>

  var original: any RecurrentCell { base }

  func linearise(_ parameters: Parameters<Double>, input: [Double], state: [Double]) -> StepLinearisation<
    Double
  > {
    alter(base, base.linearise(parameters, input: input, state: state))
  }

  /// The Jacobian that the altered linearisation gives.
  func jacobian(_ point: StepPoint) -> JacobianSplit {
    linearise(point.parameters, input: point.input, state: point.state).jacobian(self, point.parameters)
  }

  /// The cell with the candidate's slope in place of its sensitivity through layer normalisation.
  static func withoutNormalisation(_ cell: any RecurrentCell) throws -> AlteredCell {
    guard let cell = cell as? any AnalyticCell else { throw CellUnderTest.NotAnalytic(name: cell.name) }
    return AlteredCell(base: cell) { cell, step in
      // The last unit-by-unit block is the shift, whose sensitivity is the candidate's slope.
      guard let shift = step.unitwise.last else { return step }
      return step.replacingGates { _, gate in
        guard !gate.affine.bias.isGate else { return gate }
        return gate.with(
          memory: .diagonal(shift.memory), output: gate.output)
      }
    }
  }
}

extension StepLinearisation<Double> {
  /// The same with each gate's part replaced or, for nil, dropped.
  func replacingGates(_ change: (Int, GateSensitivity<Double>) -> GateSensitivity<Double>?)
    -> StepLinearisation<Double>
  {
    StepLinearisation(
      state: state, retention: retention, exposure: exposure,
      gates: gates.enumerated().compactMap { change($0, $1) }, unitwise: unitwise)
  }
}

extension GateSensitivity<Double> {
  /// The same with other sensitivities.
  func with(memory: RowSensitivity<Double>?, output: RowSensitivity<Double>?) -> GateSensitivity<Double> {
    GateSensitivity(
      affine: affine, memory: memory, output: output, input: input, recurrent: recurrent,
      recurrentScale: recurrentScale)
  }
}
