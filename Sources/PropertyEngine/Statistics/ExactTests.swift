import Foundation

/// Tests whose error probabilities are exact at every sample size and for every law with the symmetry they name.
/// The number of samples must not depend on their values.
public enum ExactTests {
  /// "The law is symmetric about `center`": the number of values above it is binomial with probability one half.
  public static func sign(
    _ name: String, _ samples: [Double], center: Double = 0, alarm: Double
  ) -> StatisticRecord {
    let above = samples.count { $0 > center }
    let used = above + samples.count { $0 < center }
    return record(name, above, used, 0.5, alarm)
  }

  /// "`value` is the quantile of order `order`" of a continuous law: the number of values at most `value` is binomial.
  public static func quantile(
    _ name: String, _ samples: [Double], order: Double, is value: Double, alarm: Double
  ) -> StatisticRecord {
    record(name, samples.count { $0 <= value }, samples.count, order, alarm)
  }

  /// "The event has probability `probability`."
  public static func proportion(
    _ name: String, hits: Int, trials: Int, probability: Double, alarm: Double
  ) -> StatisticRecord {
    record(name, hits, trials, probability, alarm)
  }

  private static func record(
    _ name: String, _ hits: Int, _ trials: Int, _ probability: Double, _ alarm: Double
  ) -> StatisticRecord {
    let p = trials == 0 ? 1 : BinomialTail.twoSided(hits, trials: trials, probability: probability)
    return StatisticRecord(
      name: name, alarm: alarm, evidence: 1 / max(p, .leastNormalMagnitude), samples: trials,
      observed: trials == 0 ? .nan : Double(hits) / Double(trials), expected: probability,
      detectable: trials == 0 ? 1 : BinomialTail.detectable(trials: trials, alarm: alarm))
  }

  /// An interval of order statistics that covers the quantile of order `order` with probability at least `1 − alarm`,
  /// for every continuous law (every law, with ≤).
  ///
  /// - Returns: The values at the two ranks; infinite where the sample is too small to bound that side.
  public static func quantileInterval(
    _ samples: [Double], order: Double, alarm: Double
  ) -> ClosedRange<Double> {
    let sorted = samples.sorted()
    let n = sorted.count
    // Greatest l with P(at most l values below the quantile) ≤ alarm/2, and the same from above.
    var low = -1
    while low + 1 < n, BinomialTail.atMost(low + 1, trials: n, probability: order) <= alarm / 2 { low += 1 }
    var high = n + 1
    while high - 1 > 0, BinomialTail.atLeast(high - 1, trials: n, probability: order) <= alarm / 2 {
      high -= 1
    }
    return (low < 0 ? -.infinity : sorted[low])...(high > n ? .infinity : sorted[high - 1])
  }

  /// "Both samples are draws of one law" by the exact law of the rank sum (Wilcoxon; Mann and Whitney 1947): sensitive
  /// to shifts, blind to changes of spread.
  ///
  /// - Parameters:
  ///   - lots: Decides ties.
  /// - Throws: ``StatisticsError`` above 400 values, where the exact law costs too much: use
  ///   ``DistributionBand/testEqual(_:_:_:alarm:)``.
  public static func rankSum(
    _ name: String, _ first: [Double], _ second: [Double], lots: inout CounterGenerator, alarm: Double
  ) throws(StatisticsError) -> StatisticRecord {
    let (n, m) = (first.count, second.count)
    guard n > 0, m > 0, n + m <= 400 else {
      throw StatisticsError.sampleSize("rankSum", n + m, "1...400 in all")
    }
    let wins = RankStatistics.wins(first, second, &lots)
    let law = rankSumLaw(n, m)
    let lower = law[...min(wins, n * m - wins)].reduce(0, +)
    let p = min(1, 2 * lower)
    // By Hoeffding's inequality for the two-sample statistic with k = min(n, m) independent pairs.
    let pairs = Double(min(n, m))
    let detectable = (log(2 / alarm) / (2 * pairs)).squareRoot() + (log(1000) / (2 * pairs)).squareRoot()
    return StatisticRecord(
      name: name, alarm: alarm, evidence: 1 / max(p, .leastNormalMagnitude), samples: n + m,
      observed: Double(wins) / Double(n * m), expected: 0.5, detectable: min(0.5, detectable))
  }

  /// P(U = u) for u in 0...nm: the chance that u of the nm pairs are won, all orderings being equally likely.
  ///
  /// Counting by the last value in order: it belongs to the first sample (and wins against all m of the second) with
  /// probability n/(n+m). O(n²m²) in time, O(nm·m) in memory.
  static func rankSumLaw(_ n: Int, _ m: Int) -> [Double] {
    var previous = (0...m).map { _ in [1.0] }
    for i in 1...n {
      var current: [[Double]] = [[1.0]]
      for j in 1...m {
        var law = [Double](repeating: 0, count: i * j + 1)
        let share = Double(i) / Double(i + j)
        for (u, p) in previous[j].enumerated() { law[u + j] += share * p }
        for (u, p) in current[j - 1].enumerated() { law[u] += (1 - share) * p }
        current.append(law)
      }
      previous = current
    }
    return previous[m]
  }

  /// "Both samples are draws of one law" by lot: the statistic of the data is ranked among those of `permutations`
  /// random divisions of the pooled values; p = (1 + #{at least as large}) / (permutations + 1) is exact.
  ///
  /// Choose a statistic of ranks (``RankStatistics``): a difference of means is valid too but powerless on heavy tails.
  /// - Throws: ``StatisticsError`` when so few permutations can never reach the alarm.
  public static func permutation(
    _ name: String, _ first: [Double], _ second: [Double], permutations: Int = 999,
    lots: inout CounterGenerator, alarm: Double, statistic: ([Double], [Double]) -> Double
  ) throws(StatisticsError) -> StatisticRecord {
    guard Double(permutations + 1) * alarm >= 1 else {
      throw StatisticsError.tooFewPermutations(permutations, alarm)
    }
    let observed = statistic(first, second)
    var pool = first + second
    var atLeast = 0
    for _ in 0..<permutations {
      for position in pool.indices.dropLast() {
        pool.swapAt(position, position + Int(lots.below(UInt64(pool.count - position))))
      }
      let other = statistic(Array(pool[..<first.count]), Array(pool[first.count...]))
      if !(other < observed) { atLeast += 1 }
    }
    let p = Double(1 + atLeast) / Double(permutations + 1)
    return StatisticRecord(
      name: name, alarm: alarm, evidence: 1 / p, samples: pool.count, observed: observed, expected: .nan,
      detectable: .nan)
  }

  /// "The rank of a truth among `replicates` simulated values is uniform" (simulation-based calibration, Talts et al.,
  /// arXiv 1804.06788): tests the ranks of many independent truths by the distribution band.
  ///
  /// - Parameter ranks: Each in 0...replicates; spread to continuity by lot.
  public static func uniformRanks(
    _ name: String, _ ranks: [Int], replicates: Int, lots: inout CounterGenerator, alarm: Double
  ) -> StatisticRecord {
    let positions = ranks.map { (Double($0) + lots.unit()) / Double(replicates + 1) }
    return DistributionBand.test(name, positions, law: { min(max($0, 0), 1) }, alarm: alarm)
  }
}

/// A statistical assertion that cannot be carried out as asked.
public enum StatisticsError: Error, Sendable, Hashable, CustomStringConvertible {
  case sampleSize(String, Int, String)
  case tooFewPermutations(Int, Double)
  case invalidProbabilities(String)

  public var description: String {
    switch self {
    case .sampleSize(let test, let found, let allowed):
      "\(test) got \(found) values; it takes \(allowed)."
    case .tooFewPermutations(let permutations, let alarm):
      "\(permutations) permutations can give no p-value below \(1 / Double(permutations + 1)), so alarm \(alarm) is never "
        + "reached. Use at least \((1 / alarm).rounded(.up)) permutations, a larger alarm, or a distribution band."
    case .invalidProbabilities(let text):
      "\(text) Give 0 < p0 < p1 < 1 with alarm and miss in (0, 1)."
    }
  }
}
