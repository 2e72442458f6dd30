/// How the constants of the theory grow with the length of the sequence, decided by x = σ₁α_m against one.
///
/// The published dichotomy (bounded below 1/σ₁, exponential from there on) is amended here: the cutoff belongs to
/// α_m = α + ρ_w/√m and not to α, and exactly at the cutoff p_T = T and q_T = T(T+1)/2 grow polynomially.
public enum MemoryRegime: String, Sendable, Codable, CaseIterable {
  /// x < 1: p_T < 1/(1−x), q_T < 1/(1−x)² for every T.
  case bounded
  /// x = 1: polynomial growth.
  case polynomial
  /// x > 1: p_T ≥ x^{T−1}.
  case exponential

  /// The regime of `ratio` x; within `width` of one counts as the boundary.
  ///
  /// The default width is rounding of the ratio itself: one product and one sum, 4 ulp.
  public init(ratio: Double, boundaryWidth width: Double = 4 * Double.ulpOfOne) {
    self = abs(ratio - 1) <= width ? .polynomial : ratio < 1 ? .bounded : .exponential
  }

  /// What a reader of the bounds must know, or nil.
  public var warning: String? {
    switch self {
    case .bounded: nil
    case .polynomial:
      "σ₁α_m is one: the constants grow polynomially with the length, not exponentially as published"
    case .exponential:
      "σ₁α_m exceeds one: the bounds grow exponentially with the length. It is the bound that explodes: the "
        + "supremum is attained by neurons with vanishing input weights, while typical neurons saturate"
    }
  }

  /// α_m = α + ρ_w/√m, the largest |w| on the projection set.
  public static func retentionBound(spread: Double, radius: Double, width: Int) -> Double {
    spread + radius / Double(width).squareRoot()
  }
}
