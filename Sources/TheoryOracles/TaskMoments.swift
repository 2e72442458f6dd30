/// Moments of the delayed-regression task `y_t = Σ_k c_k u·x_{t−l_k} + ε_t`.
///
/// Inputs are standard normal, `‖u‖ = 1`, noise has variance σ². Source: Livi 2025, equation (27). Steps count from 0, and a
/// target before its lag lacks that term, as in the author's public code.
public struct TaskMoments: Sendable {
  /// Coefficient of each distinct lag; coefficients of equal lags are added, for they see the same input.
  public let coefficients: [Int: Double]
  /// Standard deviation σ of the noise.
  public let noise: Double

  /// - Parameters:
  ///   - lags: l_k ≥ 0.
  ///   - coefficients: c_k, as many.
  ///   - noise: σ ≥ 0.
  public init(lags: [Int], coefficients: [Double], noise: Double) throws(OracleError) {
    try OracleError.requireSameCount(coefficients.count, lags.count, "coefficients")
    try OracleError.require(lags.allSatisfy { $0 >= 0 }, "lags", lags, "not negative")
    try OracleError.require(noise >= 0 && noise.isFinite, "noise", noise, "finite and not negative")
    self.coefficients = Dictionary(zip(lags, coefficients), uniquingKeysWith: +)
    self.noise = noise
  }

  /// Variance of `y_t`: `Σ_{l ≤ t} c_l² + σ²`.
  public func variance(step: Int) -> Double { signal { $0 <= step } + noise * noise }

  /// Mean over the steps `0 … T−1` of the variance: `Σ c_l² (T − l)₊/T + σ²`.
  public func meanVariance(steps: Int) throws(OracleError) -> Double {
    try OracleError.require(steps > 0, "number of steps", steps, "positive")
    let sum = sorted.reduce(0.0) { $0 + $1.value * $1.value * Double(max(0, steps - $1.key)) }
    return sum / Double(steps) + noise * noise
  }

  /// Covariance of `y_t` and `y_{t+d}` for `d ≥ 0` and `t` past every lag: `Σ_l c_l c_{l+d} + σ² 1{d = 0}`.
  public func autocovariance(shift: Int) -> Double {
    sorted.reduce(shift == 0 ? noise * noise : 0) { $0 + $1.value * (coefficients[$1.key + shift] ?? 0) }
  }

  /// Covariance of `y_t` with `u·x_{t−l}`: the coefficient of that lag.
  public func inputCovariance(lag: Int) -> Double { coefficients[lag] ?? 0 }

  /// Best possible R² of a predictor that sees the inputs of the last `memory` steps and the present one:
  /// `Σ_{l ≤ memory} c_l²/(Σ c_l² + σ²)`. With unlimited memory the noise remains: R² = 1 only for σ = 0.
  public func bestR2(memory: Int) throws(OracleError) -> Double {
    let total = signal { _ in true } + noise * noise
    try OracleError.requirePositive(total, "variance of the target")
    return signal { $0 <= memory } / total
  }

  private var sorted: [(key: Int, value: Double)] { coefficients.sorted { $0.key < $1.key } }

  private func signal(_ isSeen: (Int) -> Bool) -> Double {
    sorted.filter { isSeen($0.key) }.reduce(0) { $0 + $1.value * $1.value }
  }
}
