/// What is wrong with a command line. Every message names what was given, what is allowed and what to do.
enum OptionError: Error, Hashable, CustomStringConvertible {
  case unknownCommand(String, hint: String?)
  case unknownOption(String, command: String, hint: String?)
  case missingValue(option: String, placeholder: String)
  case invalidValue(option: String, given: String, allowed: String)
  case unexpectedValue(flag: String, given: String)
  case repeated(String)
  case missingOption(String, placeholder: String)
  case unexpectedArgument(String, command: String)
  case missingArgument(String, command: String)
  case conflict(String, String)

  var description: String {
    switch self {
    case .unknownCommand(let name, let hint):
      "there is no command '\(name)'" + (hint.map { "; did you mean '\($0)'?" } ?? "")
        + "\n'learnability help' lists the commands"
    case .unknownOption(let name, let command, let hint):
      "'\(command)' has no option '\(name)'" + (hint.map { "; did you mean '\($0)'?" } ?? "")
        + "\n'learnability \(command) --help' lists its options"
    case .missingValue(let option, let placeholder):
      "option '--\(option)' needs a value: --\(option) \(placeholder)"
    case .invalidValue(let option, let given, let allowed):
      "option '--\(option)' cannot be '\(given)'; it takes \(allowed)"
    case .unexpectedValue(let flag, let given):
      "option '--\(flag)' takes no value, but '\(given)' was given; write just --\(flag)"
    case .repeated(let option): "option '--\(option)' is given twice; give it once"
    case .missingOption(let option, let placeholder):
      "option '--\(option)' is required: --\(option) \(placeholder)"
    case .unexpectedArgument(let argument, let command):
      "'\(command)' does not know what to do with '\(argument)'; 'learnability \(command) --help' shows its usage"
    case .missingArgument(let name, let command):
      "'\(command)' needs \(name); 'learnability \(command) --help' shows its usage"
    case .conflict(let first, let second):
      "options '--\(first)' and '--\(second)' exclude each other; choose one"
    }
  }
}
