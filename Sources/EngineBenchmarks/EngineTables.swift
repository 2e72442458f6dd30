/// The engine's measurements as markdown tables.
public enum EngineTables {
  public static func challenges(seeds: Int = 100) -> String {
    var lines = [
      "| challenge | distinct answers | allowed | mean calls | most calls | most frequent answer |",
      "|---|---|---|---|---|---|",
    ]
    for challenge in Challenges.all {
      let result = Challenges.run(challenge, seeds: seeds)
      let first = result.answers.first.map { "`\($0.text)` (\($0.seeds)/\(seeds))" } ?? "none found"
      lines.append(
        "| \(result.name) | \(result.answers.count) | \(result.allowed) | \(Int(result.meanCalls.rounded())) "
          + "| \(result.greatestCalls) | \(first) |")
    }
    return lines.joined(separator: "\n")
  }

  public static func speed() -> String {
    var lines = ["| case (\(SpeedBenchmarks.build) build) | µs per case | at most |", "|---|---|---|"]
    for row in SpeedBenchmarks.run() {
      let limit = row.limit.map { "\($0)" } ?? "–"
      lines.append("| \(row.name) | \((row.microseconds * 1000).rounded() / 1000) | \(limit) |")
    }
    return lines.joined(separator: "\n")
  }

  public static func falseAlarms(runs: Int = 10_000) -> String {
    var lines = ["| assertion, claim true | n | runs | nominal | measured |", "|---|---|---|---|---|"]
    for row in FalseAlarms.run(runs: runs) {
      let mark = row.isWithin ? "" : " (too high)"
      lines.append("| \(row.name) | \(row.samples) | \(row.runs) | \(row.nominal) | \(row.rate)\(mark) |")
    }
    return lines.joined(separator: "\n")
  }

  public static func power(runs: Int = 1000) -> String {
    var lines = [
      "| claimed α | true α | alarm | runs | median draws | 99 % | most | not told within 15,000 |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for truth in [1.6, 1.4, 1.7, 2.0] {
      let row = FalseAlarms.power(truth: truth, runs: runs)
      lines.append(
        "| \(row.claimed) | \(row.truth) | \(row.alarm) | \(row.runs) | \(row.median) | \(row.ninetyNinth) "
          + "| \(row.greatest) | \(row.misses) |")
    }
    return lines.joined(separator: "\n")
  }
}
