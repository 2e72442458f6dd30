import Claims
import PropertyEngine
import Testing

@Suite struct CatalogueTests {
  /// The whole catalogue on the real code, run once for all tests of this suite.
  private static let results = ClaimRunner(PropertyRunner(profile: .ci, seed: 20_251_206)).run(
    Claim.catalogue, on: .reference)

  /// Every claim comes out as its verdict says: what holds holds on every case, what was published falsely is refuted by a
  /// counterexample.
  @Test(arguments: Claim.catalogue.map(\.id))
  func claimComesOut(id: String) throws {
    let result = try #require(Self.results.first { $0.claim.id == id })
    for check in result.checks where !check.isConfirmed {
      Issue.record(
        "\(id) \(check.outcome.name): \(check.outcome.counterexample?.summary ?? check.outcome.problem ?? "no counterexample found")"
      )
    }
  }

  /// If every claim is true, the probability that any statistical assertion of the whole catalogue raises an alarm is at most
  /// 1e-4.
  @Test func falseAlarmsOfTheSuite() {
    var ledger = AlarmLedger()
    // A refutation claims nothing: a chance failure of a statistical assertion there is no false alarm.
    for check in Self.results.flatMap(\.checks) where check.expectation == .holds {
      ledger.add(check.outcome)
    }
    print("claims catalogue: \(ledger.summary)")
    #expect(!ledger.entries.isEmpty)
    #expect(ledger.bound <= 1e-4)
  }

  /// The catalogue is well formed: identifiers are unique, and every amended or refuted claim has a finding and a
  /// refutation.
  @Test func catalogueIsWellFormed() {
    let claims = Claim.catalogue
    #expect(Set(claims.map(\.id)).count == claims.count)
    for claim in claims where [.amended, .refuted].contains(claim.verdict) {
      let refutes = claim.checks.contains { $0.expectation == .counterexample }
      #expect(claim.finding != nil && refutes, "\(claim.id)")
    }
  }
}
