import LearnabilityWindow
import Training

extension RunResults.SeedResult {
  /// What the window estimator and the trainer found, reduced to what the report shows.
  ///
  /// - Parameters:
  ///   - seed: The seed of the run.
  ///   - analysis: Windows, noise, envelope and time scales of the trained network.
  ///   - curve: One point an epoch.
  public init(seed: UInt64, analysis: WindowAnalysis, curve: [LearningCurvePoint]) {
    let lags = analysis.profile.lags
    let units = lags.first?.unitRates.count ?? 0
    // Units without enough positive rates for a fit stand as NaN, so that shares refer to all units.
    let unfitted = max(0, units - analysis.timeScales.count)
    self.init(
      seed: seed, lags: lags.map(\.lag), envelope: lags.map(\.envelope), gateEnvelope: lags.map(\.gates),
      tailIndex: analysis.detections.map(\.noise.tailIndex),
      noiseScale: analysis.detections.map(\.noise.scale),
      timeScales: analysis.timeScales.map(\.value) + [Double](repeating: .nan, count: unfitted),
      sampleCounts: analysis.windows.map { Int($0.sampleCount) }, windows: analysis.windows.map(\.horizon),
      gapCounts: analysis.windows.map(\.gaps.count),
      unreliableLags: analysis.detections.count { !$0.noise.isReliable },
      exponentialFit: Self.decay(analysis.envelopeFit.exponential),
      powerFit: Self.decay(analysis.envelopeFit.power),
      learningCurve: curve.map { point in
        RunResults.LearningPoint(
          epoch: point.epoch, trainingLoss: point.trainingLoss, validationLoss: point.validationLoss,
          validationRSquared: point.validationR2)
      })
  }

  private static func decay(_ fit: LinearFit?) -> RunResults.DecayFit? {
    fit.map { RunResults.DecayFit(rate: -$0.slope, rSquared: $0.r2) }
  }
}
