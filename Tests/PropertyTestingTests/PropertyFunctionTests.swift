import Foundation
import Synchronization
import Testing

@testable import PropertyTesting

@Suite struct PropertyFunctionTests {
  /// Claim: a true property passes and reports its cases.
  @Test(.property(cases: 150)) func truePropertyPasses() {
    let outcome = property { draw in
      let a = try draw("a", integers(in: -99...99))
      let b = try draw("b", integers(in: -99...99))
      try equal(a + b, b + a)
    }
    #expect(outcome.cases == 150 || outcome.isExhaustive)
  }

  /// Claim: fixed-arity checks infer one-expression bodies.
  @Test func arithmeticInOneExpression() {
    forAll(integers(in: -9...9), integers(in: -9...9), integers(in: -9...9)) { a, b, c in
      try holds((a + b) + c == a + (b + c), "\(a) \(b) \(c)")
    }
  }

  /// Without files and without clocks.
  private func session() -> TestSession {
    TestSession(environment: ["PBT_DB": "off", "PBT_PROFILE": "deterministic"])
  }

  /// Claim: a failing property records exactly one issue, at the call, with the shrunk values and a reproduce line.
  @Test func failureIsOneIssue() {
    var outcome: PropertyOutcome?
    let recorded = Mutex<[String]>([])
    withKnownIssue {
      outcome = TestSession.$current.withValue(session()) {
        property("limit", cases: 500) { draw in
          let n = try draw("n", integers(in: 0...1_000_000))
          try holds(n < 4242, "\(n) is 4242 or more")
        }
      }
    } matching: { issue in
      let text = issue.comments.map(\.rawValue).joined()
      recorded.withLock { $0.append(text) }
      return true
    }
    #expect(outcome?.counterexample?.summary == "n = 4242")
    let texts = recorded.withLock { $0 }
    #expect(texts.count == 1)
    #expect(texts.first?.contains("n = 4242") == true)
    #expect(texts.first?.contains("PBT_REPLAY='1: n=i4242' swift test --filter") == true)
    #expect(texts.first?.contains("PropertyFunctionTests/failureIsOneIssue'") == true)
  }

  /// Claim: a mutant that a property names is noticed, and one it cannot notice is reported.
  @Test func mutantsMustBeKilled() {
    func half(_ n: Int) -> Int { Mutant("rounds up").isActive ? (n + 1) / 2 : n / 2 }
    let body: (Draw) throws -> Void = { draw in
      let n = try draw("n", integers(in: 0...1000))
      try holds(2 * half(n) <= n)
    }
    property(kills: "rounds up") { try body($0) }
    withKnownIssue {
      property(kills: "a fault that is nowhere") { try body($0) }
    }
  }

  /// Claim: asynchronous bodies are shrunk like others.
  @Test func asynchronousBody() async {
    let found = Mutex<String?>(nil)
    await withKnownIssue {
      let outcome = await TestSession.$current.withValue(session()) {
        await asynchronousProperty { draw in
          let n = try draw("n", integers(in: 0...1000))
          await Task.yield()
          try holds(n < 77)
        }
      }
      found.withLock { $0 = outcome.counterexample?.summary }
    }
    #expect(found.withLock { $0 } == "n = 77")
  }

  /// Claim: an asynchronous property runs the one case that `PBT_CASE` or `PBT_REPLAY` asks for, the same as a synchronous one.
  @Test(arguments: [("PBT_CASE", "3"), ("PBT_REPLAY", "1: n=i41")])
  func asynchronousCaseIsRunAlone(variable: String, value: String) async {
    let session = TestSession(
      environment: ["PBT_DB": "off", "PBT_PROFILE": "deterministic", variable: value])
    let seen = Mutex<[Int]>([])
    let outcome = await TestSession.$current.withValue(session) {
      await asynchronousProperty { draw in
        let n = try draw("n", integers(in: 0...1_000_000))
        await Task.yield()
        seen.withLock { $0.append(n) }
      }
    }
    let twin = Mutex<[Int]>([])
    TestSession.$current.withValue(session) {
      property { draw in
        let n = try draw("n", integers(in: 0...1_000_000))
        twin.withLock { $0.append(n) }
      }
    }
    let values = seen.withLock { $0 }
    #expect(outcome.cases == 1 && values.count == 1)
    #expect(values == twin.withLock { $0 })
    if variable == "PBT_REPLAY" { #expect(values == [41]) }
  }

  /// Claim: mutants reach an asynchronous body, from `kills:` and from `PBT_MUTANT`; one it cannot notice is reported.
  @Test func asynchronousMutantsMustBeKilled() async {
    let body: @Sendable (Draw) async throws -> Void = { draw in
      let n = try draw("n", integers(in: 0...1000))
      await Task.yield()
      let half = Mutant("rounds up").isActive ? (n + 1) / 2 : n / 2
      try holds(2 * half <= n)
    }
    await TestSession.$current.withValue(session()) {
      await asynchronousProperty(kills: "rounds up") { try await body($0) }
      await withKnownIssue {
        await asynchronousProperty(kills: "a fault that is nowhere") { try await body($0) }
      }
    }
    let mutated = TestSession(
      environment: ["PBT_DB": "off", "PBT_PROFILE": "deterministic", "PBT_MUTANT": "rounds up"])
    let found = Mutex<String?>(nil)
    await withKnownIssue {
      let outcome = await TestSession.$current.withValue(mutated) {
        await asynchronousProperty { try await body($0) }
      }
      found.withLock { $0 = outcome.counterexample?.summary }
    }
    #expect(found.withLock { $0 } == "n = 1")
  }

  /// Claim: a counterexample is stored, replayed first, and its line warns once the draws have changed.
  @Test func storedCasesAreReplayedFirst() throws {
    let folder = NSTemporaryDirectory() + "/regressions-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func run(_ name: String, limit: Int, upper: Int) -> PropertyOutcome? {
      var outcome: PropertyOutcome?
      withKnownIssue(isIntermittent: true) {
        // A new session reads the files again, as a new process would.
        outcome = TestSession.$current.withValue(
          TestSession(environment: ["PBT_DB": "write", "PBT_PROFILE": "deterministic"])
        ) {
          property("stored", filePath: folder + "/\(name).swift") { draw in
            let n = try draw("n", integers(in: 0...upper))
            try holds(n < limit)
          }
        }
      }
      return outcome
    }
    let first = try #require(run("a", limit: 500, upper: 1000))
    #expect(first.counterexample?.foundAt != nil)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/Regressions")
    #expect(files == ["PropertyTestingTests.PropertyFunctionTests.txt"])
    let again = try #require(run("a", limit: 500, upper: 1000))
    #expect(again.counterexample?.foundAt == nil && again.cases == 1)
    #expect(again.warnings.isEmpty)
    let changed = try #require(run("a", limit: 5000, upper: 2000))
    #expect(changed.passed)
    #expect(changed.warnings.map(\.kind) == [.staleRegression])
  }

  /// Claim: keys hold no line numbers, and the filter names one test of one module.
  @Test func identity() {
    let identity = TestIdentity("Mod.Outer/Inner/works(_:)/File.swift:12:4", fileID: "Mod/File.swift")
    #expect(identity.key == "Mod.Outer/Inner/works(_:)")
    #expect(identity.suiteKey == "Mod.Outer.Inner")
    #expect(identity.filter == #"Mod\.Outer/Inner/works"#)
  }
}
