/// What the cases of a run said, added up.
struct RunTally {
  /// Duplicates are counted among this many first cases.
  static let duplicateWindow = 2000

  var oversized = 0
  private var hashes: Set<UInt64> = []
  private var duplicates = 0
  private var labels: [String: Int] = [:]
  private var numbers: [String: [Double]] = [:]
  private var numberOrder: [String] = []
  private var coverage: [CoverageTest] = []
  private var worst: [WorstRecord] = []
  private var statistics: [StatisticSummary] = []
  private var spaceEstimates: [Double?] = []

  struct WorstRecord {
    let name: String
    var value: Double
    var tape: ChoiceTape
  }

  var hasCoverage: Bool { !coverage.isEmpty }
  var hasUndecidedCoverage: Bool { coverage.contains { $0.decision == .undecided } }
  var hasTargets: Bool { !worst.isEmpty }
  var targets: [WorstRecord] { worst }

  mutating func count(tapeHash: UInt64) {
    if !hashes.insert(tapeHash).inserted { duplicates += 1 }
  }

  // MARK: Finite spaces

  mutating func measureSpace(_ tape: ChoiceTape) {
    var product: Double? = 1
    for choice in tape.choices {
      guard let size = choice.cardinality, let so = product, so < 1e9 else {
        product = nil
        break
      }
      product = so * size
    }
    spaceEstimates.append(product)
  }

  /// Whether the cases seen come from a space that may be enumerated within the budget.
  func looksFinite(within budget: Int) -> Bool {
    !spaceEstimates.isEmpty && spaceEstimates.allSatisfy { $0.map { $0 <= Double(budget) } ?? false }
  }

  // MARK: Events

  mutating func add(_ events: CaseEvents, isRandom: Bool, record: () -> CaseRecord) {
    for label in Set(events.labels) where isRandom { labels[label, default: 0] += 1 }
    for event in events.numbers where isRandom {
      if numbers[event.name] == nil { numberOrder.append(event.name) }
      numbers[event.name, default: []].append(event.value)
    }
    for requirement in events.requirements
    where !coverage.contains(where: { $0.requirement.label == requirement.label }) {
      coverage.append(CoverageTest(requirement))
    }
    if isRandom {
      for position in coverage.indices {
        coverage[position].observe(events.labels.contains(coverage[position].requirement.label))
      }
    }
    for target in events.targets { addTarget(target, record) }
    for statistic in events.statistics { add(statistic) }
  }

  private mutating func addTarget(_ target: NumericEvent, _ record: () -> CaseRecord) {
    guard let position = worst.firstIndex(where: { $0.name == target.name }) else {
      worst.append(WorstRecord(name: target.name, value: target.value, tape: record().tape))
      return
    }
    let known = worst[position].value
    if known.isNaN || !(target.value > known || target.value.isNaN) { return }
    worst[position] = WorstRecord(name: target.name, value: target.value, tape: record().tape)
  }

  private mutating func add(_ statistic: StatisticRecord) {
    guard let position = statistics.firstIndex(where: { $0.name == statistic.name }) else {
      statistics.append(
        StatisticSummary(
          name: statistic.name, assertions: 1, alarmSpent: statistic.alarm, strongest: statistic))
      return
    }
    let known = statistics[position]
    statistics[position] = StatisticSummary(
      name: statistic.name, assertions: known.assertions + 1, alarmSpent: known.alarmSpent + statistic.alarm,
      strongest: statistic.evidence * statistic.alarm > known.strongest.evidence * known.strongest.alarm
        ? statistic : known.strongest)
  }

  // MARK: Report

  func report(to outcome: inout PropertyOutcome) {
    outcome.duplicates = duplicates
    outcome.labels = labels
    outcome.numbers = numberOrder.map { name in
      let sorted = (numbers[name] ?? []).sorted()
      return NumericSummary(
        name: name, count: sorted.count, least: sorted.first ?? .nan, median: sorted[sorted.count / 2],
        greatest: sorted.last ?? .nan)
    }
    outcome.coverage = coverage.map(\.verdict)
    outcome.worst = worst.map { WorstCase(name: $0.name, value: $0.value, values: [], tape: $0.tape) }
    outcome.statistics = statistics
    outcome.alarmSpent =
      statistics.reduce(0) { $0 + $1.alarmSpent } + coverage.reduce(0) { $0 + $1.requirement.alarm }
  }
}
