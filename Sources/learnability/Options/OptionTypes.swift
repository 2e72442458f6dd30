extension Option where Value == String {
  /// Free text, not empty.
  static func text(
    _ name: String, placeholder: String = "TEXT", default defaultValue: String? = nil, help: String
  )
    -> Option
  {
    Option(
      name, placeholder: placeholder, help: help, allowed: "a text that is not empty",
      defaultValue: defaultValue,
      defaultText: defaultValue, tellsAllowed: false
    ) { $0.isEmpty ? nil : $0 }
  }

  /// A path of a file or directory; whether it exists is the command's to check.
  static func path(
    _ name: String, placeholder: String = "PATH", default defaultValue: String? = nil, help: String
  )
    -> Option
  {
    Option(
      name, placeholder: placeholder, help: help, allowed: "a path that is not empty",
      defaultValue: defaultValue,
      defaultText: defaultValue, tellsAllowed: false
    ) { $0.isEmpty || $0.utf8.contains(0) ? nil : $0 }
  }
}

extension Option where Value == Int {
  /// A whole number within a range.
  static func integer(
    _ name: String, placeholder: String = "N", in range: ClosedRange<Int>, default defaultValue: Int? = nil,
    help: String
  ) -> Option {
    Option(
      name, placeholder: placeholder, help: help, allowed: describe(range), defaultValue: defaultValue,
      defaultText: defaultValue.map { String($0) }
    ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  fileprivate static func describe(_ range: ClosedRange<Int>) -> String {
    if range.upperBound == .max {
      return range.lowerBound == .min ? "a whole number" : "a whole number of at least \(range.lowerBound)"
    }
    return "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }
}

extension Option where Value == UInt64 {
  /// A seed: any whole number of 64 bits without sign.
  static func seed(_ name: String = "seed", default defaultValue: UInt64 = 0, help: String) -> Option {
    Option(
      name, placeholder: "N", help: help, allowed: "a whole number from 0 to \(UInt64.max)",
      defaultValue: defaultValue, defaultText: String(defaultValue)
    ) { UInt64($0) }
  }
}

/// Which real numbers an option takes.
struct NumberRange: Sendable {
  let description: String
  let contains: @Sendable (Double) -> Bool

  static let finite = NumberRange(description: "a finite number") { _ in true }
  static let positive = NumberRange(description: "a number above 0") { $0 > 0 }
  static let nonnegative = NumberRange(description: "a number of at least 0") { $0 >= 0 }

  static func closed(_ lower: Double, _ upper: Double) -> NumberRange {
    NumberRange(description: "a number from \(lower) to \(upper)") { $0 >= lower && $0 <= upper }
  }

  static func open(_ lower: Double, _ upper: Double) -> NumberRange {
    NumberRange(description: "a number between \(lower) and \(upper), ends excluded") {
      $0 > lower && $0 < upper
    }
  }

  static func halfOpen(above lower: Double, upTo upper: Double) -> NumberRange {
    NumberRange(description: "a number above \(lower) and at most \(upper)") { $0 > lower && $0 <= upper }
  }

  /// Decimal or hexadecimal floating point; NaN and infinity are never allowed.
  func read(_ text: String) -> Double? {
    guard let value = Double(text), value.isFinite, contains(value) else { return nil }
    return value
  }
}

extension Option where Value == Double {
  /// A finite number within a range.
  static func number(
    _ name: String, placeholder: String = "X", in range: NumberRange = .finite,
    default defaultValue: Double? = nil,
    help: String
  ) -> Option {
    Option(
      name, placeholder: placeholder, help: help, allowed: range.description, defaultValue: defaultValue,
      defaultText: defaultValue.map { "\($0)" }
    ) { range.read($0) }
  }
}

extension Option where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the cases of an enumeration, by raw value.
  static func choice(
    _ name: String, placeholder: String = "NAME", default defaultValue: Value? = nil, help: String
  )
    -> Option
  {
    Option(
      name, placeholder: placeholder, help: help,
      allowed: "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "), defaultValue: defaultValue,
      defaultText: defaultValue?.rawValue
    ) { Value(rawValue: $0) }
  }
}
