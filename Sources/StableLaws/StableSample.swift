import Foundation

/// A validated sample, plain or weighted, with the centre and spread every estimator starts from.
///
/// Making one costs O(n). The centre is the median (mean of the two middle values for an even count), spreads are
/// quantiles of |x − centre|; both follow x ↦ −x and x ↦ 2x exactly, bit for bit.
public struct StableSample: Sendable {
  /// The observations, or the distinct cells of an accumulator.
  public let values: [Double]
  /// Multiplicities, nil when every value counts once.
  public let weights: [Double]?
  /// The number of observations.
  public let count: Int
  /// The median.
  public let median: Double
  /// The median of |x − median|.
  public let medianDeviation: Double
  /// The 90 % quantile of |x − median|.
  public let outerDeviation: Double

  /// - Parameters:
  ///   - values: at least 5 finite numbers.
  /// - Throws: `sampleTooSmall`, `sampleNotFinite`, `degenerateSample` when half of the values sit within rounding of one value.
  public init(_ values: [Double]) throws(StableLawError) {
    try Self.checkFinite(values)
    guard values.count >= 5 else { throw .sampleTooSmall(count: values.count, needed: 5) }
    self.values = values
    weights = nil
    count = values.count
    var work = values
    let centre = OrderStatistics.quantile(&work, 0.5)
    median = centre
    for index in work.indices { work[index] = (work[index] - centre).magnitude }
    medianDeviation = OrderStatistics.quantile(&work, 0.5)
    outerDeviation = OrderStatistics.quantile(&work, 0.9)
    try checkSpread()
  }

  /// A weighted sample: `values` ascending, `weights` positive whole numbers.
  init(sorted values: [Double], weights: [Double]) throws(StableLawError) {
    let total = weights.reduce(0, +)
    guard total >= 5 else { throw .sampleTooSmall(count: Int(total), needed: 5) }
    self.values = values
    self.weights = weights
    count = Int(total)
    let centre = OrderStatistics.weightedQuantile(zip(values, weights).map { ($0, $1) }, 0.5)
    median = centre
    let pairs = zip(values, weights).map { (($0 - centre).magnitude, $1) }.sorted { $0.0 < $1.0 }
    medianDeviation = OrderStatistics.weightedQuantile(pairs, 0.5)
    outerDeviation = OrderStatistics.weightedQuantile(pairs, 0.9)
    try checkSpread()
  }

  private static func checkFinite(_ values: [Double]) throws(StableLawError) {
    // x·0 is NaN exactly for the non-finite, so one pass of additions finds whether there is any.
    if values.reduce(0, { $0 + $1 * 0 }) == 0 { return }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .sampleNotFinite(index: index, value: value)
    }
  }

  private func checkSpread() throws(StableLawError) {
    guard medianDeviation > 8 * median.magnitude.ulp else { throw .degenerateSample(value: median) }
  }

  /// Σ wᵢ g(xᵢ) over the sample.
  @inline(__always)
  func forEach(_ body: (_ value: Double, _ weight: Double) -> Void) {
    if let weights {
      for index in values.indices { body(values[index], weights[index]) }
    } else {
      for value in values { body(value, 1) }
    }
  }
}

/// Quantiles by selection, without a full sort.
enum OrderStatistics {
  /// The quantile at `p` by linear interpolation of order statistics ((n − 1)p, the usual default). O(n).
  static func quantile(_ values: [Double], _ p: Double) -> Double {
    var work = values
    return quantile(&work, p)
  }

  /// The same, permuting the values in place.
  static func quantile(_ work: inout [Double], _ p: Double) -> Double {
    let position = Double(work.count - 1) * p
    let rank = Int(position)
    let lower = select(&work, rank)
    let fraction = position - Double(rank)
    guard fraction > 0 else { return lower }
    // After the selection everything beyond the rank is at least as large.
    var upper = Double.infinity
    for index in (rank + 1)..<work.count where work[index] < upper { upper = work[index] }
    // The middle of two values must not depend on their order, so it is their half sum.
    return fraction == 0.5 ? 0.5 * lower + 0.5 * upper : lower + fraction * (upper - lower)
  }

  /// Hoare's selection with the median of three: partially sorts so that the value of that rank is in its place.
  static func select(_ work: inout [Double], _ rank: Int) -> Double {
    work.withUnsafeMutableBufferPointer { buffer in
      var low = 0
      var high = buffer.count - 1
      while low < high {
        let middle = low + (high - low) / 2
        let (a, b, c) = (buffer[low], buffer[middle], buffer[high])
        let pivot = max(min(a, b), min(max(a, b), c))
        var i = low
        var j = high
        while i <= j {
          while buffer[i] < pivot { i += 1 }
          while buffer[j] > pivot { j -= 1 }
          if i <= j {
            buffer.swapAt(i, j)
            i += 1
            j -= 1
          }
        }
        if rank <= j { high = j } else if rank >= i { low = i } else { break }
      }
      return buffer[rank]
    }
  }

  /// The same definition for sorted values with multiplicities.
  static func weightedQuantile(_ sorted: [(Double, Double)], _ p: Double) -> Double {
    let total = sorted.reduce(0) { $0 + $1.1 }
    let position = (total - 1) * p
    let rank = position.rounded(.down)
    func value(at rank: Double) -> Double {
      var seen = 0.0
      for (value, weight) in sorted {
        seen += weight
        if seen > rank { return value }
      }
      return sorted[sorted.count - 1].0
    }
    let lower = value(at: rank)
    let fraction = position - rank
    guard fraction > 0 else { return lower }
    let upper = value(at: rank + 1)
    return fraction == 0.5 ? 0.5 * lower + 0.5 * upper : lower + fraction * (upper - lower)
  }
}
