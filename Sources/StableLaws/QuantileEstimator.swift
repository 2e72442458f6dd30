import Foundation

/// McCulloch's quantile estimator for the symmetric law (Communications in Statistics B 15, 1986), with the ratio of quantiles
/// inverted on the exact quantile function in place of printed tables.
///
/// Location: median. The ratio of the 90 % and 50 % quantiles of |x − median|, that is (q₉₅ − q₀₅)/(q₇₅ − q₂₅) of a
/// symmetric law, decreases with α; the scale follows from the 50 % quantile. O(n). Its efficiency for α falls from 65 % at
/// α = 1.1 to 1 % near 2: it is a start, not an answer.
public struct QuantileEstimator: StableEstimator {
  public init() {}
  public var name: String { "quantile" }

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    let middle = sample.medianDeviation
    let outer = sample.outerDeviation
    let (tailIndex, boundary) = try Self.tailIndex(ratio: outer / middle)
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    let quartile = try law.upperQuantile(0.25)
    return StableFit(
      method: name, tailIndex: tailIndex, scale: middle / quartile, location: sample.median,
      standardErrors: try Self.standardErrors(law, scale: middle / quartile, sample.count),
      boundary: boundary,
      count: sample.count)
  }

  /// q₉₅/q₇₅ of the law with the given index.
  static func ratio(_ tailIndex: Double) throws(StableLawError) -> Double {
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    return try law.upperQuantile(0.05) / law.upperQuantile(0.25)
  }

  /// The logarithm of ``ratio(_:)`` and the quartile at α = 1, 1 + 1/64, …, 2. A law costs a table, so a bracket saves most.
  private static let grid: [(logRatio: Double, quartile: Double)] = (0...64).map { number in
    guard let law = try? SymmetricStableLaw(tailIndex: 1 + Double(number) / 64),
      let outer = try? law.upperQuantile(0.05), let quartile = try? law.upperQuantile(0.25)
    else { preconditionFailure("the law has quantiles at every index from 1 to 2") }
    return (Foundation.log(outer / quartile), quartile)
  }

  /// The index and its law's quartile, interpolated to about 10⁻⁴: where another estimator starts from. The ends are taken where
  /// the ratio lies beyond them.
  static func start(ratio: Double) -> (tailIndex: Double, quartile: Double) {
    let target = Foundation.log(ratio)
    if target >= grid[0].logRatio { return (1, grid[0].quartile) }
    guard let next = grid.firstIndex(where: { $0.logRatio <= target }) else { return (2, grid[64].quartile) }
    let (left, right) = (grid[next - 1], grid[next])
    let share = (left.logRatio - target) / (left.logRatio - right.logRatio)
    return (
      1 + (Double(next - 1) + share) / 64, left.quartile + share * (right.quartile - left.quartile)
    )
  }

  /// The index at which the quantile ratio takes a value: regula falsi (Illinois) on the monotone function.
  static func tailIndex(ratio: Double) throws(StableLawError) -> (Double, StableFit.Boundary) {
    let target = Foundation.log(ratio)
    if target >= grid[0].logRatio { return (1, .cauchy) }
    guard let next = grid.firstIndex(where: { $0.logRatio <= target }) else { return (2, .gaussian) }
    var low = 1 + Double(next - 1) / 64
    var high = 1 + Double(next) / 64
    var atLow = grid[next - 1].logRatio - target
    var atHigh = grid[next].logRatio - target
    if atHigh == 0 { return (high, next == 64 ? .gaussian : .interior) }
    for _ in 0..<60 {
      let middle = (low * atHigh - high * atLow) / (atHigh - atLow)
      let value = Foundation.log(try Self.ratio(middle)) - target
      if value.magnitude < 1e-13 || high - low < 1e-13 { return (middle, .interior) }
      if value > 0 {
        low = middle
        atLow = value
        atHigh *= 0.5
      } else {
        high = middle
        atHigh = value
        atLow *= 0.5
      }
    }
    return (0.5 * (low + high), .interior)
  }

  /// Delta method on the joint law of two sample quantiles of |X|.
  static func standardErrors(
    _ law: SymmetricStableLaw, scale: Double, _ count: Int
  ) throws(StableLawError) -> StableFit.StandardErrors {
    let n = Double(count)
    let q1 = try law.upperQuantile(0.25)
    let q2 = try law.upperQuantile(0.05)
    // Variances of log quantiles of |X|, whose density is 2f.
    let g1 = 2 * law.density(q1) * q1
    let g2 = 2 * law.density(q2) * q2
    let v11 = 0.25 / (g1 * g1)
    let v22 = 0.09 / (g2 * g2)
    let v12 = 0.05 / (g1 * g2)
    let step = 1e-4
    let lower = max(1, law.tailIndex - step)
    let upper = min(2, law.tailIndex + step)
    let slopeRatio = try Foundation.log(ratio(upper) / ratio(lower)) / (upper - lower)
    let lowLaw = try SymmetricStableLaw(tailIndex: lower)
    let highLaw = try SymmetricStableLaw(tailIndex: upper)
    let slopeQuartile =
      try Foundation.log(highLaw.upperQuantile(0.25) / lowLaw.upperQuantile(0.25)) / (upper - lower)
    let varianceAlpha = (v11 + v22 - 2 * v12) / (slopeRatio * slopeRatio)
    let c = slopeQuartile / slopeRatio
    // log σ = log q̂₇₅ − log q₇₅(α̂), with α̂ = (log q̂₉₅ − log q̂₇₅)/slope.
    let varianceLogScale = (1 + c) * (1 + c) * v11 - 2 * (1 + c) * c * v12 + c * c * v22
    return StableFit.StandardErrors(
      tailIndex: (varianceAlpha / n).squareRoot(), scale: scale * (varianceLogScale / n).squareRoot(),
      location: scale / (2 * law.density(0) * n.squareRoot()))
  }
}
