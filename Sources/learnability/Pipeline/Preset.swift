import GatedCells
import LearnabilityWindow
import Training

/// A named scale of the paper's experiment.
enum Preset: String, CaseIterable, Sendable {
  /// Everything end to end within a minute; too short to train long memories. Detection means an error of at most one
  /// tenth.
  case quick
  /// Half an hour at most; large enough for the qualitative findings.
  case small
  /// The paper's sizes, and its criterion of a signal-to-noise ratio of 0.1.
  case paper

  var settings: RunSettings {
    switch self {
    case .quick:
      base(
        seeds: [0], steps: 128, inputSize: 8, hiddenSize: 32, taskLags: [4, 8, 16, 24, 32],
        epochs: 80, sequences: 512, batchSize: 64,
        lags: DiagnosticConfiguration.evenLags(from: 2, through: 64, count: 32),
        diagnosticSequences: 512)
    case .small:
      base(
        seeds: [0, 1], steps: 256, inputSize: 16, hiddenSize: 64, taskLags: [8, 16, 32, 48, 64],
        epochs: 150, sequences: 2000, batchSize: 64,
        lags: DiagnosticConfiguration.evenLags(from: 4, through: 128, count: 63),
        diagnosticSequences: 2000)
    case .paper:
      base(
        seeds: [0, 1, 2, 3, 4], steps: 1024, inputSize: 16, hiddenSize: 128,
        taskLags: [32, 64, 128, 192, 256], epochs: 750, sequences: 8000, batchSize: 512,
        lags: DiagnosticConfiguration.evenLags(from: 4, through: 256, count: 128),
        diagnosticSequences: 8000)
    }
  }

  /// What each preset sets, in a line each, for the help.
  static var table: String { allCases.map(\.line).joined(separator: "\n") }

  private var line: String {
    let settings = settings
    let count = settings.seeds.count
    let parts = [
      "T = \(settings.steps)", "D = \(settings.inputSize)", "H = \(settings.hiddenSize)",
      "\(settings.epochs) epochs of \(settings.sequences) sequences in batches of \(settings.batchSize)",
      count == 1 ? "one seed" : "\(count) seeds",
      "task lags \(settings.taskLags.map(String.init).joined(separator: ","))",
    ]
    return "\(rawValue): \(parts.joined(separator: ", "))"
  }

  private func base(
    seeds: [Int], steps: Int, inputSize: Int, hiddenSize: Int, taskLags: [Int], epochs: Int,
    sequences: Int, batchSize: Int, lags: [Int], diagnosticSequences: Int
  ) -> RunSettings {
    RunSettings(
      cells: BuiltInCell.allCases.map { .init($0) }, seeds: seeds, steps: steps, inputSize: inputSize,
      hiddenSize: hiddenSize, layerNorm: true, constantGate: 0.05, start: .constGate,
      taskLags: taskLags, taskCoefficients: [0.6, 0.5, 0.4, 0.32, 0.26], noise: 0.3,
      optimizer: .adamW(
        firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 1e-4),
      learningRate: 1e-3, clip: 1, epochs: epochs, sequences: sequences, batchSize: batchSize,
      validationSequences: min(1024, max(batchSize, 256)), precision: .single, lags: lags,
      diagnosticSequences: diagnosticSequences, order: .first, sensitivity: .immediate,
      sampling: .perSequence, criterion: self == .paper ? .signalToNoise(0.1) : .error(0.1),
      estimator: .likelihood,
      sampleCounts: Self.doublingCounts(upTo: diagnosticSequences / 2))
  }

  /// 1, 2, 4, … and the given count: windows are read off where they were measured, not extrapolated.
  private static func doublingCounts(upTo last: Int) -> [Int] {
    Array(sequence(first: 1) { $0 * 2 }.prefix { $0 < last }) + [last]
  }
}
