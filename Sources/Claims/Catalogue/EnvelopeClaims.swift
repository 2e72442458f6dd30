import GatedCells
import LearnabilityWindow
import PropertyEngine
import TheoryOracles
import Training

extension Claim {
  /// Claims about the envelope and its two parts.
  static let envelope: [Claim] = [
    Claim(
      "EN-11", "the envelope by definition",
      statement:
        "f(ℓ) = Σ_q ⟨|Λ^(q)_{t−ℓ} Γ^(q)_{t,ℓ}|⟩ over sequences and times t ≥ ℓ, f_gates = μ Σ_q ⟨|Γ^(q)|⟩, m_q = ⟨δ_t^(q) B^(q)_{t−ℓ} w⟩",
      source: "Livi 2025, equations (5), (6), (8), (9), (12)", verdict: .holds,
      oracle: "plain loops over dense first-order products and rows built column by column, in balls",
      checks: [
        .property { system in
          Property("EN-11 lag profile", cases: 24) { draw in
            let example = try draw("network", profileCases(Optimizer.allRules))
            let profile = try system.transport.profile(example.state, example.configuration)
            let plain = try PlainProfile(example.state, example.configuration)
            try equal(profile.lags.map(\.lag), example.lags)
            for (lag, expected) in zip(profile.lags, plain.lags) {
              try within(draw, lag.unitRates, expected.unitRates, "⟨|μ|⟩")
              try within(draw, lag.unitMeans, expected.unitMeans, "m")
              try within(draw, lag.envelope, expected.envelope.value, expected.envelope.radius, "f")
              try within(draw, lag.gates, expected.gates.value, expected.gates.radius, "f_gates")
            }
          }
        }
      ]),
    Claim(
      "EN-12", "gates and adaptation", statement: "f = f_gates + f_adapt with f_gates ≤ f",
      source: "Livi 2025, equation (9)", verdict: .amended,
      finding:
        "the sum holds, but f_adapt = Σ (Λ^(q) − μ)|Γ^(q)| is negative where the optimizer slows a unit down",
      proof: .coq("adaptive_part_may_be_negative"), oracle: "the sums written out",
      checks: [
        .property { system in
          Property("EN-12 decomposition", cases: 60) { draw in
            let units = try draw("units", arrays(of: adaptedUnits(), count: 1...4))
            let rate = try draw("μ", magnitudes(in: 1e-3...1))
            let (bases, transport) = adapted(system, units)
            let effective = try EnvelopeDecomposition.effectiveRates(baseRates: bases, transport: transport)
            let whole = EnvelopeDecomposition.envelope(effectiveRates: effective)
            let gates = EnvelopeDecomposition.gatePart(globalRate: rate, transport: transport)
            let adaptive = try EnvelopeDecomposition.adaptivePart(
              globalRate: rate, baseRates: bases, transport: transport)
            try within(
              draw, gates + adaptive, whole, roundings(8 * units.count) * (whole + 2 * gates) + 0x1p-1000)
            for (unit, base) in zip(units, bases) {
              let exact = try RayleighQuotient.baseRate(rates: unit.rates, row: unit.row)
              try within(draw, base, exact, roundings(40) * exact)
            }
          }
        },
        .refutation { system in
          Property("EN-12 adaptation only adds") { draw in
            let units = try draw("units", arrays(of: adaptedUnits(), count: 1...4))
            let (bases, transport) = adapted(system, units)
            for (unit, base) in zip(units, bases) {
              let exact = try RayleighQuotient.baseRate(rates: unit.rates, row: unit.row)
              guard abs(base - exact) <= 1e-9 else { return }
            }
            let adaptive = try EnvelopeDecomposition.adaptivePart(
              globalRate: 1, baseRates: bases, transport: transport)
            try holds(adaptive >= -1e-9, "f_adapt is \(adaptive) at μ = 1")
          }
        },
      ]),
    Claim(
      "EN-13", "base rates bound the envelope",
      statement: "min Λ · Σ|Γ| ≤ f ≤ max Λ · Σ|Γ|, with min and max over the live preconditioner",
      source: "Livi 2025, appendix H", verdict: .proved, proof: .coq("envelope_rate_sandwich"),
      oracle: "the live preconditioner and the profile's own Σ|Γ|",
      checks: [
        .property { system in
          Property("EN-13 sandwich", cases: 24) { draw in
            let example = try draw("network", profileCases(Optimizer.allRules))
            let profile = try system.transport.profile(example.state, example.configuration)
            let rates = example.state.preconditioner
            guard let least = rates.min(), let most = rates.max() else { return }
            for lag in profile.lags {
              let transport = lag.gates / example.state.configuration.learningRate
              // A row that vanishes has rate zero; at the zero state some rows may, so the lower bound is asked only of
              // the upper one and of lags whose rows do not (inputs are continuous: they never vanish here).
              try atMost(lag.envelope, most * transport * (1 + roundings(400)))
              try atMost(least * transport * (1 - roundings(400)), lag.envelope)
            }
          }
        }
      ]),
    Claim(
      "EN-14", "the optimizer's state changes the envelope",
      statement: "f is a property of the gates alone", source: "Livi 2025, public code (no base rates)",
      verdict: .amended,
      finding:
        "f_gates is; f follows the live preconditioner: the same network under another optimizer state has another f",
      oracle: "the same parameters under gradient descent",
      checks: [
        .property { system in
          Property("EN-14 gradient descent scales with μ", cases: 24) { draw in
            let example = try draw("network", profileCases(Optimizer.allRules))
            let rate = try draw("μ", magnitudes(in: 1e-3...1))
            let plain = try example.with(
              OptimizerState(rule: .sgd, learningRate: rate, parameterCount: example.state.parameters.count))
            let before = try system.transport.profile(example.state, example.configuration)
            let after = try system.transport.profile(plain.state, plain.configuration)
            for (old, new) in zip(before.lags, after.lags) {
              let expected = old.gates * rate / example.state.configuration.learningRate
              // Base rates are ratios of equal sums times μ; sums over the same terms in the same order.
              try within(draw, new.envelope, expected, roundings(400) * expected)
              try within(draw, new.adaptation, 0, roundings(400) * expected)
            }
          }
        },
        .refutation { system in
          Property("EN-14 same gates, same envelope", cases: 24) { draw in
            let example = try draw("network", profileCases([Optimizer.allRules[3]]))
            let plain = try example.with(
              OptimizerState(
                rule: .sgd, learningRate: example.state.configuration.learningRate,
                parameterCount: example.state.parameters.count))
            let before = try system.transport.profile(example.state, example.configuration)
            let after = try system.transport.profile(plain.state, plain.configuration)
            for (old, new) in zip(before.lags, after.lags) {
              try close(old.envelope, new.envelope, within: 1e-3 * new.envelope)
            }
          }
        },
      ]),
    Claim(
      "EN-15", "duplicating every unit doubles the envelope",
      statement: "f is a sum over units: two copies of every unit give 2f",
      source: "Livi 2025, equation (8)", verdict: .holds,
      proof: .part("envelope_doubles", of: "the formula doubles"),
      oracle: "the network with each unit twice and recurrent weights halved",
      checks: [
        .property { system in
          Property("EN-15 duplicate units", cases: 24) { draw in
            let example = try draw("network", profileCases([.sgd]))
            var configuration = example.configuration
            configuration.order = .zeroth
            let single = try system.transport.profile(example.state, configuration)
            let double = try system.transport.profile(try duplicated(example.state), configuration)
            for (one, two) in zip(single.lags, double.lags) {
              // Halved weights and doubled sums are exact; sums over twice as many units round differently along the
              // trajectory. Gates stay well inside (0, 1): 1000 roundings.
              try within(draw, two.envelope, 2 * one.envelope, roundings(1000) * two.envelope)
            }
          }
        }
      ]),
    Claim(
      "EN-16", "adaptive envelopes decrease with the gates'",
      statement: "if Σ|Γ| does not increase with ℓ, neither does f",
      source: "Livi 2025, lemma 5.1, adaptive part",
      verdict: .amended,
      finding:
        "base rates change with t − ℓ: f may rise by up to max Λ/min Λ between lags, and no more",
      proof: .coq("adaptive_envelope_growth_bound"), oracle: "drawn rates and retentions",
      checks: [
        .property { system in
          Property("EN-16 growth is bounded by the spread of rates") { draw in
            let (sums, rates) = try adaptiveEnvelope(system, draw)
            guard let least = rates.min(), let most = rates.max() else { return }
            for (index, later) in sums.enumerated() {
              for earlier in sums[..<index] {
                try atMost(later, most / least * earlier * (1 + roundings(100)) + 0x1p-1000)
              }
            }
          }
        },
        .refutation { system in
          Property("EN-16 monotone in the lag") { draw in
            let (sums, _) = try adaptiveEnvelope(system, draw)
            for (earlier, later) in zip(sums, sums.dropFirst()) { try atMost(later, earlier * (1 + 1e-9)) }
          }
        },
      ]),
  ]

  /// One unit's row, the preconditioner over it, and its transport.
  private struct AdaptedUnit: Sendable {
    let row: [Double]
    let rates: [Double]
    let retention: Double
  }

  private static func adaptedUnits() -> Generator<AdaptedUnit> {
    Generator { draw in
      let row = try draw("row", arrays(of: reals(in: 0.1...2), count: 1...4))
      return AdaptedUnit(
        row: row, rates: try draw("λ", arrays(of: magnitudes(in: 1e-3...10), count: row.count)),
        retention: try draw.real(in: 0...1))
    }
  }

  private static func adapted(_ system: SystemUnderTest, _ units: [AdaptedUnit]) -> (
    bases: [Double], transport: [Double]
  ) {
    (
      units.map { system.transport.baseRates(rowStep($0.row), $0.rates)[0] },
      units.map { unit in
        let split = DiagonalSplit(retention: [unit.retention], memoryToMemory: [0])
        return system.transport.factors([split, split], 1, [2])[0][0].total
      }
    )
  }

  /// `Λ(t−ℓ) γ(ℓ)` at lags 1, 2, … for one unit, with rates drawn for each step.
  private static func adaptiveEnvelope(_ system: SystemUnderTest, _ draw: Draw) throws -> (
    sums: [Double], rates: [Double]
  ) {
    let steps = try draw("steps", scalarSteps(retention: 0.2...1, count: 2...10) { _, _ in 0 })
    let rates = try draw("Λ", arrays(of: reals(in: 0.1...2), count: steps.count))
    let sums = zip(steps.factors(system), rates).map {
      abs($0.total * system.transport.baseRates(rowStep([1, -1]), [$1, $1])[0])
    }
    return (sums, rates)
  }

  /// The same network with every unit twice.
  private static func duplicated(_ state: TrainingState) throws -> TrainingState {
    var settings = state.configuration
    let size = settings.network.hiddenSize
    let old = RecurrentNetwork(cell: try settings.network.makeCell())
    settings.network.hiddenSize = 2 * size
    let new = RecurrentNetwork(cell: try settings.network.makeCell())
    var values = [Double](repeating: 0, count: new.parameterCount)
    for (from, to) in zip(old.layout.blocks, new.layout.blocks) {
      let halves = from.role == .recurrentWeights || from == old.readoutWeights
      for row in 0..<to.rows {
        for column in 0..<to.columns {
          let source = from.offset + (row % from.rows) * from.columns + column % from.columns
          values[to.offset + row * to.columns + column] = state.parameters[source] * (halves ? 0.5 : 1)
        }
      }
    }
    return try TrainingState(
      settings, parameters: values,
      optimizer: OptimizerState(
        rule: .sgd, learningRate: settings.learningRate, parameterCount: new.parameterCount))
  }
}
