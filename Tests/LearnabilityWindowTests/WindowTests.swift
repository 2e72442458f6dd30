import Foundation
import LearnabilityWindow
import Numerics
import Testing

@Suite struct WindowTests {
  /// Detections of a noise-free envelope: signal `f(ℓ)`, noise of the given law.
  private func detections(_ envelope: (Double) -> Double, alpha: Double, scale: Double = 1)
    -> [LagDetection]
  {
    (1...400).map {
      LagDetection(
        lag: $0, signal: envelope(Double($0)),
        noise: NoiseEstimate(
          tailIndex: alpha, scale: scale, method: "exact", isReliable: true), sampleCount: 1000)
    }
  }

  private func horizons(_ detections: [LagDetection], counts: [Double], threshold: Double) throws
    -> [Int]
  {
    try LearnabilityWindowEstimate.windows(detections, counts: counts) { _ in threshold }
      .map(\.horizon)
  }

  private let counts = [10.0, 100, 1000, 10_000, 100_000]

  /// The window of an exponential envelope is `⌊(log N/κ + log(c/A))/log(1/λ)⌋`.
  @Test func exponentialEnvelope() throws {
    for alpha in [1.3, 1.5, 2.0] {
      let kappa = alpha / (alpha - 1)
      let found = try horizons(
        detections({ 0.8 * pow(0.93, $0) }, alpha: alpha), counts: counts, threshold: 0.31)
      let exact = counts.map { floor((log($0) / kappa + log(0.8 / 0.31)) / log(1 / 0.93)) }
      #expect(found.map(Double.init) == exact.map { max(0, min(400, $0)) }, "alpha \(alpha)")
    }
  }

  /// The window of a polynomial envelope is `⌊(c/A)^{1/β} N^{1/(κβ)}⌋`.
  @Test func polynomialEnvelope() throws {
    for alpha in [1.3, 1.7, 2.0] {
      let kappa = alpha / (alpha - 1)
      let found = try horizons(
        detections({ 0.9 * pow($0, -1.25) }, alpha: alpha), counts: counts, threshold: 0.4)
      let exact = counts.map { floor(pow(0.9 / 0.4, 1 / 1.25) * pow($0, 1 / (kappa * 1.25))) }
      #expect(found.map(Double.init) == exact.map { min(400, $0) }, "alpha \(alpha)")
    }
  }

  /// Admissible lags need not form an interval: the horizon is the last of them and the gaps are named.
  @Test func gapsAreReported() throws {
    let alternating = (1...6).map {
      LagDetection(
        lag: $0, signal: $0 % 2 == 1 ? 1 : 0.5,
        noise: NoiseEstimate(tailIndex: 2, scale: 1, method: "exact", isReliable: true),
        sampleCount: 10)
    }
    let window = try LearnabilityWindowEstimate.windows(alternating, counts: [1]) { _ in 0.7 }[0]
    #expect(window.horizon == 5)
    #expect(window.gaps == [2, 4])
  }

  /// A signal of zero or less gives no window, and none is needed for an unreachable threshold.
  @Test func noSignalNoWindow() throws {
    let silent = detections({ _ in -0.2 }, alpha: 1.8)
    #expect(try horizons(silent, counts: counts, threshold: 0.1) == [0, 0, 0, 0, 0])
    #expect(silent[0].requiredCount(0.1) == .infinity)
  }

  /// The required count is where the signal-to-noise ratio reaches the threshold.
  @Test func requiredCountInvertsTheRatio() {
    for alpha in [1.2, 1.6, 2.0] {
      let detection = detections({ 0.5 / $0 }, alpha: alpha)[7]
      let count = detection.requiredCount(0.3)
      // exp and log: relative error of a few ulp each, magnified by the exponent κ ≤ 6 and by log N ≤ 40.
      #expect(abs(detection.signalToNoise(count) / 0.3 - 1) <= 1000 * 0x1p-53)
    }
  }

  /// Windows depend on nothing but ratios: scaling signal and noise by a power of two changes no bit.
  @Test func windowsAreScaleFree() throws {
    let plain = try horizons(
      detections({ 0.8 * pow(0.97, $0) }, alpha: 1.5), counts: counts, threshold: 0.1)
    let scaled = try horizons(
      detections({ 0x1p-40 * 0.8 * pow(0.97, $0) }, alpha: 1.5, scale: 0x1p-40), counts: counts,
      threshold: 0.1)
    #expect(plain == scaled)
    #expect(plain[0] > 0)
  }

  /// Thresholds and counts that are not allowed are refused.
  @Test func badInputIsRefused() {
    let some = detections({ _ in 1 }, alpha: 2)
    #expect(throws: WindowError.self) { try horizons(some, counts: [], threshold: 1) }
    #expect(throws: WindowError.self) { try horizons(some, counts: [2, 1], threshold: 1) }
    #expect(throws: WindowError.self) { try horizons(some, counts: [1], threshold: 0) }
  }
}
