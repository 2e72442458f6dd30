import GatedCells
import Numerics
import PropertyEngine
import Testing

@testable import Claims

/// Every worked example is audited as it stands and with something broken.
@Suite struct ExampleAuditTests {
  static let examples = CellCatalogue.all.filter { $0.builtIn == nil }.map(\.name)

  /// Every worked example keeps every claim about cells, except that nothing bounds IndRNN's recurrent weight: its
  /// retention factors leave [0, 1], and transport may grow.
  @Test(arguments: examples) func exampleAudits(name: String) throws {
    let audit = CellAudit.run([try .named(name)], profile: .ci, seed: 0)
    let failing = Set(audit.failures.map(\.claim.id))
    #expect(failing == (name == "indrnn" ? ["CE-05", "CE-06"] : []), "\(AuditFailure(audit: audit))")
  }

  /// The hand-written retention factors of each example agree with the derivatives of its step.
  @Test(arguments: examples) func handWrittenRetentionPasses(name: String) throws {
    try audit(HandWritten.cell(name, isBroken: false), claims: ["CE-09"], profile: .ci)
  }

  /// One wrong gate in the hand-written retention factors of an example is caught, with at most two units and three steps.
  @Test(arguments: examples) func brokenRetentionIsCaught(name: String) throws {
    let audit = CellAudit.run(
      [try HandWritten.cell(name, isBroken: true)], claims: try Claim.named(["CE-09"]),
      profile: .ci, seed: 0)
    try expectSmallCounterexample(audit, claim: "CE-09")
  }

  /// A hand-written step with one gate wrong is caught by the generic one.
  @Test(arguments: examples) func brokenStepIsCaught(name: String) throws {
    var cell = try CellUnderTest.named(name)
    let derived = cell.step
    cell.step = { cell, point in
      // The last block of parameters (an output gate's peephole, a leak, a bias) is left out.
      var values = point.parameters.values
      for index in cell.layout.blocks.last?.range ?? 0..<0 { values[index] = 0 }
      return try derived(
        cell, StepPoint(parameters: Parameters(values), input: point.input, state: point.state))
    }
    let audit = CellAudit.run(
      [cell], claims: try Claim.named(["CE-02"]), profile: .ci, seed: 0)
    try expectSmallCounterexample(audit, claim: "CE-02")
  }

  /// One derivative of one path left out of the Jacobian is caught.
  @Test(arguments: examples) func brokenJacobianIsCaught(name: String) throws {
    var cell = try CellUnderTest.named(name)
    let derived = cell.jacobian
    cell.jacobian = { cell, point in
      var split = try derived(cell, point)
      let unit = cell.memory.lowerBound
      var retention = split.retention
      retention[unit, unit] *= 1.000001
      split = JacobianSplit(retention: retention, coupling: split.coupling)
      return split
    }
    let audit = CellAudit.run(
      [cell], claims: try Claim.named(["CE-08"]), profile: .ci, seed: 0)
    try expectSmallCounterexample(audit, claim: "CE-08")
  }

  /// A cell that reads `recurrent` on its retention path has none, and is told so.
  @Test(arguments: examples) func misnamedRetentionIsCaught(name: String) throws {
    let make = try CellCatalogue.entry(named: name).make
    let audit = CellAudit.run(
      [.derived(name: name) { RewiredCell(original: try make($0, $1), wiring: .retentionFree) }],
      claims: try Claim.named(["CE-04"]), profile: .ci, seed: 0)
    try expectSmallCounterexample(audit, claim: "CE-04")
  }

  /// A gate that reads `retained` puts the retention path through recurrent weights, which is not unit by unit.
  @Test(arguments: ["peephole-lstm", "coupled-lstm", "mgu", "reset-after-gru", "leaky"])
  func gateOnTheRetentionPathIsCaught(name: String) throws {
    let make = try CellCatalogue.entry(named: name).make
    let audit = CellAudit.run(
      [.derived(name: name) { RewiredCell(original: try make($0, $1), wiring: .swapped) }],
      claims: try Claim.named(["CE-03"]), profile: .ci, seed: 0)
    try expectSmallCounterexample(audit, claim: "CE-03")
  }

  /// A step that does something else the second time is found out.
  @Test func indeterministicStepIsCaught() throws {
    var cell = try CellUnderTest.named("mgu")
    cell.step = { cell, point in
      var generator = SystemRandomNumberGenerator()
      let noise = Double.random(in: 0...1, using: &generator)
      return cell.step(point.parameters, input: point.input, state: point.state).map { $0 + noise }
    }
    let audit = CellAudit.run(
      [cell], claims: try Claim.named(["CE-01"]), profile: .ci, seed: 0)
    #expect(!audit.isConfirmed)
  }

  private func expectSmallCounterexample(_ audit: CellAudit, claim: String) throws {
    #expect(audit.failures.map(\.claim.id) == [claim])
    let example = try #require(audit.failures.first?.checks.compactMap(\.outcome.counterexample).first)
    let text = example.summary
    let sizes = try #require(CounterexampleSize(text), "the counterexample does not tell its size: \(text)")
    #expect(sizes.units <= 2 && sizes.steps <= 3, "\(text)")
  }
}
