import PropertyEngine

/// What became of a published statement.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
  /// A machine-checked proof, besides the property.
  case proved
  /// True as published, on every case tried.
  case holds
  /// False or incomplete as published; the amended statement holds and the published one has a counterexample.
  case amended
  /// False as published; a counterexample is found, and no amended form is offered.
  case refuted
}

/// How a check of a claim is to come out.
public enum Expectation: String, Sendable, Hashable, Codable {
  /// The property must hold on every case.
  case holds
  /// The property is the published statement, and a counterexample must be found.
  case counterexample
}

/// One executable check of a claim: a property of a system, and how it is to come out.
public struct ClaimCheck: Sendable {
  public let expectation: Expectation
  /// Builds the property for a system; nothing else may depend on the implementation.
  public let property: @Sendable (SystemUnderTest) -> Property

  /// The property must hold for the reference system.
  public static func property(_ make: @escaping @Sendable (SystemUnderTest) -> Property) -> ClaimCheck {
    ClaimCheck(expectation: .holds, property: make)
  }

  /// The property is false as published: the search must find a counterexample.
  public static func refutation(_ make: @escaping @Sendable (SystemUnderTest) -> Property) -> ClaimCheck {
    ClaimCheck(expectation: .counterexample, property: make)
  }
}

/// A machine-checked proof of a claim.
public enum Proof: Sendable, Hashable {
  /// The theorem's name in Proofs/: it proves the statement, or, where that is amended or refuted, the finding on it.
  case coq(String)
  /// A theorem that proves a part of the statement only, and which part; the claim holds, and is not proved.
  case part(String, of: String)

  public var description: String {
    switch self {
    case .coq(let theorem): "Coq: \(theorem)"
    case .part(let theorem, let part): "Coq: \(theorem), which proves only that \(part)"
    }
  }
}

/// What a claim is about, which decides what it is run on.
public enum ClaimScope: String, Sendable, Hashable, Codable {
  /// Quantified over cells: audited for each cell apart.
  case cells
  /// About optimizers, statistics, windows: audited once.
  case theory
}

/// One statement of the theory with its verdict and the evidence for it.
public struct Claim: Sendable {
  /// Two letters for the subject and a number, such as `TR-03`.
  public let id: String
  /// A few words for tables.
  public let title: String
  /// The statement that the verdict is about, in one sentence with its formula.
  public let statement: String
  /// The paper with its equation, lemma or section.
  public let source: String
  public let verdict: Verdict
  /// For amended and refuted claims: what is wrong with the published statement.
  public let finding: String?
  public let proof: Proof?
  /// What the implementation is held against.
  public let oracle: String
  public let scope: ClaimScope
  public let checks: [ClaimCheck]
  /// Why no mutant of the implementation can be killed by this claim, when it speaks of the theory alone.
  public let unkillable: String?

  public init(
    _ id: String, _ title: String, statement: String, source: String, verdict: Verdict,
    finding: String? = nil,
    proof: Proof? = nil, oracle: String, scope: ClaimScope = .theory, unkillable: String? = nil,
    checks: [ClaimCheck]
  ) {
    self.id = id
    self.title = title
    self.statement = statement
    self.source = source
    self.verdict = verdict
    self.finding = finding
    self.proof = proof
    self.oracle = oracle
    self.scope = scope
    self.unkillable = unkillable
    self.checks = checks
  }
}
