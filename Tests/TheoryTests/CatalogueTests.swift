import Claims
import Foundation
import PropertyEngine
import Testing

@Suite struct CatalogueTests {
  /// The profile and seed of this run: `ci`, unless `PBT_PROFILE` or `PBT_SEED` ask for another.
  private static let runner: PropertyRunner = {
    let environment = ProcessInfo.processInfo.environment
    let settings = RunSettings.read(environment).settings
    return PropertyRunner(
      profile: environment["PBT_PROFILE"] == nil ? .ci : settings.profile,
      seed: environment["PBT_SEED"] == nil ? 20_251_206 : settings.seed ?? 0)
  }()

  /// The whole catalogue on the real code, run once for all tests of this suite.
  private static let results = {
    let results = ClaimRunner(runner).run(Claim.catalogue, on: .reference)
    print(cost(of: results.flatMap(\.checks).map(\.outcome)))
    return results
  }()

  /// What the run cost, and which properties the cap of the profile cut short: a lone case that takes long shows here.
  private static func cost(of outcomes: [PropertyOutcome]) -> String {
    func seconds(_ duration: Duration) -> String {
      duration.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
    }
    let work = outcomes.reduce(Duration.zero) { $0 + $1.duration }
    let cut = outcomes.filter { $0.warnings.contains { $0.kind == .budgetCut } }
    let longest = outcomes.sorted { $0.duration > $1.duration }.prefix(8)
    return
      "claims catalogue: \(outcomes.count) properties, \(outcomes.reduce(0) { $0 + $1.cases }) cases, \(seconds(work)) of work; "
      + "\(cut.count) reached the cap; longest: "
      + longest.map { "\($0.name) \(seconds($0.duration))" }.joined(separator: ", ")
  }

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

  /// The catalogue is well formed: identifiers are unique, claims of one subject follow each other, and every amended or refuted
  /// claim has a finding and a refutation.
  @Test func catalogueIsWellFormed() {
    let claims = Claim.catalogue
    #expect(Set(claims.map(\.id)).count == claims.count)
    #expect(Set(Mutant.all.map(\.id)).count == Mutant.all.count)
    var subjects: [ClaimSubject?] = []
    for claim in claims where subjects.last != claim.subject { subjects.append(claim.subject) }
    #expect(subjects == ClaimSubject.allCases)
    for claim in claims where [.amended, .refuted].contains(claim.verdict) {
      let refutes = claim.checks.contains { $0.expectation == .counterexample }
      #expect(claim.finding != nil && refutes, "\(claim.id)")
    }
  }

  /// A claim is called proved if and only if a theorem proves it all; one that holds may have a theorem for a part, and says
  /// for which.
  @Test func provedMeansProvedInFull() {
    for claim in Claim.catalogue where [.proved, .holds].contains(claim.verdict) {
      switch claim.proof {
      case .coq: #expect(claim.verdict == .proved, "\(claim.id)")
      case .part, nil: #expect(claim.verdict == .holds, "\(claim.id)")
      }
    }
  }

  /// Claims are found by identifier and by subject, in the order asked for; what is unknown is named.
  @Test func claimsAreNamed() throws {
    let found = try Claim.named(["WI-01", "CE"])
    #expect(found.map(\.id) == ["WI-01"] + (1...9).map { "CE-0\($0)" })
    #expect(throws: AuditError.unknownClaim("TR-99", known: Claim.catalogue.map(\.id))) {
      try Claim.named(["CE", "TR-99"])
    }
  }
}
