import Foundation
import GatedCells
import LearnabilityWindow
import Reporting
import Training

/// A whole run: every seed and cell, then the summaries and the report.
struct Reproduction {
  let settings: RunSettings
  let directory: RunDirectory
  let command: String

  /// Opens the run directory and checks that a resumed run has the same settings.
  init(_ settings: RunSettings, path: String, policy: RunDirectory.Policy, command: String) throws {
    self.settings = settings
    self.command = command
    directory = try RunDirectory(preparing: path, policy: policy)
    let file = try directory.file("config.json")
    if directory.isResumed, let data = FileManager.default.contents(atPath: file) {
      guard let earlier = try? JSONDecoder().decode(RunSettings.self, from: data) else {
        throw InputError("\(file) cannot be read as the settings of a run; name another directory")
      }
      guard earlier == settings else {
        let changes = zip(earlier.listing, settings.listing).filter { $0.value != $1.value }.map {
          "\($0.name) was \($0.value) and is now \($1.value)"
        }
        throw InputError(
          "\(file) has other settings than this command: \(changes.joined(separator: "; ")); "
            + "repeat the options of the first run, or name another directory")
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try AtomicOutput.write(try encoder.encode(settings), to: file)
  }

  /// Runs everything and returns the table that a terminal shows. Files are written, and a cell is analysed, while the cores already
  /// measure or train what comes next.
  func run(width: Int) throws -> String {
    var results = Dictionary(
      uniqueKeysWithValues: settings.cells.map { ($0, [RunResults.SeedResult]()) })
    for seed in settings.seeds {
      var analyses: [(name: String, analysis: WindowAnalysis)] = []
      var pending:
        (cell: CellCatalogue.Entry, curve: [LearningCurvePoint], analysis: Deferred<WindowAnalysis>)?
      func collect() throws {
        guard let (cell, curve, deferred) = pending else { return }
        pending = nil
        let analysis = try deferred.value()
        analyses.append((cell.rawValue, analysis))
        results[cell]?.append(.init(seed: UInt64(seed), analysis: analysis, curve: curve))
      }
      for cell in settings.cells {
        let run = CellRun(settings: settings, cell: cell, seed: seed, directory: directory)
        let state = try run.train()
        let saving = Deferred { try run.save(state) }
        let profile = try run.measure(state)
        try saving.value()
        try collect()
        pending = (cell, state.curve, Deferred { try run.analyse(profile) })
      }
      try collect()
      for file in [RunFiles.windowSummary(analyses), RunFiles.arguments(settings.listing)] {
        try AtomicOutput.write(file.text, to: directory.file("seed_\(seed)/\(file.name)"))
      }
    }
    let report = RunReport(
      RunResults(
        cells: settings.cells.map { .init(name: $0.rawValue, seeds: results[$0] ?? []) },
        taskLags: settings.taskLags, facts: settings.listing.map { .init($0.name, $0.value) },
        command: command))
    try AtomicOutput.write(report.html(), to: directory.file("report.html"))
    return report.table().plainText(atMost: width)
  }
}
