/// The numbers of one AdamW step; the corrections are `1/(1 − β^t)`.
public struct AdamWConstants {
  public let learningRate: Double
  public let scale: Double
  public let firstDecay: Double
  public let secondDecay: Double
  public let firstCorrection: Double
  public let secondCorrection: Double
  public let epsilon: Double
  public let weightDecay: Double

  public init(
    learningRate: Double, scale: Double, firstDecay: Double, secondDecay: Double, firstCorrection: Double,
    secondCorrection: Double, epsilon: Double, weightDecay: Double
  ) {
    self.learningRate = learningRate
    self.scale = scale
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.firstCorrection = firstCorrection
    self.secondCorrection = secondCorrection
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }
}
