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
    + kernelRegime
    + truncation
    + baseRates
    + envelope
    + timeScales
}
