import GatedCells
import Numerics
import PropertyEngine

extension Claim {
  /// The published code's one-step couplings against the Jacobian.
  static let authorJacobians: [Claim] = [
    Claim(
      "RP-20", "layer normalisation in the coupling",
      statement: "the published b_q is the diagonal of the Jacobian of the network that was run",
      source: "published code against Livi 2025, equation (64), with layer normalisation", verdict: .refuted,
      finding:
        "all runs normalise pre-activations, and the code leaves the Jacobian of the normalisation out of every coupling",
      oracle: "the dense Jacobian",
      checks: [
        .property { system in
          Property("RP-20 the diagonal is that of the Jacobian", cases: 60) { draw in
            guard let cell = system.cells.first(where: { $0.name == "const" }) else {
              throw Rejection("no const cell")
            }
            let built = try cell.make(CellShape(inputSize: 2, hiddenSize: 3, layerNorm: true))
            try agreesWithJacobian(cell, built, try point(draw, built))
          }
        },
        .refutation { system in
          Property("RP-20 the code's coupling is that of the Jacobian", cases: 60) { draw in
            let built = try ConstGateCell(inputSize: 2, hiddenSize: 3, layerNorm: true, gate: 0.3)
            let point = try point(draw, built)
            let exact = DiagonalSplit(
              built.linearise(point.parameters, input: point.input, state: point.state)
                .jacobian(built, point.parameters), cell: built)
            try close(system.author.constantGateCoupling(built, point), exact.memoryToMemory, within: 1e-6)
          }
        },
      ]),
    Claim(
      "RP-21", "all units behind the reset gate",
      statement: "the published b_q of the GRU is the diagonal of its Jacobian",
      source: "published code against Livi 2025, equation (53)", verdict: .refuted,
      finding: "the sum over all units k that the reset gates make is cut to k = q",
      oracle: "the dense Jacobian",
      checks: [
        .property { system in
          Property("RP-21 the diagonal is that of the Jacobian", cases: 60) { draw in
            guard let cell = system.cells.first(where: { $0.name == "gru" }) else {
              throw Rejection("no GRU")
            }
            let built = try cell.make(CellShape(inputSize: 2, hiddenSize: 3, layerNorm: false))
            try agreesWithJacobian(cell, built, try point(draw, built))
          }
        },
        .refutation { system in
          Property("RP-21 the code's coupling is that of the Jacobian", cases: 60) { draw in
            let built = try GRUCell(inputSize: 2, hiddenSize: 3)
            let point = try point(draw, built)
            let exact = DiagonalSplit(
              built.linearise(point.parameters, input: point.input, state: point.state)
                .jacobian(built, point.parameters), cell: built)
            try close(system.author.gatedUnitCoupling(built, point), exact.memoryToMemory, within: 1e-6)
          }
        },
      ]),
  ]

  /// Random parameters, input and state.
  private static func point(_ draw: Draw, _ cell: some RecurrentCell) throws -> StepPoint {
    var stream = RandomStream(seed: try draw.seed(), purpose: "claims.point")
    return StepPoint(
      parameters: Parameters(stream.normals(cell.layout.count)), input: stream.normals(cell.inputSize),
      state: stream.normals(cell.stateSize))
  }

  private static func agreesWithJacobian(
    _ cell: CellUnderTest, _ built: any RecurrentCell, _ point: StepPoint
  ) throws {
    func diagonal(_ built: some RecurrentCell) throws -> DiagonalSplit<Double> {
      DiagonalSplit(try cell.jacobian(built, point), cell: built)
    }
    let exact = try diagonal(built)
    let fast = try cell.diagonal(built, point)
    // The same products in another order: sums of a dozen products of normal numbers, below 1000 in all.
    try close(fast.retention, exact.retention, within: 1e-12)
    try close(fast.memoryToMemory, exact.memoryToMemory, within: 1e-12)
  }
}
