import Foundation
import GatedCells
import LearnabilityWindow
import Training

/// Diagnostics a sequence, and the hours that the paper's whole experiment takes: five cells, five seeds, 750 epochs of
/// 8000 sequences of 1024 steps in batches of 512 with layer norm, 2 × 1024 sequences evaluated an epoch, diagnostics of
/// 8000 sequences at 128 lags (Livi 2025, section 6).
enum DiagnosticBenchmarks {
  private static let epochs = 750.0
  private static let seeds = 5.0
  private static let sequences = 8000.0
  /// Sequences of training data and of fresh data that each epoch is evaluated on.
  private static let evaluated = 2048.0

  static func run(_ options: BenchmarkOptions) throws -> [Measurement] {
    let full = TrainingSize(
      batch: options.quick ? 32 : 512, steps: 1024, inputs: 16, hidden: 128)
    let runs = options.quick ? 1 : min(3, options.runs)
    var rows: [Measurement] = []
    var trainingHours = 0.0
    var dataHours = 0.0
    var evaluationHours = 0.0
    var diagnosticHours = 0.0
    for cell in options.cells {
      let configuration = try TrainStep.configuration(cell, full, layerNorm: true)
      let state = try TrainingState(configuration)
      let diagnostics = DiagnosticConfiguration(
        lags: DiagnosticConfiguration.evenLags(from: 4, through: 256, count: 128),
        sequences: options.quick ? 4 : 32, seed: 1)
      func row(_ name: String, _ value: Spread, each: String) {
        rows.append(Measurement("\(cell.rawValue): \(name)", setting: each, unit: "ms", value: value))
      }
      let scale = 1e3 / Double(diagnostics.sequences)
      let diagnosis = try Stopwatch.spread(runs: runs, warmUp: 0, times: scale) {
        _ = try LagProfile(state, diagnostics)
      }
      row("diagnostics", diagnosis, each: "a sequence")

      var step = try TrainStep(cell, full, layerNorm: true, threads: options.threads)
      let training = try Stopwatch.spread(runs: runs, times: 1e3) { try step.run() }
      row("training step", training, each: "\(full)")
      let trainer = Trainer(engine: step.engine)
      let evaluation = try Stopwatch.spread(runs: runs, warmUp: 0, times: 1e3) {
        _ = try trainer.evaluate(step.parameters, step.batch)
      }
      row("evaluation", evaluation, each: "\(full)")
      var made = 0
      let data = Stopwatch.spread(runs: runs, warmUp: 0, times: 1e3) {
        made += configuration.task.batch(.training, indices: Array(0..<full.batch)).count
      }
      precondition(made > 0)
      row("data generation", data, each: "\(full)")

      let batches = sequences / Double(full.batch)
      let evaluations = evaluated / Double(full.batch)
      let hours = seeds / 3.6e6
      trainingHours += hours * epochs * batches * training.median
      dataHours += hours * epochs * (batches + evaluations) * data.median
      evaluationHours += hours * epochs * evaluations * evaluation.median
      diagnosticHours += hours * sequences * diagnosis.median
    }
    let parts = [
      ("training", trainingHours), ("data generation", dataHours), ("evaluation", evaluationHours),
      ("diagnostics", diagnosticHours),
      ("all", trainingHours + dataHours + evaluationHours + diagnosticHours),
    ]
    let setting = "\(options.cells.count) cells, 5 seeds"
    for (name, hours) in parts {
      rows.append(
        Measurement("projected: \(name)", setting: setting, unit: "hours", value: Spread([hours])))
    }
    if let memory = peakMemory {
      rows.append(Measurement("peak memory", setting: "of the program", unit: "MB", value: Spread([memory])))
    }
    return rows
  }

  /// The most memory that the program has held so far, in megabytes, where the system tells.
  private static var peakMemory: Double? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }.map {
      $0 * 1.024e-3
    }
  }
}
