/// What is wrong with a CSV text.
public enum CSVError: Error, Sendable, Hashable, CustomStringConvertible {
  case empty
  case unclosedQuote(line: Int)
  case textAfterQuote(line: Int)
  case wrongFieldCount(line: Int, found: Int, expected: Int)

  public var description: String {
    switch self {
    case .empty: "the CSV text is empty; it needs at least a line of column names"
    case .unclosedQuote(let line): "line \(line): a quoted field is never closed; the file may be cut short"
    case .textAfterQuote(let line):
      "line \(line): text follows a closing quote; a field is quoted whole or not at all, inner quotes are doubled"
    case .wrongFieldCount(let line, let found, let expected):
      "line \(line): \(found) fields where the header names \(expected); the file may be cut short"
    }
  }
}

extension CSVTable {
  /// Reads RFC 4180 text with either line end; every value comes back as `text`.
  ///
  /// - Throws: `CSVError` naming the line.
  /// - Complexity: linear in the length.
  public init(parsing text: String) throws(CSVError) {
    var parser = CSVParser()
    for scalar in text.unicodeScalars { try parser.take(scalar) }
    let records = try parser.finish()
    guard let header = records.first else { throw .empty }
    self.init(columns: header.fields)
    for record in records.dropFirst() {
      guard record.fields.count == header.fields.count else {
        throw .wrongFieldCount(
          line: record.line, found: record.fields.count, expected: header.fields.count)
      }
      append(record.fields.map(Value.text))
    }
  }

  /// The values of a column as doubles: an empty field, `nan` and anything that is no number become NaN. Nil when
  /// there is no such column.
  public func numbers(_ column: String) -> [Double]? {
    guard let index = columns.firstIndex(of: column) else { return nil }
    return rows.map { row in
      switch row[index] {
      case .number(let number): number
      case .integer(let integer): Double(integer)
      case .text(let text): Double(text) ?? .nan
      case .boolean(let flag): flag ? 1 : 0
      case .missing: .nan
      }
    }
  }
}

/// Splits text into records, one scalar at a time.
private struct CSVParser {
  private enum State { case start, bare, quoted, quoteInQuoted }

  private var records: [(line: Int, fields: [String])] = []
  private var fields: [String] = []
  private var field = ""
  private var state = State.start
  private var line = 1
  private var recordLine = 1
  private var sawCarriageReturn = false

  mutating func take(_ scalar: Unicode.Scalar) throws(CSVError) {
    let afterReturn = sawCarriageReturn
    sawCarriageReturn = false
    if scalar == "\n", state != .quoted, afterReturn { return }
    if scalar == "\n" { line += 1 }
    switch (state, scalar) {
    case (.quoted, "\""): state = .quoteInQuoted
    case (.quoted, _): field.unicodeScalars.append(scalar)
    case (.quoteInQuoted, "\""):
      field += "\""
      state = .quoted
    case (_, ","): endField()
    case (_, "\n"), (_, "\r"):
      sawCarriageReturn = scalar == "\r"
      if scalar == "\r" { line += 1 }
      endRecord()
    case (.start, "\""): state = .quoted
    case (.quoteInQuoted, _): throw .textAfterQuote(line: line)
    default:
      field.unicodeScalars.append(scalar)
      state = .bare
    }
  }

  mutating func finish() throws(CSVError) -> [(line: Int, fields: [String])] {
    if state == .quoted { throw .unclosedQuote(line: recordLine) }
    if state != .start || !fields.isEmpty { endRecord() }
    return records
  }

  private mutating func endField() {
    fields.append(field)
    field = ""
    state = .start
  }

  private mutating func endRecord() {
    // A blank line is no record.
    if state != .start || !fields.isEmpty {
      endField()
      records.append((recordLine, fields))
    }
    fields = []
    recordLine = line
  }
}
