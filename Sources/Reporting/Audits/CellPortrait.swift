import GatedCells
import LearnabilityWindow
import Numerics
import Training

/// Envelope, window and time scales of one small, briefly trained network: enough to lay a new cell beside the built-in
/// ones, far from the scale of a reproduction.
public struct CellPortrait: Sendable {
  public let name: String
  public let analysis: WindowAnalysis

  public static let units = 8
  public static let inputs = 4
  public static let steps = 40
  public static let trainingSteps = 40
  public static let sequences = 64

  /// Trains a network of the cell for a few steps of RMSprop on a delayed-regression task and measures it.
  ///
  /// - Throws: `TrainingError` when the loss stops being finite.
  public static func paint(
    _ name: String, seed: UInt64, make: (_ inputSize: Int, _ hiddenSize: Int) throws -> any RecurrentCell
  ) throws -> CellPortrait {
    let cell = try make(inputs, units)
    let network = RecurrentNetwork(cell: cell)
    let task = try DelayedRegressionTask(
      steps: steps, inputSize: inputs, lags: [2, 8], coefficients: [0.7, 0.5], noise: 0.1, seed: seed)
    var parameters = Initialisation.paper.parameters(for: network, seed: seed)
    var optimizer = try OptimizerState(
      rule: .rmsprop(decay: 0.99, epsilon: 1e-8), learningRate: 1e-3, parameterCount: parameters.count)
    let engine = ReferenceEngine(cell)
    let batchSize = 8
    for step in 0..<trainingSteps {
      let batch = task.batch(.training, indices: Array(step * batchSize..<(step + 1) * batchSize))
      let result = engine.lossAndGradient(parameters: parameters, batch: batch)
      let norm = GradientClipping.norm(result.gradient)
      guard result.loss.isFinite, norm.isFinite else {
        throw TrainingError.nonFiniteLoss(loss: result.loss, epoch: 1, batch: step + 1)
      }
      optimizer.update(
        &parameters, gradient: result.gradient, scale: GradientClipping.scale(norm: norm, limit: 1))
    }
    return try measure(
      name, cell: cell, parameters: parameters, task: task,
      preconditioner: optimizer.preconditioner(parameterCount: parameters.count),
      learningRate: optimizer.learningRate, seed: seed)
  }

  /// Measures a network with given parameters.
  public static func measure(
    _ name: String, cell: any RecurrentCell, parameters: [Double], task: DelayedRegressionTask,
    preconditioner: [Double], learningRate: Double, seed: UInt64, sequences: Int = sequences
  ) throws -> CellPortrait {
    let lags = [1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36].filter { $0 < task.steps }
    let profile = try LagProfile(
      cell: cell, parameters: parameters, preconditioner: preconditioner, learningRate: learningRate,
      task: task, DiagnosticConfiguration(lags: lags, sequences: sequences, seed: seed))
    return CellPortrait(
      name: name,
      analysis: try WindowAnalysis(
        profile,
        WindowConfiguration(
          criterion: .signalToNoise(1), sampleCounts: [10, 30, 100, 300, 1000, 3000, 10_000, 100_000])))
  }

  /// The seed's results as the charts of a run take them.
  func results(seed: UInt64) -> RunResults.Cell {
    RunResults.Cell(name: name, seeds: [.init(seed: seed, analysis: analysis, curve: [])])
  }
}
