import Foundation
import GatedCells
import LearnabilityWindow
import Reporting
import Training

/// One cell with one seed: training to the end, then the diagnostics, then the analysis of what they measured.
struct CellRun: Sendable {
  let settings: RunSettings
  let cell: CellCatalogue.Entry
  let seed: Int
  let directory: RunDirectory

  /// The folder within the run directory, such as `seed_0/gru`.
  private var folder: String { "seed_\(seed)/\(cell.rawValue)" }

  /// Seconds between two checkpoints while epochs are short.
  private static let checkpointInterval = 30.0

  /// Trains, going on from the checkpoint if there is one. The state returned is not saved yet.
  ///
  /// - Throws: `TrainingError.nonFiniteLoss` after the last good state was saved; `CheckpointError` for a checkpoint that
  ///   is damaged or belongs to other settings.
  func train() throws -> TrainingState {
    let configuration = try settings.training(cell, seed: seed)
    let url = try checkpoint()
    var state = try TrainingState(configuration)
    if FileManager.default.fileExists(atPath: url.path) {
      state = try Checkpoint.load(url)
      guard state.configuration == configuration else {
        throw CheckpointError.otherRun(file: url.path)
      }
    }
    let trainer = Trainer(engine: try engine(configuration))
    let progress = ProgressLine("\(folder) training", total: configuration.epochs)
    var saved = Date()
    while !state.isFinished {
      do {
        state = try trainer.runEpoch(state)
      } catch let error as TrainingError {
        progress.finish(note: "stopped")
        try save(state)
        throw error
      }
      let r2 = state.curve.last?.validationR2 ?? .nan
      progress.update(completed: state.epoch, note: "R² \(NumberText.significant(r2))")
      if Date().timeIntervalSince(saved) > Self.checkpointInterval {
        try save(state)
        saved = Date()
      }
    }
    progress.finish()
    return state
  }

  /// Writes the checkpoint and the learning curve.
  func save(_ state: TrainingState) throws {
    try Checkpoint.save(state, to: try checkpoint())
    try write(RunFiles.learningCurve(cell: cell.rawValue, state.curve))
  }

  /// Measures a trained state.
  func measure(_ state: TrainingState) throws -> LagProfile {
    let progress = ProgressLine(
      "\(folder) diagnostics", total: settings.diagnosticSequences)
    let profile = try LagProfile(state, settings.diagnostics(seed: seed)) {
      progress.update(completed: $0)
    }
    progress.finish()
    return profile
  }

  /// Analyses what was measured and writes the cell's files.
  func analyse(_ profile: LagProfile) throws -> WindowAnalysis {
    let analysis = try WindowAnalysis(profile, settings.window)
    for file in try RunFiles.analysis(cell: cell.rawValue, analysis) { try write(file) }
    return analysis
  }

  private func checkpoint() throws -> URL {
    URL(fileURLWithPath: try directory.file("\(folder)/checkpoint.json"))
  }

  private func write(_ file: RunFiles.File) throws {
    try AtomicOutput.write(file.text, to: directory.file("\(folder)/\(file.name)"))
  }

  private func engine(_ configuration: TrainingConfiguration) throws -> any GradientEngine {
    switch settings.precision {
    case .single: try configuration.network.singlePrecisionEngine(steps: configuration.task.steps)
    case .double: ReferenceEngine(try configuration.network.makeCell())
    }
  }
}
