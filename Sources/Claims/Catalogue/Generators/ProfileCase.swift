import GatedCells
import LearnabilityWindow
import Numerics
import PropertyEngine
import Training

/// A small network after one epoch of training, with diagnostics to run on it.
struct ProfileCase: Sendable, CustomStringConvertible {
  let state: TrainingState
  let configuration: DiagnosticConfiguration

  var description: String {
    "\(state.configuration.network.cell.name) \(state.configuration.optimizer) "
      + "layer norm \(state.configuration.network.layerNorm) seed \(state.configuration.seed) lags \(configuration.lags)"
  }

  var lags: [Int] { configuration.lags }

  /// The same network in another optimizer state.
  func with(_ optimizer: OptimizerState) throws -> ProfileCase {
    var settings = state.configuration
    settings.optimizer = optimizer.rule
    settings.learningRate = optimizer.learningRate
    return ProfileCase(
      state: try TrainingState(settings, parameters: state.parameters, optimizer: optimizer),
      configuration: configuration)
  }
}

/// Networks of two units, seven steps, four sequences, trained for one epoch by one of the rules.
func profileCases(_ rules: [Optimizer]) -> Generator<ProfileCase> {
  Generator { draw in
    let rule = rules[try draw.index(below: rules.count)]
    let kind = BuiltInCell.allCases[try draw.index(below: BuiltInCell.allCases.count)]
    let seed = UInt64(try draw.integer(in: 0...10_000, spread: .uniform))
    let task = try DelayedRegressionTask(
      steps: 7, inputSize: 1, lags: [1, 3], coefficients: [0.8, 0.5], noise: 0.3, seed: seed)
    let start = try TrainingState(
      TrainingConfiguration(
        network: NetworkSpecification(
          cell: kind, inputSize: 1, hiddenSize: 2, layerNorm: try draw.bool(probability: 0.3),
          constantGate: 0.25), task: task, initialisation: .constantGate(0.25), optimizer: rule,
        learningRate: 0.05, clip: 1, epochs: 1, sequences: 4, batchSize: 2, validationSequences: 1, seed: seed
      ))
    let state = try Trainer(engine: ReferenceEngine(try start.configuration.network.makeCell())).runEpoch(
      start)
    let lags = try draw.bool() ? [1, 2, 4] : [2, 5]
    return ProfileCase(
      state: state, configuration: DiagnosticConfiguration(lags: lags, sequences: 4, seed: seed))
  }
}

extension Optimizer {
  /// Every rule, with constants that make adaptation visible after few steps.
  static let allRules: [Optimizer] = [
    .sgd, .momentum(decay: 0.9), .rmsprop(decay: 0.9, epsilon: 1e-8),
    .adamW(firstDecay: 0.9, secondDecay: 0.99, epsilon: 1e-8, weightDecay: 1e-3),
  ]
}
