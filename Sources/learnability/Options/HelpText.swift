/// Help made from the declarations, so that it can never differ from what the program does.
enum HelpText {
  /// The page of the program: usage and commands.
  static func program(_ commands: [any Command.Type], width: Int) -> String {
    var text = """
      learnability \(Version.current): checks of the theory of what recurrent networks can learn over time

      Usage: learnability COMMAND [OPTION…]

      Commands:

      """
    let widest = commands.map { $0.name.count }.max() ?? 0
    for command in commands {
      text += item(command.name, command.summary, indent: widest + 4, width: width)
    }
    text += "\nOptions:\n"
    text += item("--help", "show this page, or the page of a command", indent: 13, width: width)
    text += item("--version", "show the version", indent: 13, width: width)
    return text + "\n" + exitCodes
  }

  /// The page of one command.
  static func command(_ command: any Command.Type, width: Int) -> String {
    var text = "\(command.name): \(command.summary)\n\n"
    text += "Usage: learnability \(usage(command))\n"
    if !command.discussion.isEmpty { text += "\n" + wrap(command.discussion, indent: 0, width: width) }
    if let arguments = command.arguments {
      text += "\nArguments:\n" + item(arguments.name, arguments.help, indent: 24, width: width)
    }
    text += "\nOptions:\n"
    for option in command.options {
      let head = "--\(option.name)" + (option.placeholder.map { " " + $0 } ?? "")
      text += item(head, explanation(option), indent: 24, width: width)
    }
    text += item("--help", "show this page", indent: 24, width: width)
    if !command.examples.isEmpty {
      text += "\nExamples:\n"
      for example in command.examples {
        text += "  \(example.line)\n" + wrap(example.purpose, indent: 6, width: width)
      }
    }
    return text + "\n" + exitCodes
  }

  static let exitCodes = """
    Exit codes:
      0  all claims hold, the work is done
      1  a claim failed
      2  a usage or input error

    """

  private static func usage(_ command: any Command.Type) -> String {
    var words = [command.name]
    for option in command.options where option.isRequired {
      words.append("--\(option.name) \(option.placeholder ?? "")")
    }
    if command.options.contains(where: { !$0.isRequired }) { words.append("[OPTION…]") }
    if let arguments = command.arguments { words.append(arguments.usage) }
    return words.joined(separator: " ")
  }

  private static func explanation(_ option: any OptionDeclaration) -> String {
    var remarks: [String] = []
    if option.tellsAllowed { remarks.append(option.allowed) }
    if option.isRequired { remarks.append("required") }
    if let value = option.defaultText { remarks.append("default \(value)") }
    return option.help + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))")
  }

  private static func item(_ head: String, _ body: String, indent: Int, width: Int) -> String {
    let wrapped = wrap(body, indent: indent, width: width)
    if head.count + 4 > indent { return "  \(head)\n\(wrapped)" }
    let gap = String(repeating: " ", count: indent - 2 - head.count)
    return "  \(head)\(gap)" + wrapped.drop { $0 == " " }
  }

  static func wrap(_ text: String, indent: Int, width: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, indent + line.count + 1 + word.count > width {
          lines.append(margin + line)
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      lines.append(line.isEmpty ? "" : margin + line)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
