/// A table for machines, written as RFC 4180 and read back without loss.
public struct CSVTable: Sendable, Hashable {
  public enum Value: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral
  {
    /// Written as the shortest decimal that reads back to the same bits; see `NaNText` for NaN.
    case number(Double)
    case integer(Int)
    case text(String)
    /// Written `True` or `False`, which pandas reads as a boolean column.
    case boolean(Bool)
    /// An empty field, which pandas reads as NaN.
    case missing

    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
  }

  /// How NaN is written; pandas reads both as NaN.
  public enum NaNText: String, Sendable {
    case empty = ""
    case nan
  }

  public enum LineEnd: String, Sendable {
    case lineFeed = "\n"
    /// As RFC 4180 prescribes.
    case carriageReturnLineFeed = "\r\n"
  }

  public let columns: [String]
  public private(set) var rows: [[Value]] = []

  public init(columns: [String]) { self.columns = columns }

  /// Adds a row.
  /// - Precondition: `row` holds one value for each column.
  public mutating func append(_ row: [Value]) {
    precondition(
      row.count == columns.count, "a row of \(row.count) values in a table of \(columns.count) columns")
    rows.append(row)
  }

  /// The table as text, header first, every line ended.
  ///
  /// Infinities read `inf` and `-inf`. Text is quoted when it holds a comma, a quote, a line break, or blanks at an
  /// end, and when leaving it bare would make an empty line of it.
  public func text(nan: NaNText = .empty, lineEnd: LineEnd = .lineFeed) -> String {
    var result = ""
    let alone = columns.count == 1
    result += columns.map { Self.field($0, alone: alone) }.joined(separator: ",") + lineEnd.rawValue
    for row in rows {
      result += row.map { Self.field($0, nan: nan, alone: alone) }.joined(separator: ",") + lineEnd.rawValue
    }
    return result
  }

  private static func field(_ value: Value, nan: NaNText, alone: Bool) -> String {
    switch value {
    case .number(let number):
      if number.isNaN { return field(nan.rawValue, alone: alone) }
      return number.isInfinite ? (number < 0 ? "-inf" : "inf") : "\(number)"
    case .integer(let integer): return String(integer)
    case .text(let text): return field(text, alone: alone)
    case .boolean(let flag): return flag ? "True" : "False"
    case .missing: return field("", alone: alone)
    }
  }

  private static func field(_ text: String, alone: Bool) -> String {
    let special = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
    let blankEnds = text.hasPrefix(" ") || text.hasSuffix(" ") || text.hasPrefix("\t") || text.hasSuffix("\t")
    guard special || blankEnds || (alone && text.isEmpty) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
