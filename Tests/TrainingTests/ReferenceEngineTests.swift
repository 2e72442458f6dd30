import GatedCells
import Numerics
import Testing
import Training

/// A cell without its closed forms.
private struct StepOnly: CellWrapper {
  let original: any RecurrentCell
}

@Suite struct ReferenceEngineTests {
  /// The engine takes closed forms where a cell has them and the tape where it does not, with the same loss and gradient.
  @Test(arguments: BuiltInCell.allCases) func closedFormAndTapeAgree(kind: BuiltInCell) throws {
    let task = try DelayedRegressionTask(
      steps: 7, inputSize: 2, lags: [1, 3], coefficients: [0.7, 0.3], noise: 0.2, seed: 11)
    let cell = try kind.make(inputSize: 2, hiddenSize: 3, constantGate: 0.3)
    let closed = ReferenceEngine(cell)
    let tape = ReferenceEngine(StepOnly(original: cell))
    let parameters = Initialisation.paper.parameters(for: closed.network, seed: 4)
    let batch = task.batch(.training, indices: Array(0..<5))
    let first = closed.lossAndGradient(parameters: parameters, batch: batch)
    let second = tape.lossAndGradient(parameters: parameters, batch: batch)
    // Means over 35 (sequence, time) terms through at most 7 steps of inner products of length 5 and some twenty
    // operations: γ_n with n = 7·(5 + 20), on sums whose absolute terms exceed the largest entry at most tenfold.
    let tolerance = 10 * 2 * 175 * 0x1p-53 * max(1, first.gradient.map(abs).max() ?? 0)
    #expect(abs(first.loss - second.loss) <= tolerance)
    for (one, other) in zip(first.gradient, second.gradient) { #expect(abs(one - other) <= tolerance) }
  }
}
