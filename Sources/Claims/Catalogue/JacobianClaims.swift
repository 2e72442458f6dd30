import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about the one-step Jacobian and its parts.
  static let jacobians: [Claim] = [
    Claim(
      "GR-11", "one-step Jacobian and its split",
      statement:
        "J = A + B with A the derivative along the retention path and B through gates and candidates",
      source: "Livi 2025, appendix B, equations (41)–(43), (51)–(54), (60), (62), (64)", verdict: .holds,
      oracle: "generic step on dual numbers over balls, retained and recurrent state apart", scope: .cells,
      checks: [
        .property { system in
          Property("GR-11 split Jacobian") { draw in
            let example = try draw("network", stepCases(system.cells))
            for point in example.points {
              let closed = try example.subject.jacobian(example.cell, point)
              let oracle = StepDerivatives(cell: example.cell, point: point).split
              try within(draw, closed.retention.elements, oracle.retention.flatMap { $0 }, "retention")
              try within(draw, closed.coupling.elements, oracle.coupling.flatMap { $0 }, "coupling")
            }
          }
        }
      ]),
    Claim(
      "GR-12", "the step is the textbook's",
      statement: "LSTM (36)–(40), GRU (47)–(50), leaky cells (59), (61), (63), with or without layer norm",
      source: "Livi 2025, appendix B, equations (36)–(40), (47)–(50), (59), (61), (63)", verdict: .holds,
      oracle: "textbook copies of the five cells",
      checks: [
        .property { system in
          Property("GR-12 step") { draw in
            let example = try draw("network", stepCases(textbookCells(system)))
            let textbook = try CellOracle(example)
            for point in example.points {
              let balls = genericStep(
                example.cell, Parameters(point.parameters.values.map { Bounded($0) }),
                point.input.map { Bounded($0) },
                point.state.map { Bounded($0) }, point.state.map { Bounded($0) })
              let step = try example.subject.step(example.cell, point)
              let expected = try textbook.step(input: point.input, state: point.state)
              for (index, entry) in step.enumerated() {
                // Both are within one radius of the exact state.
                try within(draw, entry, expected[index], 2 * balls[index].radius)
              }
            }
          }
        }
      ]),
    Claim(
      "GR-13", "the Jacobian is the paper's matrix formula",
      statement:
        "LSTM (43), GRU (51)–(54), diagonal (60), shared (62), constant (64) gate, candidate through layer norm",
      source: "Livi 2025, appendix B", verdict: .holds, oracle: "the printed matrix formulas, dense",
      checks: [
        .property { system in
          Property("GR-13 matrix formulas") { draw in
            let example = try draw("network", stepCases(textbookCells(system)))
            let textbook = try CellOracle(example)
            for point in example.points {
              let closed = try example.subject.jacobian(example.cell, point)
              let bounds = StepDerivatives(cell: example.cell, point: point).split
              let printed = try textbook.split(input: point.input, state: point.state)
              let radii = zip(bounds.retention, bounds.coupling).flatMap {
                zip($0, $1).map { $0.radius + $1.radius }
              }
              // Both are within one radius of the exact entry.
              for (index, bound) in radii.enumerated() {
                try within(
                  draw, closed.retention.elements[index], printed.zeroth.flatMap { $0 }[index], 2 * bound, "A"
                )
                try within(
                  draw, closed.coupling.elements[index], printed.first.flatMap { $0 }[index], 2 * bound, "B")
              }
            }
          }
        }
      ]),
    Claim(
      "GR-14", "the diagonal of the coupling sums over all units",
      statement:
        "the GRU's B_qq holds z_q g'_q Σ_k U_h,qk h_k r'_k U_r,kq over every k; likewise each cell's diagonal",
      source: "Livi 2025, equations (52), (53), (57)", verdict: .holds,
      oracle: "diagonal of the dual-number Jacobian", scope: .cells,
      checks: [
        .property { system in
          Property("GR-14 diagonal split") { draw in
            let example = try draw("network", stepCases(system.cells))
            for point in example.points {
              let fast = try example.subject.diagonal(example.cell, point)
              let oracle = StepDerivatives(cell: example.cell, point: point).split
              let (memory, output) = (example.cell.memory, example.cell.output)
              func check(_ entries: [Double], _ rows: Range<Int>, _ columns: Range<Int>, _ part: [[Bounded]])
                throws
              {
                let diagonal = zip(rows, columns).map { part[$0][$1] }
                try within(draw, entries, diagonal)
              }
              try check(fast.retention, memory, memory, oracle.retention)
              try check(fast.memoryToMemory, memory, memory, oracle.coupling)
              try equal(fast.twoBlock == nil, memory == output)
              guard let blocks = fast.twoBlock else { continue }
              try check(blocks.expression, output, memory, oracle.retention)
              try check(blocks.memoryToOutput, output, memory, oracle.coupling)
              try check(blocks.outputToMemory, memory, output, oracle.coupling)
              try check(blocks.outputToOutput, output, output, oracle.coupling)
            }
          }
        }
      ]),
    Claim(
      "GR-15", "one unit's reset gate does not suffice",
      statement: "B_qq of the GRU needs U_h,qk h_k r'_k U_r,kq for k = q only",
      source: "Livi 2025, public code, run_learnability_lstm_gru_DGX.py:675", verdict: .refuted,
      finding:
        "the reset gate of every unit k reaches unit q through U_h; with two units the diagonal differs",
      oracle: "a hand-written GRU diagonal",
      checks: [
        .refutation { system in
          Property("GR-15 same-unit reset term alone") { draw in
            let gru = system.cells.filter { $0.name == "gru" }
            let example = try draw("network", stepCases(gru, hidden: 2...2, layerNorm: false))
            guard let point = example.points.last else { return }
            let fast = try example.subject.diagonal(example.cell, point)
            // The printed formula is evaluated in the same precision: it can only differ by a missing term.
            try close(fast.memoryToMemory, sameUnitDiagonal(example.cell, point), within: 1e-9)
          }
        }
      ]),
    Claim(
      "GR-16", "layer normalisation enters the Jacobian",
      statement:
        "S U in the candidate path becomes S (1/σ) D(gain) (I − 11ᵀ/H − x̂x̂ᵀ/H) U; a common shift of the pre-activations has no effect",
      source: "Livi 2025, appendix B; Ba, Kiros, Hinton 2016", verdict: .amended,
      finding:
        "the paper's formulas and public code leave the normalisation out of the Jacobian, though all runs use it",
      oracle: "dual numbers for the formula, exact invariance for the shift",
      checks: [
        .property { system in
          Property("GR-16 common shift has no effect") { draw in
            let example = try draw(
              "network", stepCases(textbookCells(system), hidden: 2...3, layerNorm: true))
            guard let point = example.points.last else { return }
            let direction = candidateShift(example)
            let still = [Double](repeating: 0, count: example.cell.stateSize)
            let pushed = try example.subject.pushForward(example.cell, point, still, direction)
            // Exactly zero in exact arithmetic; the ball of the dual evaluation around its centre holds zero.
            let balls = StepDerivatives(cell: example.cell, point: point)
              .pushForward(tangent: still, direction: direction)
            for (entry, ball) in zip(pushed, balls) { try within(draw, entry, 0, 2 * ball.radius) }
          }
        },
        .refutation { system in
          Property("GR-16 Jacobian without the normalisation") { draw in
            let example = try draw(
              "network", stepCases(textbookCells(system), hidden: 2...2, layerNorm: true))
            guard let point = example.points.last else { return }
            let normalised = try example.subject.jacobian(example.cell, point)
            let ignoring = try AlteredCell.withoutNormalisation(example.cell).jacobian(point)
            for (entry, other) in zip(normalised.coupling.elements, ignoring.coupling.elements) {
              try close(entry, other, within: 1e-3 * (1 + abs(entry)))
            }
          }
        },
      ]),
    Claim(
      "GR-17", "squared rows of the immediate Jacobian",
      statement: "Σᵢ wᵢ bᵢ² over the row b = ∂⁺m_q/∂θ of each memory unit", source: "Livi 2025, equation (7)",
      verdict: .holds, oracle: "rows built column by column on dual numbers", scope: .cells,
      checks: [
        .property { system in
          Property("GR-17 squared rows", cases: 80) { draw in
            let example = try draw("network", stepCases(system.cells, hidden: 1...2))
            let weights = try draw(
              "weights", arrays(of: reals(in: 0...4), count: example.cell.layout.count))
            guard let point = example.points.last else { return }
            let rows = StepDerivatives(cell: example.cell, point: point).memoryRows
            let squares = try example.subject.squaredRows(example.cell, point, weights)
            for (unit, row) in rows.enumerated() {
              let ball = zip(row, weights).reduce(Bounded(0)) { $0 + $1.0 * $1.0 * Bounded($1.1) }
              try within(draw, squares[unit], ball.value, ball.radius)
            }
          }
        }
      ]),
  ]

  /// The cells of a system of which a textbook copy exists.
  static func textbookCells(_ system: SystemUnderTest) -> [CellUnderTest] {
    system.cells.filter { CellOracle.Kind(rawValue: $0.name) != nil }
  }

  /// The diagonal of a GRU's coupling, without layer normalisation, as the public code has it: of the sum over k in
  /// `(g_q − h_q) z'_q U_z,qq + z_q g'_q (U_h,qq r_q + Σ_k U_h,qk h_k r'_k U_r,kq)` only k = q is kept.
  private static func sameUnitDiagonal(_ cell: any RecurrentCell, _ point: StepPoint) -> [Double] {
    let blocks = cell.layout.blocks
    let h = point.state
    func gate(_ first: Int, _ recurrent: [Double]) -> [Double] {
      let affine = AffineBlock(input: blocks[first], recurrent: blocks[first + 1], bias: blocks[first + 2])
      return point.parameters.affine(affine, point.input, recurrent)
    }
    let z = gate(0, h).map { Double.logistic($0) }
    let r = gate(3, h).map { Double.logistic($0) }
    let g = gate(6, hadamard(r, h)).map { Double.tanh($0) }
    return (0..<cell.hiddenSize).map { q in
      func weight(_ block: Int) -> Double {
        point.parameters.vector(blocks[block])[q * (cell.hiddenSize + 1)]
      }
      let candidate = weight(7) * r[q] + weight(7) * h[q] * r[q] * (1 - r[q]) * weight(4)
      return (g[q] - h[q]) * z[q] * (1 - z[q]) * weight(1) + z[q] * (1 - g[q] * g[q]) * candidate
    }
  }

  /// The direction that raises every candidate pre-activation alike.
  private static func candidateShift(_ example: CellCase) -> [Double] {
    var direction = [Double](repeating: 0, count: example.parameters.count)
    for block in example.cell.layout.blocks where block.role == .bias && !block.isGate {
      for index in block.range { direction[index] = 1 }
    }
    return direction
  }
}

extension CellOracle {
  /// The textbook copy of a case's cell with its parameters.
  init(_ example: CellCase) throws {
    guard let kind = CellOracle.Kind(rawValue: example.subject.name) else {
      throw Rejection("there is no textbook copy of \(example.subject.name)")
    }
    try self.init(
      kind: kind, hidden: example.cell.hiddenSize, inputs: example.cell.inputSize,
      hasLayerNorm: example.layerNorm, constantGate: (example.cell as? ConstGateCell)?.gate ?? 0,
      flat: example.parameters)
  }
}
