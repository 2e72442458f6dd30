/// Bounds on the first two derivatives of a neuron, uniform over |w| ≤ a and all u, for ‖X_t‖ ≤ 1.
///
/// With x = aσ₁, p_t = Σ_{k<t} x^k and q_t = Σ_{k<t} (k+1)x^k:
/// - |∂_w h_t| ≤ σ₀σ₁p_{t−1}, ‖∂_u h_t‖ ≤ σ₁p_t, hence ‖∇h_t‖ ≤ L_t = σ₁√(σ₀²p²_{t−1} + p²_t);
/// - ‖∇²h_t‖ ≤ β_t = σ₂(1+σ₀²)p²_t + 2σ₁L^c_{t−1} + xβ_{t−1}, β_0 = 0, L^c_t = σ₁√(1+σ₀²)p_t.
///
/// Both follow from unrolling the sensitivity recursion; the form O(p_t q_t) is that of Cayci & Eryilmaz 2024, the
/// constants are derived here. The bounds hold for every u: no constraint on the input weights is needed.
public struct LocalConstants: Sendable {
  public let activation: ActivationBounds
  /// a, the largest |w| considered: α + ρ_w/√m on the projection set.
  public let retentionBound: Double
  public let steps: Int
  /// p_0 … p_T; p_0 = 0.
  public let p: [Double]
  /// q_0 … q_T; q_0 = 0.
  public let q: [Double]
  /// L_0 … L_T; L_0 = 0.
  public let lipschitz: [Double]
  /// β_0 … β_T; β_0 = 0.
  public let smoothness: [Double]

  /// x = σ₁a, whose position against one decides the regime.
  public var ratio: Double { activation.slope * retentionBound }

  /// O(T).
  /// - Throws: ``KernelRegimeError/unboundedActivation(_:)`` and domain errors.
  public init(activation: any SmoothActivation, retentionBound: Double, steps: Int) throws {
    guard activation.bounds.value.isFinite else {
      throw KernelRegimeError.unboundedActivation(activation.name)
    }
    try Check.nonnegative("retention bound", retentionBound)
    try Check.atLeast(1, "steps", steps)
    let bounds = activation.bounds
    let x = bounds.slope * retentionBound
    let root = (1 + bounds.value * bounds.value).squareRoot()
    let p = MemoryPolynomials.p(steps: steps, ratio: x)
    var lipschitz = [0.0]
    var smoothness = [0.0]
    for t in 1...steps {
      let viaRetention = bounds.value * p[t - 1]
      lipschitz.append(bounds.slope * (viaRetention * viaRetention + p[t] * p[t]).squareRoot())
      smoothness.append(
        bounds.curvature * root * root * p[t] * p[t] + 2 * bounds.slope * bounds.slope * root * p[t - 1]
          + x * smoothness[t - 1])
    }
    self.activation = bounds
    self.retentionBound = retentionBound
    self.steps = steps
    self.p = p
    q = MemoryPolynomials.q(steps: steps, ratio: x)
    self.lipschitz = lipschitz
    self.smoothness = smoothness
  }

  /// The simpler L^c_t = σ₁√(1+σ₀²)p_t ≥ L_t, at most √2 larger.
  public func crudeLipschitz(_ t: Int) -> Double {
    activation.slope * (1 + activation.value * activation.value).squareRoot() * p[t]
  }

  /// The closed form σ₂(1+σ₀²)p_t q_t + 2σ₁²√(1+σ₀²)q_{t−1} ≥ β_t.
  public func closedFormSmoothness(_ t: Int) -> Double {
    guard t > 0 else { return 0 }
    let square = 1 + activation.value * activation.value
    return activation.curvature * square * p[t] * q[t]
      + 2 * activation.slope * activation.slope * square.squareRoot() * q[t - 1]
  }

  /// Λ = ω Σ_{t≤T} L_t² with ω = 1 or 1/T: ‖∇R‖ ≤ 2√(RΛ), and 1/(4Λ) is the largest step of the theorems.
  public func totalLipschitz(_ aggregation: TimeAggregation) -> Double {
    lipschitz.reduce(0) { $0 + $1 * $1 } * aggregation.weight(steps: steps)
  }
}

/// The polynomials of the memory: how much of the past a neuron can carry.
public enum MemoryPolynomials {
  /// p_0 … p_T, p_t(x) = Σ_{k<t} |x|^k = 1 + |x|p_{t−1}.
  public static func p(steps: Int, ratio: Double) -> [Double] {
    var values = [0.0]
    for t in 0..<max(steps, 0) { values.append(1 + abs(ratio) * values[t]) }
    return values
  }

  /// q_0 … q_T, q_t(x) = Σ_{k<t} (k+1)|x|^k = p_t + |x|q_{t−1}.
  public static func q(steps: Int, ratio: Double) -> [Double] {
    let p = p(steps: steps, ratio: ratio)
    var values = [0.0]
    for t in 0..<max(steps, 0) { values.append(p[t + 1] + abs(ratio) * values[t]) }
    return values
  }
}
