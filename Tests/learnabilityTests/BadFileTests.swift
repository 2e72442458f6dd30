import Foundation
import Testing

@testable import learnability

/// What does not fit is one sentence on standard error and exit code 2, before any work, on every command.
@Suite struct BadFileTests {
  private func run(_ line: String, in folder: String) -> (status: ExitCode, output: String, error: String) {
    let recorder = RecordingConsole()
    let words = line.split(separator: " ").map { String($0).replacing("DIR", with: folder) }
    let status = Program.run(words, console: recorder.console)
    return (status, recorder.output, recorder.error)
  }

  @Test(arguments: [
    ("audit nope", "there is no cell called \"nope\"; choose from const, shared"),
    ("audit gru gru", "cell 'gru' is named twice"),
    ("audit gru --claims GR-99", "those of GR are GR-01"),
    ("audit gru --claims ZZ-01", "identifiers begin with"),
    ("audit gru --claims CE-01 --json DIR", "is a directory"),
    ("audit gru --claims CE-01 --json DIR/none/x.json", "no such file or directory"),
    ("audit gru --layer 1", "--layer goes with --weights"),
    ("audit --weights DIR/none.npz --cell gru", "it does not exist"),
    ("audit --weights DIR/cut.npz --cell gru", "is it whole?"),
    ("audit --weights DIR/text.npz --cell gru", "is this an .npz file"),
    ("audit --weights DIR/text.txt --cell gru", "is none of .safetensors, .npz or .npy"),
    ("audit --weights DIR/folder.npz --cell gru", "it is not a regular file"),
    ("audit --weights DIR/cut.npz", "--weights needs --cell, one of const, shared, diag, gru, lstm"),
    ("audit --trace DIR/none.npz", "it does not exist"),
    ("audit --trace DIR/none.npz gru", "it does not exist"),
    ("window DIR/none.json", "there is no checkpoint at"),
    ("window DIR", "is a directory; name a checkpoint.json"),
    ("window DIR/text.txt", "is not a whole checkpoint"),
    ("train --cell gru --out DIR/text.txt", "is a file; name a directory"),
    ("train --cell gru --out DIR/x --learning-rate nan", "it takes a number above 0"),
    ("train --cell gru --out DIR/x --steps 10", "task lag 16 is outside 1…9"),
    ("reproduce --out DIR/x --counts 4,2", "must be positive, finite and increasing"),
    ("kernel --activation softplus", "it takes one of"),
    ("bench engine --json DIR", "is a directory"),
  ])
  func isToldBeforeWork(line: String, message: String) throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("bad-\(UUID().uuidString)")
    try files.createDirectory(
      at: folder.appendingPathComponent("folder.npz"), withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    for (name, text) in [("cut.npz", "PK\u{3}\u{4}"), ("text.npz", "no archive"), ("text.txt", "some text")] {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let result = run(line, in: folder.path)
    #expect(result.status == .badInput)
    #expect(result.output.isEmpty)
    #expect(
      result.error.hasPrefix("learnability: error: ") && result.error.contains(message), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    #expect(!files.fileExists(atPath: folder.appendingPathComponent("x").path))
  }

  /// Settings that differ from those of the run to be resumed are named.
  @Test func differencesAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let tiny =
      "train --cell diag --steps 16 --inputs 2 --hidden 3 --task-lags 1 --task-coefficients 1 --sequences 8 --batch 8 --out DIR"
    #expect(run(tiny + " --epochs 1", in: folder).status == .success)
    let other = run(tiny + " --epochs 2 --resume", in: folder)
    #expect(other.status == .badInput)
    #expect(other.error.contains("other settings than this command: epochs was 1 and is now 2; repeat"))
  }

  /// A checkpoint of short sequences is measured at the preset's lags that they have.
  @Test func shortSequencesAreMeasured() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let train = run(
      "train --cell diag --steps 16 --inputs 2 --hidden 3 --task-lags 1 --task-coefficients 1 --sequences 8 --batch 8 --epochs 1 --out DIR",
      in: folder)
    #expect(train.status == .success, "\(train.error)")
    let window = run(
      "window DIR/seed_0/diag/checkpoint.json --diagnostic-sequences 8 --counts 1,2", in: folder)
    #expect(window.status == .success, "\(window.error)")
  }
}
