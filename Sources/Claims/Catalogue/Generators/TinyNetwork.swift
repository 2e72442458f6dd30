import GatedCells
import LearnabilityWindow
import Training

/// Untrained networks small enough to diagnose in a millisecond.
enum TinyNetwork {
  static let learningRate = 0.01
  static let sequences = 8
  static let steps = 12
  static let cells = BuiltInCell.allCases

  static func state(
    _ cell: BuiltInCell, gate: Double, units: Int, seed: UInt64, optimizer: Optimizer = .sgd
  ) throws -> TrainingState {
    try TrainingState(
      TrainingConfiguration(
        network: NetworkSpecification(
          cell: cell, inputSize: 2, hiddenSize: units, layerNorm: false, constantGate: gate),
        task: try DelayedRegressionTask(
          steps: steps, inputSize: 2, lags: [3], coefficients: [1], noise: 0.1, seed: seed),
        initialisation: .paper, optimizer: optimizer, learningRate: learningRate, clip: 0, epochs: 1,
        sequences: 8, batchSize: 4, validationSequences: 4, seed: seed))
  }

  static func diagnostics(
    order: DiagnosticConfiguration.Order,
    sensitivity: DiagnosticConfiguration.Sensitivity = .immediate,
    sampling: DiagnosticConfiguration.Sampling = .perSequence
  ) -> DiagnosticConfiguration {
    DiagnosticConfiguration(
      lags: [1, 2, 5], order: order, sensitivity: sensitivity, sampling: sampling, sequences: sequences,
      seed: 3)
  }
}
