import GatedCells
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Lemma 5.1 and what is left of it.
  static let monotonicity: [Claim] = [
    Claim(
      "TR-01", "zeroth-order transport is monotone",
      statement: "γ_{t,ℓ+1} = a_{t−ℓ} γ_{t,ℓ} ≤ γ_{t,ℓ} at fixed t for retentions in [0, 1]",
      source: "Livi 2025, lemma 5.1, zeroth order", verdict: .proved,
      proof: .coq("zeroth_order_nonincreasing"), oracle: "products of the drawn retentions",
      checks: [
        .property { system in
          Property("TR-01 zeroth-order transport is monotone") { draw in
            let steps = try draw("steps", signedSteps())
            let products = TransportClosedForms.retentionProducts(steps.retentions)
            var before = 1.0
            for (index, factor) in steps.factors(system).enumerated() {
              // One rounding a factor in each of the two products.
              let product = products[index + 1]
              try within(draw, factor.zeroth, product, roundings(2 * steps.count) * product + 0x1p-1000)
              try atMost(factor.zeroth, before)
              before = factor.zeroth
            }
          }
        }
      ]),
    Claim(
      "TR-02", "averages over all windows are monotone",
      statement: "the mean of γ_{t,ℓ} over every window of a trace does not increase with ℓ",
      source: "Livi 2025, lemma 5.1, averaged over time", verdict: .holds,
      oracle: "mean of products over all windows",
      checks: [
        .property { system in
          Property("TR-02 window averages") { draw in
            let steps = try draw("steps", signedSteps(count: 2...10))
            let oldestFirst = Array(steps.retentions.reversed())
            let expected = MonotonicityConditions.windowAverages(oldestFirst)
            let averages = windowAverages(system, steps.splits)
            var before = 1.0
            for (index, average) in averages.enumerated() {
              let slack = roundings(3 * steps.count)
              try within(draw, average, expected[index + 1], slack * expected[index + 1] + 0x1p-1000)
              try atMost(average, before * (1 + slack) + 0x1p-1000)
              before = average
            }
          }
        }
      ]),
    Claim(
      "TR-03", "LSTM transport averaged over valid times is monotone",
      statement: "⟨e_t ∏ f⟩ over t ≥ ℓ does not increase with ℓ",
      source: "Livi 2025, lemma 5.1, applied to equation (45)", verdict: .refuted,
      finding:
        "each lag averages over fewer, later times, and the exposure e_t may grow with t: with f ≡ 1 and e from .01 to .9 the mean rises from .48 to .9",
      proof: .coq("lstm_window_average_may_increase"), oracle: "averages of products over the drawn trace",
      checks: [
        .refutation { system in
          Property("TR-03 LSTM averages") { draw in
            let exposure = try draw("e", arrays(of: reals(in: 0...1), count: 3...10))
            let forget = try draw("f", reals(in: 0.9...1))
            let splits = exposure.map { e in
              DiagonalSplit(
                retention: [forget], memoryToMemory: [0],
                twoBlock: .init(
                  expression: [e * forget], memoryToOutput: [0], outputToMemory: [0], outputToOutput: [0]))
            }
            let averages = windowAverages(system, splits)
            for (index, average) in averages.enumerated() {
              let valid = exposure[index...]
              // What is averaged is e_t f^ℓ over the valid t: the counterexample is one of the theory, not of the code.
              let expected = valid.reduce(0) { $0 + $1 * decay(forget, index + 1) } / Double(valid.count)
              if abs(average - expected) > 1e-9 { return }
              if index > 0 { try atMost(average, averages[index - 1] * (1 + 1e-9)) }
            }
          }
        }
      ]),
    Claim(
      "TR-04", "first-order transport is monotone",
      statement: "|Γ_{t,ℓ+1}| ≤ |Γ_{t,ℓ}| if 0 ≤ b_j ≤ 1 − a_j at every step, and not in general",
      source: "Livi 2025, lemma 5.1, first-order terms", verdict: .amended,
      finding: "one more summand appears with every lag; the proof forgets it, and |Γ| may rise",
      proof: .coq("amended_lemma_5_1"), oracle: "the drawn retentions and couplings",
      checks: [
        .property { system in
          Property("TR-04 monotone when couplings fit under the leak") { draw in
            let steps = try draw(
              "steps", scalarSteps { draw, a in try draw.real(in: 0...1) * (1 - a) })
            let exact = try TransportClosedForms.scalarTransport(
              retentions: steps.retentions, gateTerms: steps.couplings)
            var before = 1.0
            for (index, factor) in steps.factors(system).enumerated() {
              // Sums of nonnegative products: relative error at most three roundings a step.
              let slack = roundings(6 * steps.count)
              try within(draw, factor.total, exact[index + 1], slack * exact[index + 1] + 0x1p-1000)
              try holds(factor.total >= 0)
              try atMost(factor.total, before * (1 + slack) + 0x1p-1000)
              before = factor.total
            }
          }
        },
        .refutation { system in
          Property("TR-04 monotone as published") { draw in
            let steps = try draw("steps", signedSteps())
            let exact = try TransportClosedForms.scalarTransport(
              retentions: steps.retentions, gateTerms: steps.couplings)
            var before = 1.0
            for (index, factor) in steps.factors(system).enumerated() {
              if abs(factor.total - exact[index + 1]) > 1e-9 { return }
              try atMost(abs(factor.total), before * (1 + 1e-9))
              before = abs(factor.total)
            }
          }
        },
      ]),
    Claim(
      "TR-05", "the step of the first-order factor",
      statement: "Γ(ℓ+1) − Γ(ℓ) = b_ℓ γ(ℓ) − (1 − a_ℓ) Γ(ℓ)", source: "own derivation; repairs lemma 5.1",
      verdict: .proved, proof: .coq("first_order_step"), oracle: "the identity itself",
      checks: [
        .property { system in
          Property("TR-05 step identity") { draw in
            let steps = try draw("steps", signedSteps(count: 2...12))
            let factors = steps.factors(system)
            let magnitudes = try steps.magnitudes
            for index in 1..<steps.count {
              let increment = MonotonicityConditions.increment(
                retention: steps.retentions[index], gateTerm: steps.couplings[index],
                zeroth: factors[index - 1].zeroth, transport: factors[index - 1].total)
              // Both sides are differences of sums of at most 4ℓ roundings of these absolute terms.
              let scale = magnitudes[index] + magnitudes[index + 1]
              try within(
                draw, factors[index].total - factors[index - 1].total, increment,
                roundings(6 * index + 12) * 2 * scale + 0x1p-1000)
            }
          }
        }
      ]),
    Claim(
      "TR-06", "where constant gates turn",
      statement:
        "for a = 1 − s, b > 0: Γ(ℓ+1) ≤ Γ(ℓ) exactly when ℓ ≥ a/(1−a) − a/b; the peak is ⌈a/(1−a) − a/b⌉",
      source: "own derivation; repairs lemma 5.1", verdict: .proved,
      finding: nil, proof: .coq("const_gate_peak"), oracle: "peak lag in closed form",
      checks: [
        .property { system in
          Property("TR-06 peak of constant gates") { draw in
            let example = try draw("gate", constantSteps(weight: 0.05...4))
            let (a, b) = (1 - example.gate, example.gate * example.weight)
            let totals = [1] + example.steps.factors(system).map(\.total)
            let turn = a / (1 - a) - a / b
            for lag in 0..<example.count {
              // Near the turn two neighbours are equal up to rounding; there nothing is asked.
              guard abs(Double(lag) - turn) > 1e-6 * (1 + abs(turn)) else { continue }
              try holds(
                (totals[lag + 1] <= totals[lag]) == (Double(lag) >= turn),
                "at lag \(lag) of \(totals), turn at \(turn)")
            }
            let peak = try MonotonicityConditions.peakLag(retention: a, gateTerm: b)
            if peak < example.count, let most = totals.max() {
              try within(draw, totals[peak], most, roundings(8 * example.count) * most)
            }
          }
        }
      ]),
    Claim(
      "TR-07", "positive couplings decay in the end",
      statement: "a_j ≤ ā < 1, b_j ≤ b̄, b_j/a_j ≥ ρ > 0: Γ does not increase from lag ⌈(b̄/(1−ā) − 1)/ρ⌉ on",
      source: "own derivation; repairs lemma 5.1", verdict: .proved,
      proof: .coq("positive_couplings_decay"),
      oracle: "the lag in closed form",
      checks: [
        .property { system in
          Property("TR-07 eventual monotonicity") { draw in
            let steps = try draw(
              "steps",
              scalarSteps(retention: 0.1...0.6, count: 2...24) { draw, a in try draw.real(in: 0.3...1) * a })
            let ratios = zip(steps.couplings, steps.retentions).map { $0 / $1 }
            let lag = try MonotonicityConditions.eventualLag(
              largestRetention: steps.retentions.max() ?? 0, largestGateTerm: steps.couplings.max() ?? 0,
              smallestRatio: ratios.min() ?? 1)
            let totals = [1] + steps.factors(system).map(\.total)
            draw.label("reached", when: lag < steps.count)
            for index in lag..<max(lag, steps.count) {
              try atMost(totals[index + 1], totals[index] * (1 + roundings(8 * steps.count)))
            }
          }
        }
      ]),
    Claim(
      "TR-08", "negative couplings rebound",
      statement:
        "a = 1 − s, b < 0: Γ changes sign at ℓ = −a/b and |Γ| rises again to a second peak at ⌈a/(1−a) − a/b⌉",
      source: "own derivation; refutes lemma 5.1", verdict: .proved,
      proof: .coq("negative_coupling_second_peak"),
      oracle: "zero and peak in closed form",
      checks: [
        .property { system in
          Property("TR-08 rebound") { draw in
            let example = try draw("gate", constantSteps(weight: -2...(-0.3)))
            let (a, b) = (1 - example.gate, example.gate * example.weight)
            let (zero, peak) = try MonotonicityConditions.rebound(retention: a, gateTerm: b)
            let totals = [1] + example.steps.factors(system).map(\.total)
            for (lag, total) in totals.enumerated() where abs(Double(lag) - zero) > 1e-6 * (1 + zero) {
              try holds((total > 0) == (Double(lag) < zero), "sign at lag \(lag)")
            }
            draw.label("peak reached", when: peak < totals.count)
            let rebound = totals.enumerated().filter { Double($0.offset) > zero }.map { abs($0.element) }
            if peak < totals.count, let most = rebound.max() {
              // Rounding is relative to the absolute terms of Γ, at most 1 + ℓ|b|/a times γ ≤ 1.
              let scale = 1 + Double(example.count) * abs(b) / a
              try within(draw, abs(totals[peak]), most, roundings(8 * example.count) * scale)
            }
          }
        }
      ]),
    Claim(
      "TR-09", "envelopes with first-order terms are monotone",
      statement: "Σ_q |Γ_q(ℓ)| does not increase with ℓ", source: "Livi 2025, lemma 5.1 for f",
      verdict: .refuted,
      finding:
        "units that rebound together make the envelope rebound: w = −1, s = .05 gives 0 at lag 19, .14 at lag 39",
      proof: .coq("lemma_5_1_counterexample"), oracle: "the drawn gates",
      checks: [
        .refutation { system in
          Property("TR-09 envelope of several units") { draw in
            let units = try draw(
              "units", arrays(of: constantSteps(weight: -2...2, count: 20...20), count: 1...3))
            var sums = [Double](repeating: 0, count: 20)
            for unit in units {
              let exact = try TransportClosedForms.scalarTransport(
                retentions: unit.steps.retentions, gateTerms: unit.steps.couplings)
              for (lag, factor) in unit.steps.factors(system).enumerated() {
                if abs(factor.total - exact[lag + 1]) > 1e-9 { return }
                sums[lag] += abs(factor.total)
              }
            }
            for (earlier, later) in zip(sums, sums.dropFirst()) { try atMost(later, earlier * (1 + 1e-9)) }
          }
        }
      ]),
    Claim(
      "TR-10", "a bound that always holds",
      statement: "|Γ(ℓ)| ≤ γ(ℓ)(1 + ℓ max_j |b_j/a_j|) for positive retentions",
      source: "own derivation; repairs lemma 5.1", verdict: .proved, proof: .coq("first_order_upper_bound"),
      oracle: "the bound in closed form",
      checks: [
        .property { system in
          Property("TR-10 magnitude bound") { draw in
            let steps = try draw(
              "steps", scalarSteps(retention: 0.05...1) { draw, _ in try draw.real(in: -1...1) })
            for (index, factor) in steps.factors(system).enumerated() {
              let bound = try MonotonicityConditions.magnitudeBound(
                retentions: Array(steps.retentions.prefix(index + 1)),
                gateTerms: Array(steps.couplings.prefix(index + 1)))
              draw.maximise(abs(factor.total) / bound, "|Γ| over its bound")
              try atMost(abs(factor.total), bound * (1 + roundings(8 * steps.count)))
            }
          }
        }
      ]),
  ]

  /// Means over all times t ≥ ℓ − 1 of the zeroth-order factor, for ℓ = 1, 2, …
  private static func windowAverages(_ system: SystemUnderTest, _ splits: [DiagonalSplit<Double>]) -> [Double]
  {
    (1...splits.count).map { lag in
      let times = (lag - 1)..<splits.count
      return times.reduce(0) { $0 + system.transport.factors(splits, $1, [lag])[0][0].zeroth }
        / Double(times.count)
    }
  }

  private static func decay(_ factor: Double, _ lag: Int) -> Double {
    (0..<lag).reduce(1) { product, _ in product * factor }
  }
}
