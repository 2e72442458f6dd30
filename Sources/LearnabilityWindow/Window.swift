import Numerics

/// The heavy-tailed noise of the matched statistic at one lag.
public struct NoiseEstimate: Sendable, Hashable, Codable {
  /// The tail index α in (0, 2].
  public let tailIndex: Double
  /// The scale σ in the convention `exp(−σ^α |t|^α)`.
  public let scale: Double
  /// The method that gave the estimate.
  public let method: String
  /// Whether the estimate may be used: the method converged and α exceeds 1, so that averages concentrate.
  public let isReliable: Bool

  public init(tailIndex: Double, scale: Double, method: String, isReliable: Bool) {
    self.tailIndex = tailIndex
    self.scale = scale
    self.method = method
    self.isReliable = isReliable
  }

  /// `κ = α/(α − 1)`, the exponent by which averages concentrate; infinite at α ≤ 1, where they do not.
  public var concentrationExponent: Double {
    tailIndex > 1 ? tailIndex / (tailIndex - 1) : .infinity
  }
}

/// Signal against noise at one lag.
public struct LagDetection: Sendable, Hashable {
  public let lag: Int
  /// The mean of the matched statistic's samples.
  public let signal: Double
  public let noise: NoiseEstimate
  public let sampleCount: Int

  public init(lag: Int, signal: Double, noise: NoiseEstimate, sampleCount: Int) {
    self.lag = lag
    self.signal = signal
    self.noise = noise
    self.sampleCount = sampleCount
  }

  /// The signal-to-noise ratio of an average over `count` sequences, `max(ψ̄, 0) · N^{1/κ} / σ` (Livi 2025,
  /// equation (28)). A negative mean is no signal: the orientation was learnt on other data. Zero when averages do not
  /// concentrate and when the noise has no scale.
  public func signalToNoise(_ count: Double) -> Double {
    guard noise.scale > 0, signal > 0, noise.tailIndex > 0 else { return 0 }
    let exponent = max(0, 1 - 1 / noise.tailIndex)
    return signal * Double.exp(exponent * Double.log(count)) / noise.scale
  }

  /// The least (real) N with `signalToNoise(N) ≥ threshold`: `(threshold · σ / ψ̄)^κ`; infinite when there is none.
  public func requiredCount(_ threshold: Double) -> Double {
    guard signal > 0, noise.tailIndex > 1, noise.scale > 0 else { return .infinity }
    let ratio = threshold * noise.scale / signal
    return max(1, Double.exp(noise.concentrationExponent * Double.log(ratio)))
  }
}

/// The learnability window at one sample count.
public struct LearnabilityWindowEstimate: Sendable, Hashable {
  public let sampleCount: Double
  /// `H_N`: the greatest lag that reaches the threshold, 0 when none does (Livi 2025, equations (22), (29)).
  public let horizon: Int
  /// Lags below the horizon that do not reach it: the admissible lags need not form an interval.
  public let gaps: [Int]

  public init(sampleCount: Double, horizon: Int, gaps: [Int]) {
    self.sampleCount = sampleCount
    self.horizon = horizon
    self.gaps = gaps
  }

  /// The windows for each of `counts`.
  ///
  /// - Parameters:
  ///   - detections: One entry a lag, in increasing order.
  ///   - threshold: The least signal-to-noise ratio that counts as detected. For an error of ε the exact value
  ///     is `2 q_{1−ε}(α)`; the paper's runs use 0.1.
  /// - Throws: ``WindowError`` for a threshold or counts that are not allowed.
  public static func windows(
    _ detections: [LagDetection], counts: [Double], threshold: @Sendable (LagDetection) -> Double
  ) throws(WindowError) -> [LearnabilityWindowEstimate] {
    guard !counts.isEmpty, counts.allSatisfy({ $0 > 0 && $0.isFinite }),
      zip(counts, counts.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .sampleCounts(counts) }
    let thresholds = detections.map(threshold)
    if let bad = thresholds.first(where: { !($0 > 0) || !$0.isFinite }) { throw .threshold(bad) }
    return counts.map { count in
      let reached = zip(detections, thresholds).map { $0.signalToNoise(count) >= $1 }
      let horizon = zip(detections, reached).filter(\.1).last?.0.lag ?? 0
      return LearnabilityWindowEstimate(
        sampleCount: count, horizon: horizon,
        gaps: zip(detections, reached).filter { !$1 && $0.lag < horizon }.map(\.0.lag))
    }
  }
}
