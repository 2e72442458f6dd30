import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about zeroth- and first-order transport.
  static let transport: [Claim] = [
    Claim(
      "TR-11", "the Fréchet derivative of a product",
      statement: "F'(0) = Σ_i (∏_{j<i} A_j) B_i (∏_{j>i} A_j) for F(ε) = ∏ (A_j + εB_j)",
      source: "Livi 2025, equations (33), (34), (44)", verdict: .proved,
      proof: .coq("frechet_derivative_of_a_product"), oracle: "prefix and suffix products",
      checks: [
        .property { system in
          Property("TR-11 first-order product") { draw in
            let splits = try draw(denseSplits())
            let bound = splits.rounding(try splits.magnitude)
            let (zeroth, correction) = system.transport.denseFirstOrder(
              splits, splits.count - 1, splits.count)
            let a = splits.zerothRows
            try compare(draw, zeroth, TransportClosedForms.denseProduct(a), bound)
            try compare(
              draw, correction, TransportClosedForms.frechetDerivative(zeroth: a, first: splits.couplingRows),
              bound)
          }
        }
      ]),
    Claim(
      "TR-12", "the first-order expansion",
      statement: "F(ε) = ∏A + εF'(0) + O(ε²), and ‖F(A+E) − F(A) − L(A,E)‖/‖E‖ → 0",
      source: "Livi 2025, equations (30), (31), (35)", verdict: .proved,
      proof: .coq("first_order_expansion_of_a_product"),
      oracle: "the sum of the norms of all dropped terms, at most ε² times its value at 1",
      checks: [
        .property { system in
          Property("TR-12 remainder is of second order") { draw in
            let splits = try draw(denseSplits())
            let epsilon = try draw("ε", magnitudes(in: 1e-3...1))
            let scaled = splits.map {
              JacobianSplit(retention: $0.retention, coupling: epsilon * $0.coupling)
            }
            let (last, lag) = (splits.count - 1, splits.count)
            let exact = system.transport.denseExact(scaled, last, lag)
            let (zeroth, correction) = system.transport.denseFirstOrder(splits, last, lag)
            let error = exact - (zeroth + epsilon * correction)
            let bound = try TruncationBound.remainder(zeroth: splits.zerothRows, first: splits.couplingRows)
            let norm = error.rowArrays.map { $0.reduce(0) { $0 + abs($1) } }.max() ?? 0
            try within(draw, norm, 0, epsilon * epsilon * bound + 3 * splits.rounding(try splits.magnitude))
          }
        }
      ]),
    Claim(
      "TR-13", "product rule", statement: "L_{FG}(A, E) = L_F(A, E) G(A) + F(A) L_G(A, E)",
      source: "Livi 2025, equation (32)", verdict: .proved, proof: .coq("matrix_product_rule"),
      oracle: "the rule for a window cut in two",
      checks: [
        .property { system in
          Property("TR-13 windows compose") { draw in
            let splits = try draw(denseSplits(count: 2...6))
            let cut = try draw("cut", integers(in: 1..<splits.count))
            let last = splits.count - 1
            let whole = system.transport.denseFirstOrder(splits, last, splits.count)
            let late = system.transport.denseFirstOrder(splits, last, cut)
            let early = system.transport.denseFirstOrder(splits, last - cut, splits.count - cut)
            let bound = 2 * splits.rounding(try splits.magnitude)
            try compare(draw, whole.zeroth, (late.zeroth * early.zeroth).rowArrays, bound)
            try compare(
              draw, whole.correction,
              (late.correction * early.zeroth + late.zeroth * early.correction).rowArrays, bound)
          }
        }
      ]),
    Claim(
      "TR-14", "exact transport is the derivative of the state",
      statement: "∂s_t/∂s_{t−ℓ} = J_t J_{t−1} ⋯ J_{t−ℓ+1}, latest factor leftmost",
      source: "Livi 2025, equations (4), (10)", verdict: .proved,
      proof: .coq("transport_is_derivative_of_state"),
      oracle: "generic steps on dual numbers over balls, from the state at t − ℓ", scope: .cells,
      checks: [
        .property { system in
          Property("TR-14 product of Jacobians", cases: 100) { draw in
            let example = try draw("network", cellCases(system.cells, hidden: 1...2))
            let splits = try example.points.map { try example.subject.jacobian(example.cell, $0) }
            let product = system.transport.denseExact(splits, example.steps - 1, example.steps)
            let view = Parameters(example.parameters.map { Dual<Bounded>($0) })
            for column in 0..<example.cell.stateSize {
              var state = [Dual<Bounded>](repeating: .zero, count: example.cell.stateSize)
              state[column].tangent = .one
              for time in 0..<example.steps {
                state = genericStep(example.cell, view, example.input(time).map { Dual($0) }, state, state)
              }
              let entries = (0..<product.rows).map { product[$0, column] }
              try within(draw, entries, state.map(\.tangent))
            }
          }
        }
      ]),
    Claim(
      "TR-15", "diagonal transport is the diagonal of the expansion",
      statement: "Γ_q = γ_q + γ⁽¹⁾_q = [∏A + F'(0)]_{qq}, for the LSTM of the c → h block",
      source: "Livi 2025, equations (44)–(46), (55)–(58), (64)", verdict: .holds,
      oracle: "dense first-order product of dual-number Jacobians", scope: .cells,
      checks: [
        .property { system in
          Property("TR-15 diagonal of the dense expansion") { draw in
            let example = try draw("network", cellCases(system.cells))
            let diagonals = try example.points.map { try example.subject.diagonal(example.cell, $0) }
            let dense = example.derivatives.map(\.split)
            let lags = Array(1...example.steps)
            let factors = system.transport.factors(diagonals, example.steps - 1, lags)
            for lag in lags {
              let window = dense[(example.steps - lag)...].reversed()
              let (zeroth, correction) = BallProduct.firstOrder(Array(window))
              for (unit, (row, column)) in zip(example.cell.output, example.cell.memory).enumerated() {
                let factor = factors[lag - 1][unit]
                let (value, part) = (zeroth[row][column], correction[row][column])
                try within(draw, factor.zeroth, value.value, value.radius, "γ")
                try within(draw, factor.correction, part.value, part.radius, "γ⁽¹⁾")
              }
            }
          }
        }
      ]),
    Claim(
      "TR-16", "transport by the printed formulas",
      statement:
        "γ = e_t ∏ f (45), ∏(1−z) (56), ∏(1−s); Γ = γ(1 + Σ b_j/a_j) with each cell's printed b_j, Const (63), (64)",
      source: "Livi 2025, equations (45), (46), (56)–(64)", verdict: .holds,
      oracle: "the printed diagonal formulas, written out for each unit",
      checks: [
        .property { system in
          Property("TR-16 textbook transport") { draw in
            let example = try draw("network", cellCases(textbookCells(system)))
            let printed = try CellOracle(example).transport(
              inputs: (0..<example.steps).map { example.input($0) }, from: example.states[0])
            let diagonals = try example.points.map { try example.subject.diagonal(example.cell, $0) }
            let factors = system.transport.factors(diagonals, example.steps - 1, [example.steps])[0]
            let (zeroth, correction) = BallProduct.firstOrder(example.derivatives.map(\.split).reversed())
            for (unit, (row, column)) in zip(example.cell.output, example.cell.memory).enumerated() {
              // Two evaluations, each along states of its own rounding, within the balls of the same quantities.
              let (value, part) = (zeroth[row][column], correction[row][column])
              try within(draw, factors[unit].zeroth, printed.zeroth[unit], 2 * value.radius, "γ")
              try within(draw, factors[unit].correction, printed.first[unit], 2 * part.radius, "γ⁽¹⁾")
            }
          }
        }
      ]),
    Claim(
      "TR-17", "the LSTM's first-order sum starts one step later",
      statement: "γ⁽¹⁾ sums diag(C_j) e_{j−1}/f_j over j = t−ℓ+1 … t, and diag(U_o) does not enter",
      source: "Livi 2025, appendix B, and public code", verdict: .amended,
      finding:
        "the oldest step has no earlier output to pass through: the sum starts at j = t−ℓ+2, so γ⁽¹⁾ = 0 at ℓ = 1, and the output gate adds a term of its own for ℓ ≥ 2",
      proof: .coq("lstm_transport"),
      oracle: "dense first-order product of 2 × 2 blocks",
      checks: [
        .property { system in
          Property("TR-17 no correction at lag 1") { draw in
            let splits = try draw("steps", arrays(of: twoBlockSteps(), count: 1...6))
            let factor = system.transport.factors(splits, splits.count - 1, [1])[0][0]
            try equal(factor.correction, 0)
            let dense = splits.map(denseTwoBlock)
            for lag in 1...splits.count {
              let factor = system.transport.factors(splits, splits.count - 1, [lag])[0][0]
              let window = Array(dense.suffix(lag))
              let exact = try TransportClosedForms.frechetDerivative(
                zeroth: window.zerothRows, first: window.couplingRows)
              try within(draw, factor.correction, exact[0][1], window.rounding(try window.magnitude))
            }
          }
        },
        .refutation { system in
          Property("TR-17 the sum as published") { draw in
            let splits = try draw("steps", arrays(of: twoBlockSteps(), count: 2...4))
            let last = splits.count - 1
            let lag = try draw("lag", integers(in: 1..<splits.count))
            let factor = system.transport.factors(splits, last, [lag])[0][0]
            var published = 0.0
            for step in (last - lag + 1)...last {
              guard let block = splits[step].twoBlock, let before = splits[step - 1].twoBlock else { return }
              let exposure = before.expression[0] / splits[step - 1].retention[0]
              published += factor.zeroth * block.outputToMemory[0] * exposure / splits[step].retention[0]
            }
            try close(factor.correction, published, within: 1e-9 * (1 + abs(published)))
          }
        },
      ]),
    Claim(
      "TR-18", "the LSTM's envelope carries c, not h",
      statement: "g_{t,ℓ} = δ_t M_{t,ℓ} B_{t−ℓ} with the c → h block of M and the rows of ∂⁺c_{t−ℓ}/∂θ",
      source: "Livi 2025, equations (10)–(12), (46)", verdict: .amended,
      finding:
        "the whole gradient also passes through the h → h block, which the c → h block alone leaves out",
      oracle: "dual numbers from the parameters at step t − ℓ to the output at step t",
      checks: [
        .property { system in
          Property("TR-18 both blocks make the sensitivity") { draw in
            let (exact, memory, output) = try lstmPaths(system, draw)
            for (unit, ball) in exact.enumerated() {
              try within(draw, memory[unit] + output[unit], ball.value, ball.radius)
            }
          }
        },
        .refutation { system in
          Property("TR-18 the c → h block alone") { draw in
            let (exact, memory, output) = try lstmPaths(system, draw)
            for (unit, ball) in exact.enumerated() {
              guard abs(memory[unit] + output[unit] - ball.value) <= 1e-9 * (1 + abs(ball.value)) else {
                return
              }
              try close(memory[unit], ball.value, within: 1e-6 + ball.radius)
            }
          }
        },
      ]),
  ]

  /// Compares a matrix with rows of an oracle, each entry within one bound.
  private static func compare(_ draw: Draw, _ matrix: Matrix, _ rows: [[Double]], _ bound: Double) throws {
    for (row, entries) in rows.enumerated() {
      for (column, entry) in entries.enumerated() { try within(draw, matrix[row, column], entry, bound) }
    }
  }

  /// One unit with separate output and memory, as in an LSTM.
  private static func twoBlockSteps() -> Generator<DiagonalSplit<Double>> {
    arrays(of: reals(in: -1...1), count: 4).map { entries in
      let forget = 0.6 + 0.4 * entries[0]
      return DiagonalSplit(
        retention: [forget], memoryToMemory: [0],
        twoBlock: .init(
          expression: [(0.6 + 0.4 * entries[1]) * forget], memoryToOutput: [0], outputToMemory: [entries[2]],
          outputToOutput: [entries[3]]))
    }
  }

  private static func denseTwoBlock(_ split: DiagonalSplit<Double>) -> JacobianSplit {
    let zeros = [0.0]
    let block = split.twoBlock
    return JacobianSplit(
      retention: Matrix(
        rows: 2, columns: 2, elements: zeros + (block?.expression ?? zeros) + zeros + split.retention),
      coupling: Matrix(
        rows: 2, columns: 2,
        elements: (block?.outputToOutput ?? zeros) + zeros + (block?.outputToMemory ?? zeros) + zeros))
  }

  /// How a change of the parameters in the first step alone changes the LSTM's output in the last: exactly, through
  /// the memory of the first step, and through its output.
  private static func lstmPaths(_ system: SystemUnderTest, _ draw: Draw) throws -> (
    exact: [Bounded], memory: [Double], output: [Double]
  ) {
    let lstm = system.cells.filter { $0.name == "lstm" }
    let example = try draw("network", cellCases(lstm, hidden: 1...2, steps: 2...3, layerNorm: false))
    let direction = try draw("direction", tensors([example.parameters.count], scale: 1))
    let points = example.points
    let still = [Double](repeating: 0, count: example.cell.stateSize)
    let immediate = try example.subject.pushForward(example.cell, points[0], still, direction)
    let splits = try points.map { try example.subject.jacobian(example.cell, $0) }
    let transport = system.transport.denseExact(splits, example.steps - 1, example.steps - 1)
    func through(_ block: Range<Int>) -> [Double] {
      example.cell.output.map { row in block.reduce(0) { $0 + transport[row, $1] * immediate[$1] } }
    }
    let moved = zip(example.parameters, direction).map { Dual(Bounded($0), tangent: Bounded($1)) }
    let fixed = example.parameters.map { Dual<Bounded>($0) }
    var state = still.map { Dual<Bounded>($0) }
    for time in 0..<example.steps {
      let parameters = Parameters(time == 0 ? moved : fixed)
      state = genericStep(example.cell, parameters, example.input(time).map { Dual($0) }, state, state)
    }
    return (
      example.cell.output.map { state[$0].tangent }, through(example.cell.memory),
      through(example.cell.output)
    )
  }
}
