/// `learnability help [COMMAND]`.
struct HelpCommand: Command {
  static let name = "help"
  static let summary = "show what the program or a command does"
  static let arguments: ArgumentDeclaration? = ArgumentDeclaration(
    "COMMAND", count: 0...1, help: "the command to explain; without it, all commands are listed")
  static let examples = [
    CommandExample("learnability help", "list the commands"),
    CommandExample("learnability help help", "explain one of them"),
  ]

  private let subject: (any Command.Type)?

  init(_ parsed: ParsedArguments) throws {
    subject = try parsed.arguments.first.map { try Program.command(named: $0) }
  }

  func run(_ console: Console) throws -> ExitCode {
    console.write(
      subject.map { HelpText.command($0, width: console.width) }
        ?? HelpText.program(Program.commands, width: console.width))
    return .success
  }
}
