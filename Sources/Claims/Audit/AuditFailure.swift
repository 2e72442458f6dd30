import GatedCells
import Numerics
import PropertyEngine

/// An audit in which some claim did not come out as its verdict says.
public struct AuditFailure: Error, CustomStringConvertible {
  public let audit: CellAudit

  public init(audit: CellAudit) { self.audit = audit }

  public var description: String {
    let lines = audit.failures.map { $0.failureText(in: audit) }
    return "\(audit.failures.count) of \(audit.results.count) claims fail\n" + lines.joined(separator: "\n")
  }
}

extension ClaimResult {
  /// The failing checks with their smallest counterexamples and the command that shows them again.
  public func failureText(in audit: CellAudit) -> String {
    var lines = ["\(claim.id) fails on \(system): \(claim.title)", "  claim: \(claim.statement)"]
    for check in checks where !check.isConfirmed {
      let outcome = check.outcome
      if check.expectation == .counterexample {
        lines.append("  no counterexample to the published statement was found in \(outcome.cases) cases")
      }
      guard let example = outcome.counterexample else {
        if let problem = outcome.problem { lines.append("  \(problem)") }
        continue
      }
      lines += example.message.split(separator: "\n").map { "  \($0)" }
      lines += example.values.map { "    " + ($0.name.isEmpty ? $0.text : "\($0.name) = \($0.text)") }
    }
    lines.append("  reproduce: " + reproduction(audit))
    return lines.joined(separator: "\n")
  }
}

extension ClaimResult {
  /// A command where the program can be asked for the cell, a line of a test for others.
  private func reproduction(_ audit: CellAudit) -> String {
    let isTheory = system == CellAudit.theory
    let isKnown = CellCatalogue.all.contains { $0.name == system }
    guard isTheory || isKnown || audit.invocation != nil else {
      return
        "try audit(…, claims: [\"\(claim.id)\"], profile: .\(audit.profile), seed: \(audit.seed)) with \(system)"
    }
    let words = audit.invocation ?? (isTheory ? "learnability audit" : "learnability audit \(system)")
    return "\(words) --claims \(claim.id) --profile \(audit.profile) --seed \(audit.seed)"
  }
}

/// What can be wrong with a request for an audit.
public enum AuditError: Error, Equatable, CustomStringConvertible {
  case unknownClaim(String, known: [String])
  case shapes(cell: String, what: String)

  public var description: String {
    switch self {
    case .unknownClaim(let name, let known):
      "there is no claim called \"\(name)\"; \(Self.choices(like: name, known)); `learnability claims` lists all"
    case .shapes(let cell, let what): "the cell \(cell) contradicts itself: \(what)"
    }
  }

  /// The claims of the same subject where there are any, the subjects otherwise.
  private static func choices(like name: String, _ known: [String]) -> String {
    let subject = name.prefix { $0 != "-" }.uppercased()
    let alike = known.filter { $0.hasPrefix(subject + "-") }
    if !alike.isEmpty { return "those of \(subject) are \(alike.joined(separator: ", "))" }
    var subjects: [String] = []
    for id in known where subjects.last != String(id.prefix(2)) && !subjects.contains(String(id.prefix(2))) {
      subjects.append(String(id.prefix(2)))
    }
    return "identifiers begin with \(subjects.joined(separator: ", ")), as in \(known.first ?? "GR-01")"
  }
}

/// Whether a cell's shapes fit each other: asked before an audit, because a cell with wrong ranges would trap.
enum CellShapes {
  static func validate(_ subject: CellUnderTest) throws {
    for (inputs, units) in [(1, 1), (2, 1), (1, 2), (2, 3)] {
      let cell = try subject.make(CellShape(inputSize: inputs, hiddenSize: units, layerNorm: false))
      func require(_ condition: Bool, _ what: String) throws {
        guard condition else { throw AuditError.shapes(cell: subject.name, what: what) }
      }
      try require(
        cell.inputSize == inputs && cell.hiddenSize == units,
        "asked for \(inputs) inputs and \(units) units, it has \(cell.inputSize) and \(cell.hiddenSize)")
      for (name, range) in [("output", cell.output), ("memory", cell.memory)] {
        try require(
          range.count == units && range.lowerBound >= 0 && range.upperBound <= cell.stateSize,
          "`\(name)` is \(range); it must hold \(units) of the \(cell.stateSize) state coordinates")
      }
      let state = cell.step(
        Parameters([Double](repeating: 0.25, count: cell.layout.count)),
        input: [Double](repeating: 0.5, count: inputs),
        state: [Double](repeating: 0, count: cell.stateSize))
      try require(
        state.count == cell.stateSize,
        "the step returns \(state.count) numbers; stateSize is \(cell.stateSize)")
    }
  }
}
