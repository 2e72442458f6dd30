/// How a program ends.
enum ExitCode: Int32, Sendable {
  /// All claims hold; the work is done.
  case success = 0
  /// A claim failed.
  case claimFailed = 1
  /// The command line, a file or a directory was not as it must be.
  case badInput = 2
}

/// A command of the program: one type in one file, listed in `Program.commands`.
///
/// Declare each option as a static constant, list them in `options`, read them in `init`. Everything the help says
/// comes from these declarations.
protocol Command {
  /// The word on the command line.
  static var name: String { get }
  /// One line, beginning with a verb, without a full stop.
  static var summary: String { get }
  /// More about what the command does; may be empty.
  static var discussion: String { get }
  static var options: [any OptionDeclaration] { get }
  static var arguments: ArgumentDeclaration? { get }
  static var examples: [CommandExample] { get }
  /// Reads and checks everything given, before any work is done.
  init(_ parsed: ParsedArguments) throws
  /// Results go to `console.write`; an error that is thrown ends the program with `ExitCode.badInput`.
  func run(_ console: Console) throws -> ExitCode
}

extension Command {
  static var discussion: String { "" }
  static var options: [any OptionDeclaration] { [] }
  static var arguments: ArgumentDeclaration? { nil }
  static var examples: [CommandExample] { [] }
}

/// A command line that works, with what it is good for.
struct CommandExample: Sendable {
  let line: String
  let purpose: String

  init(_ line: String, _ purpose: String) {
    self.line = line
    self.purpose = purpose
  }
}

/// An error of a command that concerns its input rather than one option: names the value, what is allowed, what to do.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
