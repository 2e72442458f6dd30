/// A table for people: rendered as HTML in a report and with aligned columns on a terminal.
public struct ReportTable: Sendable, Hashable {
  public enum Alignment: Sendable, Hashable {
    case leading
    /// For numbers, so that digits of equal weight stand under each other.
    case trailing
  }

  public struct Column: Sendable, Hashable {
    public var title: String
    public var alignment: Alignment

    public init(_ title: String, _ alignment: Alignment = .trailing) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// A verdict beside the text of a cell, told by a sign as well as by colour.
  public enum Mark: Sendable, Hashable, CaseIterable {
    case good, caution, bad, neutral

    /// One character that stands for the mark where there is no colour.
    public var sign: String {
      switch self {
      case .good: "✓"
      case .caution: "!"
      case .bad: "✗"
      case .neutral: "·"
      }
    }

    var className: String {
      switch self {
      case .good: "good"
      case .caution: "caution"
      case .bad: "bad"
      case .neutral: "neutral"
      }
    }
  }

  public struct Cell: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    public var text: ReportText
    public var mark: Mark?

    public init(_ text: ReportText, mark: Mark? = nil) {
      self.text = text
      self.mark = mark
    }

    public init(stringLiteral value: String) { self.init(ReportText(value)) }

    /// A number with significant digits; NaN reads `n/a`.
    public static func number(_ value: Double, digits: Int = 4) -> Cell {
      Cell(ReportText(NumberText.significant(value, digits: digits)))
    }

    public static func integer(_ value: Int) -> Cell { Cell(ReportText(String(value))) }
  }

  /// What becomes of a table in HTML where the window is too narrow for it.
  public enum NarrowForm: Sendable, Hashable {
    /// It scrolls sideways, its first column in place: for numbers that are read down a column.
    case scrolling
    /// Each row becomes a paragraph, numbers with the titles of their columns: for rows that are read one by one.
    case records
  }

  public var caption: String
  public var columns: [Column]
  /// Rows as long as `columns`; missing cells are blank, surplus ones are not shown.
  public var rows: [[Cell]]
  public var narrowForm: NarrowForm

  public init(
    _ caption: String, columns: [Column], rows: [[Cell]], narrowForm: NarrowForm = .scrolling
  ) {
    self.narrowForm = narrowForm
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }

  /// The cell at a row and column, blank where the row is short.
  func cell(_ row: Int, _ column: Int) -> Cell {
    rows[row].indices.contains(column) ? rows[row][column] : ""
  }
}
