import Foundation
import Testing

@testable import learnability

@Suite struct ReproduceLineTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/layers")

  /// The words that a shell makes of a line.
  private func words(_ line: String) throws -> [String] {
    let shell = Process()
    let pipe = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "printf '%s\\n' \(line)"]
    shell.standardOutput = pipe
    try shell.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func run(_ words: [String]) -> (status: ExitCode, output: String, error: String) {
    let recorder = RecordingConsole()
    let status = Program.run(words, console: recorder.console)
    return (status, recorder.output, recorder.error)
  }

  /// A copy of a fixture in which some numbers of a tensor are −800: a gate that is shut beyond what a double can tell.
  private func shut(_ name: String, tensor: String, from first: Int, count: Int, in folder: URL) throws
    -> String
  {
    var data = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any]
    let entry = try #require(header?[tensor] as? [String: Any])
    let offsets = try #require(entry["data_offsets"] as? [Int])
    for index in first..<first + count {
      let start = 8 + length + offsets[0] + 8 * index
      withUnsafeBytes(of: (-800.0).bitPattern.littleEndian) {
        data.replaceSubrange(start..<start + 8, with: $0)
      }
    }
    let file = folder.appendingPathComponent("a model's weights.safetensors")
    try data.write(to: file)
    return file.path
  }

  /// The line printed with a failure of trained weights, run as it stands, fails with the same counterexample and audits
  /// nothing else.
  @Test(arguments: [
    ("gates-lstm.safetensors", "Wf.bias", 0, ["--cell", "lstm"]),
    ("gru-layers.safetensors", "rnn.bias_ih_l1", 4, ["--cell", "gru", "--layer", "1", "--module", "rnn"]),
  ])
  func thePrintedLineReproduces(name: String, tensor: String, first: Int, options: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try shut(name, tensor: tensor, from: first, count: 4, in: folder)
    let whole = run(["audit", "--weights", path, "--seed", "7"] + options)
    #expect(whole.status == .claimFailed, "\(whole.error)")
    let marker = "  reproduce: "
    let line = try #require(whole.output.split(separator: "\n").first { $0.hasPrefix(marker) }).dropFirst(
      marker.count)
    let again = try words(String(line))
    #expect(again.first == "learnability")
    let single = run(Array(again.dropFirst()))
    #expect(single.status == .claimFailed, "\(single.error)")
    #expect(single.output.contains("\n0 of 1 came out"))
    func failure(_ text: String) throws -> Substring {
      let start = try #require(text.firstRange(of: "\nCE-04 fails on")).lowerBound
      return text[start...].prefix(upTo: try #require(text[start...].firstRange(of: String(line))).upperBound)
    }
    #expect(try failure(single.output) == failure(whole.output))
  }

  /// Quoted words come back from a shell as they were.
  @Test(arguments: ["plain", "two words", "it's", "a\"b", "$HOME", "back\\slash", "*", "-x", "ä"])
  func wordsSurviveTheShell(word: String) throws {
    #expect(try words(ShellWord.quoted(word)) == [word])
  }

  /// A claim that is not asked of weights is refused with those that are.
  @Test func otherClaimsAreRefused() {
    let path = Self.fixtures.appendingPathComponent("gates-gru.safetensors").path
    let result = run(["audit", "--weights", path, "--cell", "gru", "--claims", "DE-03"])
    #expect(result.status == .badInput)
    #expect(result.error.contains("claim DE-03 is not asked of a file of weights; choose from CE-01"))
  }
}
