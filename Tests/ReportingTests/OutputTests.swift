import Foundation
import Synchronization
import Testing

@testable import Reporting

/// A directory of its own for a test, removed when the test ends.
final class ScratchDirectory {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("reporting-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
  }
}

@Suite struct AtomicOutputTests {
  /// A write replaces the file whole and leaves nothing else behind.
  @Test func writesAndReplaces() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/report.html"
    try AtomicOutput.write("first, and rather long", to: file)
    try AtomicOutput.write("second", to: file)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "second")
    #expect(try scratch.names() == ["report.html"])
  }

  /// When the final name cannot be taken, here because a directory bears it, nothing partial is left.
  @Test func aFailedWriteLeavesNoPartialFile() throws {
    let scratch = try ScratchDirectory()
    let target = scratch.path + "/taken"
    try FileManager.default.createDirectory(atPath: target + "/inside", withIntermediateDirectories: true)
    #expect(throws: OutputError.self) { try AtomicOutput.write("text", to: target) }
    #expect(try scratch.names() == ["taken"])
    #expect(try scratch.names(in: "taken") == ["inside"])
  }

  @Test func aMissingDirectoryIsNamed() throws {
    let path = "/nonexistent-directory/report.html"
    let error = #expect(throws: OutputError.self) { try AtomicOutput.write("text", to: path) }
    #expect(error?.description.contains(path) ?? false)
  }

  /// No two writes share a temporary name, and all lie beside the file, where a rename stays on one disk.
  @Test func temporaryNamesAreDistinct() {
    let names = (0..<100).map { _ in AtomicOutput.temporaryPath(for: "/a/b/report.html") }
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.hasPrefix("/a/b/.report.html.") })
  }

  /// Many writers of one file: it holds one of the texts whole, and no temporary file remains.
  @Test func concurrentWritersDoNotMix() async throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/shared.csv"
    let texts = (0..<16).map { String(repeating: "\($0),", count: 5000) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for text in texts { group.addTask { try AtomicOutput.write(text, to: file) } }
      try await group.waitForAll()
    }
    #expect(texts.contains(try String(contentsOfFile: file, encoding: .utf8)))
    #expect(try scratch.names() == ["shared.csv"])
  }
}

@Suite struct RunDirectoryTests {
  @Test func aNewDirectoryIsMadeAndMarked() throws {
    let scratch = try ScratchDirectory()
    let run = try RunDirectory(preparing: scratch.path + "/a/b", policy: .refuseExisting)
    #expect(!run.isResumed)
    #expect(try scratch.names(in: "a/b") == [RunDirectory.markerName])
    try AtomicOutput.write("x", to: run.file("seed_0/gru/gru_H_N.csv"))
    #expect(try scratch.names(in: "a/b/seed_0/gru") == ["gru_H_N.csv"])
  }

  /// A finished run is never overwritten unasked; resuming keeps it, forcing empties it.
  @Test func anEarlierRunIsGuarded() throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/run"
    let run = try RunDirectory(preparing: path, policy: .refuseExisting)
    try AtomicOutput.write("x", to: run.file("old.csv"))
    let error = #expect(throws: OutputError.self) {
      try RunDirectory(preparing: path, policy: .refuseExisting)
    }
    #expect(error == .directoryNotEmpty(path: path, isRun: true))
    #expect(error?.description.contains("--resume") ?? false)
    #expect(try RunDirectory(preparing: path, policy: .resume).isResumed)
    #expect(try scratch.names(in: "run").contains("old.csv"))
    _ = try RunDirectory(preparing: path, policy: .force)
    #expect(try scratch.names(in: "run") == [RunDirectory.markerName])
  }

  /// A directory that no run has made is refused whatever the policy and stays as it is.
  @Test(arguments: [RunDirectory.Policy.refuseExisting, .resume, .force])
  func foreignDirectoriesAreNeverTouched(_ policy: RunDirectory.Policy) throws {
    let scratch = try ScratchDirectory()
    try AtomicOutput.write("precious", to: scratch.path + "/thesis.tex")
    #expect(throws: OutputError.self) { try RunDirectory(preparing: scratch.path, policy: policy) }
    #expect(try scratch.names() == ["thesis.tex"])
  }

  @Test func aFileIsNotADirectory() throws {
    let scratch = try ScratchDirectory()
    try AtomicOutput.write("x", to: scratch.path + "/file")
    #expect(throws: OutputError.notADirectory(path: scratch.path + "/file")) {
      try RunDirectory(preparing: scratch.path + "/file", policy: .force)
    }
  }
}

@Suite struct ProgressLineTests {
  /// Gathers what is written, with a clock that the test sets.
  final class Recorder: Sendable {
    let written = Mutex<[String]>([])
    let time = Mutex(0.0)

    func output(isTerminal: Bool, width: Int = 80) -> ProgressLine.Output {
      ProgressLine.Output(
        isTerminal: isTerminal, width: width, write: { text in self.written.withLock { $0.append(text) } },
        now: { self.time.withLock { $0 } })
    }

    func set(_ seconds: Double) { time.withLock { $0 = seconds } }
    var lines: [String] { written.withLock { $0 } }
  }

  /// Away from a terminal: plain whole lines, first, last and every ten seconds, no control characters.
  @Test func plainLinesAwayFromATerminal() {
    let recorder = Recorder()
    let progress = ProgressLine("train gru", total: 100, output: recorder.output(isTerminal: false))
    for step in 0...100 {
      recorder.set(Double(step) / 4)
      progress.update(completed: step)
    }
    progress.finish(note: "loss 0.5")
    progress.update(completed: 100)
    #expect(
      recorder.lines == [
        "train gru · 0/100 (0%)\n", "train gru · 40/100 (40%) · 15 s left\n",
        "train gru · 80/100 (80%) · 5 s left\n",
        "train gru · done in 25 s · loss 0.5\n",
      ])
  }

  /// On a terminal: one line that redraws in place, at most ten times a second, never wider than the window.
  @Test func oneLineRedrawsOnATerminal() {
    let recorder = Recorder()
    let progress = ProgressLine(
      "train lstm", total: 1000, output: recorder.output(isTerminal: true, width: 24))
    for step in 0..<1000 {
      recorder.set(Double(step) / 1000)
      progress.update(completed: step, note: "loss 0.123456789")
    }
    progress.finish()
    #expect(recorder.lines.count <= 12)
    #expect(recorder.lines.allSatisfy { $0.hasPrefix("\r") && $0.contains("\u{1B}[K") })
    #expect(recorder.lines.dropLast().allSatisfy { !$0.contains("\n") })
    #expect(recorder.lines.allSatisfy { $0.count <= 24 + 5 })
    #expect(recorder.lines.last?.hasSuffix("\n") ?? false)
  }
}
