import GatedCells
import Numerics
import PropertyEngine

/// An audit in which some claim did not come out as its verdict says.
public struct AuditFailure: Error, CustomStringConvertible {
  public let audit: CellAudit

  public init(audit: CellAudit) { self.audit = audit }

  public var description: String {
    let lines = audit.failures.map { $0.failureText(profile: audit.profile, seed: audit.seed) }
    return "\(audit.failures.count) of \(audit.results.count) claims fail\n" + lines.joined(separator: "\n")
  }
}

extension ClaimResult {
  /// The failing checks with their smallest counterexamples and the command that shows them again.
  public func failureText(profile: String, seed: UInt64) -> String {
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
    lines.append("  reproduce: " + reproduction(profile: profile, seed: seed))
    return lines.joined(separator: "\n")
  }
}

extension ClaimResult {
  /// A command for cells that the program knows by name, a line of a test for others.
  private func reproduction(profile: String, seed: UInt64) -> String {
    let isKnown = CellCatalogue.all.contains { $0.name == system }
    guard isKnown || system == CellAudit.theory else {
      return "try audit(…, claims: [\"\(claim.id)\"], profile: .\(profile), seed: \(seed)) with \(system)"
    }
    let cell = isKnown ? " \(system)" : ""
    return "learnability audit\(cell) --claims \(claim.id) --profile \(profile) --seed \(seed)"
  }
}

/// What can be wrong with a request for an audit.
public enum AuditError: Error, Equatable, CustomStringConvertible {
  case unknownClaim(String, known: [String])
  case shapes(cell: String, what: String)

  public var description: String {
    switch self {
    case .unknownClaim(let name, let known):
      "there is no claim called \"\(name)\"; known are \(known.joined(separator: ", "))"
    case .shapes(let cell, let what): "the cell \(cell) contradicts itself: \(what)"
    }
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
