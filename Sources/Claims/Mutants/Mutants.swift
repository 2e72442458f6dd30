extension Mutant {
  /// Every mutant of the kill matrix.
  public static let all: [Mutant] =
    cellContract
    + cells
    + optimizers
    + transport
    + stableLaws
    + detection
    + windows
    + authorJacobians
    + authorCode
    + authorEstimates
    + authorConventions
    + statistic
    + kernelRegime
    + envelope
}
