import Foundation
import LearnabilityWindow
import Reporting
import Training

/// `learnability window`.
struct WindowCommand: Command {
  static let name = "window"
  static let summary = "measure the learnability window of a trained checkpoint"
  static let discussion = """
    The second half of reproduce: runs the diagnostics on a checkpoint of train or reproduce, prints H_N, and writes the \
    cell's files when --out is given. Diagnostic options start from the preset; the task and the optimizer's live state come \
    from the checkpoint.
    """
  static let arguments: ArgumentDeclaration? = ArgumentDeclaration(
    "CHECKPOINT", count: 1...1, help: "a checkpoint.json of train or reproduce")
  static let out = Option<String>.path(
    "out", placeholder: "DIR", help: "a new directory for the files; without it only the table is printed")
  static let preset = Option<Preset>.choice(
    "preset", default: .quick, help: "the preset that the diagnostics start from")
  static let options: [any OptionDeclaration] = [out, preset] + RunOptions.measuring
  static let examples = [
    CommandExample(
      "learnability window run/seed_0/gru/checkpoint.json", "print the window of a trained GRU"),
    CommandExample(
      "learnability window run/seed_0/gru/checkpoint.json --error 0.1 --lags 2,4,8,16,32",
      "the window at an exact error of one tenth"),
  ]

  private let state: TrainingState
  private let settings: RunSettings
  private let directory: RunDirectory?

  init(_ parsed: ParsedArguments) throws {
    var settings = try parsed.value(of: Self.preset).settings
    state = try Checkpoint.load(URL(fileURLWithPath: parsed.arguments[0]))
    settings.steps = state.configuration.task.steps
    try RunOptions.measure(parsed, steps: settings.steps, &settings)
    try settings.validateDiagnostics()
    self.settings = settings
    directory = try parsed.valueIfAny(of: Self.out).map {
      try RunDirectory(preparing: $0, policy: .refuseExisting)
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    let configuration = state.configuration
    let cell = configuration.network.cell.rawValue
    let progress = ProgressLine("\(cell) diagnostics", total: settings.diagnosticSequences)
    let profile = try LagProfile(state, settings.diagnostics(seed: Int(configuration.seed))) {
      progress.update(completed: $0)
    }
    progress.finish()
    let analysis = try WindowAnalysis(profile, settings.window)
    if let directory {
      for file in try RunFiles.analysis(cell: cell, analysis) {
        try AtomicOutput.write(file.text, to: directory.file("\(cell)/\(file.name)"))
      }
    }
    console.write(table(analysis).plainText(atMost: console.width))
    return .success
  }

  private func table(_ analysis: WindowAnalysis) -> ReportTable {
    ReportTable(
      "Learnability windows",
      columns: [.init("N"), .init("H_N"), .init("gaps", .leading)],
      rows: analysis.windows.map { window in
        [
          .integer(Int(window.sampleCount)), .integer(window.horizon),
          .init(
            ReportText(window.gaps.isEmpty ? "none" : window.gaps.map(String.init).joined(separator: " "))),
        ]
      })
  }
}
