import Synchronization
import Testing

@testable import learnability

/// A console that keeps what is written.
final class RecordingConsole: Sendable {
  private let texts = Mutex((output: "", error: ""))

  var console: Console {
    Console(
      write: { text in self.texts.withLock { $0.output += text } },
      writeError: { text in self.texts.withLock { $0.error += text } }, width: 80)
  }

  var output: String { texts.withLock { $0.output } }
  var error: String { texts.withLock { $0.error } }
}

@Suite struct ProgramTests {
  private func run(_ line: String) -> (status: ExitCode, output: String, error: String) {
    let recorder = RecordingConsole()
    let status = Program.run(line.split(separator: " ").map(String.init), console: recorder.console)
    return (status, recorder.output, recorder.error)
  }

  @Test func theVersionIsGiven() {
    let result = run("--version")
    #expect(result.status == .success)
    #expect(result.output == "learnability \(Version.current)\n")
    #expect(result.error.isEmpty)
  }

  /// Without a command the help goes to standard error and the exit code tells of bad usage.
  @Test func nothingGivenIsBadUsage() {
    let result = run("")
    #expect(result.status == .badInput)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("Usage: learnability COMMAND"))
  }

  @Test func anUnknownCommandIsHinted() {
    let result = run("hlep")
    #expect(result.status == .badInput)
    #expect(result.error.contains("there is no command 'hlep'; did you mean 'help'?"))
  }

  /// A claim that is asked for by name comes with the smallest counterexample to what was published, in any run the same; the
  /// whole ledger runs nothing.
  @Test func namedClaimsComeWithCounterexamples() {
    let named = run("claims ST-03")
    #expect(named.status == .success)
    #expect(named.output.contains("smallest found against \"ST-03 the published orientation\""))
    #expect(named.output.contains("μ = [-1.0], m = [1.0]"))
    #expect(run("claims ST-03").output == named.output)
    #expect(!run("claims").output.contains("smallest found"))
  }

  /// Every command has a page of help with its usage, its options and the exit codes, by either way of asking.
  @Test func everyCommandHasHelp() {
    for command in Program.commands {
      let page = run("\(command.name) --help")
      #expect(page.status == .success)
      #expect(page.output.contains("Usage: learnability \(command.name)"))
      #expect(page.output.contains("Exit codes:"))
      for option in command.options { #expect(page.output.contains("--\(option.name)")) }
      #expect(run("help \(command.name)").output == page.output)
      #expect(run("help").output.contains(command.name))
    }
  }

  /// Names are unique, summaries fit a line, and every example parses and names a real command.
  @Test func declarationsAreSound() throws {
    let names = Program.commands.map { $0.name }
    #expect(Set(names).count == names.count)
    for command in Program.commands {
      let options = command.options.map(\.name)
      #expect(Set(options).count == options.count, "options of \(command.name)")
      #expect(!options.contains("help"))
      #expect(!command.summary.hasSuffix("."))
      for example in command.examples {
        let words = example.line.split(separator: " ").map(String.init)
        #expect(words.prefix(2) == ["learnability", command.name])
        _ = try ParsedArguments(
          Array(words.dropFirst(2)), command: command.name, options: command.options,
          arguments: command.arguments)
      }
    }
  }
}
