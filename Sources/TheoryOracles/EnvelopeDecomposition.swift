/// The envelope of effective learning rates and its split into a gate part and an adaptive part.
///
/// Source: Livi 2025, equations (5), (6), (8) and (9).
public enum EnvelopeDecomposition {
  /// Effective rates `μ_q = Λ_q Γ_q`, equation (6); with every `Λ_q` the global rate it is equation (5).
  public static func effectiveRates(baseRates: [Double], transport: [Double]) throws(OracleError) -> [Double]
  {
    try OracleError.requireSameCount(baseRates.count, transport.count, "base rates")
    return zip(baseRates, transport).map { $0 * $1 }
  }

  /// `f = Σ_q |μ_q|`, equation (8): the sum over units, not their mean. Duplicating every unit doubles it.
  public static func envelope(effectiveRates: [Double]) -> Double {
    effectiveRates.reduce(0) { $0 + $1.magnitude }
  }

  /// `f_gates = μ Σ_q |Γ_q|`, the envelope that plain gradient descent would have.
  public static func gatePart(globalRate: Double, transport: [Double]) -> Double {
    globalRate * envelope(effectiveRates: transport)
  }

  /// `f_adapt = Σ_q (Λ_q − μ) |Γ_q|`; negative when the optimizer slows the important units down.
  public static func adaptivePart(
    globalRate: Double, baseRates: [Double], transport: [Double]
  ) throws(OracleError) -> Double {
    try OracleError.requireSameCount(baseRates.count, transport.count, "base rates")
    return zip(baseRates, transport).reduce(0) { $0 + ($1.0 - globalRate) * $1.1.magnitude }
  }

  /// Bounds `min Λ · Σ|Γ| ≤ f ≤ max Λ · Σ|Γ|` (Livi 2025, appendix H) for positive base rates.
  public static func sandwich(baseRates: [Double], transport: [Double]) throws(OracleError) -> ClosedRange<
    Double
  > {
    try OracleError.requireSameCount(baseRates.count, transport.count, "base rates")
    guard let low = baseRates.min(), let high = baseRates.max() else {
      throw OracleError(quantity: "base rates", value: "empty", allowed: "one for each unit")
    }
    try OracleError.requirePositive(low, "smallest base rate")
    let sum = envelope(effectiveRates: transport)
    return (low * sum)...(high * sum)
  }

  /// Full-transport envelope `Σ_q |Λ_q M_qq|` from the dense transport matrix.
  public static func fullTransport(baseRates: [Double], transport: [[Double]]) throws(OracleError) -> Double {
    try OracleError.requireSameCount(baseRates.count, transport.count, "base rates")
    return transport.indices.reduce(0) { $0 + (baseRates[$1] * transport[$1][$1]).magnitude }
  }

  /// Mean of the published statistic `Σ_q sgn(m_q) μ_q ζ_q` for fixed `μ` and `m_q = E ζ_q`: `Σ_q μ_q |m_q|`. Negative when
  /// large effective rates are negative, so equation (13) does not always add up constructively.
  public static func publishedStatisticMean(effectiveRates: [Double], means: [Double]) throws(OracleError)
    -> Double
  {
    try OracleError.requireSameCount(means.count, effectiveRates.count, "means")
    return zip(effectiveRates, means).reduce(0) { $0 + $1.0 * $1.1.magnitude }
  }

  /// Mean of the amended statistic, oriented by `sgn(μ_q m_q)`: `Σ_q |μ_q m_q|`, never negative.
  public static func orientedStatisticMean(effectiveRates: [Double], means: [Double]) throws(OracleError)
    -> Double
  {
    try OracleError.requireSameCount(means.count, effectiveRates.count, "means")
    return zip(effectiveRates, means).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
  }

  /// Alignment `m̄`: a statistic's mean divided by the envelope, equation (15).
  /// - Parameter statisticMean: either mean above; with the oriented one `0 ≤ m̄ ≤ max |m_q|`.
  public static func alignment(statisticMean: Double, effectiveRates: [Double]) throws(OracleError) -> Double
  {
    let sum = envelope(effectiveRates: effectiveRates)
    try OracleError.requirePositive(sum, "envelope")
    return statisticMean / sum
  }
}
