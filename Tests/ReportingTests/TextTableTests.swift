import Testing

@testable import Reporting

@Suite struct TextTableTests {
  @Test func columnsAlign() {
    let table = ReportTable(
      "Windows", columns: [.init("cell", .leading), .init("H")],
      rows: [[.init("gru", mark: .good), .integer(12)], ["日本", .integer(7)]])
    #expect(
      table.plainText() == """
        Windows

        cell    H
        ─────  ──
        ✓ gru  12
        日本    7

        """)
  }

  /// Wide characters take two columns, combining marks none, emoji two.
  @Test func widthsCountTerminalColumns() {
    #expect(DisplayWidth.columns("abc") == 3)
    #expect(DisplayWidth.columns("日本") == 4)
    #expect(DisplayWidth.columns("e\u{301}") == 1)
    #expect(DisplayWidth.columns("\u{301}") == 0 && DisplayWidth.columns("\u{200B}") == 0)
    #expect(DisplayWidth.columns("👍🏽") == 2)
    #expect(DisplayWidth.columns("f̂ℓα−") == 4)
  }

  /// A table too wide for the terminal is cut in its widest text column, and no line is longer than asked for.
  @Test func wideTablesAreCut() {
    let table = ReportTable(
      "", columns: [.init("id", .leading), .init("statement", .leading), .init("value")],
      rows: [["GR1", "the gradient by hand equals the gradient of the tape for every cell", .number(1.5)]])
    let lines = table.plainText(atMost: 40).split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.columns(String($0)) <= 40 })
    #expect(lines[2].contains("…") && lines[2].hasSuffix("1.5"))
  }

  @Test func lineBreaksDoNotTearRows() {
    let table = ReportTable("", columns: [.init("a", .leading)], rows: [["one\ntwo"], []])
    #expect(table.plainText() == "a\n───────\none two\n\n")
  }
}
