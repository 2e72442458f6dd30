import Foundation

/// Transport factors in closed form: constant gates, scalar sequences, and dense products with their first-order
/// Fréchet expansion.
///
/// Source: Livi 2025, appendices A (equations (33)-(35)) and B. In every sequence index 0 is the step nearest to
/// the observation, that is the leftmost factor of the product.
public enum TransportClosedForms {
  /// Zeroth order of the constant gate: `γ(l) = (1−s)^l`, equation (64).
  /// - Parameters:
  ///   - gate: s with `0 ≤ s ≤ 1`.
  ///   - lag: l ≥ 0.
  public static func constantGateRetention(gate: Double, lag: Int) throws(OracleError) -> Double {
    try OracleError.require(gate >= 0 && gate <= 1, "gate", gate, "between 0 and 1")
    try GateSchedules.requireCount(lag)
    return pow(1 - gate, Double(lag))
  }

  /// Zeroth plus first order of the constant gate with candidate slopes `φ'`:
  /// `(1−s)^l + s w (1−s)^(l−1) Σ φ'_j`, written without dividing by `1−s` so that `s = 1` is admitted.
  /// - Parameters:
  ///   - selfWeight: w = U_qq, the unit's recurrent weight on itself.
  ///   - slopes: φ'_j, one for each of the l steps; `1 − h̃²` for tanh, 1 for a linear candidate.
  public static func constantGateTransport(
    gate: Double, selfWeight: Double, slopes: [Double]
  ) throws(OracleError) -> Double {
    let zeroth = try constantGateRetention(gate: gate, lag: slopes.count)
    guard !slopes.isEmpty else { return zeroth }
    return zeroth + gate * selfWeight * pow(1 - gate, Double(slopes.count - 1)) * slopes.reduce(0, +)
  }

  /// Exact transport of a linear constant-gate unit without neighbours: `(1 − s + s w)^l`.
  public static func constantGateExact(gate: Double, selfWeight: Double, lag: Int) throws(OracleError)
    -> Double
  {
    try GateSchedules.requireCount(lag)
    return pow(1 - gate + gate * selfWeight, Double(lag))
  }

  /// `Γ(l) = ∏ a_j + Σ_j b_j ∏_{i≠j} a_i` for `l = 0 … count`, by the recursion
  /// `(γ, Γ) → (a γ, a Γ + b γ)`, which divides by nothing. Equals `γ(1 + Σ b_j/a_j)` where no `a_j` is zero.
  public static func scalarTransport(retentions a: [Double], gateTerms b: [Double]) throws(OracleError)
    -> [Double]
  {
    try OracleError.requireSameCount(b.count, a.count, "gate terms")
    var zeroth = 1.0
    var total = 1.0
    var values = [total]
    for (retention, gateTerm) in zip(a, b) {
      (zeroth, total) = (retention * zeroth, retention * total + gateTerm * zeroth)
      values.append(total)
    }
    return values
  }

  /// Products of the first `l` retentions for `l = 0 … count`.
  public static func retentionProducts(_ retentions: [Double]) -> [Double] {
    var values = [1.0]
    for retention in retentions { values.append((values.last ?? 1) * retention) }
    return values
  }

  /// The dense product `J_0 J_1 … J_{l−1}`, index 0 leftmost.
  /// - Parameter factors: square matrices of one size, at least one.
  public static func denseProduct(_ factors: [[[Double]]]) throws(OracleError) -> [[Double]] {
    let size = try squareSize(factors)
    return factors.reduce(Vectors.identity(size)) { Vectors.multiply($0, $1) }
  }

  /// First-order Fréchet expansion `∏ A + Σ_j (∏_{i<j} A_i) B_j (∏_{i>j} A_i)`, equations (34) and (35) at ε = 1, for any
  /// split `J_j = A_j + B_j`. Complexity: O(l n³).
  public static func firstOrderProduct(
    zeroth a: [[[Double]]], first b: [[[Double]]]
  ) throws(OracleError) -> [[Double]] {
    Vectors.add(try denseProduct(a), try frechetDerivative(zeroth: a, first: b))
  }

  /// The derivative alone, `Σ_j (∏_{i<j} A_i) B_j (∏_{i>j} A_i)`, from prefix and suffix products.
  public static func frechetDerivative(
    zeroth a: [[[Double]]], first b: [[[Double]]]
  ) throws(OracleError) -> [[Double]] {
    let size = try squareSize(a)
    try OracleError.requireSameCount(b.count, a.count, "first-order parts")
    try OracleError.require(try squareSize(b) == size, "size of first-order parts", b[0].count, "\(size)")
    var suffixes = [Vectors.identity(size)]
    for factor in a.reversed() { suffixes.append(Vectors.multiply(factor, suffixes[suffixes.count - 1])) }
    var prefix = Vectors.identity(size)
    var sum = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for j in a.indices {
      let term = Vectors.multiply(Vectors.multiply(prefix, b[j]), suffixes[a.count - 1 - j])
      sum = Vectors.add(sum, term)
      prefix = Vectors.multiply(prefix, a[j])
    }
    return sum
  }

  static func squareSize(_ factors: [[[Double]]]) throws(OracleError) -> Int {
    try OracleError.require(!factors.isEmpty, "number of factors", 0, "at least one")
    let size = factors[0].count
    for factor in factors {
      let isSquare = factor.count == size && factor.allSatisfy { $0.count == size }
      try OracleError.require(isSquare, "shape of a factor", factor.map(\.count), "\(size) rows of \(size)")
    }
    return size
  }
}
