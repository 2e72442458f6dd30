/// What a body reported about one case.
struct CaseEvents: Sendable {
  var labels: [String] = []
  var numbers: [NumericEvent] = []
  var requirements: [CoverageRequirement] = []
  var targets: [NumericEvent] = []
  var statistics: [StatisticRecord] = []

  var isEmpty: Bool {
    labels.isEmpty && numbers.isEmpty && requirements.isEmpty && targets.isEmpty && statistics.isEmpty
  }
}

struct NumericEvent: Sendable {
  let name: String
  let value: Double
}

/// A demand that a label occurs in at least a share of the random cases.
struct CoverageRequirement: Sendable, Hashable {
  let label: String
  let share: Double
  let alarm: Double
}

extension Draw {
  /// Counts the case under a label; the shares are reported.
  public func label(_ text: String) { events.labels.append(text) }

  /// Counts the case under a label when `condition` holds.
  public func label(_ text: String, when condition: Bool) {
    if condition { events.labels.append(text) }
  }

  /// Records a number of the case; least, median and greatest are reported.
  public func record(_ value: Double, _ name: String) {
    events.numbers.append(NumericEvent(name: name, value: value))
  }

  /// Asks that at least `share` of the random cases carry `label`.
  ///
  /// An exact sequential test decides after every case: the property fails when the label is refuted to be that
  /// frequent, with probability at most `alarm` if it truly is.
  public func require(_ label: String, atLeast share: Double, alarm: Double = 1e-7) {
    events.requirements.append(CoverageRequirement(label: label, share: share, alarm: alarm))
  }

  /// Steers the search towards cases where `value` is large; the worst case and its tape are reported.
  ///
  /// Not-a-number counts as larger than any number.
  public func maximise(_ value: Double, _ name: String) {
    events.targets.append(NumericEvent(name: name, value: value))
  }

  /// Notes the outcome of a statistical assertion, for the report and the alarm ledger.
  public func note(_ statistic: StatisticRecord) { events.statistics.append(statistic) }
}
