import Foundation
import Synchronization
import Testing

@testable import PropertyEngine

/// Bad input gets a sentence that says what to do.
@Suite struct BadInputTests {
  let runner = PropertyRunner(profile: .deterministic, seed: 7)

  /// Claim: generators without any value make the property invalid, naming the call.
  @Test func emptyRanges() {
    let cases: [(Property, String)] = [
      (
        Property("a") { draw in _ = try draw("n", integers(in: 5..<5)) },
        "integers(in: 5..<5) has an empty range"
      ),
      (
        Property("b") { draw in _ = try draw("n", choice(of: [Int]())) },
        "choice(of: []) has nothing to choose from"
      ),
      (Property("c") { draw in _ = try draw("n", reals(from: 2, to: 1)) }, "reals(from: 2.0, to: 1.0)"),
      (Property("d") { draw in _ = try draw("n", unitVectors(0)) }, "unitVectors(0)"),
    ]
    for (property, text) in cases {
      let outcome = runner.run(property)
      #expect(outcome.status == .invalid)
      #expect(outcome.problem?.contains(text) == true, "\(outcome.problem ?? "")")
      #expect(outcome.problem?.contains("Give") == true)
    }
  }

  /// Claim: a body that depends on something besides its draws is called flaky, with what to do.
  @Test func flakyBody() {
    let calls = Mutex(0)
    let outcome = runner.run(
      Property("flaky") { draw in
        _ = try draw("n", integers(in: 0...1000))
        let call = calls.withLock { count in
          count += 1
          return count
        }
        try holds(call % 7 != 0)
      })
    #expect(outcome.status == .flaky)
    #expect(outcome.problem?.contains("Draw that value instead") == true)
  }

  /// Claim: a body that draws different values on replay is called flaky.
  @Test func differentDraws() {
    let calls = Mutex(0)
    let outcome = runner.run(
      Property("different draws") { draw in
        let count = calls.withLock { count in
          count += 1
          return count
        }
        for _ in 0..<(count % 3 + 1) { _ = try draw("n", integers(in: 0...1000)) }
        try holds(false)
      })
    #expect(outcome.status == .flaky)
    #expect(outcome.problem?.contains("drew different values") == true)
  }

  /// Claim: a filter that rejects everything makes the property invalid and says which one.
  @Test func filterThatRejectsAll() {
    let outcome = runner.run(
      Property("filtered") { draw in
        _ = try draw("n", integers(in: 0...9).filter("multiple of 100, not 0") { $0 > 0 && $0 % 100 == 0 })
      })
    #expect(outcome.status == .invalid && outcome.cases == 0)
    #expect(outcome.problem?.contains("multiple of 100, not 0: refused 100 values") == true)
  }

  /// Claim: a tape of another version, or mangled, is refused with a sentence.
  @Test func tapesThatCannotBeRead() {
    #expect(throws: TapeError.otherVersion(2)) { try TapeText.decode("2: n=i1") }
    for text in [
      "", "n=i1", "1: n", "1: n=q3", "1: n=i1*0", "1: n=i1*2*3", "1: n=x-1", "1: n=i99999999999999999999",
    ] {
      #expect(throws: TapeError.self, "\(text)") { try TapeText.decode(text) }
    }
    #expect(TapeError.otherVersion(2).description.contains("Run the property again"))
  }

  /// Claim: a body that traps leaves a journal that names the case.
  @Test func journalOfATrap() async throws {
    let folder = NSTemporaryDirectory() + "/journal-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [folder = folder as String] in
      let runner = PropertyRunner(profile: .deterministic, seed: 0xAB, journalDirectory: folder)
      _ = runner.run(
        Property("trap") { draw in
          let n = try draw("n", integers(in: 0...1000))
          precondition(n < 900, "trapped on purpose")
        })
    }
    _ = result
    let left = CrashedCase.leftovers(in: folder, removing: true)
    #expect(left.map(\.property) == ["trap"])
    let crash = try #require(left.first)
    let index = try #require(crash.index)
    #expect(crash.seed == 0xAB && crash.advice.contains("PBT_SEED=ab PBT_CASE=\(index)"))
    // The named case is the culprit.
    let drawn = Mutex(0)
    _ = PropertyRunner(profile: .deterministic, seed: 0xAB).runCase(
      Property("trap") { draw in
        let n = try draw("n", integers(in: 0...1000))
        drawn.withLock { $0 = n }
      }, index: index)
    #expect(drawn.withLock { $0 } >= 900)
    #expect(CrashedCase.leftovers(in: folder, removing: false).isEmpty)
  }

  /// Claim: a required label that never comes is refuted, and one that comes often enough is confirmed.
  @Test func coverage() {
    var runner = runner
    runner.profile.coverageCases = 5000
    let property: (Double) -> Property = { share in
      Property("coverage \(share)") { draw in
        let x = try draw("x", reals(in: 0...1, spread: .uniform))
        draw.label("small", when: x < 0.3)
        draw.require("small", atLeast: share, alarm: 1e-6)
      }
    }
    let refuted = runner.run(property(0.5))
    #expect(refuted.status == .invalid)
    #expect(refuted.coverage.first?.decision == .refuted)
    #expect(refuted.problem?.contains("lower the requirement") == true)
    let met = runner.run(property(0.25))
    #expect(met.passed && met.coverage.first?.decision == .met)
  }

  /// Claim: rejections, duplicates and undecided coverage are warnings, not failures.
  @Test func healthWarnings() {
    let rejecting = runner.run(
      Property("rejecting") { draw in try assume(try draw("n", integers(in: 0...9999)) % 3 == 0) })
    #expect(rejecting.passed && rejecting.warnings.map(\.kind).contains(.manyRejections))
    let constant = runner.run(
      Property("few", enumeratesSmallSpaces: false) { draw in _ = try draw("b", booleans()) })
    #expect(constant.passed && constant.warnings.map(\.kind).contains(.duplicates))
  }

  /// Claim: settings that cannot be read are ignored with a sentence, and unknown ones are named.
  @Test func settings() {
    let (settings, warnings) = RunSettings.read([
      "PBT_PROFILE": "thorough", "PBT_CASES": "many", "PBT_SEED": "ff", "PBT_TYPO": "1", "PBT_DB": "read",
      "PATH": "x",
    ])
    #expect(settings.profile.name == "thorough" && settings.cases == nil && settings.seed == 255)
    #expect(settings.database == .read)
    #expect(warnings.count == 2)
    #expect(warnings[0].contains("PBT_TYPO is not a variable"))
    #expect(warnings[1].contains("PBT_CASES=many is ignored: it takes a positive whole number"))
    #expect(RunSettings.read(["PBT_PROFILE": "ci"]).settings.seed == 0)
  }
}
