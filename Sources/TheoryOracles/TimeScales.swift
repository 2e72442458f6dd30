import Foundation

/// Time scales of exponential decay, and what a straight-line fit makes of a decay that is not exponential.
///
/// Source: Livi 2025, section 6: `|μ(l)| ≈ C exp(−l/τ)`, τ from the slope of `log |μ|` over the lag.
public enum TimeScales {
  /// `τ = −1/log(factor)` of a factor per step strictly between 0 and 1.
  public static func ofFactor(_ factor: Double) throws(OracleError) -> Double {
    try OracleError.require(factor > 0 && factor < 1, "decay factor", factor, "strictly between 0 and 1")
    return -1 / log(factor)
  }

  /// `τ = −1/log(1−s)` of a constant gate with `0 < s < 1`, accurate for small s.
  public static func ofGate(_ gate: Double) throws(OracleError) -> Double {
    try OracleError.require(gate > 0 && gate < 1, "gate", gate, "strictly between 0 and 1")
    return -1 / log1p(-gate)
  }

  /// Exact time scale of a linear constant-gate unit with weight `w` on itself, `−1/log(1 − s(1−w))`.
  public static func constantGateExact(gate: Double, selfWeight: Double) throws(OracleError) -> Double {
    let loss = gate * (1 - selfWeight)
    try OracleError.require(loss > 0 && loss < 1, "loss per step s(1−w)", loss, "strictly between 0 and 1")
    return -1 / log1p(-loss)
  }

  /// Least-squares slope and determination of `log |value|` on the lag.
  /// - Parameters:
  ///   - lags: at least two different ones.
  ///   - values: as many, none zero.
  public static func logLinearFit(
    lags: [Double], values: [Double]
  ) throws(OracleError) -> (slope: Double, intercept: Double, r2: Double) {
    try OracleError.requireSameCount(values.count, lags.count, "values")
    try OracleError.require(lags.count >= 2, "number of lags", lags.count, "at least two")
    try OracleError.require(
      values.allSatisfy { $0 != 0 }, "values", values, "not zero: their logarithm is fitted")
    let logs = values.map { log($0.magnitude) }
    let meanLag = lags.reduce(0, +) / Double(lags.count)
    let meanLog = logs.reduce(0, +) / Double(logs.count)
    let dx = lags.map { $0 - meanLag }
    let dy = logs.map { $0 - meanLog }
    let spread = Vectors.dot(dx, dx)
    try OracleError.requirePositive(spread, "spread of the lags")
    let slope = Vectors.dot(dx, dy) / spread
    let variation = Vectors.dot(dy, dy)
    let r2 = variation == 0 ? 1 : slope * Vectors.dot(dx, dy) / variation
    return (slope, meanLog - slope * meanLag, r2)
  }

  /// Fitted time scale `−1/slope`; infinite for a slope that is not negative (the unit does not decay).
  public static func fitted(lags: [Double], values: [Double]) throws(OracleError) -> Double {
    let slope = try logLinearFit(lags: lags, values: values).slope
    return slope < 0 ? -1 / slope : .infinity
  }
}
