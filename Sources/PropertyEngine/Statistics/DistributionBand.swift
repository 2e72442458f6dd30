import Foundation

/// Tests of a whole law by the distance between distribution functions (Dvoretzky, Kiefer, Wolfowitz; constant by
/// Massart 1990): P(sup |Fₙ − F| > ε) ≤ 2 exp(−2nε²) for every law and every n.
public enum DistributionBand {
  /// The half-width of the band at a false-alarm probability.
  public static func halfWidth(samples n: Int, alarm: Double) -> Double {
    (log(2 / alarm) / (2 * Double(max(n, 1)))).squareRoot()
  }

  /// The least number of samples whose band detects a sup-distance with probability `1 − miss`.
  public static func samplesNeeded(distance: Double, alarm: Double, miss: Double = 0.001) -> Int {
    let root = log(2 / alarm).squareRoot() + log(2 / miss).squareRoot()
    return Int((root * root / (2 * distance * distance)).rounded(.up))
  }

  /// The greatest distance between the empirical distribution function and a continuous one.
  public static func distance(_ samples: [Double], from law: (Double) -> Double) -> Double {
    let n = Double(samples.count)
    var greatest = 0.0
    for (rank, x) in samples.sorted().enumerated() {
      let f = law(x)
      if f.isNaN { return 1 }
      greatest = max(greatest, abs(Double(rank + 1) / n - f), abs(f - Double(rank) / n))
    }
    return greatest
  }

  /// Tests "the samples are independent draws of the law".
  ///
  /// - Parameters:
  ///   - samples: At least one; the number must not depend on their values.
  ///   - law: The continuous distribution function claimed.
  public static func test(
    _ name: String, _ samples: [Double], law: (Double) -> Double, alarm: Double
  ) -> StatisticRecord {
    let n = samples.count
    let distance = distance(samples, from: law)
    let bound = min(1, 2 * exp(-2 * Double(n) * distance * distance))
    return StatisticRecord(
      name: name, alarm: alarm, evidence: 1 / bound, samples: n, observed: distance, expected: 0,
      detectable: min(
        1, halfWidth(samples: n, alarm: alarm) + (log(1000) / (2 * Double(max(n, 1)))).squareRoot()))
  }

  /// Tests "both samples come from one law", continuous or not, by a band around each.
  public static func testEqual(
    _ name: String, _ first: [Double], _ second: [Double], alarm: Double
  ) -> StatisticRecord {
    let distance = RankStatistics.kolmogorovDistance(first, second)
    let (n, m) = (Double(max(first.count, 1)), Double(max(second.count, 1)))
    // Half of the alarm goes to each band: reject when the distance exceeds the sum of the half-widths.
    let scale = (1 / (2 * n)).squareRoot() + (1 / (2 * m)).squareRoot()
    let ratio = distance / scale
    let bound = min(1, 4 * exp(-ratio * ratio))
    return StatisticRecord(
      name: name, alarm: alarm, evidence: 1 / bound, samples: first.count + second.count, observed: distance,
      expected: 0, detectable: min(1, scale * (log(4 / alarm).squareRoot() + log(2000).squareRoot())))
  }
}
