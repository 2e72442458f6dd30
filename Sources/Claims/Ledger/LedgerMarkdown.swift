import Foundation

extension Ledger {
  /// Where the README keeps its copy.
  public static let openingMark = "<!-- ledger -->"
  public static let closingMark = "<!-- /ledger -->"

  /// The ledger between its marks, as the README holds it: a summary, a table of all claims, and the findings on published
  /// statements that do not hold as they stand.
  public func markdown() -> String {
    var lines = [Self.openingMark, "", summary + ".", ""]
    lines.append("| id | statement | source | verdict | proof | evidence |")
    lines.append("|---|---|---|---|---|---|")
    for entry in entries {
      let cells = [
        entry.id, entry.statement, entry.source, entry.verdict.rawValue, entry.theorem,
        entry.checksAndMutants,
      ]
      lines.append("| " + cells.map(Self.cell).joined(separator: " | ") + " |")
    }
    lines += ["", "What is wrong with the statements that were amended or refuted:", ""]
    for entry in entries {
      if let finding = entry.finding { lines.append("- **\(entry.id)** (\(entry.title)): \(finding).") }
    }
    return (lines + ["", Self.closingMark]).joined(separator: "\n")
  }

  /// The part of a document between the marks, marks included; nil when a mark is missing.
  public static func section(of document: String) -> String? {
    guard let opening = document.range(of: openingMark),
      let closing = document.range(of: closingMark, range: opening.upperBound..<document.endIndex)
    else { return nil }
    return String(document[opening.lowerBound..<closing.upperBound])
  }

  /// A vertical bar would end the cell.
  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension Ledger.Entry {
  /// The theorem, and what it proves where that is less than the statement.
  var theorem: String {
    guard let proof else { return "" }
    return "`\(proof)`" + (provedPart.map { " (only that \($0))" } ?? "")
  }

  /// The evidence besides the proof, which has its own column.
  var checksAndMutants: String {
    proof == nil ? evidence : evidence.split(separator: ", ").dropFirst().joined(separator: ", ")
  }
}
