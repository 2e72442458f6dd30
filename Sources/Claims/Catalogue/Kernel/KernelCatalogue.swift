extension Claim {
  /// The claims on gradient descent for diagonal recurrent networks, `KR-…`.
  static let kernelRegime: [Claim] = kernelNetwork + kernelBounds + kernelDescent + kernelCutoff + kernelWidth
}
