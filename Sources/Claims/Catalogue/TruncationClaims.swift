import Foundation
import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles

extension Claim {
  /// What the first-order expansion leaves out, and closed forms of transport.
  static let truncation: [Claim] = [
    Claim(
      "TR-31", "a bound on what is left out",
      statement: "‖∏(A_j+B_j) − first order‖ ≤ ∏(α_j+β_j) − ∏α_j − Σ_j β_j ∏_{i≠j} α_i",
      source: "own derivation; completes Livi 2025, equation (35)", verdict: .proved,
      proof: .coq("matrix_truncation_bound"),
      oracle: "sum of the norms of all dropped terms",
      checks: [
        .property { system in
          Property("TR-31 truncation bound") { draw in
            let splits = try draw(denseSplits(count: 1...6))
            let (last, lag) = (splits.count - 1, splits.count)
            let (zeroth, correction) = system.transport.denseFirstOrder(splits, last, lag)
            let error = system.transport.denseExact(splits, last, lag) - (zeroth + correction)
            let norm = error.rowArrays.map { $0.reduce(0) { $0 + abs($1) } }.max() ?? 0
            let bound = try TruncationBound.remainder(zeroth: splits.zerothRows, first: splits.couplingRows)
            try within(draw, norm, 0, bound + 3 * splits.rounding(try splits.magnitude))
          }
        }
      ]),
    Claim(
      "TR-32", "how fast the error grows",
      statement:
        "constant gates, ρ = b/a ≥ 0: C(ℓ,2)ρ² ≤ exact/γ − (1 + ℓρ) ≤ C(ℓ,2)ρ²(1+ρ)^{ℓ−2}, about ½(ℓρ)²",
      source: "own derivation", verdict: .proved, proof: .coq("first_order_error_of_constant_gate"),
      oracle: "Taylor's theorem for (1 + ρ)^ℓ",
      checks: [
        .property { system in
          Property("TR-32 Taylor remainder") { draw in
            let example = try draw("gate", constantSteps(weight: 0...2, count: 2...20))
            let splits = example.steps.splits
            let lag = example.count
            let dense = splits.map(scalarSplit)
            let exact = system.transport.denseExact(dense, lag - 1, lag)[0, 0]
            let factor = system.transport.factors(splits, lag - 1, [lag])[0][0]
            let ratio = example.gate * example.weight / (1 - example.gate)
            let pairs = Double(lag * (lag - 1)) / 2 * ratio * ratio
            let error = (exact - factor.total) / factor.zeroth
            // Rounding is relative to the larger term, (1 + ρ)^ℓ, over γ.
            let slack = roundings(20 * lag) * pow(1 + ratio, Double(lag))
            try atMost(pairs - slack, error, "lower")
            try atMost(error, pairs * pow(1 + ratio, Double(lag - 2)) + slack, "upper")
          }
        }
      ]),
    Claim(
      "TR-33", "truncation preserves numerical accuracy",
      statement: "the first-order factor stays close to the exact transport over the lags in use",
      source: "Livi 2025, appendices A and C", verdict: .refuted,
      finding:
        "the expansion is used at ε = 1 over hundreds of steps: its relative error grows like ½(ℓb/a)² and soon exceeds one half",
      proof: .coq("first_order_vanishes"), oracle: "exact transport (1 − s + sw)^ℓ of a linear unit",
      checks: [
        .refutation { system in
          Property("TR-33 within a tenth") { draw in
            let example = try draw("gate", constantSteps(weight: 0...1, count: 16...256))
            let exact = try TransportClosedForms.constantGateExact(
              gate: example.gate, selfWeight: example.weight, lag: example.count)
            let splits = example.steps.splits
            let factor = system.transport.factors(splits, example.count - 1, [example.count])[0][0]
            let expected = try TransportClosedForms.constantGateTransport(
              gate: example.gate, selfWeight: example.weight,
              slopes: [Double](repeating: 1, count: example.count))
            if abs(factor.total - expected) > 1e-9 * expected { return }
            try close(factor.total, exact, within: 0.1 * exact)
          }
        }
      ]),
    Claim(
      "TR-34", "truncation preserves decay exponents",
      statement: "exact and first-order transport decay at the same rate, or at least both decay",
      source: "Livi 2025, appendix C (\"preserves scaling\")", verdict: .amended,
      finding:
        "a linear unit decays at −log(1−s+sw) exactly but at −log(1−s) to first order (.005 against .051 for s=.05, w=.9), and for w > 1 the exact transport grows where the expansion decays",
      proof: .coq("truncation_flips_regime"), oracle: "the two rates in closed form",
      checks: [
        .property { system in
          Property("TR-34 the two rates") { draw in
            let example = try draw("gate", constantSteps(weight: 0.05...0.95, count: 40...120))
            let splits = example.steps.splits
            let (exact, first) = try TruncationBound.constantGateRates(
              gate: example.gate, selfWeight: example.weight)
            let (short, long) = (example.count / 2, example.count)
            let dense = splits.map(scalarSplit)
            let slope =
              (log(system.transport.denseExact(dense, long - 1, short)[0, 0])
                - log(system.transport.denseExact(dense, long - 1, long)[0, 0])) / Double(long - short)
            // Products of ℓ rounded factors: relative error 3ℓ roundings in each of the two values.
            try within(draw, slope, exact, roundings(8 * long) * (1 + abs(exact) * Double(long)))
            let factors = system.transport.factors(splits, long - 1, [short, long])
            let ratio = example.gate * example.weight / (1 - example.gate)
            let slower = (log(factors[0][0].total) - log(factors[1][0].total)) / Double(long - short)
            // Γ = (1−s)^ℓ (1 + ℓρ): the rate is −log(1−s) less the growth of the factor in brackets.
            let bracket = (log1p(Double(long) * ratio) - log1p(Double(short) * ratio)) / Double(long - short)
            try within(draw, slower, first - bracket, roundings(20 * long) * (1 + first * Double(long)))
          }
        },
        .refutation { system in
          Property("TR-34 both decay or both grow") { draw in
            let example = try draw("gate", constantSteps(weight: 0...2, count: 200...200))
            let splits = example.steps.splits
            let exact = system.transport.denseExact(splits.map(scalarSplit), 199, 200)[0, 0]
            let total = system.transport.factors(splits, 199, [200])[0][0].total
            let expected = try TransportClosedForms.constantGateTransport(
              gate: example.gate, selfWeight: example.weight, slopes: [Double](repeating: 1, count: 200))
            if abs(total - expected) > 1e-9 * expected { return }
            try holds((exact > 1) == (total > 1), "exact \(exact), first order \(total)")
          }
        },
      ]),
    Claim(
      "TR-35", "constant gates in closed form",
      statement: "γ = (1−s)^ℓ, Γ = (1−s)^ℓ [1 + s/(1−s) U_qq Σ φ'_j]; exact transport (1−s)^ℓ for U = 0",
      source: "Livi 2025, equations (63), (64)", verdict: .proved,
      proof: .coq("constant_gate_in_closed_form"),
      oracle: "the closed forms",
      checks: [
        .property { system in
          Property("TR-35 constant gate") { draw in
            // A gate that opens fully closes the retention path: drawn as such, for there division by it would fail.
            let gate = try draw("s", oneOf(reals(in: 0.01...1), constant(1.0)))
            let weight = try draw("w", reals(in: -2...2))
            let slopes = try draw("φ'", arrays(of: reals(in: 0...1), count: 1...20))
            let splits = slopes.reversed().map {
              DiagonalSplit(retention: [1 - gate], memoryToMemory: [gate * weight * $0])
            }
            let lag = slopes.count
            let factor = system.transport.factors(splits, lag - 1, [lag])[0][0]
            let retention = try TransportClosedForms.constantGateRetention(gate: gate, lag: lag)
            try within(draw, factor.zeroth, retention, roundings(4 * lag) * retention + 0x1p-1000)
            let total = try TransportClosedForms.constantGateTransport(
              gate: gate, selfWeight: weight, slopes: slopes)
            let scale = try TransportClosedForms.constantGateTransport(
              gate: gate, selfWeight: abs(weight), slopes: slopes)
            try within(draw, factor.total, total, roundings(8 * lag) * scale + 0x1p-1000)
            let dense = splits.map {
              scalarSplit(DiagonalSplit(retention: $0.retention, memoryToMemory: [0]))
            }
            try within(
              draw, system.transport.denseExact(dense, lag - 1, lag)[0, 0], retention,
              roundings(4 * lag) * retention + 0x1p-1000)
          }
        }
      ]),
    Claim(
      "TR-36", "exact transport of a linear unit does not rebound",
      statement:
        "|1 − s + sw| ≤ 1 makes |(1 − s + sw)^ℓ| nonincreasing, whatever the first-order factor does",
      source: "own derivation", verdict: .proved, proof: .coq("exact_transport_never_rebounds"),
      oracle: "powers of one factor",
      checks: [
        .property { system in
          Property("TR-36 exact transport") { draw in
            let example = try draw("gate", constantSteps(weight: -1...1, count: 2...40))
            let dense = example.steps.splits.map(scalarSplit)
            var before = 1.0
            for lag in 1...example.count {
              let value = system.transport.denseExact(dense, example.count - 1, lag)[0, 0]
              let exact = try TransportClosedForms.constantGateExact(
                gate: example.gate, selfWeight: example.weight, lag: lag)
              // The factor 1 − s + sw may cancel: relative to 1 + |w| a factor, at most (1+2s) ≤ 3 in all.
              let bound =
                roundings(8 * lag) * pow(1 - example.gate + example.gate * abs(example.weight), Double(lag))
              try within(draw, value, exact, 3 * Double(lag) * bound + 0x1p-1000)
              try atMost(abs(value), before * (1 + roundings(8)) + 0x1p-1000)
              before = abs(value)
            }
          }
        }
      ]),
    Claim(
      "TR-37", "finite dimension forces exponential decay",
      statement: "algebraic and logarithmic envelopes are impossible for a network of finite size",
      source: "Livi 2025, section 5.6", verdict: .refuted,
      finding:
        "only for gates of a fixed law: the input-driven gates a_k = ((k+1)/(k+2))^β give exactly (ℓ+1)^−β with one unit, and log(k+2)/log(k+3) gives log 2/log(ℓ+2)",
      proof: .coq("slow_envelopes_with_one_unit"),
      oracle: "the two products in closed form",
      checks: [
        .property { system in
          Property("TR-37 polynomial and logarithmic gates") { draw in
            let exponent = try draw("β", reals(in: 0.1...3))
            let count = try draw("lags", integers(in: 1...60))
            func factors(_ gates: [Double]) -> [Double] {
              ScalarSteps(retentions: gates, couplings: gates.map { _ in 0 }).factors(system).map(\.total)
            }
            let algebraic = factors(try GateSchedules.polynomial(exponent: exponent, count: count))
            let logarithmic = factors(try GateSchedules.logarithmic(count: count))
            for lag in 1...count {
              // Each gate carries three roundings (power and logarithm 2 ulp), the product one more.
              let power = try GateSchedules.polynomialRetention(exponent: exponent, lag: lag)
              try within(draw, algebraic[lag - 1], power, roundings(12 * lag + 12) * power)
              let slow = try GateSchedules.logarithmicRetention(lag: lag)
              try within(draw, logarithmic[lag - 1], slow, roundings(12 * lag + 12) * slow)
            }
          }
        },
        .refutation { system in
          Property("TR-37 at least exponential decay") { draw in
            let exponent = try draw("β", reals(in: 0.1...3))
            let lag = try draw("ℓ", integers(in: 1...30))
            let gates = try GateSchedules.polynomial(exponent: exponent, count: 2 * lag)
            let totals = ScalarSteps(retentions: gates, couplings: gates.map { _ in 0 }).factors(system)
            let expected = try GateSchedules.polynomialRetention(exponent: exponent, lag: 2 * lag)
            if abs(totals[2 * lag - 1].total - expected) > 1e-9 { return }
            // Exponential decay would give γ(2ℓ) ≤ γ(ℓ)².
            let half = totals[lag - 1].total
            try atMost(totals[2 * lag - 1].total, half * half * (1 + 1e-9))
          }
        },
      ]),
    Claim(
      "TR-38", "the GRU's auxiliary envelopes are transport",
      statement: "Γ = γ + ρ + η + γ⁽¹⁾ with ρ = ∏ r_j and η = ∏ (1−z_j) r_j",
      source: "Livi 2025, equations (57), (58)",
      verdict: .amended,
      finding:
        "ρ and η are no terms of the expansion: a GRU without recurrence and with open gates forgets at once, yet keeps Γ ≈ 1; Γ(0) would be 3",
      proof: .coq("gru_published_sum_is_no_transport"),
      oracle: "exact transport, and the truncation bound",
      checks: [
        .property { system in
          Property("TR-38 γ + γ⁽¹⁾ is within the truncation bound") { draw in
            let steps = try draw(
              "gates", scalarSteps(count: 1...20) { draw, _ in try draw.real(in: -0.2...0.2) })
            let lag = steps.count
            let exact = zip(steps.retentions, steps.couplings).reduce(1) { $0 * ($1.0 + $1.1) }
            let bound = try TruncationBound.remainder(
              zerothNorms: steps.retentions, firstNorms: steps.couplings.map(abs))
            let total = system.transport.factors(steps.splits, lag - 1, [lag])[0][0].total
            let scale = zip(steps.retentions, steps.couplings).reduce(1) { $0 * ($1.0 + abs($1.1)) }
            try within(draw, total, exact, bound + roundings(8 * lag) * scale + 0x1p-1000)
          }
        },
        .refutation { system in
          Property("TR-38 with ρ and η") { draw in
            // A GRU with U_h = U_z = 0: no coupling, so the exact transport is ∏(1 − z).
            let update = try draw("z", arrays(of: reals(in: 0...1), count: 1...20))
            let reset = try draw("r", reals(in: 0...1))
            let leaks = update.map { 1 - $0 }
            let steps = ScalarSteps(retentions: leaks, couplings: leaks.map { _ in 0 })
            let total = steps.factors(system)[leaks.count - 1].total
            let exact = leaks.reduce(1, *)
            if abs(total - exact) > 1e-9 { return }
            let auxiliary = leaks.reduce(1) { product, _ in product * reset }
            let mixed = leaks.reduce(1) { $0 * $1 * reset }
            try close(total + auxiliary + mixed, exact, within: 1e-6)
          }
        },
      ]),
  ]

  private static func scalarSplit(_ split: DiagonalSplit<Double>) -> JacobianSplit {
    JacobianSplit(
      retention: Matrix(rows: 1, columns: 1, elements: split.retention),
      coupling: Matrix(rows: 1, columns: 1, elements: split.memoryToMemory))
  }
}
