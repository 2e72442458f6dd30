import Foundation
import PropertyEngine
import Testing

@testable import Claims

@Suite struct LedgerTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The README's ledger is the one that the catalogue gives.
  @Test func readmeAgreesWithTheCatalogue() throws {
    let section = Ledger.section(of: try text("README.md"))
    #expect(
      section == Ledger().markdown(),
      """
      README.md and the catalogue differ. Put the output of `swift run learnability claims --markdown` in place of everything from \
      \(Ledger.openingMark) to \(Ledger.closingMark).
      """)
  }

  /// Every claim is in each rendering, and no cell of the table breaks its row.
  @Test func renderingsAreComplete() throws {
    let ledger = Ledger()
    #expect(ledger.entries.map(\.id) == Claim.catalogue.map(\.id))
    let rows = ledger.markdown().split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| id") }
    #expect(rows.count == ledger.entries.count)
    for row in rows {
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 7, "\(row)")
    }
    let plain = ledger.text(width: 80)
    for entry in ledger.entries {
      #expect(plain.contains(entry.id + "  "), "\(entry.id)")
      #expect(plain.contains(entry.title), "\(entry.id)")
    }
    let words = plain.split(separator: "\n").filter { $0.hasPrefix("       ") }
    #expect(words.allSatisfy { $0.count <= 80 || !$0.dropFirst(17).contains(" ") })
  }

  /// A refuted claim is shown with the smallest counterexample to what was published, values and message; one without a
  /// refutation is not, and a search that finds nothing says so.
  @Test func counterexamplesArePrinted() throws {
    let claims = try Claim.named(["TR-04", "DE-03", "WI-01"])
    let runner = ClaimRunner(PropertyRunner(profile: .deterministic, seed: 7))
    let found = runner.refutations(of: claims, on: .reference)
    #expect(found.mapValues(\.count) == ["TR-04": 1, "DE-03": 1, "WI-01": 0])
    let text = Ledger(claims: claims).text(width: 4000, refutations: found)
    for results in found.values {
      for result in results {
        let example = try #require(result.outcome.counterexample)
        #expect(text.contains("smallest found against \"\(result.outcome.name)\""))
        #expect(text.contains(example.summary.split(separator: " ").joined(separator: " ")))
        #expect(text.contains(example.message.split(separator: " ").joined(separator: " ")))
      }
    }
    #expect(!Ledger(claims: claims).text().contains("smallest found"))
    let truth = runner.runner.run(
      Property("a truth", cases: 3) { draw in
        _ = try draw("x", reals(in: 0...1))
      })
    let blind = ["TR-04": [CheckResult(expectation: .counterexample, outcome: truth)]]
    #expect(Ledger(claims: claims).text(refutations: blind).contains("none to \"a truth\" in 3 cases"))
  }

  /// Where a theorem proves a part of the statement, each rendering says which.
  @Test func partialProofsSayWhatTheyProve() throws {
    let ledger = Ledger(claims: try Claim.named(["WI-07", "WI-08"]))
    let part = "there is at most one such lag"
    #expect(ledger.markdown().contains("`last_lag_unique` (only that \(part))"))
    #expect(ledger.text().contains("Coq `last_lag_unique` in part"))
    #expect(ledger.text().contains("the theorem proves only that \(part)"))
    #expect(ledger.entries.map(\.provedPart) == [part, nil])
  }

  /// JSON gives the ledger back, and a ledger of another version is refused by name.
  @Test func jsonIsReadBack() throws {
    let ledger = Ledger()
    let json = try ledger.json()
    #expect(try Ledger(json: json) == ledger)
    let newer = json.replacing("\"version\" : 1", with: "\"version\" : 2")
    #expect(newer != json)
    #expect(throws: LedgerError.version(2)) { try Ledger(json: newer) }
  }

  /// A change of any statement changes the section, so that the README test can fail.
  @Test func sectionNoticesAChange() throws {
    let section = Ledger().markdown()
    #expect(Ledger.section(of: "before\n\(section)\nafter") == section)
    let first = try #require(Ledger().entries.first)
    let changed = section.replacing(first.statement, with: "something else")
    #expect(Ledger.section(of: "before\n\(changed)\nafter") != section)
    #expect(Ledger.section(of: "no marks") == nil)
  }

  /// Every theorem that a claim names stands among the statements of Proofs.
  @Test func proofsExist() throws {
    let statements = Set(
      try text("Proofs/claims.tsv").split(separator: "\n").compactMap {
        $0.split(separator: "\t").first.map(String.init)
      })
    for entry in Ledger().entries {
      if let proof = entry.proof { #expect(statements.contains(proof), "\(entry.id) names \(proof)") }
    }
  }
}
