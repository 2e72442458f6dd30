import GatedCells
import LearnabilityWindow
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about zeroth- and first-order transport.
  static let transport: [Claim] = [
    Claim(
      "TR-01", "zeroth-order transport is monotone",
      statement: "|γ_{t,ℓ+1}| ≤ |γ_{t,ℓ}| at fixed t: a product of retentions in [0, 1] cannot grow",
      source: "Livi 2025, lemma 5.1, zeroth order", verdict: .holds,
      oracle: "the product of the drawn retentions",
      checks: [
        .property { system in
          Property("TR-01 zeroth-order transport is monotone") { draw in
            let splits = try draw("steps", scalarSplits(coupling: -1...1))
            let factors = system.transport.factors(
              splits, splits.count - 1, Array(1...splits.count)
            ).map { $0[0].zeroth }
            var product = 1.0
            for (index, factor) in factors.enumerated() {
              product *= splits[splits.count - 1 - index].retention[0]
              // The same product in the same order: one rounding a factor on each side.
              try close(factor, product, within: Double(2 * factors.count) * 0x1p-53 * product)
              if index > 0 { try atMost(abs(factor), abs(factors[index - 1])) }
            }
          }
        }
      ]),
    Claim(
      "TR-02", "first-order transport is monotone",
      statement: "|Γ_{t,ℓ+1}| ≤ |Γ_{t,ℓ}| if 0 ≤ b_j ≤ 1 − a_j at every step, and not in general",
      source: "Livi 2025, lemma 5.1, first-order terms", verdict: .amended,
      finding: "one more summand appears with every lag; the proof forgets it, and |Γ| may rise",
      oracle: "the drawn retentions and couplings",
      checks: [
        .property { system in
          Property("TR-02 monotone when couplings fit under the leak") { draw in
            let splits = try draw("steps", scalarSplits(coupling: 0...1)).map {
              DiagonalSplit(
                retention: $0.retention,
                memoryToMemory: [$0.memoryToMemory[0] * (1 - $0.retention[0])])
            }
            let totals = firstOrderTotals(system, splits)
            for (earlier, later) in zip(totals, totals.dropFirst()) {
              // Sums of nonnegative products: relative error at most 3 roundings a step.
              try atMost(later, earlier * (1 + Double(6 * totals.count) * 0x1p-53))
            }
          }
        },
        .refutation { system in
          Property("TR-02 monotone as published") { draw in
            let totals = firstOrderTotals(system, try draw("steps", scalarSplits(coupling: -1...1)))
              .map { abs($0) }
            for (earlier, later) in zip(totals, totals.dropFirst()) {
              try atMost(later, earlier * (1 + 1e-9))
            }
          }
        },
      ]),
  ]

  /// One-unit splits: retentions in [0, 1] and couplings in the given range.
  private static func scalarSplits(coupling: ClosedRange<Double>) -> Generator<[DiagonalSplit]> {
    arrays(
      of: pairs(reals(in: 0...1), reals(in: coupling)).map {
        DiagonalSplit(retention: [$0.0], memoryToMemory: [$0.1])
      }, count: 1...12)
  }

  private static func firstOrderTotals(_ system: SystemUnderTest, _ splits: [DiagonalSplit]) -> [Double] {
    system.transport.factors(splits, splits.count - 1, Array(1...splits.count)).map { $0[0].total }
  }
}
