import Foundation

/// What mutual information and divergence say about the error of a test between two equally likely hypotheses.
///
/// Natural logarithms throughout. Livi 2025, appendix G, applies Fano's inequality to a *lower* bound on the information,
/// which proves nothing; here each bound carries its direction.
public enum InformationBounds {
  /// Largest information two equally likely hypotheses can give, log 2.
  public static let capacity = log(2.0)

  /// Binary entropy `h(p)` in nats; 0 at both ends.
  public static func binaryEntropy(_ p: Double) throws(OracleError) -> Double {
    try OracleError.require(p >= 0 && p <= 1, "probability", p, "between 0 and 1")
    return p == 0 || p == 1 ? 0 : -p * log(p) - (1 - p) * log1p(-p)
  }

  /// Necessary (Fano): a test with error at most ε < ½ forces `I ≥ log 2 − h(ε)`. Conclusions about sample size need an
  /// *upper* bound on `I`.
  public static func fanoNecessary(error: Double) throws(OracleError) -> Double {
    try DetectionTheory.requireError(error)
    return capacity - (try binaryEntropy(error))
  }

  /// Sufficient (Hellman and Raviv 1970): `P_e ≤ ½ (1 − I/log 2)`.
  /// - Parameter information: I with `0 ≤ I ≤ log 2`.
  public static func hellmanRavivError(information: Double) throws(OracleError) -> Double {
    try OracleError.require(
      information >= 0 && information <= capacity, "mutual information", information, "between 0 and log 2")
    return (1 - information / capacity) / 2
  }

  /// Sufficient information for error at most ε, `(1 − 2ε) log 2`.
  public static func hellmanRavivSufficient(error: Double) throws(OracleError) -> Double {
    try DetectionTheory.requireError(error)
    return (1 - 2 * error) * capacity
  }

  /// Exact (Le Cam): least error `½ (1 − TV)`.
  public static func leCamError(totalVariation: Double) throws(OracleError) -> Double {
    try OracleError.require(
      totalVariation >= 0 && totalVariation <= 1, "total variation", totalVariation, "between 0 and 1")
    return (1 - totalVariation) / 2
  }

  /// Exact total variation of a symmetric unimodal law and its copy δ away: `1 − 2 P(Z > |δ|/2)`.
  public static func totalVariation(separation: Double, tail: (Double) -> Double) -> Double {
    1 - 2 * tail(separation.magnitude / 2)
  }

  /// Necessary separation from the density bound `TV ≤ p(0) δ`: `δ ≥ (1 − 2ε)/p(0)`.
  public static func necessarySeparation(error: Double, densityAtZero: Double) throws(OracleError) -> Double {
    try DetectionTheory.requireError(error)
    try OracleError.requirePositive(densityAtZero, "density at zero")
    return (1 - 2 * error) / densityAtZero
  }

  /// Necessary separation from `TV ≤ Hellinger ≤ √I_α δ/2`: `δ ≥ 2 (1 − 2ε)/√I_α`.
  public static func necessarySeparation(error: Double, fisherInformation: Double) throws(OracleError)
    -> Double
  {
    try DetectionTheory.requireError(error)
    try OracleError.requirePositive(fisherInformation, "Fisher information")
    return 2 * (1 - 2 * error) / fisherInformation.squareRoot()
  }

  /// Rigorous upper bound on the mutual information, `min(log 2, (log 2/4) I_α δ²)`: Topsøe's bound of the
  /// Jensen-Shannon by the triangular divergence, which is at most twice the squared Hellinger distance.
  public static func informationUpperBound(separation: Double, fisherInformation: Double) -> Double {
    min(capacity, capacity / 4 * fisherInformation * separation * separation)
  }

  /// Necessary sample size: Fano with ``informationUpperBound(separation:fisherInformation:)``,
  /// `N ≥ (σ/Δ)^κ (4 (log 2 − h(ε))/(I_α log 2))^(κ/2)`.
  public static func necessarySamples(
    error: Double, fisherInformation: Double, gap: Double, scale: Double, exponent: Double
  ) throws(OracleError) -> Double {
    try OracleError.requirePositive(fisherInformation, "Fisher information")
    try OracleError.requirePositive(gap, "gap between the means")
    try DetectionTheory.requireExponent(exponent)
    let squared = 4 * (try fanoNecessary(error: error)) / (fisherInformation * capacity)
    return pow(scale / gap * squared.squareRoot(), exponent)
  }
}
