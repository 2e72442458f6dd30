import Claims
import GatedCells
import Numerics
import Testing

/// A cell as an author outside this package would write it: an exponential moving average of its squashed input.
private struct MovingAverage: SizedCell {
  let name = "moving-average"
  let inputSize: Int
  let hiddenSize: Int
  let layout: ParameterLayout
  let weights, bias, pace: ParameterBlock

  init(inputSize: Int, hiddenSize: Int) throws {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    weights = layout.append("W", rows: hiddenSize, columns: inputSize, role: .inputWeights)
    bias = layout.append("b", rows: hiddenSize, role: .bias)
    pace = layout.append("pace", rows: hiddenSize, role: .bias, isGate: true)
    self.layout = layout
  }

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    blend(
      gate: parameters.vector(pace).map { S.logistic($0) }, kept: retained,
      candidate: parameters.affine(weights, input, bias).map { S.tanh($0) })
  }
}

/// A cell that returns half of its state.
private struct TooShort: SizedCell {
  let name = "too-short"
  let inputSize: Int
  let hiddenSize: Int
  var stateSize: Int { 2 * hiddenSize }
  let layout = ParameterLayout()

  init(inputSize: Int, hiddenSize: Int) throws {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
  }

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    Array(retained.prefix(hiddenSize))
  }
}

@Suite struct LibraryAuditTests {
  /// A cell written once is audited by one call.
  @Test func aNewCellIsAudited() throws {
    let result = try audit(MovingAverage(inputSize: 1, hiddenSize: 1))
    #expect(result.results.count == CellAudit.cellClaims.count)
  }

  /// A failing audit throws the claims with their counterexamples and the way to see them again.
  @Test func aFailureTellsWhatFails() throws {
    let failure = try #require(throws: AuditFailure.self) { try audit(IndRNN(inputSize: 1, hiddenSize: 1)) }
    #expect(failure.description.contains("CE-05 fails on indrnn"))
    #expect(failure.description.contains("reproduce: learnability audit indrnn --claims CE-05"))
  }

  /// Claims can be chosen, and a wrong identifier is named.
  @Test func claimsAreChosenByIdentifier() throws {
    let result = try audit(MovingAverage(inputSize: 1, hiddenSize: 1), claims: ["CE-01"])
    #expect(result.claims.map(\.id) == ["CE-01"])
    let error = try #require(throws: AuditError.self) {
      try audit(MovingAverage(inputSize: 1, hiddenSize: 1), claims: ["GR-99"])
    }
    #expect(error.description.contains("no claim called \"GR-99\""))
  }

  /// A cell whose shapes contradict each other is refused with a sentence before it can trap.
  @Test func contradictingShapesAreRefused() throws {
    let error = try #require(throws: AuditError.self) { try audit(TooShort(inputSize: 1, hiddenSize: 1)) }
    #expect(error.description.contains("the step returns 1 numbers; stateSize is 2"))
  }

  /// The same seed gives the same audit, whatever runs beside it.
  @Test func auditsAreReproducible() throws {
    let cells = try ["mgu", "gru"].map { try CellUnderTest.named($0) }
    let together = CellAudit.run(cells, seed: 7)
    let alone = CellAudit.run([cells[0]], seed: 7)
    for result in alone.results {
      let other = try #require(together.result(result.claim, "mgu"))
      #expect(other.worstErrorOverBound == result.worstErrorOverBound)
      #expect(other.checks.map(\.outcome.cases) == result.checks.map(\.outcome.cases))
    }
  }
}
