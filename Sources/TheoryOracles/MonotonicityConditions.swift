import Foundation

/// When a transport factor with first-order terms decreases with the lag, and when it does not.
///
/// Lemma 5.1 of Livi 2025 claims monotone envelopes with first-order terms; this fails, since each further lag adds one
/// summand. With retentions `a_j`, first-order terms `b_j`, `Γ(l) = γ(l)(1 + R_l)` and `R_l = Σ b_j/a_j` the exact step is
/// `Γ(l+1) − Γ(l) = γ(l) [b_l − (1 − a_l)(1 + R_l)]`, and everything here follows from it.
public enum MonotonicityConditions {
  /// The exact increment `Γ(l+1) − Γ(l) = b γ(l) − (1−a) Γ(l)`.
  /// - Parameters:
  ///   - retention: a, the leak of the added step.
  ///   - gateTerm: b, its first-order term.
  ///   - zeroth: γ(l).
  ///   - transport: Γ(l).
  public static func increment(retention: Double, gateTerm: Double, zeroth: Double, transport: Double)
    -> Double
  {
    gateTerm * zeroth - (1 - retention) * transport
  }

  /// The amended lemma: `0 ≤ b_j ≤ 1 − a_j` (and `a_j ≥ 0`) for every step makes Γ nonnegative and nonincreasing.
  /// Sharp: at the first step `Γ(1) ≤ Γ(0)` holds exactly when `b ≤ 1 − a`.
  public static func amendedLemmaApplies(retentions a: [Double], gateTerms b: [Double]) throws(OracleError)
    -> Bool
  {
    try OracleError.requireSameCount(b.count, a.count, "gate terms")
    return zip(a, b).allSatisfy { $0 >= 0 && $1 >= 0 && $1 <= 1 - $0 }
  }

  /// Always valid bound `|Γ(l)| ≤ γ(l) (1 + l max|b/a|)` for positive retentions.
  public static func magnitudeBound(retentions a: [Double], gateTerms b: [Double]) throws(OracleError)
    -> Double
  {
    try OracleError.requireSameCount(b.count, a.count, "gate terms")
    for retention in a { try OracleError.requirePositive(retention, "retention") }
    let largest = zip(a, b).map { ($1 / $0).magnitude }.max() ?? 0
    return a.reduce(1, *) * (1 + Double(a.count) * largest)
  }

  /// Constant a and b > 0: the first lag from which Γ never increases again, `⌈a/(1−a) − a/b⌉`, or 0 when Γ decreases from
  /// the start. Rounding decides when the bracket is an integer, where two neighbouring lags have equal Γ.
  /// - Parameters:
  ///   - retention: a with `0 < a < 1`.
  ///   - gateTerm: b > 0.
  public static func peakLag(retention a: Double, gateTerm b: Double) throws(OracleError) -> Int {
    try requireLeak(a)
    try OracleError.requirePositive(b, "gate term")
    return max(0, Int((a / (1 - a) - a / b).rounded(.up)))
  }

  /// The maximiser of `a^l (1 + l b/a)` over real l, `−1/ln a − a/b`; may be negative.
  public static func continuousMaximum(retention a: Double, gateTerm b: Double) throws(OracleError) -> Double
  {
    try requireLeak(a)
    try OracleError.requirePositive(b, "gate term")
    return -1 / log(a) - a / b
  }

  /// Constant a and b < 0: the real lag `−a/b` where Γ changes its sign, and the first lag of the largest rebound of
  /// |Γ| beyond it, `⌈a/(1−a) − a/b⌉`.
  public static func rebound(retention a: Double, gateTerm b: Double) throws(OracleError) -> (
    zero: Double, peak: Int
  ) {
    try requireLeak(a)
    try OracleError.require(b < 0 && b.isFinite, "gate term", b, "negative for a rebound")
    return (-a / b, Int((a / (1 - a) - a / b).rounded(.up)))
  }

  /// Varying gates with `a_j ≤ ā < 1`, `b_j ≤ b̄` and `b_j/a_j ≥ ρ > 0`: Γ is nonincreasing from lag
  /// `⌈(b̄/(1−ā) − 1)/ρ⌉` on, because `R_l ≥ l ρ` then makes every increment nonpositive.
  public static func eventualLag(
    largestRetention: Double, largestGateTerm: Double, smallestRatio: Double
  ) throws(OracleError) -> Int {
    try requireLeak(largestRetention)
    try OracleError.requirePositive(largestGateTerm, "largest gate term")
    try OracleError.requirePositive(smallestRatio, "smallest ratio of gate term to retention")
    return max(0, Int(((largestGateTerm / (1 - largestRetention) - 1) / smallestRatio).rounded(.up)))
  }

  /// Average over the valid windows of a trace of retentions: mean over starts `k` of `∏_{i<l} a_{k+i}`, for
  /// `l = 0 … count`. For `0 ≤ a ≤ 1` nonincreasing in `l`, although each lag has one window fewer.
  public static func windowAverages(_ retentions: [Double]) -> [Double] {
    (0...retentions.count).map { lag in
      let starts = 0...(retentions.count - lag)
      return starts.reduce(0) { $0 + retentions[$1..<($1 + lag)].reduce(1, *) } / Double(starts.count)
    }
  }

  private static func requireLeak(_ a: Double) throws(OracleError) {
    try OracleError.require(a > 0 && a < 1, "retention", a, "strictly between 0 and 1")
  }
}
