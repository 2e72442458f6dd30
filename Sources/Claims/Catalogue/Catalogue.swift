extension Claim {
  /// Every claim, by subject in the order of ``ClaimSubject``: the claims of one subject follow each other.
  public static let catalogue: [Claim] =
    cellContract
    + gradients
    + jacobians
    + optimizers
    + tasks
    + monotonicity
    + transport
    + truncation
    + orthogonalTransport
    + baseRates
    + envelope
    + statistic
    + timeScales
    + stableLaws
    + stableSamples
    + information
    + detection
    + sampleComplexity
    + windows
    + scalingLaws
    + kernelRegime
    + authorCode
    + authorEstimates
    + authorJacobians
    + authorConventions
}
