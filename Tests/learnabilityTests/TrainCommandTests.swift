import Foundation
import GatedCells
import Testing

@testable import learnability

@Suite struct TrainCommandTests {
  /// A folder of its own for each test, removed at the end.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("learnability-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func run(_ line: String) -> (status: ExitCode, output: String, error: String) {
    let recorder = RecordingConsole()
    let status = Program.run(line.split(separator: " ").map(String.init), console: recorder.console)
    return (status, recorder.output, recorder.error)
  }

  private static let tiny =
    "--steps 16 --inputs 2 --hidden 3 --task-lags 1,3 --task-coefficients 0.8,0.4 --epochs 2 --sequences 16 --batch 8"

  /// Every cell of the catalogue is trained, resumed to the same bytes, and measured from its checkpoint.
  @Test(arguments: CellCatalogue.all.map(\.name)) func everyCellTrainsAndIsMeasured(name: String) throws {
    try inFolder { folder in
      let train = run("train --cell \(name) \(Self.tiny) --out \(folder)")
      #expect(train.status == .success, "\(train.error)")
      let checkpoint = "\(folder)/seed_0/\(name)/checkpoint.json"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: checkpoint))
      let resumed = run("train --cell \(name) \(Self.tiny) --out \(folder) --resume")
      #expect(resumed.status == .success, "\(resumed.error)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: checkpoint)) == bytes)
      let window = run("window \(checkpoint) --lags 1,2,4 --diagnostic-sequences 8 --counts 2,4")
      #expect(window.status == .success, "\(window.error)")
      #expect(window.output.contains("H_N"))
    }
  }

  /// A reproduction takes worked examples beside the built-in cells and says which had no layer normalisation.
  @Test func aReproductionTakesExamples() throws {
    try inFolder { folder in
      let result = run(
        "reproduce --cells diag,mgu \(Self.tiny) --lags 1,2,4 --diagnostic-sequences 8 --counts 2,4 --out \(folder)"
      )
      #expect(result.status == .success, "\(result.error)")
      let page = try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8)
      #expect(page.contains("mgu") && page.contains("true, except mgu"))
    }
  }

  /// A file that cannot be written stops a reproduction with its name and the reason, although it is written while the next cell
  /// trains; what was done before can be resumed.
  @Test(arguments: ["const/const_H_N.csv", "shared/checkpoint.json"]) func aFailedWriteIsReported(
    file: String
  ) throws {
    try inFolder { folder in
      let line =
        "reproduce --cells const,shared \(Self.tiny) --lags 1,2,4 --diagnostic-sequences 8 --counts 2,4 --out \(folder)"
      #expect(run(line).status == .success)
      let path = "\(folder)/seed_0/\(file)"
      let table = "\(folder)/seed_0/H_N_summary.csv"
      let expected = try Data(contentsOf: URL(fileURLWithPath: table))
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path + "/x", withIntermediateDirectories: true)
      try FileManager.default.removeItem(atPath: table)
      let failed = run(line + " --resume")
      #expect(failed.status == .badInput)
      #expect(failed.error.contains(path), "\(failed.error)")
      #expect(!FileManager.default.fileExists(atPath: table))
      try FileManager.default.removeItem(atPath: path)
      #expect(run(line + " --resume").status == .success)
      #expect(try Data(contentsOf: URL(fileURLWithPath: table)) == expected)
    }
  }

  /// A name that no cell has is refused with the names that there are, before anything is written.
  @Test(arguments: ["train --cell", "reproduce --cells"]) func unknownCellsAreRefused(command: String) throws
  {
    try inFolder { folder in
      let result = run("\(command) hyper --out \(folder)")
      #expect(result.status == .badInput)
      for cell in CellCatalogue.all { #expect(result.error.contains(cell.name)) }
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
  }
}
