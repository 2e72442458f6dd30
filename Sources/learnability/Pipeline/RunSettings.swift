import Foundation
import GatedCells
import LearnabilityWindow
import Training

/// Everything that a reproduction run depends on. It is written to `config.json`, and a run is resumed only with equal
/// settings.
struct RunSettings: Codable, Equatable, Sendable {
  enum Start: String, Codable, CaseIterable, Sendable {
    /// Section 6.1 of the paper.
    case paper
    /// The published runs: gates open by the constant gate at the start.
    case constGate = "const-gate"
  }

  enum Precision: String, Codable, CaseIterable, Sendable {
    case single, double
  }

  var cells: [CellCatalogue.Entry]
  var seeds: [Int]
  var steps: Int
  var inputSize: Int
  var hiddenSize: Int
  var layerNorm: Bool
  var constantGate: Double
  var start: Start
  var taskLags: [Int]
  var taskCoefficients: [Double]
  var noise: Double
  var optimizer: Optimizer
  var learningRate: Double
  var clip: Double
  var epochs: Int
  var sequences: Int
  var batchSize: Int
  var validationSequences: Int
  var precision: Precision
  var lags: [Int]
  var diagnosticSequences: Int
  var order: DiagnosticConfiguration.Order
  var sensitivity: DiagnosticConfiguration.Sensitivity
  var sampling: DiagnosticConfiguration.Sampling
  var criterion: WindowConfiguration.Criterion
  var estimator: WindowConfiguration.Estimator
  var sampleCounts: [Int]

  /// The training run of one cell with one seed.
  /// - Throws: An error that names the first setting that is not allowed.
  func training(_ cell: CellCatalogue.Entry, seed: Int) throws -> TrainingConfiguration {
    TrainingConfiguration(
      network: NetworkSpecification(
        cell: cell, inputSize: inputSize, hiddenSize: hiddenSize,
        layerNorm: layerNorm && cell.allowsLayerNorm,
        constantGate: constantGate),
      task: try DelayedRegressionTask(
        steps: steps, inputSize: inputSize, lags: taskLags, coefficients: taskCoefficients,
        noise: noise, seed: UInt64(seed)),
      initialisation: start == .paper ? .paper : .constantGate(constantGate),
      optimizer: optimizer, learningRate: learningRate, clip: clip, epochs: epochs,
      sequences: sequences, batchSize: batchSize, validationSequences: validationSequences,
      seed: UInt64(seed))
  }

  func diagnostics(seed: Int) -> DiagnosticConfiguration {
    DiagnosticConfiguration(
      lags: lags, order: order, sensitivity: sensitivity, sampling: sampling,
      sequences: diagnosticSequences, seed: UInt64(seed))
  }

  var window: WindowConfiguration {
    WindowConfiguration(criterion: criterion, estimator: estimator, sampleCounts: sampleCounts)
  }

  /// Checks every setting of the training before any work is done.
  func validateTraining() throws {
    for cell in cells {
      let configuration = try training(cell, seed: seeds[0])
      try configuration.validate()
      _ = try configuration.network.makeCell()
    }
  }

  /// Checks every setting of the diagnostics.
  func validateDiagnostics() throws {
    try diagnostics(seed: seeds[0]).validate(steps: steps)
    _ = try LearnabilityWindowEstimate.windows(
      [], counts: sampleCounts.map(Double.init)
    ) { _ in 1 }
  }

  /// The settings as name and value, for `cli_args.csv` and the report.
  var listing: [(name: String, value: String)] {
    func list(_ values: [some CustomStringConvertible]) -> String {
      values.map(\.description).joined(separator: " ")
    }
    return [
      ("cells", list(cells.map(\.rawValue))), ("seeds", list(seeds)), ("T", "\(steps)"),
      ("D", "\(inputSize)"), ("H", "\(hiddenSize)"), ("layernorm", layerNormText),
      ("const_s", "\(constantGate)"), ("init", start.rawValue), ("task_lags", list(taskLags)),
      ("task_coeffs", list(taskCoefficients)), ("noise_std", "\(noise)"),
      ("optimizer", optimizer.name), ("lr", "\(learningRate)"), ("grad_clip", "\(clip)"),
      ("epochs", "\(epochs)"), ("Nseq_train", "\(sequences)"), ("batch_size", "\(batchSize)"),
      ("Nseq_val", "\(validationSequences)"), ("precision", precision.rawValue),
      ("lags", list(lags)), ("Nseq_diag", "\(diagnosticSequences)"), ("order", order.rawValue),
      ("statistic", sensitivity.rawValue), ("sampling", sampling.rawValue),
      ("criterion", criterionText), ("estimator", estimator.rawValue), ("N_grid", list(sampleCounts)),
    ]
  }

  private var layerNormText: String {
    let without = cells.filter { !$0.allowsLayerNorm }.map(\.name)
    return layerNorm && !without.isEmpty
      ? "true, except \(without.joined(separator: " "))" : "\(layerNorm)"
  }

  private var criterionText: String {
    switch criterion {
    case .signalToNoise(let ratio): "snr >= \(ratio)"
    case .error(let error): "error <= \(error)"
    }
  }
}
