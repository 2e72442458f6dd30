import Foundation

/// An e-process for the mean of a bounded quantity: evidence, valid at every moment, against "the mean is m".
///
/// A gambler stakes a share of the wealth on every observation y in [0, 1]: wealth is multiplied by 1 + λ(y − m). If
/// the mean is m given the past, the wealth is a non-negative martingale, so it ever reaches 1/δ with probability at
/// most δ (Ville), whatever the law of y and however often one looks. Stakes of both signs on a fixed logarithmic grid
/// are run side by side and averaged, besides two stakes that learn from the observations before (never from the one
/// they bet on). Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", arXiv 2010.09686.
///
/// No moment of the underlying variable is assumed: for heavy tails observe cos(tX), sin(tX) or an indicator,
/// scaled into [0, 1].
public struct BettingEvidence: Sendable {
  /// The claimed mean, strictly between 0 and 1.
  public let mean: Double
  public private(set) var samples = 0
  public private(set) var sum = 0.0
  private let stakes: [Double]
  private let weights: [Double]
  private var wealth: [Double]
  private var adaptive: [AdaptiveStake]
  private let adaptiveWeight: Double
  private var sumOfSquares = 0.0
  /// The evidence now, and the greatest it ever was (which Ville's inequality bounds as well).
  public private(set) var value = 1.0
  public private(set) var greatestValue = 1.0

  /// - Parameters:
  ///   - mean: The claimed mean of observations in [0, 1].
  ///   - favourite: A stake that gets half of the wealth, where the alternative that matters is known; see
  ///     ``CharacteristicContrast/stake``. A poor favourite costs a factor two in evidence, never validity.
  /// - Precondition: `0 < mean < 1`; a claimed mean at an end of the range leaves no stake to both sides.
  public init(mean: Double, favourite: Double? = nil) {
    precondition(mean > 0 && mean < 1, "the claimed mean must lie strictly between 0 and 1, not \(mean)")
    self.mean = mean
    // At most half of the wealth that a worst observation could take, so that one surprise never ruins the gambler.
    let (up, down) = (0.5 / mean, 0.5 / (1 - mean))
    let fractions = (0..<8).map { pow(0.5, Double($0)) }
    let grid = fractions.map { up * $0 } + fractions.map { -down * $0 }
    let share = (favourite == nil ? 1 : 0.5) / Double(grid.count + 2)
    stakes = grid + (favourite.map { [min(max($0, -down), up)] } ?? [])
    weights = grid.map { _ in share } + (favourite.map { _ in [0.5] } ?? [])
    adaptiveWeight = share
    wealth = Array(repeating: 1, count: stakes.count)
    adaptive = [AdaptiveStake(limits: -down...up, sign: 1), AdaptiveStake(limits: -down...up, sign: -1)]
  }

  /// Bets on one observation.
  /// - Parameter y: Must lie in [0, 1]; not-a-number counts as decisive evidence, because no bounded mean explains it.
  public mutating func observe(_ y: Double) {
    samples += 1
    guard y >= 0, y <= 1 else {
      value = .infinity
      greatestValue = .infinity
      return
    }
    let surplus = y - mean
    // Products may overflow to infinity, which is decisive evidence anyway, or underflow to a gambler's ruin.
    var total = 0.0
    for index in stakes.indices {
      wealth[index] *= 1 + stakes[index] * surplus
      total += weights[index] * wealth[index]
    }
    for index in adaptive.indices {
      // The stake was set by earlier observations; this one changes it only afterwards.
      adaptive[index].bet(on: surplus)
      adaptive[index].learn(from: surplus)
      total += adaptiveWeight * adaptive[index].wealth
    }
    if value < .infinity { value = total }
    sum += y
    sumOfSquares += surplus * surplus
    greatestValue = max(greatestValue, value)
  }

  /// Whether "the mean is m" is rejected at false-alarm probability `alarm`, now or at an earlier look.
  public func rejects(alarm: Double) -> Bool { greatestValue >= 1 / alarm }

  public var observedMean: Double { samples == 0 ? .nan : sum / Double(samples) }

  /// The smallest deviation of the mean that would have been found with probability 0.999 by the best fixed stake.
  ///
  /// With a stake λ a deviation d earns λd − λ²v/2·(1 + o(1)) a draw (v the second moment about m), so λ = d/v wins
  /// ln(K/δ) (K stakes) against a noise of 3.09 standard deviations when n d²/2v − 3.09 d √(n/v) ≥ ln(K/δ). A planning
  /// figure, not a guarantee: the guarantee of the test is its false-alarm probability.
  public func detectable(alarm: Double) -> Double {
    guard samples > 0 else { return .infinity }
    let n = Double(samples)
    let spread = max(sumOfSquares / n, 1e-300)
    let goal = log(Double(stakes.count + adaptive.count) / alarm)
    // u = d √(n/v) solves u²/2 − 3.09 u = goal.
    let u = 3.0902 + (3.0902 * 3.0902 + 2 * goal).squareRoot()
    return min(u * (spread / n).squareRoot(), 1)
  }

  /// The assertion as a record for reports and the ledger.
  public func record(_ name: String, alarm: Double) -> StatisticRecord {
    StatisticRecord(
      name: name, alarm: alarm, evidence: greatestValue, samples: samples, observed: observedMean,
      expected: mean,
      detectable: detectable(alarm: alarm))
  }
}

/// A stake that follows the estimated best one, mean surplus over mean square, on one side.
private struct AdaptiveStake: Sendable {
  let limits: ClosedRange<Double>
  /// Whether it bets on a mean above (1) or below (−1) the claim.
  let sign: Double
  private(set) var wealth = 1.0
  private var surplusSum = 0.0
  private var squareSum = 0.25

  init(limits: ClosedRange<Double>, sign: Double) {
    self.limits = limits
    self.sign = sign
  }

  mutating func bet(on surplus: Double) {
    let wanted = sign * max(0, sign * surplusSum / squareSum)
    let stake = min(max(wanted, limits.lowerBound), limits.upperBound)
    wealth *= 1 + stake * surplus
  }

  mutating func learn(from surplus: Double) {
    surplusSum += surplus
    squareSum += surplus * surplus
  }
}
