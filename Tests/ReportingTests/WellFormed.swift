/// A small check that markup is well formed: tags nest and close, attributes are quoted, no stray `<` or `&`.
enum WellFormed {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// HTML elements that have no content and no end tag.
  static let empty: Set<String> = ["meta", "br", "hr", "img"]

  static func check(_ markup: String) throws {
    var open: [String] = []
    var rest = markup[...]
    while let start = rest.firstIndex(of: "<") {
      try checkText(rest[..<start])
      guard let end = tagEnd(rest[start...]) else { throw Fault(description: "a tag is never closed") }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        guard open.popLast() == name else { throw Fault(description: "</\(name)> closes nothing open") }
        continue
      }
      let name = String(tag.prefix { $0 != " " && $0 != "/" })
      guard tag.filter({ $0 == "\"" }).count % 2 == 0 else { throw Fault(description: "quotes in <\(tag)>") }
      if tag.hasSuffix("/") || empty.contains(name) { continue }
      open.append(name)
      if name == "style", let close = rest.range(of: "</style>") { rest = rest[close.lowerBound...] }
    }
    try checkText(rest)
    guard open.isEmpty else { throw Fault(description: "never closed: \(open)") }
  }

  /// The `>` that ends a tag: one outside quotes.
  private static func tagEnd(_ text: Substring) -> String.Index? {
    var quoted = false
    for index in text.indices {
      if text[index] == "\"" { quoted.toggle() }
      if text[index] == ">", !quoted { return index }
    }
    return nil
  }

  private static func checkText(_ text: Substring) throws {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let name = part.prefix { $0 != ";" }
      guard ["amp", "lt", "gt", "quot", "#39"].contains(String(name)) else {
        throw Fault(description: "a bare & before '\(part.prefix(12))'")
      }
    }
  }
}
