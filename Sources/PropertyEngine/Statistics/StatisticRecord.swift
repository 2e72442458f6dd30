/// The outcome of one statistical assertion: what was tested, at what price, and what it could have seen.
public struct StatisticRecord: Sendable, Hashable, Codable {
  /// What was tested, in words.
  public let name: String
  /// The probability of rejecting a true claim that this assertion may use up.
  public let alarm: Double
  /// Evidence against the claim: an e-value (rejects at 1/alarm), or the reciprocal of a p-value bound.
  public let evidence: Double
  /// The number of observations used.
  public let samples: Int
  /// The observed value of the statistic.
  public let observed: Double
  /// The value the claim predicts.
  public let expected: Double
  /// The smallest deviation that would have been detected with probability 0.999 at this number of observations.
  public let detectable: Double

  public init(
    name: String, alarm: Double, evidence: Double, samples: Int, observed: Double, expected: Double,
    detectable: Double
  ) {
    self.name = name
    self.alarm = alarm
    self.evidence = evidence
    self.samples = samples
    self.observed = observed
    self.expected = expected
    self.detectable = detectable
  }

  /// Whether the claim is rejected: the evidence reaches the reciprocal of the declared false-alarm probability.
  public var isRejected: Bool { evidence >= 1 / alarm }
}
