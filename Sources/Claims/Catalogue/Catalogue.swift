extension Claim {
  /// Every claim, by subject: cells, gradients, optimizers, transport, envelope, statistic, stable laws, detection, window, time
  /// scales, kernel regime, reproduction.
  public static let catalogue: [Claim] =
    cellContract
    + gradients
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
    + authorConventions
    + kernelRegime
    + truncation
    + orthogonalTransport
    + baseRates
    + envelope
    + timeScales
}
