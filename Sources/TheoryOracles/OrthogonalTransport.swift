import Foundation

/// Exact transport of a linear constant-gate network, `J^l` with `J = (1−s) I + s W`, without multiplying out J.
///
/// Source: Livi 2025, equation (64) with `φ' = 1`; appendix C compares it with the first-order expansion.
public enum OrthogonalTransport {
  /// The diagonal of `J^l = Σ_k C(l,k) (1−s)^(l−k) s^k W^k` at each lag, by the binomial theorem.
  /// - Parameters:
  ///   - recurrence: W, square.
  ///   - gate: s with `0 ≤ s ≤ 1`.
  ///   - lags: increasing, each at least 1.
  /// - Returns: one array a lag, one entry a unit. Complexity: O(l n³) for the greatest lag l.
  public static func diagonals(recurrence: [[Double]], gate: Double, lags: [Int]) throws(OracleError)
    -> [[Double]]
  {
    try OracleError.require(gate >= 0 && gate <= 1, "gate", gate, "between 0 and 1")
    try GateSchedules.requireCount(lags.first ?? 0)
    let size = try TransportClosedForms.squareSize([recurrence])
    var sums = [[Double]](repeating: [Double](repeating: 0, count: size), count: lags.count)
    var power = Vectors.identity(size)
    for exponent in 0...(lags.last ?? 0) {
      for (index, lag) in lags.enumerated() where exponent <= lag {
        let weight = openings(exponent, of: lag, gate: gate)
        for unit in 0..<size { sums[index][unit] += weight * power[unit][unit] }
      }
      power = Vectors.multiply(recurrence, power)
    }
    return sums
  }

  /// The diagonal entry of `J^l` where W shifts `units` units round a ring: the probability that a number of openings drawn
  /// from Binomial(l, s) is a multiple of `units`. It tends to `1/units`.
  public static func ringReturn(units: Int, gate: Double, lag: Int) throws(OracleError) -> Double {
    try OracleError.require(units >= 1, "number of units", units, "at least 1")
    try OracleError.require(gate >= 0 && gate <= 1, "gate", gate, "between 0 and 1")
    try GateSchedules.requireCount(lag)
    return stride(from: 0, through: lag, by: units).reduce(0) { $0 + openings($1, of: lag, gate: gate) }
  }

  /// How near the ring's entry is to `1/units` at a lag: `g^l`, g the largest modulus `|1 − s + s e^{2πik/H}|` with
  /// `0 < k < H`, reached at k = 1.
  public static func ringDistance(units: Int, gate: Double, lag: Int) -> Double {
    guard units > 1 else { return 0 }
    let square = 1 - 2 * gate * (1 - gate) * (1 - cos(2 * Double.pi / Double(units)))
    return pow(square, Double(lag) / 2)
  }

  /// The binomial probability of `count` openings in `lag` steps.
  private static func openings(_ count: Int, of lag: Int, gate: Double) -> Double {
    var value = pow(gate, Double(count)) * pow(1 - gate, Double(lag - count))
    for index in 0..<count { value *= Double(lag - index) / Double(index + 1) }
    return value
  }
}
