import LearnabilityWindow
import PropertyEngine

/// Lags with signal and noise, as window claims draw them.
enum LagDraws {
  static func noise(_ tailIndex: Double, scale: Double) -> NoiseEstimate {
    NoiseEstimate(tailIndex: tailIndex, scale: scale, method: "given", isReliable: true)
  }

  /// Lags 1, 2, … with given signals and noise scales, all of one tail index.
  static func detections(tailIndex: Double, signals: [Double], scales: [Double]) -> [LagDetection] {
    zip(signals, scales).enumerated().map { index, values in
      LagDetection(
        lag: index + 1, signal: values.0, noise: noise(tailIndex, scale: values.1), sampleCount: 1000)
    }
  }

  /// Lags 1, 2, … with an envelope and noise of scale one.
  static func detections(tailIndex: Double, envelope: [Double]) -> [LagDetection] {
    detections(
      tailIndex: tailIndex, signals: envelope, scales: [Double](repeating: 1, count: envelope.count))
  }

  /// One lag.
  static var single: Generator<LagDetection> {
    Generator { draw in
      let tailIndex = try draw("tail index", NoiseDraws.tailIndices)
      return LagDetection(
        lag: try draw("lag", integers(in: 1...100)), signal: try draw("signal", NoiseDraws.scales),
        noise: noise(tailIndex, scale: try draw("scale", NoiseDraws.scales)), sampleCount: 1000)
    }
  }

  /// Envelopes that never increase, with plateaus: steps down by whole quarters.
  static var nonincreasing: Generator<[Double]> {
    arrays(of: integers(in: 0...2), count: 1...12).map { drops in
      var height = 6.0
      return drops.map { drop in
        height -= 0.25 * Double(drop)
        return max(height, 0.25)
      }
    }
  }
}

extension SystemUnderTest {
  /// The window at one sample count and a threshold on the signal-to-noise ratio.
  func horizon(_ detections: [LagDetection], count: Double, threshold: Double) throws -> Int {
    try window.windows(detections, [count], threshold)[0].horizon
  }
}
