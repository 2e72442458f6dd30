import PropertyEngine
import Testing

@Suite struct RunnerTests {
  let runner = PropertyRunner(profile: .deterministic, seed: 7)

  /// A true property passes with all its cases run.
  @Test func truePropertyPasses() {
    let outcome = runner.run(
      Property("commutative", cases: 300) { draw in
        let a = try draw("a", integers(in: -1000...1000))
        let b = try draw("b", integers(in: -1000...1000))
        try holds(a + b == b + a)
      })
    #expect(outcome.passed)
    #expect(outcome.cases == 300)
  }

  /// A threshold is found exactly.
  @Test func thresholdIsExact() throws {
    let outcome = runner.run(
      Property("below 617") { draw in
        let a = try draw("a", integers(in: 0...100_000))
        try holds(a < 617, "\(a) >= 617")
      })
    let example = try #require(outcome.counterexample)
    #expect(example.summary == "a = 617")
  }
}
