import Foundation

/// How fast the mean of `N` heavy-tailed values concentrates: rate `N^(−1/κ)` with `κ = α/(α−1)`.
///
/// Source: Livi 2025, equation (20) and appendix E. The rate is a property of the *sample mean*: medians and
/// maximum likelihood reach `N^(−1/2)` for the same data.
public enum ConcentrationExponent {
  /// The concentration exponent `κ = α/(α−1)` of equation (20); 2 for Gaussian tails, growing without bound as α → 1.
  /// - Parameter tailIndex: α with `1 < α ≤ 2`.
  public static func exponent(tailIndex: Double) throws(OracleError) -> Double {
    try OracleError.require(
      tailIndex > 1 && tailIndex <= 2, "tail index", tailIndex,
      "above 1 and at most 2: the mean of heavier tails does not concentrate")
    return tailIndex / (tailIndex - 1)
  }

  /// The tail index with a given concentration exponent, `α = κ/(κ−1)`: the map is its own inverse.
  /// - Parameter exponent: κ, finite and at least 2.
  public static func tailIndex(exponent: Double) throws(OracleError) -> Double {
    try OracleError.require(
      exponent >= 2 && exponent.isFinite, "concentration exponent", exponent, "finite and at least 2")
    return exponent / (exponent - 1)
  }

  /// Scale of the mean of `N` independent symmetric stable variables, `σ N^(1/α − 1)`, exact for `0 < α ≤ 2`
  /// (Livi 2025, appendix E). Constant for α = 1, growing for α < 1.
  /// - Parameters:
  ///   - scale: σ > 0 of one variable.
  ///   - samples: N > 0; a real number, since sample complexities are solved for it.
  public static func meanScale(scale: Double, tailIndex: Double, samples: Double) throws(OracleError)
    -> Double
  {
    try OracleError.require(tailIndex > 0 && tailIndex <= 2, "tail index", tailIndex, "above 0 and at most 2")
    try OracleError.requirePositive(scale, "stable scale")
    try OracleError.requirePositive(samples, "number of samples")
    return scale * pow(samples, 1 / tailIndex - 1)
  }

  /// Scale of the sum of independent symmetric stable variables with the given scales: `(Σ σ_i^α)^(1/α)`.
  public static func sumScale(scales: [Double], tailIndex: Double) throws(OracleError) -> Double {
    try OracleError.require(tailIndex > 0 && tailIndex <= 2, "tail index", tailIndex, "above 0 and at most 2")
    var total = 0.0
    for scale in scales {
      try OracleError.requirePositive(scale, "stable scale")
      total += pow(scale, tailIndex)
    }
    return pow(total, 1 / tailIndex)
  }

  /// Tail constant `C_α = Γ(α) sin(πα/2)/π` of `P(X > x) ~ C_α (σ/x)^α`, for `0 < α < 2`.
  public static func tailConstant(tailIndex: Double) throws(OracleError) -> Double {
    try OracleError.require(
      tailIndex > 0 && tailIndex < 2, "tail index", tailIndex,
      "above 0 and below 2: Gaussian tails are no power")
    return tgamma(tailIndex) * sin(.pi * tailIndex / 2) / .pi
  }

  /// Density at zero of the standard symmetric stable law, `Γ(1 + 1/α)/π`, from the inversion integral
  /// `(1/π) ∫₀^∞ exp(−s^α) ds`.
  public static func densityAtZero(tailIndex: Double) throws(OracleError) -> Double {
    try OracleError.require(tailIndex > 0 && tailIndex <= 2, "tail index", tailIndex, "above 0 and at most 2")
    return tgamma(1 + 1 / tailIndex) / .pi
  }
}
