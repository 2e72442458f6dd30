import Foundation

/// Testing the sign of a shift from the mean of `N` stable observations: error, threshold and sample complexity.
///
/// Model (Livi 2025, equation (16)): `X = Y Δ/2 + s_N Z`, `Y = ±1` equally likely, `s_N = σ N^(−1/κ)`. Symmetric stable
/// laws are unimodal, so the best test is the sign of `X`, and everything below that is marked exact follows.
public enum DetectionTheory {
  /// Separation in units of the noise, `δ = Δ N^(1/κ)/σ`; all error probabilities depend on it alone.
  public static func separation(
    gap: Double, scale: Double, exponent: Double, samples: Double
  ) throws(OracleError) -> Double {
    try OracleError.require(gap >= 0, "gap between the means", gap, "not negative")
    try OracleError.requirePositive(scale, "stable scale")
    try OracleError.requirePositive(samples, "number of samples")
    try requireExponent(exponent)
    return gap * pow(samples, 1 / exponent) / scale
  }

  /// Exact Bayes error `P(Z > δ/2)`.
  /// - Parameter tail: `x ↦ P(Z > x)` of the standard law.
  public static func bayesError(separation: Double, tail: (Double) -> Double) -> Double {
    tail(separation / 2)
  }

  /// Exact sample complexity before rounding, `N* = (2 σ q/Δ)^κ`, for error at most ε.
  /// - Parameter quantile: q with `P(Z > q) = ε`.
  public static func sampleComplexity(
    quantile: Double, gap: Double, scale: Double, exponent: Double
  ) throws(OracleError) -> Double {
    try OracleError.requirePositive(quantile, "quantile of the allowed error")
    try OracleError.requirePositive(gap, "gap between the means")
    try OracleError.requirePositive(scale, "stable scale")
    try requireExponent(exponent)
    return pow(2 * scale * quantile / gap, exponent)
  }

  /// The sample complexity as a count: at least one observation, rounded up.
  public static func sampleCount(_ complexity: Double) throws(OracleError) -> Int {
    try OracleError.require(complexity < 0x1p62, "sample complexity", complexity, "below 2^62 to be counted")
    return max(1, Int(complexity.rounded(.up)))
  }

  /// Published sample bound `((L/c)^½ σ/Δ)^κ`, equation (19). Exact for `c = L/(4 q²)` only, so that no constant that
  /// depends on α alone can serve for α < 2.
  public static func publishedSampleBound(
    logTerm: Double, informationConstant: Double, gap: Double, scale: Double, exponent: Double
  ) throws(OracleError) -> Double {
    try OracleError.require(logTerm >= 0, "logarithmic term", logTerm, "not negative")
    try OracleError.requirePositive(informationConstant, "information constant")
    try OracleError.requirePositive(gap, "gap between the means")
    try requireExponent(exponent)
    return pow((logTerm / informationConstant).squareRoot() * scale / gap, exponent)
  }

  /// Exact threshold of the envelope, `ε_th = 2 q (σ/m̄) N^(−1/κ)`, equation (21) with its constant put right.
  public static func envelopeThreshold(
    quantile: Double, scale: Double, alignment: Double, exponent: Double, samples: Double
  ) throws(OracleError) -> Double {
    try OracleError.requirePositive(quantile, "quantile of the allowed error")
    try OracleError.requirePositive(scale, "stable scale")
    try OracleError.requirePositive(alignment, "alignment")
    return try WindowClosedForms.threshold(
      constant: 2 * quantile * scale / alignment, exponent: exponent, samples: samples)
  }

  /// Signal-to-noise ratio `m̄ f N^(1/κ)/σ`, equation (28); detectable at error ε exactly when at least `2q`.
  public static func signalToNoise(
    alignment: Double, envelope: Double, scale: Double, exponent: Double, samples: Double
  ) throws(OracleError) -> Double {
    try separation(gap: alignment * envelope, scale: scale, exponent: exponent, samples: samples)
  }

  /// Leading behaviour of ``sampleComplexity(quantile:gap:scale:exponent:)`` for small ε and α < 2:
  /// `(2σ/Δ)^κ (C_α/ε)^(1/(α−1))`, a power of `1/ε` where the published bound has a power of its logarithm.
  public static func heavyTailComplexity(
    error: Double, tailIndex: Double, gap: Double, scale: Double
  ) throws(OracleError) -> Double {
    try requireError(error)
    try OracleError.requirePositive(gap, "gap between the means")
    let exponent = try ConcentrationExponent.exponent(tailIndex: tailIndex)
    let constant = try ConcentrationExponent.tailConstant(tailIndex: tailIndex)
    return pow(2 * scale / gap, exponent) * pow(constant / error, 1 / (tailIndex - 1))
  }

  static func requireExponent(_ exponent: Double) throws(OracleError) {
    try OracleError.require(
      exponent >= 2, "concentration exponent", exponent, "at least 2 (tail index up to 2)")
  }

  static func requireError(_ error: Double) throws(OracleError) {
    try OracleError.require(
      error > 0 && error < 0.5, "allowed error", error, "strictly between 0 and one half")
  }
}
