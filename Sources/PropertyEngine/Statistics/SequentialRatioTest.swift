import Foundation

/// Wald's sequential test of "the event has probability at most p0" against "at least p1".
///
/// The likelihood ratio is compared with 1/alarm and with `miss`; by Ville's inequality under either hypothesis both
/// error probabilities hold exactly, overshoot included.
public struct SequentialRatioTest: Sendable {
  public enum Decision: Sendable, Hashable {
    /// The claim stands: probabilities of p1 or more are excluded with error at most `miss`.
    case holds
    /// The claim is rejected with error at most `alarm`.
    case rejected
    case undecided
  }

  public let claimed: Double
  public let alternative: Double
  public let alarm: Double
  public let miss: Double
  public private(set) var hits = 0
  public private(set) var trials = 0
  public private(set) var logRatio = 0.0
  public private(set) var decision = Decision.undecided
  private let onHit: Double
  private let onMiss: Double

  /// - Throws: ``StatisticsError`` unless `0 < p0 < p1 < 1` and both error probabilities lie in (0, 1).
  public init(
    atMost claimed: Double, against alternative: Double, alarm: Double, miss: Double = 0.001
  ) throws(StatisticsError) {
    guard claimed > 0, claimed < alternative, alternative < 1, alarm > 0, alarm < 1, miss > 0, miss < 1 else {
      throw StatisticsError.invalidProbabilities(
        "SequentialRatioTest got p0 = \(claimed), p1 = \(alternative), alarm = \(alarm), miss = \(miss).")
    }
    self.claimed = claimed
    self.alternative = alternative
    self.alarm = alarm
    self.miss = miss
    onHit = log(alternative / claimed)
    onMiss = log((1 - alternative) / (1 - claimed))
  }

  /// Takes one observation; ignored once decided.
  public mutating func observe(_ hit: Bool) {
    guard decision == .undecided else { return }
    trials += 1
    if hit { hits += 1 }
    logRatio += hit ? onHit : onMiss
    if logRatio >= -log(alarm) {
      decision = .rejected
    } else if logRatio <= log(miss) {
      decision = .holds
    }
  }

  /// The assertion as a record; the detectable deviation is the declared one.
  public func record(_ name: String) -> StatisticRecord {
    StatisticRecord(
      name: name, alarm: alarm,
      evidence: decision == .rejected ? max(exp(logRatio), 1 / alarm) : exp(logRatio),
      samples: trials,
      observed: trials == 0 ? .nan : Double(hits) / Double(trials), expected: claimed,
      detectable: alternative - claimed)
  }
}
