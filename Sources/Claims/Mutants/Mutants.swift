extension Mutant {
  /// Every mutant of the kill matrix.
  public static let all: [Mutant] =
    cells
    + optimizers
    + transport
    + stableLaws
    + detection
    + windows
    + authorJacobians
    + authorCode
    + authorEstimates
    + statistic
    + kernelRegime
    + envelope
}
