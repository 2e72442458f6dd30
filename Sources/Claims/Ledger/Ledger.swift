import PropertyEngine

/// The catalogue as a table of plain values: what is claimed, what became of it, and on what evidence.
///
/// Made from the catalogue alone, so that it can be neither ahead of the checks nor behind them. Rendered as a markdown table for
/// the README, as text for a terminal, and as JSON.
public struct Ledger: Sendable, Hashable, Codable {
  /// The version of the JSON form; it changes when a field is renamed, removed or given another meaning.
  public static let formatVersion = 1

  /// One claim.
  public struct Entry: Sendable, Hashable, Codable {
    public let id: String
    public let title: String
    public let statement: String
    public let source: String
    public let verdict: Verdict
    /// What is wrong with the published statement; nil for claims that hold as published.
    public let finding: String?
    /// The name of the machine-checked theorem, if there is one.
    public let proof: String?
    /// Where the theorem proves a part of the statement only: that part.
    public let provedPart: String?
    /// What the implementation is held against.
    public let oracle: String
    public let scope: ClaimScope
    /// Properties that hold on every case tried.
    public let properties: Int
    /// Published statements for which a counterexample is found.
    public let refutations: Int
    /// The mutants that this claim must notice, in the order of the kill matrix.
    public let mutants: [String]
    /// Why there are no mutants, for claims that speak of no code.
    public let unkillable: String?

    /// The evidence in a few words: theorem, checks, mutants.
    public var evidence: String {
      var parts: [String] = []
      if let proof { parts.append("Coq `\(proof)`" + (provedPart == nil ? "" : " in part")) }
      if properties > 0 { parts.append(properties == 1 ? "1 property" : "\(properties) properties") }
      if refutations > 0 { parts.append(refutations == 1 ? "1 refutation" : "\(refutations) refutations") }
      if !mutants.isEmpty { parts.append(mutants.count == 1 ? "1 mutant" : "\(mutants.count) mutants") }
      return parts.joined(separator: ", ")
    }
  }

  public let version: Int
  /// In the order of the catalogue.
  public let entries: [Entry]

  /// The ledger of the catalogue and the kill matrix.
  public init(claims: [Claim] = Claim.catalogue, mutants: [Mutant] = Mutant.all) {
    version = Self.formatVersion
    entries = claims.map { claim in
      Entry(
        id: claim.id, title: claim.title, statement: claim.statement, source: claim.source,
        verdict: claim.verdict, finding: claim.finding, proof: claim.proof?.theorem,
        provedPart: claim.proof?.part, oracle: claim.oracle,
        scope: claim.scope, properties: claim.checks.count { $0.expectation == .holds },
        refutations: claim.checks.count { $0.expectation == .counterexample },
        mutants: mutants.filter { $0.killedBy.contains(claim.id) }.map(\.id), unkillable: claim.unkillable)
    }
  }

  /// How many claims have each verdict.
  public func count(of verdict: Verdict) -> Int { entries.count { $0.verdict == verdict } }

  /// One line: how many claims, by verdict.
  public var summary: String {
    let verdicts = Verdict.allCases.map { "\(count(of: $0)) \($0.rawValue)" }
    return "\(entries.count) \(entries.count == 1 ? "claim" : "claims"): " + verdicts.joined(separator: ", ")
  }
}

extension Proof {
  /// The theorem's name.
  var theorem: String {
    switch self {
    case .coq(let theorem), .part(let theorem, _): theorem
    }
  }

  /// What it proves, where that is less than the statement.
  var part: String? {
    switch self {
    case .coq: nil
    case .part(_, let part): part
    }
  }
}
