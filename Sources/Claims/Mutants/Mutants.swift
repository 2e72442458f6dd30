extension Mutant {
  /// Every mutant of the kill matrix.
  public static let all: [Mutant] =
    cells
    + optimizers
    + transport
    + kernelRegime
    + envelope
}
