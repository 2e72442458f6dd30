import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct CellOracleTests {
  /// The textbook steps and matrix-formula Jacobians give PyTorch's hidden states and autograd Jacobians, for every cell with
  /// and without layer normalisation.
  ///
  /// Tolerance: an entry takes at most 200 roundings (5 steps of at most 40: sums of 8 terms in four gates, slopes, update).
  /// Each is amplified no more than the fixture's own error, which its bound (measured against 60 digits) puts at one
  /// rounding at least; hence 200 bounds.
  @Test(arguments: TorchCase.names) func agreesWithPyTorch(name: String) throws {
    let torch = try TorchCase.load(name)
    let kind = try #require(CellOracle.Kind(rawValue: torch.cell))
    let cell = try CellOracle(
      kind: kind, hidden: torch.hidden, inputs: torch.input, hasLayerNorm: torch.layerNorm,
      constantGate: torch.constantGate.flatMap(Double.init) ?? 0, flat: numbers(torch.parameters))
    #expect(cell.stateWidth == torch.stateWidth)
    func tolerance(_ quantity: String) throws -> Double {
      let bound = try #require(torch.errorBound[quantity].flatMap(Double.init))
      return bound * 200
    }
    let inputs = numbers(torch.inputs).pieces(torch.input).pieces(torch.steps)
    let states = numbers(torch.states).pieces(torch.stateWidth).pieces(torch.steps)
    let starts = numbers(torch.initialState).pieces(torch.stateWidth)
    for sequence in 0..<torch.sequences {
      let mine = try cell.run(inputs: inputs[sequence], from: starts[sequence])
      for (a, b) in zip(mine.joined(), states[sequence].joined()) {
        let allowed = try tolerance("states")
        #expect((a - b).magnitude <= allowed)
      }
    }
    let jacobians = numbers(torch.jacobians).pieces(torch.stateWidth).pieces(torch.stateWidth)
    for t in 0..<torch.steps {
      let before = t == 0 ? starts[0] : states[0][t - 1]
      let mine = try cell.jacobian(input: inputs[0][t], state: before)
      for (a, b) in zip(mine.joined(), jacobians[t].joined()) {
        let allowed = try tolerance("jacobians")
        #expect((a - b).magnitude <= allowed)
      }
    }
  }

  static func randomCell(
    _ kind: CellOracle.Kind, norm: Bool, hidden: Int = 4, random: inout RandomStream
  ) throws -> CellOracle {
    let layout = CellOracle.layout(kind: kind, hidden: hidden, inputs: 2, hasLayerNorm: norm)
    let size = layout.reduce(0) { $0 + $1.rows * $1.columns }
    return try CellOracle(
      kind: kind, hidden: hidden, inputs: 2, hasLayerNorm: norm, constantGate: 0.2,
      flat: random.normals(size).map { 0.7 * $0 })
  }

  /// The diagonal first-order formulas are the diagonal of the dense Fréchet expansion (for the LSTM, of its c → h block), for
  /// every cell, with and without layer normalisation, at every lag up to 7.
  ///
  /// Tolerance: 7 products of 8×8 matrices, 2·7·8 roundings each entry, of size at most the product of (norm A + norm B).
  @Test(arguments: CellOracle.Kind.allCases) func diagonalsMatchDenseExpansion(kind: CellOracle.Kind) throws {
    var random = stream("diagonals")
    for trial in 0..<20 {
      let cell = try Self.randomCell(kind, norm: trial % 2 == 1, random: &random)
      let lag = 1 + trial % 7
      let start = random.normals(cell.stateWidth).map { 0.5 * $0 }
      let inputs = (0..<lag).map { _ in random.normals(2) }
      var splits: [CellOracle.Split] = []
      var state = start
      for input in inputs {
        splits.insert(try cell.split(input: input, state: state), at: 0)
        state = try cell.step(input: input, state: state)
      }
      let zeroth = try TransportClosedForms.denseProduct(splits.map(\.zeroth))
      let first = try TransportClosedForms.frechetDerivative(
        zeroth: splits.map(\.zeroth), first: splits.map(\.first))
      let transport = try cell.transport(inputs: inputs, from: start)
      let column = kind == .lstm ? cell.hidden : 0
      let scale = splits.reduce(1) {
        $0 * max(1, Vectors.rowSumNorm($1.zeroth) + Vectors.rowSumNorm($1.first))
      }
      for q in 0..<cell.hidden {
        #expect(agree(transport.zeroth[q], zeroth[q][column + q], operations: 1000, scale: scale))
        #expect(agree(transport.first[q], first[q][column + q], operations: 1000, scale: scale))
      }
      if kind == .lstm && lag == 1 { #expect(transport.first.allSatisfy { $0 == 0 }) }
    }
  }

  /// Dropping layer normalisation from the Jacobian is seen: the split of a normalised cell differs from the plain formula.
  @Test func layerNormReachesTheJacobian() throws {
    var random = stream("layer norm")
    let cell = try Self.randomCell(.const, norm: true, random: &random)
    let plain = cell.matrix("U")
    let inside = cell.activations(input: [0.3, -0.2], state: [0.1, -0.4, 0.2, 0.3])
    let normalised = cell.candidateMatrix("U", inside.preActivation)
    #expect(Vectors.rowSumNorm(Vectors.subtract(plain, normalised)) > 0.1)
  }

  /// The GRU's published auxiliary envelopes are not transport: with saturated gates and no coupling the exact transport at lag 10
  /// is below 1e-20, while `γ + ∏r + ∏(1−z)r` is above 0.9; at lag 0 the published sum is 3 instead of 1.
  @Test func auxiliaryEnvelopesAreNotTransport() throws {
    // One unit, one input; blocks Wz Uz bz Wr Ur br Wh Uh bh, biases 6 open both gates.
    let cell = try CellOracle(
      kind: .gru, hidden: 1, inputs: 1, hasLayerNorm: false, flat: [0, 0, 6, 0, 0, 6, 0, 0, 0])
    let transport = try cell.transport(inputs: [[Double]](repeating: [0], count: 10), from: [0.5])
    let gate = CellOracle.logistic(6)
    #expect(agree(transport.zeroth[0], pow(1 - gate, 10), operations: 100_000))
    #expect(transport.zeroth[0] + transport.first[0] < 1e-20)
    #expect(transport.zeroth[0] + pow(gate, 10) + pow((1 - gate) * gate, 10) > 0.9)
  }

  /// Wrong shapes are refused by name.
  @Test func shapesAreChecked() throws {
    #expect(throws: OracleError.self) {
      try CellOracle(kind: .lstm, hidden: 2, inputs: 1, hasLayerNorm: false, flat: [1, 2, 3])
    }
    var random = stream("shapes")
    let cell = try Self.randomCell(.diag, norm: false, random: &random)
    #expect(throws: OracleError.self) { try cell.step(input: [1], state: [0, 0, 0, 0]) }
    #expect(throws: OracleError.self) { try cell.jacobian(input: [1, 2], state: [0]) }
    #expect(throws: OracleError.self) { try cell.transport(inputs: [], from: [0, 0, 0, 0]) }
  }
}
