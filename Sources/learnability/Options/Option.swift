/// What the parser and the help need to know of an option, whatever its type.
protocol OptionDeclaration: Sendable {
  /// Without the leading hyphens.
  var name: String { get }
  var help: String { get }
  /// Stands for the value in the help; nil for a flag.
  var placeholder: String? { get }
  /// The default as the user would type it, or nil.
  var defaultText: String? { get }
  var isRequired: Bool { get }
  /// Whether giving the option again adds to it.
  var isRepeatable: Bool { get }
  /// What values are allowed; empty for a flag.
  var allowed: String { get }
  /// Whether the help repeats what is allowed: not where it goes without saying.
  var tellsAllowed: Bool { get }
  /// Checks a value as soon as it is read, so that errors come before any work.
  func check(_ text: String) throws(OptionError)
}

/// An option `--name VALUE` with a typed value.
///
/// Declared once as a static constant of a command; the same constant reads the parsed value:
/// `let seed = try parsed.value(of: Self.seed)`.
struct Option<Value: Sendable>: OptionDeclaration {
  let name: String
  let placeholder: String?
  let help: String
  let allowed: String
  let defaultValue: Value?
  let defaultText: String?
  var isRequired: Bool
  let isRepeatable: Bool
  let tellsAllowed: Bool
  /// Nil for a text that is not allowed.
  let read: @Sendable (String) -> Value?
  /// How a repeated option adds up; the later value wins when it is not repeatable.
  let combine: @Sendable (Value, Value) -> Value

  init(
    _ name: String, placeholder: String, help: String, allowed: String, defaultValue: Value? = nil,
    defaultText: String? = nil, isRequired: Bool = false, isRepeatable: Bool = false,
    tellsAllowed: Bool = true, combine: @escaping @Sendable (Value, Value) -> Value = { $1 },
    read: @escaping @Sendable (String) -> Value?
  ) {
    self.name = name
    self.placeholder = placeholder
    self.help = help
    self.allowed = allowed
    self.defaultValue = defaultValue
    self.defaultText = defaultText
    self.isRequired = isRequired
    self.isRepeatable = isRepeatable
    self.tellsAllowed = tellsAllowed
    self.combine = combine
    self.read = read
  }

  func value(_ text: String) throws(OptionError) -> Value {
    guard let value = read(text) else {
      throw .invalidValue(option: name, given: text, allowed: allowed)
    }
    return value
  }

  func check(_ text: String) throws(OptionError) { _ = try value(text) }

  /// The same option, without which the command cannot run.
  func required() -> Option {
    var option = self
    option.isRequired = true
    return option
  }
}

/// An option without a value: present or not.
struct Flag: OptionDeclaration {
  let name: String
  let help: String

  var placeholder: String? { nil }
  var defaultText: String? { nil }
  var isRequired: Bool { false }
  var isRepeatable: Bool { false }
  var allowed: String { "" }
  var tellsAllowed: Bool { false }

  init(_ name: String, help: String) {
    self.name = name
    self.help = help
  }

  func check(_ text: String) throws(OptionError) {
    throw .unexpectedValue(flag: name, given: text)
  }
}
