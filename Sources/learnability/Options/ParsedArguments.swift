/// A command line taken apart against the declarations of a command.
///
/// Accepted: `--name value`, `--name=value`, flags, arguments in any order between options, and `--` after which
/// everything is an argument. A value may begin with a single hyphen (a negative number); one that begins with two
/// needs the `=` form.
struct ParsedArguments: Sendable {
  /// Arguments that are no options, in order.
  let arguments: [String]
  private let texts: [String: [String]]

  /// - Throws: `OptionError` for the first thing wrong.
  init(
    _ words: [String], command: String, options: [any OptionDeclaration],
    arguments: ArgumentDeclaration? = nil
  ) throws(OptionError) {
    let known = Dictionary(options.map { ($0.name, $0) }) { first, _ in first }
    var texts: [String: [String]] = [:]
    var free: [String] = []
    var position = 0
    while position < words.count {
      let word = words[position]
      position += 1
      if word == "--" {
        free += words[position...]
        break
      }
      guard word.hasPrefix("-"), word != "-", Double(word) == nil else {
        free.append(word)
        continue
      }
      let (name, attached) = Self.split(word)
      guard word.hasPrefix("--"), let option = known[name] else {
        let hint = NearestName.find(name, in: options.map(\.name) + ["help"]).map { "--" + $0 }
        throw .unknownOption(word.hasPrefix("--") ? "--" + name : word, command: command, hint: hint)
      }
      guard texts[name] == nil || option.isRepeatable else { throw .repeated(name) }
      guard let placeholder = option.placeholder else {
        if let attached { throw .unexpectedValue(flag: name, given: attached) }
        texts[name] = []
        continue
      }
      var value = attached
      if value == nil, position < words.count, !words[position].hasPrefix("--") {
        value = words[position]
        position += 1
      }
      guard let value else { throw .missingValue(option: name, placeholder: placeholder) }
      try option.check(value)
      texts[name, default: []].append(value)
    }
    for option in options where option.isRequired && texts[option.name] == nil {
      throw .missingOption(option.name, placeholder: option.placeholder ?? "")
    }
    try Self.check(free, against: arguments, command: command)
    self.texts = texts
    self.arguments = free
  }

  /// Whether the flag or option was given.
  func isSet(_ option: some OptionDeclaration) -> Bool { texts[option.name] != nil }

  /// The value given, or the default, or nil when the option has neither.
  func valueIfAny<Value>(of option: Option<Value>) throws(OptionError) -> Value? {
    guard let given = texts[option.name], let first = given.first else { return option.defaultValue }
    var value = try option.value(first)
    for text in given.dropFirst() { value = option.combine(value, try option.value(text)) }
    return value
  }

  /// The value given or the default.
  /// - Throws: `OptionError.missingOption` when there is neither.
  func value<Value>(of option: Option<Value>) throws(OptionError) -> Value {
    guard let value = try valueIfAny(of: option) else {
      throw .missingOption(option.name, placeholder: option.placeholder ?? "")
    }
    return value
  }

  /// Refuses two options that make no sense together.
  func exclude(_ first: some OptionDeclaration, _ second: some OptionDeclaration) throws(OptionError) {
    if isSet(first), isSet(second) { throw .conflict(first.name, second.name) }
  }

  /// The command line again, without the options that say where to write.
  func repetition(of command: String, without omitted: [String]) -> String {
    var words = ["learnability", command]
    for (name, values) in texts.sorted(by: { $0.key < $1.key }) where !omitted.contains(name) {
      words += values.isEmpty ? ["--\(name)"] : values.flatMap { ["--\(name)", ShellWord.quoted($0)] }
    }
    return (words + arguments.map(ShellWord.quoted)).joined(separator: " ")
  }

  private static func split(_ word: String) -> (name: String, value: String?) {
    let bare = word.drop { $0 == "-" }
    guard let equals = bare.firstIndex(of: "=") else { return (String(bare), nil) }
    return (String(bare[..<equals]), String(bare[bare.index(after: equals)...]))
  }

  private static func check(_ free: [String], against declaration: ArgumentDeclaration?, command: String)
    throws(OptionError)
  {
    let allowed = declaration?.count ?? 0...0
    if free.count > allowed.upperBound {
      throw .unexpectedArgument(free[allowed.upperBound], command: command)
    }
    if free.count < allowed.lowerBound {
      throw .missingArgument(declaration?.name ?? "an argument", command: command)
    }
  }
}

/// The arguments of a command that are no options.
struct ArgumentDeclaration: Sendable {
  /// As shown in the usage, such as `CELL`.
  let name: String
  let help: String
  let count: ClosedRange<Int>

  init(_ name: String, count: ClosedRange<Int>, help: String) {
    self.name = name
    self.count = count
    self.help = help
  }

  var usage: String {
    let many = count.upperBound > 1 ? "\(name)…" : name
    return count.lowerBound == 0 ? "[\(many)]" : many
  }
}
