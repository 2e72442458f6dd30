import Claims
import Foundation
import PropertyEngine

/// An audit for machines: JSON with a version that is raised whenever a field changes its meaning or goes away.
///
/// | field | meaning |
/// |---|---|
/// | `schema`, `version` | `"learnability-audit"`, `1` |
/// | `program` | version of the program that wrote it |
/// | `profile`, `seed` | what the random cases depend on; the seed is a string, as it may exceed 2⁵³ |
/// | `confirmed` | whether every claim came out as its verdict says (the exit code is then 0) |
/// | `alarmSpent` | summed probability of a false alarm of all statistical assertions |
/// | `cells` | the audited cells |
/// | `claims[]` | `id`, `title`, `statement`, `source`, `verdict`, `finding`, `proof`, `oracle`, `scope`, `results` |
/// | `results[]` | `system` (a cell, or `theory`), `confirmed`, `worstErrorOverBound`, `alarmSpent`, `checks` |
/// | `checks[]` | `expectation` (`holds` or `counterexample`), `status`, `confirmed`, `cases`, `problem`, `counterexample` |
/// | `counterexample` | `message`, `values[]` of `name` and `text`, `replay` (the tape for `PBT_REPLAY`) |
///
/// Fields that do not apply are absent. Reals stand as JSON numbers; one that is not finite is absent.
public struct AuditDocument: Codable, Sendable {
  public static let currentVersion = 1

  public struct Example: Codable, Sendable {
    public let message: String
    public let values: [PrintedValue]
    public let replay: String
  }

  public struct Check: Codable, Sendable {
    public let expectation: Expectation
    public let status: PropertyOutcome.Status
    public let confirmed: Bool
    public let cases: Int
    public let problem: String?
    public let counterexample: Example?
  }

  public struct Result: Codable, Sendable {
    public let system: String
    public let confirmed: Bool
    public let worstErrorOverBound: Double?
    public let alarmSpent: Double
    public let checks: [Check]
  }

  public struct Entry: Codable, Sendable {
    public let id: String
    public let title: String
    public let statement: String
    public let source: String
    public let verdict: Verdict
    public let finding: String?
    public let proof: String?
    public let oracle: String
    public let scope: ClaimScope
    public let results: [Result]
  }

  public let schema: String
  public let version: Int
  public let program: String
  public let profile: String
  public let seed: String
  public let confirmed: Bool
  public let alarmSpent: Double
  public let cells: [String]
  public let claims: [Entry]

  public init(_ audit: CellAudit, program: String) {
    schema = "learnability-audit"
    version = Self.currentVersion
    self.program = program
    profile = audit.profile
    seed = String(audit.seed)
    confirmed = audit.isConfirmed
    alarmSpent = audit.alarmSpent
    cells = audit.cells
    claims = audit.claims.map { claim in
      Entry(
        id: claim.id, title: claim.title, statement: claim.statement, source: claim.source,
        verdict: claim.verdict, finding: claim.finding, proof: claim.proof?.description,
        oracle: claim.oracle, scope: claim.scope,
        results: audit.results.filter { $0.claim.id == claim.id }.map(Self.result))
    }
  }

  private static func result(_ result: ClaimResult) -> Result {
    Result(
      system: result.system, confirmed: result.isConfirmed,
      worstErrorOverBound: result.worstErrorOverBound.flatMap { $0.isFinite ? $0 : nil },
      alarmSpent: result.alarmSpent,
      checks: result.checks.map { check in
        Check(
          expectation: check.expectation, status: check.outcome.status, confirmed: check.isConfirmed,
          cases: check.outcome.cases, problem: check.outcome.problem,
          counterexample: check.outcome.counterexample.map {
            Example(message: $0.message, values: $0.values, replay: $0.replayText)
          })
      })
  }

  /// The document as text, the same bytes for the same audit.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
