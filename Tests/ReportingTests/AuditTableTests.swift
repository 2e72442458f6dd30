import Claims
import Testing

@testable import Reporting

@Suite struct AuditTableTests {
  private static func audit(_ cells: [String]) throws -> CellAudit {
    CellAudit.run(
      try cells.map { try CellUnderTest.named($0) },
      claims: try Claim.named(["CE-01", "CE-02", "CE-05", "CE-06", "CE-07", "TR-01"]))
  }

  private static let builtIn = ["const", "shared", "diag", "gru", "lstm"]

  /// At 80, 100 and 140 columns no line is longer, every title stands whole, and every cell has its column.
  @Test(arguments: [80, 100, 140]) func everyWidthHoldsEverything(width: Int) throws {
    let audit = try Self.audit(Self.builtIn)
    let tables = AuditTable.make(audit, width: width)
    #expect(Set(tables.flatMap { $0.columns.map(\.title) }).isSuperset(of: Self.builtIn + ["theory"]))
    for table in tables {
      let text = table.plainText(atMost: width)
      #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.columns(String($0)) <= width })
      for claim in audit.claims where table.rows.contains(where: { $0[0].text.plain == claim.id }) {
        let words = Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
        #expect(words.isSuperset(of: claim.title.split(separator: " ").map(String.init)), "\(claim.id)")
      }
    }
  }

  /// Numbers stand with each cell where there is room, and once a row where there is not.
  @Test func numbersGiveWayToMarks() throws {
    let audit = try Self.audit(Self.builtIn)
    #expect(!AuditTable.make(audit, width: 140)[0].columns.contains { $0.title == "worst" })
    #expect(AuditTable.make(audit, width: 80)[0].columns.last?.title == "worst")
    let full = AuditTable.make(audit, width: 140)[0]
    let compact = AuditTable.make(audit, width: 80)[0]
    for row in full.rows.indices {
      #expect(
        full.rows[row].dropFirst(3).map(\.mark) == compact.rows[row].dropFirst(3).dropLast().map(\.mark))
    }
  }

  /// Many cells are spread over several tables, each cell in one of them, and a failure keeps its mark.
  @Test func manyCellsAreSpread() throws {
    let cells = Self.builtIn + ["peephole-lstm", "coupled-lstm", "reset-after-gru", "indrnn"]
    let tables = AuditTable.make(try Self.audit(cells), width: 80).filter { $0.caption == "Claims by cell" }
    #expect(tables.count > 1)
    #expect(tables.flatMap { $0.columns.dropFirst(3).dropLast().map(\.title) } == cells)
    let column = try #require(tables.last?.columns.firstIndex { $0.title == "indrnn" })
    let row = try #require(tables.last?.rows.first { $0[0].text.plain == "CE-05" })
    #expect(row[column].mark == .bad)
  }
}
