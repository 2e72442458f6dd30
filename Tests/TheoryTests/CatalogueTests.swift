import Claims
import PropertyEngine
import Testing

@Suite struct CatalogueTests {
  /// Every claim comes out as its verdict says: what holds holds on every case, what was published falsely is refuted by a
  /// counterexample.
  @Test(arguments: Claim.catalogue.map(\.id))
  func claimComesOut(id: String) throws {
    let claim = try #require(Claim.catalogue.first { $0.id == id })
    let result = ClaimRunner(PropertyRunner(profile: .ci, seed: 20_251_206)).run(claim, on: .reference)
    for check in result.checks where !check.isConfirmed {
      Issue.record(
        "\(id) \(check.outcome.name): \(check.outcome.counterexample?.summary ?? check.outcome.problem ?? "no counterexample found")"
      )
    }
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
