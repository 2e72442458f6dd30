import Testing

@testable import PropertyEngine

/// Exact numbers of the exact tests.
@Suite struct StatisticsTests {
  /// Claim: binomial tails agree with direct sums.
  ///
  /// Sums of at most 21 exact terms: the error is below 1e-12 (relative error of `exp` of a difference of log-gammas
  /// of size at most 50, times the machine epsilon, times a hundred for safety).
  @Test func binomialTails() throws {
    let outcome = PropertyRunner(profile: .deterministic, seed: 5).run(
      Property("tails") { draw in
        let n = try draw("n", integers(in: 1...20))
        let k = try draw("k", integers(in: -1...21))
        let p = try draw("p", reals(in: 0...1))
        var direct = 0.0
        for j in 0...n where j <= k {
          var term = 1.0
          for i in 0..<j { term *= Double(n - i) / Double(i + 1) * p }
          for _ in j..<n { term *= 1 - p }
          direct += term
        }
        try close(BinomialTail.atMost(k, trials: n, probability: p), direct, within: 1e-12)
        try close(
          BinomialTail.atLeast(k + 1, trials: n, probability: p), 1 - direct, within: 1e-12)
      })
    #expect(outcome.passed, "\(outcome.failureText(reproduce: ""))")
  }

  /// Claim: the law of the rank sum counts orderings: for 2 and 2 values, 1, 1, 2, 1, 1 of 6.
  @Test func rankSumLaw() {
    let law = ExactTests.rankSumLaw(2, 2)
    for (found, count) in zip(law, [1.0, 1, 2, 1, 1]) { #expect(abs(found - count / 6) < 1e-15) }
    #expect(abs(ExactTests.rankSumLaw(30, 20).reduce(0, +) - 1) < 1e-12)
  }

  /// Claim: the band's half-width and sample sizes are those of the inequality.
  @Test func distributionBand() {
    #expect(DistributionBand.samplesNeeded(distance: 0.1, alarm: 1e-6, miss: 1e-6) == 2902)
    let uniform = (0..<100).map { (Double($0) + 0.5) / 100 }
    #expect(!DistributionBand.test("u", uniform, law: { $0 }, alarm: 1e-3).isRejected)
    #expect(DistributionBand.test("u", uniform, law: { $0 * $0 }, alarm: 1e-3).isRejected)
  }

  /// Claim: too few permutations for the alarm, too many values for the exact law, and wrong probabilities are refused.
  @Test func refusals() {
    var lots = CounterGenerator(key: 1)
    #expect(throws: StatisticsError.tooFewPermutations(99, 1e-6)) {
      try ExactTests.permutation("p", [1], [2], permutations: 99, lots: &lots, alarm: 1e-6) { _, _ in 0 }
    }
    #expect(throws: StatisticsError.self) {
      try ExactTests.rankSum(
        "r", Array(repeating: 0, count: 300), [1] + Array(repeating: 2, count: 300), lots: &lots, alarm: 0.1)
    }
    #expect(throws: StatisticsError.self) { try SequentialRatioTest(atMost: 0.2, against: 0.1, alarm: 1e-3) }
  }

  /// Claim: the ledger adds the alarms of what was asserted, and a rejected claim is a statistical failure.
  @Test func ledger() throws {
    let runner = PropertyRunner(profile: .deterministic, seed: 2)
    let fair = runner.run(
      Property("fair", cases: 20) { draw in
        var random = try draw.sampler()
        try draw.claimMean("mean", of: (0..<100).map { _ in random.unit() }, is: 0.5, alarm: 1e-6)
        draw.label("any")
        draw.require("any", atLeast: 0.9, alarm: 1e-5)
      })
    #expect(fair.passed)
    #expect(fair.statistics.first?.assertions == 20)
    // Twenty additions of 1e-6 and one of 1e-5: rounding stays below 21 units in the last place.
    #expect(abs(fair.alarmSpent - 3e-5) < 1e-18)
    var ledger = AlarmLedger()
    ledger.add(fair)
    #expect(abs(ledger.bound - 3e-5) < 1e-18 && ledger.entries.count == 1)
    let biased = runner.run(
      Property("biased", cases: 20) { draw in
        var random = try draw.sampler()
        try draw.claimMean("mean", of: (0..<1000).map { _ in random.unit() * 0.9 }, is: 0.5, alarm: 1e-6)
      })
    let example = try #require(biased.counterexample)
    #expect(example.isStatistical && example.shrinkCalls == 0)
  }
}
