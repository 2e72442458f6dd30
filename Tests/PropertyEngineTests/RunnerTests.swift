import Foundation
import Synchronization
import Testing

@testable import PropertyEngine

@Suite struct RunnerTests {
  let runner = PropertyRunner(profile: .deterministic, seed: 7)

  /// Claim: a true property passes with all its cases run.
  @Test func truePropertyPasses() {
    let outcome = runner.run(
      Property("commutative", cases: 300) { draw in
        let a = try draw("a", integers(in: -1000...1000))
        let b = try draw("b", integers(in: -1000...1000))
        try holds(a + b == b + a)
      })
    #expect(outcome.passed && outcome.cases == 300 && outcome.problem == nil)
  }

  static let failing: [Property] = [
    Property("holds") { draw in try holds(try draw("n", integers(in: 0...9999)) < 617) },
    Property("close") { draw in try close(try draw("x", reals(in: 0...100)), 0, within: 40) },
    Property("error") { draw in
      if try draw("b", arrays(of: booleans(), count: 0...9)).count > 3 { throw CocoaError(.fileNoSuchFile) }
    },
    Property("unnamed") { draw in
      let n = try draw.integer(in: -50...5000)
      let later = try draw(choice(of: ["a", "b", "c"]))
      try holds(n < 40 || later == "a")
    },
    Property("statistical", shrinksStatistics: true) { draw in
      let share = try draw("share", reals(in: 0...1, spread: .uniform))
      var random = try draw.sampler()
      try draw.claimMean(
        "coin", of: (0..<200).map { _ in random.unit() < share ? 1.0 : 0.0 }, is: 0.5, alarm: 1e-6)
    },
  ]

  /// Claim: after every kind of failure the printed tape, read back, fails the same way with the same values.
  @Test(arguments: failing.map(\.name)) func replayAfterFailure(_ name: String) throws {
    let property = try #require(Self.failing.first { $0.name == name })
    let example = try #require(runner.run(property).counterexample)
    let tape = try TapeText.decode(example.replayText)
    let again = try #require(runner.replay(property, tape).counterexample)
    #expect(again.failureKey == example.failureKey)
    #expect(again.values == example.values)
    #expect(again.replayText == example.replayText)
  }

  /// Claim: cases depend on seed, property and index alone: not on the order of runs, nor on threads.
  @Test func orderAndThreadsDoNotMatter() async {
    let alone = Self.failing.map { runner.run($0).counterexample?.replayText }
    let backwards = Self.failing.reversed().map { runner.run($0).counterexample?.replayText }
    #expect(alone == backwards.reversed())
    let shared = runner
    let together = await withTaskGroup(of: (Int, String?).self) { group in
      for round in 0..<4 {
        for (position, property) in Self.failing.enumerated() {
          group.addTask {
            (position + round * Self.failing.count, shared.run(property).counterexample?.replayText)
          }
        }
      }
      return await group.reduce(into: [Int: String?]()) { $0[$1.0] = $1.1 }
    }
    for (position, text) in together { #expect(text == alone[position % Self.failing.count]) }
  }

  /// Claim: a single case by its index draws what the whole run drew there.
  @Test func caseByIndex() throws {
    let property = Self.failing[0]
    var plain = runner
    plain.profile = .search
    let found = try #require(plain.run(property).counterexample)
    let index = try #require(found.foundAt)
    #expect(runner.runCase(property, index: index).counterexample?.values == found.values)
  }

  /// Claim: two bugs of one body are reported apart, each with its own smallest case.
  @Test func distinctBugs() {
    var runner = runner
    runner.profile.distinctBugs = 3
    let outcome = runner.run(
      Property("two bugs", cases: 2000) { draw in
        let n = try draw("n", integers(in: -10_000...10_000))
        try holds(n < 1000, "too large")
        try holds(n > -500, "too small")
      })
    #expect(Set(outcome.counterexamples.map(\.summary)) == ["n = 1000", "n = -500"])
  }

  /// Claim: the explain phase tells a draw that matters from one that does not.
  @Test func explanations() throws {
    let outcome = runner.run(
      Property("second is irrelevant") { draw in
        let n = try draw("n", integers(in: 0...1000))
        _ = try draw("noise", integers(in: 0...1000))
        try holds(n < 900)
      })
    let example = try #require(outcome.counterexample)
    #expect(example.explanations.first { $0.name == "noise" }?.isIrrelevant == true)
    #expect(example.explanations.first { $0.name == "n" }?.isIrrelevant == false)
  }

  /// Claim: a space no larger than the budget is enumerated, each case once, and found failures are the simplest.
  @Test func exhaustiveMode() {
    let counter = RunnerTestsCounter()
    let outcome = runner.run(
      Property("small", cases: 200) { draw in
        let a = try draw("a", integers(in: -3...3))
        let list = try draw("list", arrays(of: booleans(), count: 0...2))
        counter.count("\(a) \(list)")
      })
    #expect(outcome.isExhaustive && outcome.passed)
    #expect(outcome.cases == 7 * (1 + 2 + 4))
    #expect(counter.distinct == 49)
  }

  /// Claim: targeting finds a far corner that random cases miss, and keeps its tape.
  @Test func targeting() throws {
    var runner = runner
    runner.profile.targetShare = 0.5
    let property = Property("peak", cases: 2000) { draw in
      let x = try draw("x", reals(in: 0...1000, spread: .uniform))
      let y = try draw("y", reals(in: 0...1000, spread: .uniform))
      draw.maximise(-abs(x - 777.25) - abs(y - 3.5), "closeness")
    }
    let worst = try #require(runner.run(property).worst.first)
    // Random search alone comes within 20 or so: a thousand points on a square of side 1000.
    #expect(worst.value > -1)
    runner.profile.targetShare = 0
    let random = try #require(runner.run(property).worst.first)
    #expect(random.value < -1)
    #expect(worst.tape.count == 2)
  }

  /// Claim: where the clock cuts a run, the search for the worst case gets its share of the time.
  @Test func targetingUnderTheClock() {
    let phases = RunnerTestsCounter()
    let profile = Profile(name: "short", cases: 1_000_000_000, seconds: 1, targetShare: 0.5)
    let runner = PropertyRunner(profile: profile, seed: 1) { phases.count($0.phase) }
    let outcome = runner.run(
      Property("endless") { draw in
        draw.maximise(try draw("x", reals(in: 0...1)), "x")
      })
    #expect(outcome.passed && outcome.warnings.map(\.kind) == [.budgetCut])
    #expect(phases.distinct == 2, "random and target")
  }

  /// Claim: a model of ten thousand parameters shrinks to the smallest width and number of steps that fail.
  @Test func largeModelsShrink() throws {
    let outcome = runner.run(
      Property("model") { draw in
        let width = try draw("width", integers(in: 1...100))
        let steps = try draw("steps", integers(in: 1...64))
        let weights = try draw("weights", tensors([width, width], scale: 1))
        try holds(width < 3 || steps < 2 || weights.count < 9, "fails from width 3 and two steps")
      })
    let example = try #require(outcome.counterexample)
    #expect(example.values.map(\.text).prefix(2) == ["3", "2"])
    let dense = runner.run(
      Property("dense model") { draw in
        let width = try draw("width", integers(in: 90...100))
        let rows = try draw(
          "weights", matrices(rows: 1...width, columns: width...width, of: reals(in: -1...1)))
        try holds(rows.rows < 80, "fails from 80 rows")
      })
    #expect(dense.counterexample?.values.first?.text == "90")
    #expect(dense.counterexample.map { $0.tape.count < 80 * 92 + 4 } == true)
  }
}

/// Counts distinct texts across runs of a body.
final class RunnerTestsCounter: Sendable {
  private let seen = Mutex<Set<String>>([])
  func count(_ text: String) { _ = seen.withLock { $0.insert(text) } }
  var distinct: Int { seen.withLock { $0.count } }
}
