import GatedCells
import PropertyEngine
import Training

/// What of the theory holds for some cells.
public struct CellAudit: Sendable {
  /// The audited cells, in the order asked for.
  public let cells: [String]
  /// The claims that were run, in the order of the catalogue.
  public let claims: [Claim]
  public let profile: String
  public let seed: UInt64
  /// The words of a command line that audit the same cells, for cells that the program does not know by name.
  public let invocation: String?
  /// One result for each claim and cell, and one under ``theory`` for a claim that does not speak of cells.
  public let results: [ClaimResult]

  /// The name under which claims about the theory alone are listed.
  public static let theory = "theory"

  /// Whether every claim came out as its verdict says.
  public var isConfirmed: Bool { results.allSatisfy(\.isConfirmed) }
  public var failures: [ClaimResult] { results.filter { !$0.isConfirmed } }
  /// The summed probability of a false alarm over all statistical assertions.
  public var alarmSpent: Double { results.reduce(0) { $0 + $1.alarmSpent } }

  public func result(_ claim: Claim, _ system: String) -> ClaimResult? {
    results.first { $0.claim.id == claim.id && $0.system == system }
  }

  /// The claims that speak of cells.
  public static var cellClaims: [Claim] { Claim.catalogue.filter { $0.scope == .cells } }

  /// Runs claims on cells. Cases depend on seed and claim alone, not on threads or on what else is run.
  ///
  /// - Parameters:
  ///   - claims: Those of scope `.cells` run once a cell, the others once.
  ///   - invocation: See ``invocation``.
  ///   - progress: Called with the number of finished pairs and their total, from any thread.
  public static func run(
    _ cells: [CellUnderTest], claims: [Claim] = cellClaims, profile: Profile = .dev, seed: UInt64 = 0,
    invocation: String? = nil, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> CellAudit {
    let runner = ClaimRunner(PropertyRunner(profile: profile, seed: seed))
    let jobs: [(claim: Claim, system: SystemUnderTest)] = claims.flatMap { claim in
      claim.scope == .cells
        ? cells.map { (claim, SystemUnderTest.reference.auditing([$0], name: $0.name)) }
        : [(claim, SystemUnderTest.reference.auditing(CellUnderTest.builtIn, name: theory))]
    }
    let results = ParallelShards.map(count: jobs.count) { index in
      let result = runner.run(jobs[index].claim, on: jobs[index].system)
      progress(index + 1, jobs.count)
      return result
    }
    return CellAudit(
      cells: cells.map(\.name), claims: claims, profile: profile.name, seed: seed,
      invocation: invocation, results: results)
  }
}

/// Audits a cell: runs every claim that speaks of cells on it, built at small sizes.
///
/// ```swift
/// @Test func myCellKeepsTheTheory() throws {
///   try audit(MyCell(inputSize: 1, hiddenSize: 1))
/// }
/// ```
/// - Parameters:
///   - claims: Identifiers of the claims to run, such as `["GR-11"]`; nil for all.
/// - Returns: The audit, for further questions.
/// - Throws: ``AuditFailure`` with the failing claims and their smallest counterexamples; ``AuditError`` for an unknown claim
///   or a cell whose shapes contradict each other.
@discardableResult
public func audit<Cell: SizedCell>(
  _ cell: Cell, claims: [String]? = nil, profile: Profile = .dev, seed: UInt64 = 0
) throws -> CellAudit {
  try audit(.derived(from: Cell.self, name: cell.name), claims: claims, profile: profile, seed: seed)
}

/// Audits a cell with fast paths of its own in place of derived functions; see ``CellUnderTest/derived(from:name:)``.
@discardableResult
public func audit(
  _ cell: CellUnderTest, claims: [String]? = nil, profile: Profile = .dev, seed: UInt64 = 0
) throws -> CellAudit {
  try CellShapes.validate(cell)
  let chosen = try claims.map { try Claim.named($0) } ?? CellAudit.cellClaims
  let result = CellAudit.run([cell], claims: chosen, profile: profile, seed: seed)
  guard result.isConfirmed else { throw AuditFailure(audit: result) }
  return result
}

extension Claim {
  /// Claims of the catalogue by identifier, such as `TR-04`, or by the letters of a subject, such as `TR`; in the order asked for.
  /// - Throws: ``AuditError/unknownClaim(_:known:)``.
  public static func named(_ names: [String]) throws(AuditError) -> [Claim] {
    var found: [Claim] = []
    for name in names {
      let matches = catalogue.filter { $0.id == name || $0.subject?.rawValue == name }
      guard !matches.isEmpty else { throw .unknownClaim(name, known: catalogue.map(\.id)) }
      found += matches
    }
    return found
  }
}
