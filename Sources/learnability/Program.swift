import Foundation

/// The program: finds the command that the first word names and runs it.
@main
enum Program {
  /// Every command, in the order of the help. Add one here and write it in a file of its own.
  static var commands: [any Command.Type] {
    [
      AuditCommand.self, ReproduceCommand.self, TrainCommand.self, WindowCommand.self,
      ClaimsCommand.self, MutantsCommand.self, KernelCommand.self, BenchCommand.self, HelpCommand.self,
    ]
  }

  static func main() {
    keepFreedMemory()
    exit(run(Array(CommandLine.arguments.dropFirst()), console: .standard).rawValue)
  }

  /// Lets the allocator keep what is freed: networks follow each other, and the first touch of a page costs more than many passes over
  /// it, most of all on a virtual machine, whose host may have to find the page first. That of glibc keeps blocks no larger than the
  /// largest that it has seen freed; this is the largest it learns from.
  private static func keepFreedMemory() {
    let block = UnsafeMutableRawPointer.allocate(byteCount: (32 << 20) - (1 << 16), alignment: 16)
    block.storeBytes(of: 0, as: UInt8.self)
    block.deallocate()
  }

  /// Runs a command line without the name of the program.
  static func run(_ words: [String], console: Console) -> ExitCode {
    do {
      guard let first = words.first else {
        console.writeError(HelpText.program(commands, width: console.width))
        return .badInput
      }
      if ["--help", "-h"].contains(first) {
        console.write(HelpText.program(commands, width: console.width))
        return .success
      }
      if first == "--version" {
        console.write("learnability \(Version.current)\n")
        return .success
      }
      return try run(command(named: first), Array(words.dropFirst()), console: console)
    } catch {
      console.writeError("learnability: error: \(error)\n")
      return .badInput
    }
  }

  static func command(named name: String) throws(OptionError) -> any Command.Type {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let candidates = commands.map { $0.name } + ["--help", "--version"]
    throw .unknownCommand(name, hint: NearestName.find(name, in: candidates))
  }

  private static func run(_ command: any Command.Type, _ words: [String], console: Console) throws
    -> ExitCode
  {
    // Help wins over whatever else is on the line, right or wrong, up to the end of the options.
    let options = words.prefix { $0 != "--" }
    if options.contains("--help") || options.contains("-h") {
      console.write(HelpText.command(command, width: console.width))
      return .success
    }
    let parsed = try ParsedArguments(
      words, command: command.name, options: command.options, arguments: command.arguments)
    return try command.init(parsed).run(console)
  }
}
