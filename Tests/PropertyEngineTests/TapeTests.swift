import Foundation
import Synchronization
import Testing

@testable import PropertyEngine

@Suite struct TapeTests {
  let runner = PropertyRunner(profile: .deterministic, seed: 11)

  /// Claim: the text form of any tape reads back to the same names, kinds and values.
  @Test func textRoundTrip() {
    let outcome = runner.run(
      Property("round trip", cases: 1000) { draw in
        let one = oneOf(
          integers(in: Int.min...Int.max).map { Choice.integer($0, in: $0...$0) },
          anyReals().map {
            Choice(kind: .real, bits: $0.bitPattern, lowerBits: $0.bitPattern, upperBits: $0.bitPattern)
          },
          booleans().map { Choice.bool($0) }, integers(in: 0...1000).map { Choice.index($0, below: $0 + 1) })
        let names = choice(of: ["", "a", "model 1", "x=y%|'\"\n", "ü"])
        let parts = try draw("parts", arrays(of: pairs(names, arrays(of: one, count: 0...4)), count: 0...4))
        var tape = ChoiceTape()
        for (name, choices) in parts {
          let start = tape.count
          tape.choices += choices
          tape.segments.append(Segment(name: name, start: start, end: tape.count))
        }
        let again = try TapeText.decode(TapeText.encode(tape))
        try equal(again.segments, tape.segments)
        try equal(again.choices.map(\.bits), tape.choices.map(\.bits))
        try equal(again.choices.map(\.kind), tape.choices.map(\.kind))
      })
    #expect(outcome.passed, "\(outcome.failureText(reproduce: ""))")
  }

  /// Claim: the order of reals puts whole numbers before halves before the rest, and zero first of all.
  @Test func orderOfReals() {
    func rank(_ x: Double) -> ChoiceRank {
      ChoiceOrder.rank(.real(x, in: -Double.infinity...Double.infinity))
    }
    let ordered = [
      0, -0.0, 1, -1, 2, 1e300, 0.5, -0.5, 1.5, 0.25, 0.1, .leastNonzeroMagnitude, .infinity, .nan,
    ]
    for (a, b) in zip(ordered, ordered.dropFirst()) { #expect(rank(a) < rank(b), "\(a) before \(b)") }
  }

  /// Claim: the simplest real of a range lies in it and no value drawn from the range is simpler.
  @Test func simplestReal() {
    let outcome = runner.run(
      Property("simplest", cases: 2000) { draw in
        let a = try draw("a", reals(in: -1e6...1e6))
        let b = try draw("b", reals(in: -1e6...1e6))
        let bounds = min(a, b)...max(a, b)
        let simplest = ChoiceOrder.simplestReal(bounds.lowerBound, bounds.upperBound)
        try holds(bounds.contains(simplest), "\(simplest) outside \(bounds)")
        let x = try draw("x", reals(in: bounds))
        try holds(
          !(ChoiceOrder.rank(.real(x, in: bounds)) < ChoiceOrder.rank(.real(simplest, in: bounds))),
          "\(x) is simpler than \(simplest)")
      })
    #expect(outcome.passed, "\(outcome.failureText(reproduce: ""))")
  }

  /// Claim: every generator stays in its range, at random and while shrinking.
  @Test func generatorsKeepTheirPromises() {
    let outcome = runner.run(
      Property("ranges", cases: 2000) { draw in
        let lower = try draw("lower", integers(in: -1000...1000))
        let width = try draw("width", integers(in: 0...100_000))
        let n = try draw("n", integers(in: lower...(lower + width)))
        try holds(n >= lower && n <= lower + width)
        let v = try draw("v", unitVectors(1 + width % 40))
        // Each of 40 squares and their sum is rounded once, and so is the quotient: 100 units of 2⁻⁵² suffice.
        try close(v.reduce(0) { $0 + $1 * $1 }, 1, within: 100 * .ulpOfOne)
        let order = try draw("order", permutations(of: width % 9))
        try equal(order.sorted(), Array(0..<(width % 9)))
        let few = try draw("few", distinctArrays(of: integers(in: 0...99), count: 2...5))
        try equal(Set(few).count, few.count)
        let scale = try draw("scale", magnitudes(in: 1e-6...1e6))
        try holds(scale >= 1e-6 && scale <= 1e6)
      })
    #expect(outcome.passed, "\(outcome.failureText(reproduce: ""))")
  }

  /// Claim: a replay finds draws by name, whatever was added or reordered before them.
  @Test func drawsAreFoundByName() throws {
    let old = Property("p") { draw in
      _ = try draw("size", integers(in: 0...10))
      try holds(try draw("limit", integers(in: 0...1000)) < 300)
    }
    let new = Property("p") { draw in
      _ = try draw("added", integers(in: 0...10))
      try holds(try draw("limit", integers(in: 0...1000)) < 300)
      _ = try draw("size", integers(in: 0...10))
    }
    let example = try #require(runner.run(old).counterexample)
    let replayed = runner.replay(new, example.tape)
    #expect(replayed.failed)
    #expect(replayed.counterexample?.values.last?.text == "300")
    #expect(replayed.warnings.map(\.kind).contains(.staleRegression))
  }

  /// Claim: the regression file reads back what it wrote, keeps lines it cannot read, and names other versions.
  @Test func regressionFile() throws {
    let property = Property("p | odd\nname") { draw in
      try holds(try draw("n", integers(in: 0...1000)) < 300, "a | b")
    }
    let example = try #require(runner.run(property).counterexample)
    var file = RegressionFile()
    let entry = RegressionFile.Entry(property: property.key, example, seed: 0xFE, date: "2026-01-02")
    #expect(file.add(entry) && !file.add(entry))
    let read = RegressionFile(parsing: file.text + "nonsense\n", name: "f.txt")
    #expect(read.entries == file.entries)
    #expect(read.problems.count == 1 && read.problems[0].hasPrefix("f.txt:3"))
    #expect(read.text.contains("nonsense"))
    #expect(read.cases(of: property.key).cases.first?.tape.count == 1)
    let outcome = runner.run(property, stored: read.cases(of: property.key).cases)
    #expect(outcome.failed && outcome.counterexample?.foundAt == nil && outcome.warnings.isEmpty)
    #expect(RegressionFile(parsing: "# pbt 9\n", name: "f").problems[0].contains("format 9"))
  }

  /// Claim: observation lines are JSON with the fields the viewer reads.
  @Test func observationLines() throws {
    let lines = Mutex<[String]>([])
    var runner = runner
    runner.observer = { observation in
      lines.withLock { $0.append(ObservationWriter.line(observation, runStart: 1)) }
    }
    _ = runner.run(
      Property("watched \"x\"", cases: 3) { draw in
        let n = try draw("n", integers(in: 0...1_000_000))
        draw.label("even", when: n % 2 == 0)
        draw.record(Double(n), "size")
      })
    let all = lines.withLock { $0 }
    #expect(all.count == 3)
    for line in all {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["type"] as? String == "test_case" && object["status"] as? String == "passed")
      #expect((object["features"] as? [String: Any])?["size"] != nil)
      #expect((object["representation"] as? String)?.hasPrefix("n = ") == true)
    }
  }
}
