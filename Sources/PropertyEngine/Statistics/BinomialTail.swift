import Foundation

/// Exact tails of the binomial law, summed from the largest term outwards.
public enum BinomialTail {
  /// log C(n, k).
  static func logChoose(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
  }

  /// P(X ≤ k) for X binomial with `trials` and `probability`; relative error below about 1e-12 for up to 10⁶ trials.
  public static func atMost(_ k: Int, trials n: Int, probability p: Double) -> Double {
    if k < 0 { return 0 }
    if k >= n || p <= 0 { return 1 }
    if p >= 1 { return 0 }
    // Sum the smaller side and complement, so that small tails keep their relative accuracy.
    if Double(k) > Double(n) * p { return 1 - descending(from: n - k - 1, n, 1 - p) }
    return min(1, descending(from: k, n, p))
  }

  /// P(X ≥ k).
  public static func atLeast(_ k: Int, trials n: Int, probability p: Double) -> Double {
    atMost(n - k, trials: n, probability: 1 - p)
  }

  /// The sum of the terms k, k−1, …, 0: below the mode they fall at least geometrically.
  private static func descending(from k: Int, _ n: Int, _ p: Double) -> Double {
    if k < 0 { return 0 }
    var term = exp(logChoose(n, k) + Double(k) * log(p) + Double(n - k) * log1p(-p))
    var sum = 0.0
    var j = k
    while j >= 0 {
      sum += term
      if term < sum * 1e-17 { break }
      term *= Double(j) / Double(n - j + 1) * (1 - p) / p
      j -= 1
    }
    return sum
  }

  /// A two-sided p-value: twice the smaller tail, which never understates the error.
  public static func twoSided(_ k: Int, trials n: Int, probability p: Double) -> Double {
    min(1, 2 * min(atMost(k, trials: n, probability: p), atLeast(k, trials: n, probability: p)))
  }

  /// The deviation of the success probability that a two-sided test at `alarm` finds with probability 0.999, by
  /// Hoeffding's inequality on both errors (an upper bound).
  static func detectable(trials n: Int, alarm: Double) -> Double {
    min(1, (log(2 / alarm) / (2 * Double(n))).squareRoot() + (log(1000) / (2 * Double(n))).squareRoot())
  }
}
