extension Ledger {
  /// The ledger for a terminal: one line a claim with id, verdict and title, then statement, finding and evidence indented and
  /// wrapped.
  ///
  /// - Parameter width: Columns to wrap at; at least 40 are used.
  public func text(width: Int = 100) -> String {
    let width = max(width, 40)
    var lines = [summary, ""]
    for entry in entries {
      lines.append("\(entry.id)  \(Self.padded(entry.verdict.rawValue, to: 8))  \(entry.title)")
      func add(_ label: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        lines += Self.wrapped(text, width: width, first: "       \(Self.padded(label, to: 10))")
      }
      add("claim", entry.statement)
      add("source", entry.source)
      add("finding", entry.finding)
      add("oracle", entry.oracle)
      add("evidence", entry.evidence)
    }
    return lines.joined(separator: "\n")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Words filled into lines; a word longer than a line stands alone.
  private static func wrapped(_ text: String, width: Int, first: String) -> [String] {
    let indent = String(repeating: " ", count: first.count)
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
