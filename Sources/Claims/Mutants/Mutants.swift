extension Mutant {
  /// Every mutant of the kill matrix.
  public static let all: [Mutant] =
    cells
    + transport
    + kernelRegime
}
