import PropertyEngine
import Training

/// Every mutant against the claims that must notice it, and the reference as the control.
public struct KillMatrix: Sendable {
  /// One mutant and one claim that names it.
  public struct Entry: Sendable {
    public let mutant: String
    public let claim: String
    /// The check that came out otherwise, or nil when the mutant survived this claim.
    public let evidence: CheckResult?

    public var isKilled: Bool { evidence != nil }
    /// Cases until the mutant was noticed.
    public var casesToKill: Int? { evidence?.outcome.cases }
  }

  public let entries: [Entry]
  /// Claims whose checks did not come out on the unmutated system: there must be none.
  public let controlFailures: [ClaimResult]
  /// Claims that kill nothing and carry no reason: there must be none.
  public let toothless: [String]
  /// Claims named by a mutant that do not exist: there must be none.
  public let unknownClaims: [String]

  public var survivors: [Entry] { entries.filter { !$0.isKilled } }
  public var isPerfect: Bool {
    survivors.isEmpty && controlFailures.isEmpty && toothless.isEmpty && unknownClaims.isEmpty
  }

  /// Runs the matrix. Nothing in it depends on the clock or on the number of threads.
  ///
  /// - Parameter cases: Random cases for each property; a mutant that needs more than this survives.
  public static func run(
    _ mutants: [Mutant] = Mutant.all, claims: [Claim] = Claim.catalogue, seed: UInt64, cases: Int = 200,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> KillMatrix {
    var search = Profile.search
    search.cases = cases
    let searcher = ClaimRunner(PropertyRunner(profile: search, seed: seed))
    let byID = Dictionary(uniqueKeysWithValues: claims.map { ($0.id, $0) })
    let pairs = mutants.flatMap { mutant in mutant.killedBy.map { (mutant, $0) } }
    let entries = ParallelShards.map(count: pairs.count) { index -> Entry in
      let (mutant, id) = pairs[index]
      let evidence = byID[id].flatMap { searcher.kills($0, mutant.system) }
      progress(index)
      return Entry(mutant: mutant.id, claim: id, evidence: evidence)
    }
    let control = ParallelShards.map(count: claims.count) { index in
      searcher.run(claims[index], on: .reference)
    }
    let biting = Set(entries.filter(\.isKilled).map(\.claim))
    return KillMatrix(
      entries: entries, controlFailures: control.filter { !$0.isConfirmed },
      toothless: claims.filter { !biting.contains($0.id) && $0.unkillable == nil }.map(\.id),
      unknownClaims: pairs.map(\.1).filter { byID[$0] == nil })
  }
}
