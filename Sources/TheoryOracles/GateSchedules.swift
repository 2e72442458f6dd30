import Foundation

/// Gate sequences whose retention products are known in closed form.
///
/// Written so that the retention after `l` steps is `γ(l) = a_0 a_1 … a_{l−1}`, `a_k` the leak of the k-th step back
/// from the observation. Such input-driven gates refute the claim of Livi 2025 that algebraic and logarithmic decay are
/// impossible in finite dimension.
public enum GateSchedules {
  /// `a_k = ((k+1)/(k+2))^β`, giving exactly `γ(l) = (l+1)^(−β)`.
  /// - Parameters:
  ///   - exponent: β > 0.
  ///   - count: number of gates, not negative.
  public static func polynomial(exponent: Double, count: Int) throws(OracleError) -> [Double] {
    try OracleError.requirePositive(exponent, "decay exponent")
    try requireCount(count)
    return (0..<count).map { pow(Double($0 + 1) / Double($0 + 2), exponent) }
  }

  /// The product of ``polynomial(exponent:count:)``: `(l+1)^(−β)`.
  public static func polynomialRetention(exponent: Double, lag: Int) throws(OracleError) -> Double {
    try OracleError.requirePositive(exponent, "decay exponent")
    try requireCount(lag)
    return pow(Double(lag + 1), -exponent)
  }

  /// `a_k = log(k+2)/log(k+3)`, giving exactly `γ(l) = log 2 / log(l+2)`.
  public static func logarithmic(count: Int) throws(OracleError) -> [Double] {
    try requireCount(count)
    return (0..<count).map { log(Double($0 + 2)) / log(Double($0 + 3)) }
  }

  /// The product of ``logarithmic(count:)``.
  public static func logarithmicRetention(lag: Int) throws(OracleError) -> Double {
    try requireCount(lag)
    return log(2) / log(Double(lag + 2))
  }

  /// Mean retention of units with constant rates, `E exp(−λ l)` for λ ~ Gamma(shape k, scale θ): `(1 + θ l)^(−k)`, a
  /// polynomial envelope made of exponential units.
  public static func gammaMixtureRetention(shape: Double, scale: Double, lag: Double) throws(OracleError)
    -> Double
  {
    try OracleError.requirePositive(shape, "gamma shape")
    try OracleError.requirePositive(scale, "gamma scale")
    try OracleError.require(lag >= 0, "lag", lag, "not negative")
    return exp(-shape * log1p(scale * lag))
  }

  /// Density of the mixing law of ``gammaMixtureRetention(shape:scale:lag:)`` at a rate λ > 0.
  public static func gammaMixtureDensity(shape: Double, scale: Double, rate: Double) throws(OracleError)
    -> Double
  {
    try OracleError.requirePositive(shape, "gamma shape")
    try OracleError.requirePositive(scale, "gamma scale")
    try OracleError.requirePositive(rate, "rate")
    return exp((shape - 1) * log(rate / scale) - rate / scale - lgamma(shape)) / scale
  }

  static func requireCount(_ count: Int) throws(OracleError) {
    try OracleError.require(count >= 0, "number of steps", count, "not negative")
  }
}
