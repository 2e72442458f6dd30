import TheoryOracles

/// Closed forms of the theory that claims judge by brute force: expectations by enumeration, windows by scanning lags,
/// bounds against exact errors.
public struct TheoryUnderTest: Sendable {
  /// `E Σ_q sgn(μ_q m_q) μ_q ζ_q` for fixed rates and means.
  public var orientedMean: @Sendable (_ rates: [Double], _ means: [Double]) throws -> Double
  /// The mean of the statistic as published, oriented by `sgn m_q` alone.
  public var publishedMean: @Sendable (_ rates: [Double], _ means: [Double]) throws -> Double
  /// `m̄`, the statistic's mean over the envelope.
  public var alignment: @Sendable (_ statisticMean: Double, _ rates: [Double]) throws -> Double
  /// `f = Σ|μ_q|`.
  public var envelope: @Sendable (_ rates: [Double]) -> Double
  /// The generalized inverse `f^←(y)`, 0 when no lag qualifies.
  public var generalizedInverse: @Sendable (_ envelope: [Double], _ floor: Double) -> Int
  /// Real-valued windows of `c λ^ℓ`, `c ℓ^{−β}` and `c/log(1 + ℓ)` at a floor.
  public var exponentialWindow:
    @Sendable (_ amplitude: Double, _ factor: Double, _ floor: Double) throws -> Double
  public var polynomialWindow:
    @Sendable (_ amplitude: Double, _ exponent: Double, _ floor: Double) throws -> Double
  public var logarithmicWindow: @Sendable (_ amplitude: Double, _ floor: Double) throws -> Double
  /// Largest error that information I allows (Hellman and Raviv).
  public var hellmanRavivError: @Sendable (_ information: Double) throws -> Double
  /// Least information that an error of ε needs (Fano).
  public var fanoNecessary: @Sendable (_ error: Double) throws -> Double
  /// Topsøe's bound on the information at a separation.
  public var informationUpperBound: @Sendable (_ separation: Double, _ fisherInformation: Double) -> Double
  /// Least separation for an error of ε, from the density at zero and from Fisher information.
  public var separationFromDensity: @Sendable (_ error: Double, _ densityAtZero: Double) throws -> Double
  public var separationFromInformation:
    @Sendable (_ error: Double, _ fisherInformation: Double) throws -> Double
  /// Least sample size by Fano and Topsøe: error, Fisher information, gap, scale, κ.
  public var necessarySamples: @Sendable (Double, Double, Double, Double, Double) throws -> Double
  /// Leading sample complexity for small ε: error, tail index, gap, scale.
  public var heavyTailComplexity: @Sendable (Double, Double, Double, Double) throws -> Double

  public static let reference = TheoryUnderTest(
    orientedMean: { try EnvelopeDecomposition.orientedStatisticMean(effectiveRates: $0, means: $1) },
    publishedMean: { try EnvelopeDecomposition.publishedStatisticMean(effectiveRates: $0, means: $1) },
    alignment: { try EnvelopeDecomposition.alignment(statisticMean: $0, effectiveRates: $1) },
    envelope: { EnvelopeDecomposition.envelope(effectiveRates: $0) },
    generalizedInverse: { WindowClosedForms.supremumInverse(envelope: $0, floor: $1) },
    exponentialWindow: { try WindowClosedForms.exponential(amplitude: $0, factor: $1, floor: $2) },
    polynomialWindow: { try WindowClosedForms.polynomial(amplitude: $0, exponent: $1, floor: $2) },
    logarithmicWindow: { try WindowClosedForms.logarithmic(amplitude: $0, floor: $1) },
    hellmanRavivError: { try InformationBounds.hellmanRavivError(information: $0) },
    fanoNecessary: { try InformationBounds.fanoNecessary(error: $0) },
    informationUpperBound: { InformationBounds.informationUpperBound(separation: $0, fisherInformation: $1) },
    separationFromDensity: { try InformationBounds.necessarySeparation(error: $0, densityAtZero: $1) },
    separationFromInformation: {
      try InformationBounds.necessarySeparation(error: $0, fisherInformation: $1)
    },
    necessarySamples: {
      try InformationBounds.necessarySamples(
        error: $0, fisherInformation: $1, gap: $2, scale: $3, exponent: $4)
    },
    heavyTailComplexity: {
      try DetectionTheory.heavyTailComplexity(error: $0, tailIndex: $1, gap: $2, scale: $3)
    })
}
