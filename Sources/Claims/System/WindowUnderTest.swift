import LearnabilityWindow

/// Detection, windows, fits and time scales.
public struct WindowUnderTest: Sendable {
  /// `κ = α/(α − 1)`.
  public var concentrationExponent: @Sendable (_ tailIndex: Double) -> Double
  /// The signal-to-noise ratio of an average over N sequences.
  public var signalToNoise: @Sendable (LagDetection, _ count: Double) -> Double
  /// The least N that reaches a ratio.
  public var requiredCount: @Sendable (LagDetection, _ threshold: Double) -> Double
  /// The exact threshold `2 q_{1−ε}(α)`.
  public var exactThreshold: @Sendable (NoiseEstimate, _ error: Double) -> Double
  /// The error of the best sign test at a ratio.
  public var signError: @Sendable (NoiseEstimate, _ ratio: Double) -> Double
  /// The windows at a fixed threshold.
  public var windows:
    @Sendable ([LagDetection], _ counts: [Double], _ threshold: Double) throws -> [LearnabilityWindowEstimate]
  /// The noise law fitted to samples.
  public var noise: @Sendable (_ samples: [Double]) -> NoiseEstimate
  public var envelopeFit: @Sendable (_ lags: [Int], _ envelope: [Double]) -> EnvelopeFit
  /// Diagnostic lags spread evenly, as ``DiagnosticConfiguration/evenLags(from:through:count:)``.
  public var evenLags: @Sendable (_ first: Int, _ last: Int, _ count: Int) -> [Int]
  public var timeScales: @Sendable (LagProfile) -> [TimeScale]

  public static let reference = WindowUnderTest(
    concentrationExponent: {
      NoiseEstimate(tailIndex: $0, scale: 1, method: "given", isReliable: true).concentrationExponent
    },
    signalToNoise: { $0.signalToNoise($1) },
    requiredCount: { $0.requiredCount($1) },
    exactThreshold: { $0.exactThreshold(error: $1) },
    signError: { $0.signError(signalToNoise: $1) },
    windows: { detections, counts, threshold in
      try LearnabilityWindowEstimate.windows(detections, counts: counts) { _ in threshold }
    },
    noise: { NoiseEstimate(samples: $0) },
    envelopeFit: { EnvelopeFit(lags: $0, envelope: $1) },
    evenLags: { DiagnosticConfiguration.evenLags(from: $0, through: $1, count: $2) },
    timeScales: { TimeScale.spectrum($0) })
}
