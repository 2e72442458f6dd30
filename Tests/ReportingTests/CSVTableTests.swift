import Testing

@testable import Reporting

@Suite struct CSVTableTests {
  /// Text with commas, quotes, line ends and blanks comes back as it was, whichever line end the file has.
  @Test(arguments: [CSVTable.LineEnd.lineFeed, .carriageReturnLineFeed])
  func textSurvivesTheRoundTrip(_ lineEnd: CSVTable.LineEnd) throws {
    let awkward = [
      "", " ", "a,b", "say \"no\"", "\"", "two\nlines", "two\r\nlines", "tab\t", "é,日本", "'", "\r", ",",
      "nan",
    ]
    var table = CSVTable(columns: ["first, second", "\"quoted\""])
    for first in awkward {
      for second in awkward { table.append([.text(first), .text(second)]) }
    }
    let back = try CSVTable(parsing: table.text(lineEnd: lineEnd))
    #expect(back.columns == table.columns)
    #expect(back.rows == table.rows)
  }

  /// A single column keeps its empty fields: they are quoted, lest the line be taken for none.
  @Test func emptyFieldsOfASingleColumnSurvive() throws {
    var table = CSVTable(columns: ["only"])
    for text in ["a", "", "b", ""] { table.append([.text(text)]) }
    #expect(try CSVTable(parsing: table.text()).rows == table.rows)
  }

  /// Every finite double reads back to the same bits; infinities too.
  @Test func numbersKeepTheirBits() throws {
    var values: [Double] = [
      0, -0.0, 0.1, 1 / 3.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, 1e16,
      1e-5,
    ]
    var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<2000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: bits)
      if value.isFinite { values.append(value) }
    }
    var table = CSVTable(columns: ["value"])
    for value in values { table.append([.number(value)]) }
    let back = try #require(CSVTable(parsing: table.text()).numbers("value"))
    #expect(back.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func valuesReadAsPandasExpects() {
    var table = CSVTable(columns: ["a", "b", "c", "d", "e"])
    table.append([.number(.nan), .boolean(true), .integer(-3), .missing, .number(.infinity)])
    #expect(table.text() == "a,b,c,d,e\n,True,-3,,inf\n")
    #expect(table.text(nan: .nan) == "a,b,c,d,e\nnan,True,-3,,inf\n")
  }

  /// Damaged text is refused with the line at fault.
  @Test func damagedTextIsRefused() {
    #expect(throws: CSVError.empty) { try CSVTable(parsing: "") }
    #expect(throws: CSVError.wrongFieldCount(line: 3, found: 1, expected: 2)) {
      try CSVTable(parsing: "a,b\n1,2\n3\n")
    }
    #expect(throws: CSVError.unclosedQuote(line: 2)) { try CSVTable(parsing: "a,b\n1,\"2\n") }
    #expect(throws: CSVError.textAfterQuote(line: 2)) { try CSVTable(parsing: "a\n\"1\"2\n") }
  }

  @Test func aLastLineWithoutEndIsRead() throws {
    #expect(try CSVTable(parsing: "a,b\r\n1,").rows == [[.text("1"), .text("")]])
  }
}
