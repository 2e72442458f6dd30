extension Option {
  /// A list separated by commas; giving the option again adds to the list. No element may occur twice.
  ///
  /// - Parameters:
  ///   - element: What one element is, such as `whole numbers of at least 1`.
  ///   - read: Nil for an element that is not allowed.
  static func list<Element: Hashable & Sendable>(
    _ name: String, placeholder: String, of element: String, default defaultValue: [Element]? = nil,
    defaultText: String? = nil, help: String, read: @escaping @Sendable (String) -> Element?
  ) -> Option where Value == [Element] {
    Option(
      name, placeholder: placeholder, help: help, allowed: "\(element), separated by commas, none twice",
      defaultValue: defaultValue, defaultText: defaultText, isRepeatable: true, combine: { $0 + $1 }
    ) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let elements = parts.compactMap { read($0.trimmed) }
      guard elements.count == parts.count, Set(elements).count == elements.count else { return nil }
      return elements
    }
  }
}

extension Option {
  /// Several cases of an enumeration by raw value, or `all`.
  static func choices<Element: CaseIterable & RawRepresentable & Hashable & Sendable>(
    _ name: String, placeholder: String = "NAME,…", default defaultValue: [Element]? = nil, help: String
  ) -> Option where Value == [Element], Element.RawValue == String {
    let names = Element.allCases.map(\.rawValue)
    let list: Option = .list(
      name, placeholder: placeholder, of: "any of \(names.joined(separator: ", "))", default: defaultValue,
      help: help
    ) { Element(rawValue: $0) }
    let isAll = defaultValue.map { $0.count == names.count } ?? false
    return Option(
      name, placeholder: placeholder, help: help, allowed: list.allowed + ", or all",
      defaultValue: defaultValue,
      defaultText: defaultValue.map { isAll ? "all" : $0.map(\.rawValue).joined(separator: ",") },
      isRepeatable: true, combine: list.combine
    ) { $0 == "all" ? Array(Element.allCases) : list.read($0) }
  }
}

extension Option where Value == [Int] {
  /// Whole numbers within a range; `3..7` stands for 3,4,5,6,7.
  static func integers(
    _ name: String, placeholder: String = "N,…", in range: ClosedRange<Int>,
    default defaultValue: [Int]? = nil,
    help: String
  ) -> Option {
    let bounds =
      range.upperBound == .max
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    return Option(
      name, placeholder: placeholder, help: help,
      allowed: "whole numbers \(bounds), separated by commas, none twice (3..7 means 3,4,5,6,7)",
      defaultValue: defaultValue,
      defaultText: defaultValue.map { $0.map { String($0) }.joined(separator: ",") }, isRepeatable: true,
      combine: { $0 + $1 }
    ) { text in
      var values: [Int] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let run = IntegerRun.read(part.trimmed, in: range) else { return nil }
        values += run
      }
      return values.isEmpty || Set(values).count != values.count ? nil : values
    }
  }
}

extension Option where Value == [Double] {
  /// Finite numbers within a range; the same number may stand twice.
  static func numbers(
    _ name: String, placeholder: String = "X,…", in range: NumberRange = .finite,
    default defaultValue: [Double]? = nil,
    help: String
  ) -> Option {
    Option(
      name, placeholder: placeholder, help: help,
      allowed: "numbers separated by commas, each \(range.description)", defaultValue: defaultValue,
      defaultText: defaultValue.map { $0.map { "\($0)" }.joined(separator: ",") }, isRepeatable: true,
      combine: { $0 + $1 }
    ) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let values = parts.compactMap { range.read($0.trimmed) }
      return values.count == parts.count && !values.isEmpty ? values : nil
    }
  }
}

private enum IntegerRun {
  /// Longer runs are surely a slip of the keyboard.
  static let longest = 100_000

  static func read(_ text: String, in range: ClosedRange<Int>) -> [Int]? {
    if let value = Int(text) { return range.contains(value) ? [value] : nil }
    guard let dots = text.range(of: "..") else { return nil }
    guard let first = Int(text[..<dots.lowerBound]), let last = Int(text[dots.upperBound...]), first <= last,
      range.contains(first), range.contains(last), last - first < longest
    else { return nil }
    return Array(first...last)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
