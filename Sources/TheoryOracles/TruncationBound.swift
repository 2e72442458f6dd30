import Foundation

/// What the first-order expansion of a product leaves out.
///
/// Source: Livi 2025, equation (35), used there at ε = 1 over hundreds of factors; the bound below is exact bookkeeping
/// of the dropped terms.
public enum TruncationBound {
  /// `‖∏(A_j+B_j) − first order‖ ≤ ∏(α_j+β_j) − ∏α_j − Σ_j β_j ∏_{i≠j} α_i` for any submultiplicative norm.
  ///
  /// Accumulated as the sum of the dropped terms, all nonnegative, hence without cancellation:
  /// `rest ← (α+β) rest + β first`, `first ← α first + β zeroth`, `zeroth ← α zeroth`.
  /// - Parameters:
  ///   - zerothNorms: α_j = ‖A_j‖ ≥ 0.
  ///   - firstNorms: β_j = ‖B_j‖ ≥ 0, as many.
  public static func remainder(zerothNorms: [Double], firstNorms: [Double]) throws(OracleError) -> Double {
    try OracleError.requireSameCount(firstNorms.count, zerothNorms.count, "first-order norms")
    var (zeroth, first, rest) = (1.0, 0.0, 0.0)
    for (alpha, beta) in zip(zerothNorms, firstNorms) {
      try OracleError.require(alpha >= 0 && beta >= 0, "pair of norms", (alpha, beta), "not negative")
      rest = (alpha + beta) * rest + beta * first
      first = alpha * first + beta * zeroth
      zeroth *= alpha
    }
    return rest
  }

  /// The bound for matrices, in the norm "largest absolute row sum".
  public static func remainder(zeroth: [[[Double]]], first: [[[Double]]]) throws(OracleError) -> Double {
    _ = try TransportClosedForms.squareSize(zeroth)
    return try remainder(
      zerothNorms: zeroth.map(Vectors.rowSumNorm), firstNorms: first.map(Vectors.rowSumNorm))
  }

  /// Largest absolute row sum of the difference between the exact and the first-order product.
  public static func actualError(zeroth: [[[Double]]], first: [[[Double]]]) throws(OracleError) -> Double {
    try OracleError.requireSameCount(first.count, zeroth.count, "first-order parts")
    let exact = try TransportClosedForms.denseProduct(zip(zeroth, first).map { Vectors.add($0, $1) })
    let truncated = try TransportClosedForms.firstOrderProduct(zeroth: zeroth, first: first)
    return Vectors.rowSumNorm(Vectors.subtract(exact, truncated))
  }

  /// Decay rates per step of a linear constant-gate unit: exactly `−log(1 − s + s w)`, and `−log(1 − s)` of its
  /// first-order transport, whose factor `1 + l s w/(1−s)` does not change the exponential rate. They differ whenever
  /// `w ≠ 0`: truncation does not preserve exponents, and for `w > 1` not even the sign.
  /// - Parameters:
  ///   - gate: s with `0 < s < 1`.
  ///   - selfWeight: w with `1 − s + s w > 0`.
  public static func constantGateRates(
    gate: Double, selfWeight: Double
  ) throws(OracleError) -> (exact: Double, firstOrder: Double) {
    try OracleError.require(gate > 0 && gate < 1, "gate", gate, "strictly between 0 and 1")
    let factor = 1 - gate + gate * selfWeight
    try OracleError.require(factor > 0, "transport factor 1 − s + s w", factor, "positive")
    return (-log1p(gate * (selfWeight - 1)), -log1p(-gate))
  }
}
