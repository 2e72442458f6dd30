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

  /// A table too wide for the terminal is wrapped in its widest text column: no line is longer than asked for, no word is
  /// lost, and the other cells stand in the first line of their row.
  @Test func wideTablesAreWrapped() {
    let statement = "the gradient by hand equals the gradient of the tape for every cell"
    let table = ReportTable(
      "", columns: [.init("id", .leading), .init("statement", .leading), .init("value")],
      rows: [["GR1", .init(ReportText(statement)), .number(1.5)], ["GR2", "short", .number(2)]])
    let lines = table.plainText(atMost: 40).split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { DisplayWidth.columns($0) <= 40 })
    #expect(lines[2].hasPrefix("GR1  the") && lines[2].hasSuffix("1.5"))
    #expect(lines[3].hasPrefix("     "))
    #expect(lines.last == "GR2  short" + String(repeating: " ", count: 40 - 10 - 1) + "2")
    let words = lines.dropFirst(2).dropLast().joined(separator: " ").split(separator: " ")
    #expect(words.filter { $0 != "GR1" && $0 != "1.5" }.joined(separator: " ") == statement)
  }

  /// Two columns of text share what is missing, and neither goes below twelve columns.
  @Test func textColumnsShareTheRoom() {
    let long = String(repeating: "word ", count: 12)
    let table = ReportTable(
      "", columns: [.init("a", .leading), .init("b", .leading)],
      rows: [[.init(ReportText(long)), .init(ReportText(long))]])
    let rule = table.plainText(atMost: 42).split(separator: "\n")[1]
    #expect(rule.split(separator: " ").map(\.count) == [20, 20])
    let narrow = table.plainText(atMost: 5).split(separator: "\n")[1]
    #expect(narrow.split(separator: " ").map(\.count) == [12, 12])
  }

  /// A word longer than its column is broken, and nothing of it is lost.
  @Test func longWordsAreBroken() {
    #expect(DisplayWidth.wrap("abcdefgh ij", to: 3) == ["abc", "def", "gh", "ij"])
    #expect(DisplayWidth.wrap("日本語", to: 4) == ["日本", "語"])
    #expect(DisplayWidth.wrap("", to: 4) == [""])
  }

  @Test func lineBreaksDoNotTearRows() {
    let table = ReportTable("", columns: [.init("a", .leading)], rows: [["one\ntwo"], []])
    #expect(table.plainText() == "a\n───────\none two\n\n")
  }
}
