/// The effective learning rate seen by one sensitivity row: the Rayleigh quotient of the diagonal preconditioner.
///
/// Source: Livi 2025, equation (7) and appendix D, equation (65).
public enum RayleighQuotient {
  /// `Σ λ_i b_i² / Σ b_i²`, the base rate of row `b` under the preconditioner `D(λ)`.
  ///
  /// Scaled by the largest entry so that neither sum overflows nor underflows; invariant under `b → c b`.
  /// - Parameters:
  ///   - rates: diagonal λ, one per parameter.
  ///   - row: b, not all zero: the quotient of a zero row is undefined (the paper leaves this case open).
  public static func baseRate(rates: [Double], row: [Double]) throws(OracleError) -> Double {
    try OracleError.requireSameCount(rates.count, row.count, "preconditioner diagonal")
    let largest = row.map(\.magnitude).max() ?? 0
    try OracleError.require(
      largest > 0 && largest.isFinite, "largest entry of the row", largest, "finite and not zero")
    var weighted = 0.0
    var total = 0.0
    for (rate, entry) in zip(rates, row) {
      let weight = (entry / largest) * (entry / largest)
      weighted += rate * weight
      total += weight
    }
    return weighted / total
  }

  /// Tight bounds of the base rate: smallest and largest λ over the entries where `b` is not zero. Equation (65) as
  /// printed takes all entries, which also holds but is not tight.
  public static func bounds(rates: [Double], row: [Double]) throws(OracleError) -> ClosedRange<Double> {
    try OracleError.requireSameCount(rates.count, row.count, "preconditioner diagonal")
    let support = zip(rates, row).filter { $0.1 != 0 }.map(\.0)
    guard let low = support.min(), let high = support.max() else {
      throw OracleError(quantity: "row", value: "zero", allowed: "nonzero somewhere")
    }
    return low...high
  }

  /// The part of `D(λ) b` orthogonal to `b`: `D(λ) b − Λ b`. Equation (11) drops it.
  public static func residual(rates: [Double], row: [Double]) throws(OracleError) -> [Double] {
    let rate = try baseRate(rates: rates, row: row)
    return zip(rates, row).map { ($0 - rate) * $1 }
  }

  /// `‖D(λ) b − Λ b‖ / ‖D(λ) b‖`: sine of the angle by which the preconditioner turns the row; below 1 for positive λ.
  public static func residualRatio(rates: [Double], row: [Double]) throws(OracleError) -> Double {
    let left = try residual(rates: rates, row: row)
    let image = zip(rates, row).map { $0 * $1 }
    let norm = Vectors.norm(image)
    try OracleError.require(norm > 0, "norm of the preconditioned row", norm, "positive")
    return Vectors.norm(left) / norm
  }

  /// Kantorovich's bound on ``residualRatio``: `(max λ − min λ)/(max λ + min λ)` over the support of `b`, for positive
  /// λ; attained by two entries with `b_i² λ_i` equal.
  public static func residualRatioBound(rates: [Double], row: [Double]) throws(OracleError) -> Double {
    let range = try bounds(rates: rates, row: row)
    try OracleError.requirePositive(range.lowerBound, "smallest rate")
    return (range.upperBound - range.lowerBound) / (range.upperBound + range.lowerBound)
  }
}
