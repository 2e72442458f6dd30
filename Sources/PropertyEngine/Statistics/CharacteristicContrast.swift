import Foundation

/// A bounded functional, made of cosines, that tells two symmetric laws apart: h(x) = Σ wₖ cos(tₖ x) scaled into [0, 1].
///
/// Its mean under the claimed law is known from the characteristic function φ alone (E cos(tX) = φ(t) for symmetric
/// laws), so no moment need exist. The weights w = Σ⁻¹(φ₁ − φ₀) maximise the squared shift of the mean over the
/// variance, both again from φ: Cov(cos sX, cos tX) = (φ(s+t) + φ(s−t))/2 − φ(s)φ(t).
///
/// Feed ``value(_:)`` to a ``BettingEvidence`` with ``mean``. A wrong alternative costs power, never validity.
public struct CharacteristicContrast: Sendable {
  /// The frequencies and their weights.
  public let frequencies: [Double]
  public let weights: [Double]
  /// The mean of ``value(_:)`` under the claimed law and under the alternative.
  public let mean: Double
  public let alternativeMean: Double
  /// The stake that grows wealth fastest under the alternative, to first order: shift of the mean over variance.
  public let stake: Double

  /// - Parameters:
  ///   - claimed: The characteristic function of the claimed law: real, even, 1 at zero.
  ///   - alternative: That of the law to be told apart from it.
  ///   - frequencies: Where they are compared: distinct, positive, in units of the inverse scale of the law.
  public init(
    claimed: (Double) -> Double, alternative: (Double) -> Double,
    frequencies: [Double] = (0..<13).map { 0.02 * pow(1.5, Double($0)) }
  ) {
    self.frequencies = frequencies
    let shift = frequencies.map { alternative($0) - claimed($0) }
    let covariance = frequencies.map { s in
      frequencies.map { t in (claimed(s + t) + claimed(abs(s - t))) / 2 - claimed(s) * claimed(t) }
    }
    let raw = Self.solve(covariance, shift)
    let reach = max(raw.reduce(0) { $0 + abs($1) }, .leastNormalMagnitude)
    // Weights of total size one half keep 1/2 + Σ wₖ cos(tₖx) inside [0, 1] up to rounding.
    let scale = 0.5 / reach
    weights = raw.map { $0 * scale }
    mean = 0.5 + zip(weights, frequencies).reduce(0) { $0 + $1.0 * claimed($1.1) }
    alternativeMean = 0.5 + zip(weights, frequencies).reduce(0) { $0 + $1.0 * alternative($1.1) }
    let scaled = weights
    let variance = covariance.indices.reduce(0) { sum, i in
      sum + covariance.indices.reduce(0) { $0 + scaled[i] * covariance[i][$1] * scaled[$1] }
    }
    stake = variance > 0 ? (alternativeMean - mean) / variance : 0
  }

  /// The functional at an observation, in [0, 1].
  public func value(_ x: Double) -> Double {
    var sum = 0.5
    for index in weights.indices { sum += weights[index] * cos(frequencies[index] * x) }
    return min(max(sum, 0), 1)
  }

  /// Gaussian elimination with pivoting on a slightly loaded matrix: neighbouring frequencies are nearly dependent.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    let n = right.count
    var a = matrix
    var b = right
    for i in 0..<n { a[i][i] *= 1 + 1e-6 }
    for column in 0..<n {
      let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
      a.swapAt(column, pivot)
      b.swapAt(column, pivot)
      for row in column + 1..<max(n, column + 1) {
        let factor = a[row][column] / a[column][column]
        for k in column..<n { a[row][k] -= factor * a[column][k] }
        b[row] -= factor * b[column]
      }
    }
    var x = [Double](repeating: 0, count: n)
    for row in (0..<n).reversed() {
      x[row] = (b[row] - (row + 1..<max(n, row + 1)).reduce(0) { $0 + a[row][$1] * x[$1] }) / a[row][row]
    }
    return x
  }
}
