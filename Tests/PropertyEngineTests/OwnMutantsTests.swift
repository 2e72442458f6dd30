import Testing

@testable import EngineBenchmarks
@testable import PropertyEngine

/// The engine's own faults: each check below holds for the engine and fails for a deliberately wrong part.
@Suite struct OwnMutantsTests {
  private let property = Property("below 100") { draw in
    let n = try draw("n", integers(in: 0...10_000))
    try holds(n < 100)
  }

  /// Claim: a shrinker that returns a passing case is noticed, because the final case is run again.
  @Test func shrinkerReturningAPassingCase() {
    var runner = PropertyRunner(profile: .deterministic, seed: 1)
    #expect(runner.run(property).failed)
    runner.reducer = { tape in
      var wrong = tape
      for position in wrong.choices.indices { wrong.choices[position] = wrong.choices[position].simplest }
      return wrong
    }
    let outcome = runner.run(property)
    #expect(outcome.status == .flaky)
    #expect(outcome.counterexamples.isEmpty)
  }

  /// Whether a coverage decision refutes "at least 1 in 5" when the truth is 1 in 20, in nearly all of 200 runs.
  private func refutesRareLabels(_ decide: (CoverageTest) -> CoverageVerdict.Decision) -> Bool {
    let refuted = (0..<200).count { run in
      var random = CounterGenerator(key: CounterGenerator.key(seed: 3, property: 0, index: UInt64(run)))
      var test = CoverageTest(CoverageRequirement(label: "rare", share: 0.2, alarm: 1e-6))
      for _ in 0..<1000 { test.observe(random.unit() < 0.05) }
      return decide(test) == .refuted
    }
    return refuted >= 198
  }

  /// Claim: a coverage test that always accepts is noticed.
  @Test func coverageTestThatAlwaysAccepts() {
    #expect(refutesRareLabels { $0.decision })
    #expect(!refutesRareLabels { _ in .met })
  }

  /// An e-process that sets its stake after having seen the observation it bets on.
  private struct FutureBetting {
    var wealth = 1.0
    var greatest = 1.0

    mutating func observe(_ y: Double) {
      let surplus = y - 0.5
      wealth *= 1 + (surplus > 0 ? 0.1 : -0.1) * surplus
      greatest = max(greatest, wealth)
    }
  }

  /// Claim: an e-process that bets on the future is noticed by the calibration that the honest one passes.
  @Test func evidenceThatBetsOnTheFuture() {
    let honest = FalseAlarms.measure("honest", samples: 300, runs: 2000, nominal: 0.01) { random in
      var evidence = BettingEvidence(mean: 0.5)
      for _ in 0..<300 { evidence.observe(random.unit()) }
      return evidence.rejects(alarm: 0.01)
    }
    let future = FalseAlarms.measure("future", samples: 300, runs: 2000, nominal: 0.01) { random in
      var evidence = FutureBetting()
      for _ in 0..<300 { evidence.observe(random.unit()) }
      return evidence.greatest >= 100
    }
    #expect(honest.isWithin, "\(honest.rate)")
    #expect(!future.isWithin, "\(future.rate)")
  }
}
