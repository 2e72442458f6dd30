import Foundation

/// How the divergence between the two hypotheses grows with the sample size, and how far a quadratic describes it.
///
/// With `δ = Δ N^(1/κ)/σ` the divergence is a function `K_α(δ)` of δ alone. Livi 2025, equations (17) and (69)-(71), claims
/// `K ≥ c δ²` for all large N; since `K_α(δ) ~ (1+α) log δ` for α < 2, that fails for every c > 0 beyond a finite N.
public enum DivergenceGrowth {
  /// The quadratic `½ I_α δ²`: the leading term at δ = 0, and an upper bound for α = 1 and α = 2.
  public static func quadratic(separation: Double, fisherInformation: Double) -> Double {
    fisherInformation * separation * separation / 2
  }

  /// Largest δ with `K(δ) ≥ c δ²`, by bisection, for a divergence whose ratio to δ² decreases.
  /// - Parameters:
  ///   - coefficient: c with `0 < c < I_α/2`.
  ///   - divergence: `δ ↦ K(δ)`.
  /// - Returns: the crossing, or infinity when the bound still holds at δ = 2⁴⁰ (as for α = 2).
  public static func validityLimit(
    coefficient: Double, divergence: (Double) -> Double
  ) throws(OracleError) -> Double {
    try OracleError.requirePositive(coefficient, "coefficient of the lower bound")
    let start = 0x1p-10
    try OracleError.require(
      divergence(start) >= coefficient * start * start, "coefficient of the lower bound", coefficient,
      "below half the Fisher information")
    var high = start
    while divergence(high) >= coefficient * high * high {
      if high >= 0x1p40 { return .infinity }
      high *= 2
    }
    var low = high / 2
    // Each pass halves the bracket; 60 exhaust the 53 bits of a double.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if divergence(middle) >= coefficient * middle * middle { low = middle } else { high = middle }
    }
    return low
  }

  /// Largest sample size at which the quadratic lower bound holds, `N_max = (δ_max σ/Δ)^κ`.
  public static func largestSamples(
    validityLimit: Double, gap: Double, scale: Double, exponent: Double
  ) throws(OracleError) -> Double {
    try OracleError.requirePositive(gap, "gap between the means")
    try OracleError.requirePositive(scale, "stable scale")
    try DetectionTheory.requireExponent(exponent)
    return pow(validityLimit * scale / gap, exponent)
  }

  /// Leading growth `(1 + α) log δ` for α < 2 and δ > 1.
  public static func heavyTailGrowth(separation: Double, tailIndex: Double) throws(OracleError) -> Double {
    try OracleError.require(separation > 1, "separation", separation, "above 1")
    try OracleError.require(tailIndex > 0 && tailIndex < 2, "tail index", tailIndex, "above 0 and below 2")
    return (1 + tailIndex) * log(separation)
  }

  /// Published unconditional lower bound on the mutual information, `c δ²`; impossible once above log 2, which happens at
  /// `δ = √(log 2/c)` for every α, Gaussian included.
  public static func informationClaimBreaks(coefficient: Double) throws(OracleError) -> Double {
    try OracleError.requirePositive(coefficient, "coefficient of the lower bound")
    return (InformationBounds.capacity / coefficient).squareRoot()
  }
}
