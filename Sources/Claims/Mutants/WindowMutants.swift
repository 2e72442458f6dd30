import Foundation
import GatedCells
import LearnabilityWindow
import TheoryOracles

extension Mutant {
  /// Exponents, ratios, thresholds, windows and their closed forms.
  static let windows: [Mutant] = [
    Mutant("exponent.index", "α stands for κ", killedBy: ["WI-01"]) { system in
      system.window.concentrationExponent = { $0 > 1 ? $0 : .infinity }
    },
    Mutant("exponent.inverse", "κ is (α − 1)/α", killedBy: ["WI-01"]) { system in
      system.window.concentrationExponent = { $0 > 1 ? ($0 - 1) / $0 : .infinity }
    },
    Mutant(
      "ratio.inverseIndex", "the ratio grows like N^{1/α}, not N^{1−1/α}",
      killedBy: ["WI-02", "WI-05", "WI-12", "RP-04", "RP-05"]
    ) { system in
      system.window.signalToNoise = {
        max(0, $0.signal) * Foundation.pow($1, 1 / $0.noise.tailIndex) / $0.noise.scale
      }
    },
    Mutant(
      "ratio.rootN", "the ratio grows like √N for every tail", killedBy: ["WI-02", "WI-05", "WI-12", "RP-04"]
    ) {
      system in
      system.window.signalToNoise = { max(0, $0.signal) * $1.squareRoot() / $0.noise.scale }
    },
    Mutant("ratio.modulus", "a negative mean counts by its modulus", killedBy: ["WI-03"]) { system in
      let ratio = system.window.signalToNoise
      system.window.signalToNoise = {
        ratio(
          LagDetection(lag: $0.lag, signal: abs($0.signal), noise: $0.noise, sampleCount: $0.sampleCount), $1)
      }
    },
    Mutant("ratio.clamped", "N is clamped to the number of samples", killedBy: ["WI-02", "RP-04"]) { system in
      system.window.signalToNoise = { $0.signalToNoise(min($1, Double($0.sampleCount))) }
    },
    Mutant(
      "ratio.scaleFloor", "the noise scale has an absolute floor", killedBy: ["WI-02", "WI-05", "RP-05"]
    ) { system in
      system.window.signalToNoise = { $0.signalToNoise($1) * $0.noise.scale / max($0.noise.scale, 0.1) }
    },
    Mutant(
      "count.index", "the required count has the power α for κ",
      killedBy: ["WI-04", "WI-05", "WI-20", "WI-23", "WI-24"]
    ) { system in
      system.window.requiredCount = { lag, threshold in
        lag.signal > 0
          ? max(1, Foundation.pow(threshold * lag.noise.scale / lag.signal, lag.noise.tailIndex)) : .infinity
      }
    },
    Mutant(
      "count.grid", "the required count is rounded up to a power of ten",
      killedBy: ["WI-04", "WI-05", "RP-05"]
    ) {
      system in
      system.window.requiredCount = {
        Foundation.pow(10, Foundation.log10($0.requiredCount($1)).rounded(.up))
      }
    },
    Mutant("count.censored", "a count that is not reached is −1", killedBy: ["WI-10", "RP-06"]) { system in
      system.window.requiredCount = {
        let count = $0.requiredCount($1)
        return count.isFinite ? count : -1
      }
    },
    Mutant("threshold.factorTwo", "the exact threshold is q, not 2q", killedBy: ["WI-05", "WI-06"]) {
      system in
      system.window.exactThreshold = { $0.exactThreshold(error: $1) / 2 }
    },
    Mutant(
      "threshold.gaussian", "the threshold has the normal quantile for every tail",
      killedBy: ["WI-05", "WI-06"]
    ) {
      system in
      system.window.exactThreshold = {
        NoiseEstimate(tailIndex: 2, scale: $0.scale, method: "given", isReliable: true).exactThreshold(
          error: $1)
      }
    },
    Mutant("threshold.squareRootLog", "the threshold is √(16 log(1/2ε))", killedBy: ["WI-06"]) { system in
      system.window.exactThreshold = { 4 * Foundation.log(1 / (2 * $1)).squareRoot() }
    },
    Mutant("signError.whole", "the error at a ratio is P(Z > ratio)", killedBy: ["WI-06"]) { system in
      system.window.signError = { $0.signError(signalToNoise: 2 * $1) }
    },
    Mutant(
      "window.strict", "a ratio equal to the threshold does not count", killedBy: ["WI-07", "WI-21", "RP-07"]
    ) {
      system in
      system.window.windows = { detections, counts, threshold in
        try LearnabilityWindowEstimate.windows(detections, counts: counts) { _ in threshold.nextUp }
      }
    },
    Mutant(
      "window.gapsClosed", "gaps below the window count as closed", killedBy: ["WI-07", "WI-09", "RP-08"]
    ) { system in
      system.window.windows = remade {
        LearnabilityWindowEstimate(sampleCount: $1, horizon: $0.horizon, gaps: [])
      }
    },
    Mutant("window.firstGap", "the window ends at the first gap", killedBy: ["WI-07", "WI-09", "RP-08"]) {
      system in
      system.window.windows = remade {
        LearnabilityWindowEstimate(
          sampleCount: $1, horizon: $0.gaps.first.map { $0 - 1 } ?? $0.horizon, gaps: [])
      }
    },
    Mutant(
      "window.fewerSamples", "the window shrinks with samples: N^{−1/κ} for N^{1/κ}",
      killedBy: ["WI-08", "WI-10"]
    ) {
      system in
      system.window.windows = { detections, counts, threshold in
        try counts.map { count in
          try LearnabilityWindowEstimate.windows(detections, counts: [1 / count]) { _ in threshold }[0]
        }
      }
    },
    Mutant(
      "window.offByOne", "the window is one lag longer",
      killedBy: ["WI-05", "WI-07", "WI-21", "WI-23", "WI-24", "WI-25"]
    ) { system in
      system.window.windows = remade {
        LearnabilityWindowEstimate(
          sampleCount: $1, horizon: $0.horizon > 0 ? $0.horizon + 1 : 0, gaps: $0.gaps)
      }
    },
    Mutant("window.shortLagsDropped", "lags below 4 never count", killedBy: ["WI-07", "RP-08"]) { system in
      let windows = system.window.windows
      system.window.windows = { try windows($0.filter { $0.lag >= 4 }, $1, $2) }
    },
    Mutant("inverse.atMost", "f^←(y) is inf{f ≤ y}", killedBy: ["WI-21", "WI-22"]) { system in
      system.theory.generalizedInverse = {
        WindowClosedForms.infimumAtMost(envelope: $0, floor: $1) ?? $0.count
      }
    },
    Mutant("inverse.below", "f^←(y) is inf{f < y}", killedBy: ["WI-21", "WI-22"]) { system in
      system.theory.generalizedInverse = {
        WindowClosedForms.infimumBelow(envelope: $0, floor: $1) ?? $0.count
      }
    },
    Mutant("inverse.strict", "f^←(y) is sup{f > y}", killedBy: ["WI-21", "WI-22"]) { system in
      system.theory.generalizedInverse = { WindowClosedForms.supremumInverse(envelope: $0, floor: $1.nextUp) }
    },
    Mutant(
      "law.exponentialBase", "the exponential window divides by 1 − λ, not log(1/λ)", killedBy: ["WI-23"]
    ) { system in
      system.theory.exponentialWindow = { Foundation.log($0 / $2) / (1 - $1) }
    },
    Mutant("law.polynomialExponent", "the polynomial window has the power β for 1/β", killedBy: ["WI-24"]) {
      system in
      system.theory.polynomialWindow = { Foundation.pow($0 / $2, $1) }
    },
    Mutant("law.logarithmicOffset", "the logarithmic window lacks its −1", killedBy: ["WI-25"]) { system in
      system.theory.logarithmicWindow = { Foundation.exp($0 / $1) }
    },
    Mutant(
      "transport.forgetsFirstGate", "the window of lag ℓ holds ℓ − 1 steps", killedBy: ["WI-26", "RP-10"]
    ) { system in
      system.transport.factors = { splits, time, lags in
        lags.map { lag in
          lag == 1
            ? [TransportFactor(zeroth: 1, correction: 0)]
            : DiagonalTransport.factors(splits, time: time, lags: [lag - 1])[0]
        }
      }
    },
    Mutant("transport.geometric", "retention is the last gate to the power ℓ", killedBy: ["WI-26"]) {
      system in
      system.transport.factors = { splits, time, lags in
        lags.map {
          [TransportFactor(zeroth: Foundation.pow(splits[time].retention[0], Double($0)), correction: 0)]
        }
      }
    },
    Mutant("fit.powerOfShiftedLag", "the power law is fitted to log(ℓ + 1)", killedBy: ["WI-27"]) { system in
      system.window.envelopeFit = { EnvelopeFit(lags: $0.map { $0 + 1 }, envelope: $1) }
    },
    Mutant("fit.logarithmBase", "logarithms of the envelope have base 2", killedBy: ["WI-27"]) { system in
      system.window.envelopeFit = { lags, envelope in
        EnvelopeFit(lags: lags, envelope: envelope.map { Foundation.pow($0, 1 / Foundation.log(2)) })
      }
    },
  ]

  /// Windows with each estimate replaced.
  private static func remade(
    _ change: @escaping @Sendable (LearnabilityWindowEstimate, Double) -> LearnabilityWindowEstimate
  ) -> @Sendable ([LagDetection], [Double], Double) throws -> [LearnabilityWindowEstimate] {
    { detections, counts, threshold in
      try LearnabilityWindowEstimate.windows(detections, counts: counts) { _ in threshold }
        .map { change($0, $0.sampleCount) }
    }
  }
}
