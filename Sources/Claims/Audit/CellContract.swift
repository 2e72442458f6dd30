import GatedCells
import LearnabilityWindow
import Numerics
import PropertyEngine

extension Claim {
  /// What the theory presupposes of a cell: asked of the built-in cells by the catalogue, and of any other by its audit.
  public static let cellContract = cellContract { CellWalk.cases($0) }

  /// The same, asked on given walks: of a network with fixed weights, for one.
  static func cellContract(
    _ walks: @escaping @Sendable ([CellUnderTest]) -> Generator<CellWalk>
  ) -> [Claim] {
    contracts.map { contract in
      Claim(
        contract.id, contract.title, statement: contract.statement, source: contract.source, verdict: .holds,
        oracle: "the generic step", scope: .cells,
        checks: [
          .property { system in
            Property("\(contract.id) \(contract.title)") { draw in
              try contract.body(draw, try draw("network", walks(system.cells)), system)
            }
          }
        ])
    }
  }

  private struct Contract: Sendable {
    let id: String
    let title: String
    let statement: String
    let source: String
    let body: @Sendable (Draw, CellWalk, SystemUnderTest) throws -> Void
  }

  private static let contracts: [Contract] = [
    contract(
      "CE-01", "the step is a function",
      statement: "equal parameters, input and state give equal bits: stateSize finite numbers",
      source: "RecurrentCell"
    ) { draw, walk, _ in
      for point in walk.points {
        let first = try walk.subject.step(walk.cell, point)
        let second = try walk.subject.step(walk.cell, point)
        try equal(first.count, walk.cell.stateSize, "the length of the state")
        try equal(first.map(\.bitPattern), second.map(\.bitPattern), "the same step twice")
        try holds(first.allSatisfy(\.isFinite), "the state after the step is finite: \(first)")
      }
    },
    contract(
      "CE-02", "fast step and generic step agree",
      statement: "the hand-written step computes what the generic step does", source: "RecurrentCell"
    ) { draw, walk, _ in
      let balls = Parameters(walk.parameters.map { Bounded($0) })
      for point in walk.points {
        let fast = try walk.subject.step(walk.cell, point)
        let state = point.state.map { Bounded($0) }
        let exact = genericStep(walk.cell, balls, point.input.map { Bounded($0) }, state, state)
        for (entry, ball) in zip(fast, exact) {
          // The ball charges each operation for 512 roundings, so it holds every order of the same operations.
          try within(draw, entry, ball.value, ball.radius)
        }
      }
    },
    contract(
      "CE-03", "the retention path is unit by unit",
      statement: "A = ∂s'/∂(retained) is diagonal on the memory coordinates and reads nothing else",
      source: "Livi 2025, section 3: the zeroth-order factor of each unit"
    ) { draw, walk, _ in
      let memory = walk.cell.memory
      for point in walk.points {
        let retention = try walk.subject.jacobian(walk.cell, point).retention
        for row in 0..<walk.cell.stateSize {
          for column in 0..<walk.cell.stateSize {
            let isOwn = memory.contains(column) && (row - column) % walk.cell.hiddenSize == 0
            // Derivatives that do not exist are zero exactly: no operation produces them.
            if !isOwn {
              try equal(
                retention[row, column], 0,
                "∂s'[\(row)]/∂retained[\(column)]: a gate or candidate reads `retained` where it should read `recurrent`"
              )
            }
          }
        }
      }
    },
    contract(
      "CE-04", "the cell has a retention path",
      statement: "A_qq ≠ 0 for every unit q, at parameters without coincidences",
      source: "Livi 2025, section 3"
    ) { draw, walk, _ in
      let memory = walk.cell.memory
      for point in walk.points(walk.generic) {
        let retention = try walk.subject.jacobian(walk.cell, point).retention
        for unit in memory {
          try holds(
            retention[unit, unit] != 0,
            "memory unit \(unit - memory.lowerBound) keeps nothing along the retention path: does the step read `retained`?"
          )
        }
      }
    },
    contract(
      "CE-05", "retention factors lie in [0, 1]",
      statement: "0 ≤ A_qq ≤ 1 on the memory coordinates", source: "Livi 2025, lemma 5.1: hypothesis"
    ) { draw, walk, _ in
      for point in walk.points {
        for factor in try walk.subject.diagonal(walk.cell, point).retention {
          // A gate is rounded once and its complement once more.
          try atMost(factor, 1 + 0x1p-50, "retention")
          try atMost(-factor, 0x1p-50, "negative retention")
        }
      }
    },
    contract(
      "CE-06", "zeroth-order transport of the cell is monotone",
      statement: "|γ_{t,ℓ+1}| ≤ |γ_{t,ℓ}| along every trajectory",
      source: "Livi 2025, lemma 5.1, zeroth order"
    ) { draw, walk, system in
      let splits = try walk.points.map { try walk.subject.diagonal(walk.cell, $0) }
      let factors = system.transport.factors(splits, splits.count - 1, Array(1...splits.count))
      for (shorter, longer) in zip(factors, factors.dropFirst()) {
        for (near, far) in zip(shorter, longer) {
          // One more factor of at most 1 + 2⁻⁵⁰, and one rounding.
          try atMost(abs(far.zeroth), abs(near.zeroth) * (1 + 0x1p-49) + 0x1p-1000)
        }
      }
    },
    contract(
      "CE-07", "base rates lie within the preconditioner",
      statement: "min λ ≤ Λ^(q) ≤ max λ, with Λ the Rayleigh quotient over the unit's row of ∂⁺s/∂θ",
      source: "Livi 2025, equation (7)"
    ) { draw, walk, _ in
      let weights = try draw("preconditioner", arrays(of: reals(in: 0.25...4), count: walk.parameters.count))
      for point in walk.points {
        let plain = try walk.subject.squaredRows(walk.cell, point, weights.map { _ in 1 })
        let weighted = try walk.subject.squaredRows(walk.cell, point, weights)
        for (above, below) in zip(weighted, plain) where below > 0x1p-900 {
          // Sums of nonnegative products: relative error at most (count + 2) roundings each.
          let slack = 1 + Double(4 * (weights.count + 2)) * 0x1p-53
          try atMost(above / below, (weights.max() ?? 0) * slack)
          try atMost((weights.min() ?? 0) / slack, above / below)
        }
      }
    },
    contract(
      "CE-08", "hand-written Jacobian and derivatives agree",
      statement:
        "the split A + B of the fast path is the derivative of the step in `retained` and in `recurrent`",
      source: "Livi 2025, appendix B"
    ) { draw, walk, _ in
      for point in walk.points {
        let split = try walk.subject.jacobian(walk.cell, point)
        let exact = StepDerivatives(cell: walk.cell, point: point).split
        try within(draw, split.retention.elements, exact.retention.flatMap(\.self), "retention")
        try within(draw, split.coupling.elements, exact.coupling.flatMap(\.self), "coupling")
      }
    },
    contract(
      "CE-09", "hand-written diagonal and derivatives agree",
      statement: "retention and coupling of each unit are the diagonals of the derivative of the step",
      source: "Livi 2025, appendix B"
    ) { draw, walk, _ in
      let memory = walk.cell.memory
      for point in walk.points {
        let diagonal = try walk.subject.diagonal(walk.cell, point)
        let exact = StepDerivatives(cell: walk.cell, point: point).split
        try within(draw, diagonal.retention, memory.map { exact.retention[$0][$0] }, "retention")
        try within(draw, diagonal.memoryToMemory, memory.map { exact.coupling[$0][$0] }, "coupling")
      }
    },
  ]

  private static func contract(
    _ id: String, _ title: String, statement: String, source: String,
    _ body: @escaping @Sendable (Draw, CellWalk, SystemUnderTest) throws -> Void
  ) -> Contract {
    Contract(id: id, title: title, statement: statement, source: source, body: body)
  }
}
