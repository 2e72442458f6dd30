/// The false-alarm probabilities that the assertions of a run declared, added up.
///
/// By the union bound, a run in which everything claimed is true raises any alarm at all with probability at most
/// ``bound``, whatever the dependence between the assertions.
public struct AlarmLedger: Sendable, Hashable, Codable {
  /// One property's share.
  public struct Entry: Sendable, Hashable, Codable {
    public let property: String
    public let assertions: Int
    public let alarm: Double
  }

  public private(set) var entries: [Entry] = []

  public init() {}

  public mutating func add(_ property: String, assertions: Int, alarm: Double) {
    if assertions > 0 { entries.append(Entry(property: property, assertions: assertions, alarm: alarm)) }
  }

  /// Books everything a run of a property asserted.
  public mutating func add(_ outcome: PropertyOutcome) {
    let statistics = outcome.statistics.reduce(0) { $0 + $1.assertions }
    add(outcome.name, assertions: statistics + outcome.coverage.count, alarm: outcome.alarmSpent)
  }

  /// The probability that a run of true claims raises an alarm is at most this.
  public var bound: Double { min(1, entries.reduce(0) { $0 + $1.alarm }) }

  /// One line for the end of a run.
  public var summary: String {
    let count = entries.reduce(0) { $0 + $1.assertions }
    return
      "\(count) statistical assertions in \(entries.count) properties; if all claims are true, the probability of "
      + "any false alarm in this run is at most \(bound)"
  }
}
