/// What running a property found out: a value, the same for the same seed, property and profile (its duration apart,
/// and unless a wall-clock cap cut the run).
public struct PropertyOutcome: Sendable {
  public enum Status: String, Sendable, Codable {
    case passed
    /// A counterexample was found.
    case failed
    /// The body did not do the same thing twice on the same choices.
    case flaky
    /// No case ran, a generator cannot produce anything, or a coverage requirement was refuted.
    case invalid
  }

  public let name: String
  public let key: String
  public let seed: UInt64
  public internal(set) var status: Status = .passed
  /// The distinct bugs, the first one found first.
  public internal(set) var counterexamples: [Counterexample] = []
  /// Why the status is `.flaky` or `.invalid`, as a sentence that says what to do.
  public internal(set) var problem: String?
  /// Cases the body finished (passed or failed), and cases it rejected.
  public internal(set) var cases = 0
  public internal(set) var rejected = 0
  public internal(set) var duplicates = 0
  public internal(set) var casesAsked = 0
  /// Whether every case there is was run, so that a pass is a proof.
  public internal(set) var isExhaustive = false
  /// Runs of the body spent on shrinking and explaining.
  public internal(set) var shrinkCalls = 0
  /// How many of the random cases carried each label.
  public internal(set) var labels: [String: Int] = [:]
  public internal(set) var numbers: [NumericSummary] = []
  public internal(set) var coverage: [CoverageVerdict] = []
  /// The worst value of every target, with its tape.
  public internal(set) var worst: [WorstCase] = []
  /// The statistical assertions of all cases, merged by name.
  public internal(set) var statistics: [StatisticSummary] = []
  /// The sum of the declared false-alarm probabilities of everything asserted in the run.
  public internal(set) var alarmSpent = 0.0
  public internal(set) var warnings: [HealthWarning] = []
  public internal(set) var duration: Duration = .zero

  init(name: String, key: String, seed: UInt64) {
    self.name = name
    self.key = key
    self.seed = seed
  }

  public var passed: Bool { status == .passed }
  public var failed: Bool { status == .failed }
  /// The first counterexample.
  public var counterexample: Counterexample? { counterexamples.first }
}

/// A case that makes the property fail, as small as the shrinker could make it.
public struct Counterexample: Sendable, Hashable {
  /// What did not hold, with the values.
  public let message: String
  /// Names the failing check; equal for the same bug in later runs.
  public let failureKey: String
  /// The drawn values, in the order of the draws, reals as decimal and hex.
  public let values: [PrintedValue]
  /// Which draws matter, as far as the explain phase could tell.
  public let explanations: [Explanation]
  /// The choices that reproduce the case.
  public let tape: ChoiceTape
  /// The random case it was found at, or nil for a replayed or enumerated one.
  public let foundAt: Int?
  /// Runs of the body spent on shrinking it.
  public let shrinkCalls: Int
  /// Whether the failure came from a statistical assertion.
  public let isStatistical: Bool

  /// The tape as text, for `PBT_REPLAY` and the regression file.
  public var replayText: String { TapeText.encode(tape) }

  /// The values on one line.
  public var summary: String {
    values.map { $0.name.isEmpty ? $0.text : "\($0.name) = \($0.text)" }.joined(separator: ", ")
  }
}

/// What fresh values of one draw do to a counterexample.
public struct Explanation: Sendable, Hashable {
  /// The draw.
  public let name: String
  /// How many different values were put in its place, everything else being kept.
  public let tried: Int
  /// How many of them failed too, in the same way.
  public let failed: Int

  /// Whether the value of the draw does not matter, as far as tried.
  public var isIrrelevant: Bool { tried > 0 && failed == tried }
}

/// A number recorded with ``Draw/record(_:_:)`` over the random cases.
public struct NumericSummary: Sendable, Hashable, Codable {
  public let name: String
  public let count: Int
  public let least: Double
  public let median: Double
  public let greatest: Double
}

/// The worst case of a target.
public struct WorstCase: Sendable, Hashable {
  public let name: String
  public let value: Double
  /// The drawn values.
  public let values: [PrintedValue]
  public let tape: ChoiceTape
}

/// The verdict on a coverage requirement.
public struct CoverageVerdict: Sendable, Hashable, Codable {
  public enum Decision: String, Sendable, Codable {
    /// Refuted that the label is rarer than nine tenths of what is asked.
    case met
    /// Refuted that the label is as frequent as asked.
    case refuted
    case undecided
  }

  public let label: String
  public let required: Double
  public let hits: Int
  public let cases: Int
  public let decision: Decision
  public let alarm: Double
}

/// Statistical assertions of one name over all cases of a run.
public struct StatisticSummary: Sendable, Hashable, Codable {
  public let name: String
  /// How many assertions of this name were made, and the sum of their alarms.
  public let assertions: Int
  public let alarmSpent: Double
  /// The one with the strongest evidence against its claim.
  public let strongest: StatisticRecord
}

/// Something about the run that weakens a pass; never a failure by itself.
public struct HealthWarning: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case manyRejections, budgetCut, labelNeverSeen, duplicates, oversizedCases, coverageUndecided,
      staleRegression
    case shrinkCut
  }

  public let kind: Kind
  public let text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
