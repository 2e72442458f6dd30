import GatedCells
import Testing
import Training

/// An engine with given predictions, whose loss is the number of sequences of the batch.
private struct GivenPredictions: GradientEngine {
  var values: [Double] = []

  func lossAndGradient(parameters: [Double], batch: SequenceBatch) -> LossGradient {
    LossGradient(loss: Double(batch.count), gradient: parameters.map { _ in 0 })
  }

  func predictions(parameters: [Double], batch: SequenceBatch) -> [Double] {
    values.isEmpty ? batch.targets.map(Double.init) : values
  }
}

@Suite struct TrainerTests {
  /// Mean squared error and R² = 1 − SSE/SST on whole numbers: squared errors 0, 1, 4, 0 and squared deviations 9, 1, 1, 9.
  @Test func evaluationIsTheDefinition() throws {
    let batch = SequenceBatch(
      inputs: [0, 0, 0, 0], targets: [1, 3, 5, 7], count: 2, steps: 2, inputSize: 1)
    let result = try Trainer(engine: GivenPredictions(values: [1, 2, 3, 7])).evaluate([], batch)
    #expect(result.loss == 1.25)
    #expect(result.r2 == 0.75)
  }

  /// An epoch's loss is the mean over sequences, so a last batch that is smaller counts less: 5 sequences in batches of 2, 2
  /// and 1 with losses 2, 2 and 1 have mean 9/5.
  @Test func lossOfAnEpochWeighsBatchesBySize() throws {
    let configuration = TrainingConfiguration(
      network: NetworkSpecification(
        cell: .const, inputSize: 1, hiddenSize: 1, layerNorm: false, constantGate: 0.5),
      task: try DelayedRegressionTask(
        steps: 3, inputSize: 1, lags: [1], coefficients: [1], noise: 0.1, seed: 2),
      initialisation: .paper, optimizer: .sgd, learningRate: 0.1, clip: 1, epochs: 1, sequences: 5,
      batchSize: 2, validationSequences: 2, seed: 2)
    let state = try Trainer(engine: GivenPredictions()).runEpoch(TrainingState(configuration))
    #expect(state.curve.map(\.trainingLoss) == [9.0 / 5])
    #expect(state.curve.map(\.trainingR2) == [1])
  }
}
