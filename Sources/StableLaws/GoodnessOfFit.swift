import Foundation
import Numerics

/// A test of the stable model itself, with the parameters fitted: parametric bootstrap of an empirical-distribution statistic.
///
/// Fitting bends the law towards the sample, so tables for known parameters are far too lenient. Here every replicate is drawn from
/// the fitted law, fitted again by the same method and compared with its own fit. The p-value is (1 + #{replicates at least as
/// large})/(1 + replicates), so `rejects(at:)` has a false-alarm probability equal to the level, up to the error of taking the
/// fitted law for the true one, which vanishes as the sample grows (Stute, González Manteiga & Presedo Quindimil, Metrika 40,
/// 1993). Use it before trusting a tail index: a matched statistic is a product of random factors and need not be stable.
public struct StableGoodnessOfFit: Sendable {
  /// Distances between the empirical and the fitted distribution function.
  public enum Statistic: String, Sendable, CaseIterable {
    /// Weighted by 1/(F(1 − F)): sensitive in the tails. The default.
    case andersonDarling
    /// Unweighted squared distance: sensitive in the body.
    case cramerVonMises
  }

  public struct Outcome: Sendable, Hashable {
    public let fit: StableFit
    public let statistic: Double
    /// Between 1/(replicates + 1) and 1.
    public let pValue: Double
    public let replicates: Int

    /// Whether the stable model is declared wrong, with false-alarm probability `level`.
    public func rejects(at level: Double) -> Bool { pValue <= level }
  }

  public let statistic: Statistic
  public let replicates: Int
  public let estimator: any StableEstimator

  /// - Parameters:
  ///   - replicates: at least 19; 1/(replicates + 1) is the smallest possible p-value.
  ///   - estimator: any method that estimates the location.
  /// - Throws: `invalidParameter`.
  public init(
    statistic: Statistic = .andersonDarling, replicates: Int = 199,
    estimator: any StableEstimator = MaximumLikelihoodEstimator()
  ) throws(StableLawError) {
    guard replicates >= 19 else {
      throw .invalidParameter(name: "replicates", value: Double(replicates), allowed: "at least 19")
    }
    self.statistic = statistic
    self.replicates = replicates
    self.estimator = estimator
  }

  /// Tests the sample. Costs `replicates` fits; the result depends on `seed` alone, not on threads.
  public func test(_ sample: [Double], seed: UInt64) throws -> Outcome {
    let fit = try estimator.fit(sample)
    let law = try fit.law()
    let observed = try distance(sample, fit)
    var atLeast = 0
    for replicate in 0..<replicates {
      var stream = RandomStream(seed: seed, purpose: "stable.goodness-of-fit", index: UInt64(replicate))
      let drawn = law.sample(sample.count, using: &stream)
      if try distance(drawn, estimator.fit(drawn)) >= observed { atLeast += 1 }
    }
    return Outcome(
      fit: fit, statistic: observed, pValue: Double(1 + atLeast) / Double(1 + replicates),
      replicates: replicates)
  }

  private func distance(_ sample: [Double], _ fit: StableFit) throws -> Double {
    let law = try fit.law()
    let centre = fit.location ?? 0
    return Self.distance(sample.map { $0 - centre }, law, statistic)
  }

  /// The statistic of a sample against a fully specified law centred at zero. O(n log n).
  public static func distance(_ sample: [Double], _ law: SymmetricStableLaw, _ statistic: Statistic) -> Double
  {
    let sorted = sample.sorted()
    let n = Double(sorted.count)
    var total = CompensatedSum()
    switch statistic {
    case .andersonDarling:
      for (index, x) in sorted.enumerated() {
        let mirrored = sorted[sorted.count - 1 - index]
        total.add((2 * Double(index) + 1) * (law.logCumulative(x) + law.logTail(mirrored)))
      }
      return -n - total.value / n
    case .cramerVonMises:
      for (index, x) in sorted.enumerated() {
        let offset = law.cumulative(x) - (2 * Double(index) + 1) / (2 * n)
        total.add(offset * offset)
      }
      return total.value + 1 / (12 * n)
    }
  }
}
