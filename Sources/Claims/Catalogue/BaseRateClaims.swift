import GatedCells
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about Rayleigh base rates.
  static let baseRates: [Claim] = [
    Claim(
      "EN-01", "base rates are Rayleigh quotients",
      statement: "Λ^(q) = Σ λ_i b_i²/Σ b_i², whatever the scale of b",
      source: "Livi 2025, equation (7)", verdict: .holds,
      proof: .part("rayleigh_row_scale", of: "a factor common to the row changes nothing"),
      oracle: "the quotient, scaled against under- and overflow",
      checks: [
        .property { system in
          Property("EN-01 Rayleigh quotient") { draw in
            let (row, rates) = try draw("row and λ", rowsAndRates())
            let scale = try draw("scale", magnitudes(in: 1e-3...1e3))
            let exact = try RayleighQuotient.baseRate(rates: rates, row: row)
            // Two sums of nonnegative terms and a quotient.
            let bound = roundings(4 * row.count + 8) * exact
            try within(draw, system.transport.baseRates(rowStep(row), rates)[0], exact, bound)
            try within(
              draw, system.transport.baseRates(rowStep(row.map { scale * $0 }), rates)[0], exact, bound)
          }
        }
      ]),
    Claim(
      "EN-02", "base rates of cells", statement: "Λ^(q) of a unit's row b = ∂⁺m_q/∂θ at time t − ℓ",
      source: "Livi 2025, equation (7)", verdict: .holds,
      oracle: "rows built column by column on dual numbers",
      scope: .cells,
      checks: [
        .property { system in
          Property("EN-02 base rates of a step", cases: 80) { draw in
            let example = try draw("network", stepCases(system.cells, hidden: 1...2))
            let rates = try draw(
              "λ", arrays(of: magnitudes(in: 1e-2...10), count: example.cell.layout.count))
            guard let point = example.points.last else { return }
            let ones = rates.map { _ in 1.0 }
            let weighted = try example.subject.squaredRows(example.cell, point, rates)
            let plain = try example.subject.squaredRows(example.cell, point, ones)
            for (unit, row) in StepDerivatives(cell: example.cell, point: point).memoryRows.enumerated() {
              let energy = row.reduce(Bounded(0)) { $0 + $1 * $1 }
              guard energy.value > 1e-20 else { continue }
              let ball = zip(row, rates).reduce(Bounded(0)) { $0 + $1.0 * $1.0 * Bounded($1.1) } / energy
              try within(draw, weighted[unit] / plain[unit], ball.value, ball.radius)
            }
          }
        }
      ]),
    Claim(
      "EN-03", "the base rate is a projection",
      statement: "Λ_r b = Λ^(q) b + b_⊥ with b_⊥ ⟂ b, and Λ^(q) = argmin_c ‖Λ_r b − c b‖",
      source: "Livi 2025, appendix D", verdict: .proved, proof: .coq("base_rate_is_projection"),
      oracle: "inner product and distances",
      checks: [
        .property { system in
          Property("EN-03 projection") { draw in
            let (row, rates) = try draw("row and λ", rowsAndRates())
            let other = try draw("c", reals(in: 0...10))
            let base = system.transport.baseRates(rowStep(row), rates)[0]
            let image = zip(rates, row).map { $0 * $1 }
            let residual = zip(image, row).map { $0 - base * $1 }
            let scale = dot(image.map(abs), row.map(abs))
            // Terms of the inner product are at most twice those of λb·b, rounded a few times each.
            try within(draw, dot(residual, row), 0, roundings(8 * row.count + 16) * 2 * scale + 0x1p-900)
            let rival = zip(image, row).map { $0 - other * $1 }
            let slack = roundings(8 * row.count + 16) * (dot(image, image) + other * other * dot(row, row))
            try atMost(dot(residual, residual), dot(rival, rival) + slack + 0x1p-900)
          }
        }
      ]),
    Claim(
      "EN-04", "base rates lie between the preconditioner's entries",
      statement: "min_i λ_i ≤ Λ^(q) ≤ max_i λ_i for every row, tight over the support of b",
      source: "Livi 2025, equation (65)", verdict: .amended,
      finding:
        "a row that vanishes has no quotient (the implementation gives 0); over the support of b the bounds are tight",
      proof: .coq("rayleigh_zero_row_undetermined"), oracle: "least and greatest entry over the support",
      checks: [
        .property { system in
          Property("EN-04 bounds over the support") { draw in
            let (row, rates) = try draw("row and λ", rowsAndRates())
            let base = system.transport.baseRates(rowStep(row), rates)[0]
            let bounds = try RayleighQuotient.bounds(rates: rates, row: row)
            let slack = roundings(4 * row.count + 8)
            try atMost(bounds.lowerBound * (1 - slack), base)
            try atMost(base, bounds.upperBound * (1 + slack))
            // A row with one entry attains its own rate.
            let alone = row.indices.map { $0 == 0 ? 1.0 : 0 }
            try within(
              draw, system.transport.baseRates(rowStep(alone), rates)[0], rates[0], roundings(4) * rates[0])
          }
        },
        .refutation { system in
          Property("EN-04 every row") { draw in
            let row = try draw("row", arrays(of: integers(in: -1...1), count: 1...3))
            let rates = try draw("λ", arrays(of: reals(in: 0.5...2), count: row.count))
            let base = system.transport.baseRates(rowStep(row.map(Double.init)), rates)[0]
            try holds(base >= (rates.min() ?? 0) * (1 - 1e-12), "base rate \(base)")
          }
        },
      ]),
    Claim(
      "EN-05", "gradient descent has one base rate",
      statement: "Λ_r = μ I gives Λ^(q) = μ, so (6) becomes (5)",
      source: "Livi 2025, equations (5), (6)", verdict: .proved, proof: .coq("rayleigh_constant"),
      oracle: "the global rate",
      checks: [
        .property { system in
          Property("EN-05 constant preconditioner") { draw in
            let (row, _) = try draw("row", rowsAndRates())
            let rate = try draw("μ", magnitudes(in: 1e-6...10))
            let base = system.transport.baseRates(rowStep(row), row.map { _ in rate })[0]
            try within(draw, base, rate, roundings(4 * row.count + 8) * rate)
          }
        }
      ]),
    Claim(
      "EN-06", "the effective-rate form is the preconditioned gradient",
      statement: "Λ_r b ≈ Λ^(q) b: equation (11) is equation (10) with the preconditioner applied",
      source: "Livi 2025, equations (10), (11), appendix D", verdict: .amended,
      finding:
        "the dropped part is not small: ‖b_⊥‖/‖Λb‖ reaches (λmax−λmin)/(λmax+λmin), .6 for λ = (1, 4), b = (2, 1)",
      proof: .coq("residual_not_negligible"), oracle: "Kantorovich's bound",
      checks: [
        .property { system in
          Property("EN-06 Kantorovich bound") { draw in
            let (row, rates) = try draw("row and λ", rowsAndRates())
            try atMost(
              residualRatio(system, row, rates),
              try RayleighQuotient.residualRatioBound(rates: rates, row: row) + roundings(64))
          }
        },
        .refutation { system in
          Property("EN-06 negligible residual") { draw in
            let (row, rates) = try draw("row and λ", rowsAndRates())
            let exact = try RayleighQuotient.residualRatio(rates: rates, row: row)
            let ratio = residualRatio(system, row, rates)
            if abs(ratio - exact) > 1e-9 { return }
            try atMost(ratio, 0.1)
          }
        },
      ]),
  ]

  /// A nonzero row and a positive preconditioner over it.
  private static func rowsAndRates() -> Generator<([Double], [Double])> {
    Generator { draw in
      let first = try draw.real(in: 0.1...2)
      let rest = try draw("row", arrays(of: reals(in: -2...2), count: 0...5))
      let row = rest.map { abs($0) < 1e-6 ? 0 : $0 } + [first]
      return (row, try draw("λ", arrays(of: magnitudes(in: 1e-3...10), count: row.count)))
    }
  }

  private static func residualRatio(_ system: SystemUnderTest, _ row: [Double], _ rates: [Double]) -> Double {
    let base = system.transport.baseRates(rowStep(row), rates)[0]
    let image = zip(rates, row).map { $0 * $1 }
    let residual = zip(image, row).map { $0 - base * $1 }
    return (dot(residual, residual) / dot(image, image)).squareRoot()
  }

  /// A step of one unit whose immediate parameter row is given: one unit-by-unit parameter for each entry.
  static func rowStep(_ row: [Double]) -> StepLinearisation<Double> {
    var layout = ParameterLayout()
    return StepLinearisation(
      state: [0], retention: [1], gates: [],
      unitwise: row.enumerated().map { index, entry in
        UnitwiseSensitivity(
          block: layout.append("b\(index)", rows: 1, role: .bias), memory: [entry])
      })
  }
}
