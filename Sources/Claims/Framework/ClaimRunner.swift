import PropertyEngine
import Training

/// How one check of a claim came out.
public struct CheckResult: Sendable {
  public let expectation: Expectation
  public let outcome: PropertyOutcome

  /// Whether it came out as it is to.
  public var isConfirmed: Bool {
    switch expectation {
    case .holds: outcome.passed
    case .counterexample: outcome.failed
    }
  }
}

/// How a claim came out on one system.
public struct ClaimResult: Sendable {
  public let claim: Claim
  public let system: String
  public let checks: [CheckResult]

  public var isConfirmed: Bool { checks.allSatisfy(\.isConfirmed) }
  /// The false-alarm probability spent on statistical assertions.
  public var alarmSpent: Double { checks.reduce(0) { $0 + $1.outcome.alarmSpent } }
  /// The largest error-to-bound ratio that a check reported under the name "error / bound", if any did.
  public var worstErrorOverBound: Double? {
    checks.flatMap(\.outcome.worst).filter { $0.name == ClaimRunner.errorOverBound }.map(\.value).max()
  }
}

/// Runs claims on systems.
public struct ClaimRunner: Sendable {
  /// The name under which properties report their error divided by its bound, with `draw.maximise`.
  public static let errorOverBound = "error / bound"

  public let runner: PropertyRunner

  public init(_ runner: PropertyRunner) { self.runner = runner }

  /// Runs every check of a claim. Cases depend on the seed and the claim alone, not on what else is run.
  public func run(_ claim: Claim, on system: SystemUnderTest) -> ClaimResult {
    ClaimResult(
      claim: claim, system: system.name,
      checks: claim.checks.map {
        CheckResult(expectation: $0.expectation, outcome: runner.run($0.property(system)))
      })
  }

  /// Runs many claims on all processors; the results do not depend on their number.
  public func run(_ claims: [Claim], on system: SystemUnderTest) -> [ClaimResult] {
    ParallelShards.map(count: claims.count) { run(claims[$0], on: system) }
  }

  /// Runs the refutations of claims alone, on all processors, and gives their results by identifier: each holds the smallest
  /// counterexample to the published statement that the search found.
  public func refutations(of claims: [Claim], on system: SystemUnderTest) -> [String: [CheckResult]] {
    let results = ParallelShards.map(count: claims.count) { index in
      claims[index].checks.filter { $0.expectation == .counterexample }.map {
        CheckResult(expectation: .counterexample, outcome: runner.run($0.property(system)))
      }
    }
    return Dictionary(zip(claims.map(\.id), results)) { first, _ in first }
  }

  /// Whether a claim tells a mutant from the reference: some check does not come out as it is to. Stops at the first.
  public func kills(_ claim: Claim, _ mutant: SystemUnderTest) -> CheckResult? {
    for check in claim.checks {
      let result = CheckResult(
        expectation: check.expectation, outcome: runner.run(check.property(mutant)))
      if !result.isConfirmed { return result }
    }
    return nil
  }
}
