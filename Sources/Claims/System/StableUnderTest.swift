import Numerics
import StableLaws

/// The symmetric stable law and its estimators.
public struct StableUnderTest: Sendable {
  public var density: @Sendable (SymmetricStableLaw, _ x: Double) -> Double
  public var tail: @Sendable (SymmetricStableLaw, _ x: Double) -> Double
  public var upperQuantile: @Sendable (SymmetricStableLaw, _ probability: Double) throws -> Double
  public var characteristicFunction: @Sendable (SymmetricStableLaw, _ t: Double) -> Double
  /// `E|X|^p`.
  public var absoluteMoment: @Sendable (SymmetricStableLaw, _ order: Double) throws -> Double
  /// The law of the mean of independent copies.
  public var meanLaw: @Sendable (SymmetricStableLaw, _ count: Int) throws -> SymmetricStableLaw
  public var score: @Sendable (SymmetricStableLaw, _ x: Double) -> Double
  /// `count` draws from one stream.
  public var sample: @Sendable (SymmetricStableLaw, _ count: Int, _ seed: UInt64) -> [Double]
  public var klDivergence: @Sendable (SymmetricStableLaw, _ shift: Double) throws -> Double
  public var mutualInformation: @Sendable (SymmetricStableLaw, _ shift: Double) throws -> Double
  public var bayesError: @Sendable (SymmetricStableLaw, _ shift: Double) throws -> Double
  public var totalVariation: @Sendable (SymmetricStableLaw, _ shift: Double) throws -> Double
  public var sampleComplexity:
    @Sendable (SymmetricStableLaw, _ error: Double, _ separation: Double) throws -> Double
  public var locationInformation: @Sendable (SymmetricStableLaw) -> Double
  /// The default way from a sample to a law.
  public var fit: @Sendable ([Double]) throws -> StableFit

  public static let reference = StableUnderTest(
    density: { $0.density($1) }, tail: { $0.tail($1) }, upperQuantile: { try $0.upperQuantile($1) },
    characteristicFunction: { $0.characteristicFunction($1) },
    absoluteMoment: { try $0.absoluteMoment($1) }, meanLaw: { try $0.mean(of: $1) },
    score: { $0.score($1) },
    sample: { law, count, seed in
      var stream = RandomStream(seed: seed, purpose: "claims.stable")
      return law.sample(count, using: &stream)
    },
    klDivergence: { try $0.klDivergence(shift: $1) },
    mutualInformation: { try $0.mutualInformation(shift: $1) },
    bayesError: { try $0.bayesError(shift: $1) },
    totalVariation: { try $0.totalVariation(shift: $1) },
    sampleComplexity: { try $0.sampleComplexity(error: $1, separation: $2) },
    locationInformation: { $0.fisherInformation.location },
    fit: { try DefaultStableEstimator().fit($0) })
}
