import Numerics
import StableLaws

extension NoiseEstimate {
  /// Fits a symmetric stable law to samples of the matched statistic.
  ///
  /// The location is free, so the signal does not disturb the scale. When no law can be fitted (too few samples, or most of
  /// them equal) the estimate has no tail index (NaN), scale zero, is marked unreliable, and its method says "none".
  public init(samples: [Double], estimator: any StableEstimator = DefaultStableEstimator()) {
    do {
      let fit = try estimator.fit(samples)
      self.init(
        tailIndex: fit.tailIndex, scale: fit.scale, method: fit.method,
        isReliable: fit.isReliable && fit.tailIndex > 1 && samples.count >= Self.leastReliableCount)
    } catch {
      self.init(tailIndex: .nan, scale: 0, method: "none", isReliable: false)
    }
  }

  /// Below this many samples the standard error of the tail index exceeds a tenth even for the best estimator
  /// (Cramér–Rao: about 1.5/√n), and the estimate is not marked reliable.
  static let leastReliableCount = 225

  /// The signal-to-noise ratio at which the best test of sign errs with probability `error`: `2 q_{1−ε}(α)`, with `q` the
  /// quantile of the standard law. The greatest finite number when the law is unknown (α ≤ 1): no ratio reaches it.
  public func exactThreshold(error: Double) -> Double {
    guard tailIndex > 1, scale > 0, let law = try? SymmetricStableLaw(tailIndex: tailIndex, scale: 1),
      let quantile = try? law.upperQuantile(error)
    else { return .greatestFiniteMagnitude }
    return 2 * quantile
  }

  /// The probability that the best test of sign errs at a signal-to-noise ratio: `P(Z > ratio/2)`.
  public func signError(signalToNoise ratio: Double) -> Double {
    guard tailIndex > 1, scale > 0, let law = try? SymmetricStableLaw(tailIndex: tailIndex, scale: 1)
    else { return 0.5 }
    return law.tail(ratio / 2)
  }
}
