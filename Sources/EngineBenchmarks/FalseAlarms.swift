import Foundation
import PropertyEngine

/// How often statistical assertions reject true claims, and how soon they reject false ones, by simulation.
public enum FalseAlarms {
  /// One assertion over many simulated runs in which its claim is true.
  public struct Row: Sendable {
    public let name: String
    public let samples: Int
    public let runs: Int
    public let nominal: Double
    public let alarms: Int
    public var rate: Double { Double(alarms) / Double(runs) }
    /// Whether the rate is compatible with at most the nominal one: an exact binomial test at 10⁻³.
    public var isWithin: Bool {
      BinomialTail.atLeast(alarms, trials: runs, probability: nominal) > 1e-3
    }
  }

  /// The first moment at which one run rejected, if it did.
  typealias Trial = (inout CounterGenerator) -> Bool

  static func measure(_ name: String, samples: Int, runs: Int, nominal: Double, _ trial: Trial) -> Row {
    var alarms = 0
    for run in 0..<runs {
      let key = CounterGenerator.key(seed: 1, property: UInt64(samples), index: UInt64(run))
      var random = CounterGenerator(key: key)
      if trial(&random) { alarms += 1 }
    }
    return Row(name: name, samples: samples, runs: runs, nominal: nominal, alarms: alarms)
  }

  /// All assertions at a nominal rate, on stable laws with infinite variance (α = 1.5) where they take reals.
  public static func run(runs: Int = 10_000, nominal: Double = 0.01) -> [Row] {
    let law = StableSource(alpha: 1.5)
    let contrast = CharacteristicContrast(
      claimed: law.characteristic, alternative: StableSource(alpha: 1.6).characteristic)
    return [
      measure("betting on cos(X), looked at after every draw", samples: 500, runs: runs, nominal: nominal) {
        random in
        var evidence = BettingEvidence(mean: (1 + law.characteristic(1)) / 2)
        return (0..<500).contains { _ in
          evidence.observe((1 + cos(law.next(&random))) / 2)
          return evidence.rejects(alarm: nominal)
        }
      },
      measure("betting on sin(X), looked at after every draw", samples: 500, runs: runs, nominal: nominal) {
        random in
        var evidence = BettingEvidence(mean: 0.5)
        return (0..<500).contains { _ in
          evidence.observe((1 + sin(law.next(&random))) / 2)
          return evidence.rejects(alarm: nominal)
        }
      },
      measure(
        "betting on an indicator, looked at after every draw", samples: 500, runs: runs, nominal: nominal
      ) {
        random in
        var evidence = BettingEvidence(mean: 0.25)
        return (0..<500).contains { _ in
          evidence.observe(random.unit() < 0.25 ? 1 : 0)
          return evidence.rejects(alarm: nominal)
        }
      },
      measure("betting on a contrast, looked at after every draw", samples: 500, runs: runs, nominal: nominal)
      {
        random in
        var evidence = BettingEvidence(mean: contrast.mean, favourite: contrast.stake)
        return (0..<500).contains { _ in
          evidence.observe(contrast.value(law.next(&random)))
          return evidence.rejects(alarm: nominal)
        }
      },
      measure("coverage refuted, looked at after every case", samples: 500, runs: runs, nominal: nominal) {
        random in
        var evidence = BernoulliEvidence(against: 0.2, alternative: .below)
        return (0..<500).contains { _ in
          evidence.observe(random.unit() < 0.2)
          return evidence.value >= 1 / nominal
        }
      },
      measure("SPRT at the claimed probability", samples: 2000, runs: runs, nominal: nominal) { random in
        guard var test = try? SequentialRatioTest(atMost: 0.05, against: 0.1, alarm: nominal) else {
          return true
        }
        for _ in 0..<2000 where test.decision == .undecided { test.observe(random.unit() < 0.05) }
        return test.decision == .rejected
      },
      measure("distribution band", samples: 200, runs: runs, nominal: nominal) { random in
        let draws = (0..<200).map { _ in random.unit() }
        return DistributionBand.test("", draws, law: { $0 }, alarm: nominal).isRejected
      },
      measure("two distribution bands", samples: 200, runs: runs, nominal: nominal) { random in
        let (a, b) = (law.sample(100, &random), law.sample(100, &random))
        return DistributionBand.testEqual("", a, b, alarm: nominal).isRejected
      },
    ] + exactRows(law, runs: runs, nominal: nominal)
  }

  private static func exactRows(_ law: StableSource, runs: Int, nominal: Double) -> [Row] {
    [
      measure("sign test", samples: 101, runs: runs, nominal: nominal) { random in
        ExactTests.sign("", law.sample(101, &random), alarm: nominal).isRejected
      },
      measure("quantile (order 0.9)", samples: 120, runs: runs, nominal: nominal) { random in
        let draws = (0..<120).map { _ in random.unit() }
        return ExactTests.quantile("", draws, order: 0.9, is: 0.9, alarm: nominal).isRejected
      },
      measure("quantile interval (order 0.9)", samples: 120, runs: runs, nominal: nominal) { random in
        let draws = (0..<120).map { _ in random.unit() }
        return !ExactTests.quantileInterval(draws, order: 0.9, alarm: nominal).contains(0.9)
      },
      measure("rank sum", samples: 40, runs: runs, nominal: nominal) { random in
        let (a, b) = (law.sample(20, &random), law.sample(20, &random))
        return (try? ExactTests.rankSum("", a, b, lots: &random, alarm: nominal).isRejected) ?? true
      },
      measure("permutation of the rank distance", samples: 24, runs: runs, nominal: nominal) { random in
        let (a, b) = (law.sample(12, &random), law.sample(12, &random))
        return
          (try? ExactTests.permutation(
            "", a, b, permutations: 199, lots: &random, alarm: nominal,
            statistic: RankStatistics.kolmogorovDistance
          ).isRejected) ?? true
      },
      measure("uniform ranks (calibration)", samples: 100, runs: runs, nominal: nominal) { random in
        let ranks = (0..<100).map { _ in Int(random.unit() * 20) }
        return ExactTests.uniformRanks("", ranks, replicates: 19, lots: &random, alarm: nominal).isRejected
      },
    ]
  }

  /// How many draws it takes to tell a tail index from the claimed one.
  public struct Power: Sendable {
    public let claimed: Double
    public let truth: Double
    public let alarm: Double
    public let runs: Int
    /// Order statistics of the number of draws at rejection; `limit` where it was never reached.
    public let median: Int
    public let ninetyNinth: Int
    public let greatest: Int
    /// Runs that did not reject within the limit.
    public let misses: Int
  }

  public static func power(
    claimed: Double = 1.5, truth: Double = 1.6, alarm: Double = 1e-6, runs: Int = 1000, limit: Int = 15_000
  ) -> Power {
    let law = StableSource(alpha: claimed)
    let other = StableSource(alpha: truth)
    let contrast = CharacteristicContrast(claimed: law.characteristic, alternative: other.characteristic)
    var stops: [Int] = []
    var misses = 0
    for run in 0..<runs {
      var random = CounterGenerator(key: CounterGenerator.key(seed: 2, property: 0, index: UInt64(run)))
      var evidence = BettingEvidence(mean: contrast.mean, favourite: contrast.stake)
      while evidence.samples < limit && !evidence.rejects(alarm: alarm) {
        evidence.observe(contrast.value(other.next(&random)))
      }
      if !evidence.rejects(alarm: alarm) { misses += 1 }
      stops.append(evidence.samples)
    }
    stops.sort()
    return Power(
      claimed: claimed, truth: truth, alarm: alarm, runs: runs, median: stops[runs / 2],
      ninetyNinth: stops[min(runs - 1, runs * 99 / 100)], greatest: stops[runs - 1], misses: misses)
  }
}

/// Symmetric stable random numbers of scale one, by the method of Chambers, Mallows and Stuck (1976).
struct StableSource: Sendable {
  let alpha: Double

  func characteristic(_ t: Double) -> Double { exp(-pow(abs(t), alpha)) }

  func next(_ random: inout CounterGenerator) -> Double {
    let angle = Double.pi * (random.unit() + 0x1p-54 - 0.5)
    let exponential = -log(1 - random.unit())
    return sin(alpha * angle) / pow(cos(angle), 1 / alpha)
      * pow(cos((1 - alpha) * angle) / max(exponential, 1e-300), (1 - alpha) / alpha)
  }

  func sample(_ count: Int, _ random: inout CounterGenerator) -> [Double] {
    (0..<count).map { _ in next(&random) }
  }
}
