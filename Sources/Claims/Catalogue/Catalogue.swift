extension Claim {
  /// Every claim, by subject: gradients, optimizers, transport, envelope, statistic, stable laws, detection, window, time
  /// scales, kernel regime, reproduction.
  public static let catalogue: [Claim] =
    gradients
    + jacobians
    + optimizers
    + tasks
    + monotonicity
    + transport
    + statistic
    + stableLaws
    + stableSamples
    + information
    + detection
    + sampleComplexity
    + windows
    + scalingLaws
    + authorJacobians
    + authorCode
    + authorEstimates
    + kernelRegime
    + truncation
    + baseRates
    + envelope
    + timeScales
}
