import Foundation
import Numerics

/// The characteristic-function estimator of the code published with Livi 2025, for comparison only.
///
/// Reproduced behaviour, with what our audit found wrong in it: fewer than 500 values give (2, 0) marked unreliable; above 10⁵ a
/// subsample is used (drawn by our generator, so only its law agrees); 50 equidistant arguments in [0.05, 3] divided by
/// IQR/1.349; points with 0.01 < |φ̂|² < 0.95 (relaxed to 10⁻⁴…0.999 when fewer than 5 remain, quantile fallback below 3);
/// weights exp(−2(log|φ̂|² + 0.7)²), unrelated to the covariance, which wastes up to 45 % of the sample; α̂ clipped to
/// [1, 2] *before* the scale is computed from the unclipped intercept, which breaks scale equivariance; absolute floors of 10⁻¹²,
/// so that a sample times 10⁻¹³ becomes "α = 2, σ = 0".
public struct AuthorECFEstimator: StableEstimator {
  public init() {}
  public var name: String { "author-ecf" }

  static let minimum = 500
  static let subsample = 100_000

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    try fit(sample.expanded())
  }

  /// Accepts what the published code accepts: constant samples included. Only NaN and infinities are refused.
  public func fit(_ values: [Double]) throws(StableLawError) -> StableFit {
    try AuthorEstimators.checkFinite(values)
    guard values.count >= Self.minimum else { return AuthorEstimators.unreliable(name, values.count) }
    var used = values
    if values.count > Self.subsample {
      var stream = RandomStream(seed: 42, purpose: "stable.author-subsample")
      for index in 0..<Self.subsample {
        used.swapAt(index, index + stream.integer(below: values.count - index))
      }
      used.removeLast(values.count - Self.subsample)
    }
    let (tailIndex, scale) = try Self.estimate(used)
    return AuthorEstimators.result(name, values, tailIndex, scale)
  }

  private static func estimate(_ values: [Double]) throws(StableLawError) -> (Double, Double) {
    var range = OrderStatistics.quantile(values, 0.75) - OrderStatistics.quantile(values, 0.25)
    if range <= 1e-12 {
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      range = 1.349 * (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    }
    let unit = range <= 1e-12 ? nil : range / 1.349
    let (low, high) = unit.map { (0.05 / $0, 3 / $0) } ?? (0.1, 2)
    let grid = (0..<50).map { low + (high - low) * Double($0) / 49 }
    var cosines = grid.map { _ in 0.0 }
    var sines = cosines
    for index in grid.indices {
      for value in values {
        cosines[index] += Foundation.cos(grid[index] * value)
        sines[index] += Foundation.sin(grid[index] * value)
      }
    }
    let n = Double(values.count)
    let moduli = grid.indices.map {
      (cosines[$0] / n) * (cosines[$0] / n) + (sines[$0] / n) * (sines[$0] / n)
    }
    var kept = grid.indices.filter { moduli[$0] > 0.01 && moduli[$0] < 0.95 }
    if kept.count < 5 { kept = grid.indices.filter { moduli[$0] > 1e-4 && moduli[$0] < 0.999 } }
    guard kept.count >= 3 else { return try AuthorQuantileEstimator.estimate(values) }
    let x = kept.map { Foundation.log(grid[$0]) }
    let y = kept.map { Foundation.log(-Foundation.log(moduli[$0])) }
    var weights = kept.map { (index: Int) -> Double in
      let offset = Foundation.log(moduli[index]) + 0.7
      return Foundation.exp(-2 * offset * offset)
    }
    let total = weights.reduce(0, +) + 1e-12
    weights = weights.map { $0 / total }
    let sum = weights.reduce(0, +)
    let meanX = dot(weights, x) / sum
    let meanY = dot(weights, y) / sum
    var (cross, spread) = (0.0, 1e-12)
    for index in x.indices {
      cross += weights[index] * (x[index] - meanX) * (y[index] - meanY)
      spread += weights[index] * (x[index] - meanX) * (x[index] - meanX)
    }
    let slope = cross / spread
    let intercept = meanY - slope * meanX
    let clipped = min(2, max(1, slope))
    return (clipped, max(0, Foundation.pow(Foundation.exp(intercept) / 2, 1 / clipped)))
  }
}

/// The quantile estimator of the code published with Livi 2025, for comparison only: the ratio of interquantile ranges inverted by linear
/// interpolation on 201 equidistant indices.
///
/// With `table: .exact` the grid holds exact quantiles; the published run took them from a library whose node α = 1.005 equals the
/// Cauchy law. With `.fallback` it is the eleven-row table the code falls back to, whose values belong to no stable law (at
/// α = 2 it has ratio 1.903 where the truth is 2.4387), so that normal samples come out near α = 1.5 or below.
public struct AuthorQuantileEstimator: StableEstimator {
  public enum Table: Sendable { case exact, fallback }
  public let table: Table

  public init(table: Table = .exact) { self.table = table }
  public var name: String { table == .exact ? "author-quantile" : "author-quantile-fallback" }

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    try fit(sample.expanded())
  }

  /// Accepts what the published code accepts: constant samples included.
  public func fit(_ values: [Double]) throws(StableLawError) -> StableFit {
    try AuthorEstimators.checkFinite(values)
    guard values.count >= AuthorECFEstimator.minimum else {
      return AuthorEstimators.unreliable(name, values.count)
    }
    let (tailIndex, scale) = try Self.estimate(values, table)
    return AuthorEstimators.result(name, values, tailIndex, scale)
  }

  private static let exactGrid: [(ratio: Double, tailIndex: Double, range: Double)] = (0...200).compactMap {
    index in
    let tailIndex = 1 + Double(index) / 200
    guard let law = try? SymmetricStableLaw(tailIndex: tailIndex),
      let quartile = try? law.upperQuantile(0.25),
      let outer = try? law.upperQuantile(0.05)
    else { return nil }
    return (outer / quartile, tailIndex, 2 * quartile)
  }.sorted { $0.ratio < $1.ratio }

  /// Columns: ratio of ranges, index, interquartile range.
  private static let fallbackGrid: [(ratio: Double, tailIndex: Double, range: Double)] = [
    (1.903, 2.0, 1.349), (2.020, 1.9, 1.404), (2.160, 1.8, 1.472), (2.330, 1.7, 1.556), (2.545, 1.6, 1.662),
    (2.820, 1.5, 1.802), (3.180, 1.4, 2.000), (3.670, 1.3, 2.289), (4.390, 1.2, 2.781), (5.560, 1.1, 3.865),
    (7.430, 1.0, 6.314),
  ]

  static func estimate(_ values: [Double], _ table: Table = .exact) throws(StableLawError) -> (Double, Double)
  {
    let q = [0.05, 0.25, 0.75, 0.95].map { OrderStatistics.quantile(values, $0) }
    let range = q[2] - q[1]
    guard range > 1e-12 else { return (2, 0) }
    let grid = table == .exact ? exactGrid : fallbackGrid
    let ratio = min(grid[grid.count - 1].ratio, max(grid[0].ratio, (q[3] - q[0]) / (range + 1e-12)))
    var index = 1
    while index < grid.count - 1, grid[index].ratio < ratio { index += 1 }
    let (lower, upper) = (grid[index - 1], grid[index])
    let fraction = (ratio - lower.ratio) / (upper.ratio - lower.ratio)
    let tailIndex = lower.tailIndex + fraction * (upper.tailIndex - lower.tailIndex)
    let theory = lower.range + fraction * (upper.range - lower.range)
    return (min(2, max(1, tailIndex)), max(0, range / (theory + 1e-12)))
  }
}

/// What the two have in common.
enum AuthorEstimators {
  static func checkFinite(_ values: [Double]) throws(StableLawError) {
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .sampleNotFinite(index: index, value: value)
    }
  }

  static func unreliable(_ name: String, _ count: Int) -> StableFit {
    StableFit(
      method: name, tailIndex: 2, scale: 0, location: nil, standardErrors: nil, boundary: .gaussian,
      count: count,
      isReliable: false)
  }

  static func result(_ name: String, _ values: [Double], _ tailIndex: Double, _ scale: Double) -> StableFit {
    let range = OrderStatistics.quantile(values, 0.75) - OrderStatistics.quantile(values, 0.25)
    let suspicious = (tailIndex <= 1.01 || tailIndex >= 1.99) && values.count < 2000
    return StableFit(
      method: name, tailIndex: tailIndex, scale: scale, location: nil, standardErrors: nil,
      boundary: tailIndex == 2 ? .gaussian : tailIndex == 1 ? .cauchy : .interior, count: values.count,
      isReliable: scale > 1e-12 && range > 1e-10 && !suspicious)
  }
}

extension StableSample {
  /// The observations one by one; an accumulator's cells are repeated by their counts.
  func expanded() -> [Double] {
    guard let weights else { return values }
    return zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }
  }
}
