import Foundation

/// Iterates of the four optimizers where they can be written without iterating.
///
/// Conventions: the gradient of `λ x²/2` is `λ x`; momentum is heavy-ball with undamped gradients (`v ← β v + g`,
/// `x ← x − μ v`); root-mean-square and Adam divide by `√v + ε` with ε outside the root; AdamW's decay is decoupled and acts
/// first, `x ← (1 − μ w) x`. Sources: Polyak 1964; Kingma and Ba 2015; Loshchilov and Hutter 2019.
public enum OptimizerIterates {
  /// Gradient descent on `λ x²/2`: `x_n = (1 − μ λ)^n x_0`.
  public static func gradientDescent(start: Double, curvature: Double, rate: Double, steps: Int)
    throws(OracleError)
    -> Double
  {
    try GateSchedules.requireCount(steps)
    return pow(1 - rate * curvature, Double(steps)) * start
  }

  /// Heavy-ball momentum on `λ x²/2` from rest, by the roots of `r² − (1 + β − μ λ) r + β = 0`.
  ///
  /// Real roots: `x_n = (C r₁^n + D r₂^n) x_0` with `x_1 = (1 − μ λ) x_0`. Complex roots `√β e^{±iφ}`: the same in sines and
  /// cosines. Double root: `(1 + n k) r^n`. Near a double root the divided difference of powers is summed term by term, which
  /// costs O(n) and cancels nothing.
  /// - Parameter momentum: β with `0 ≤ β < 1`.
  public static func momentum(
    start: Double, curvature: Double, rate: Double, momentum beta: Double, steps: Int
  ) throws(OracleError) -> Double {
    try requireDecay(beta, "momentum")
    try GateSchedules.requireCount(steps)
    if steps == 0 { return start }
    let trace = 1 + beta - rate * curvature
    let first = 1 - rate * curvature
    // x_n = x_1 U_{n−1} − β x_0 U_{n−2}, U_k = (r₁^{k+1} − r₂^{k+1})/(r₁ − r₂).
    let later = powerDifference(trace: trace, product: beta, order: steps - 1)
    let earlier = steps >= 2 ? powerDifference(trace: trace, product: beta, order: steps - 2) : 0
    return start * (first * later - beta * earlier)
  }

  /// Largest modulus of the momentum roots: the asymptotic factor per step. Equals `√β` exactly when
  /// `(1 + β − μ λ)² ≤ 4 β`; below 1 exactly when `0 < μ λ < 2 (1 + β)`.
  public static func momentumFactor(curvature: Double, rate: Double, momentum beta: Double)
    throws(OracleError) -> Double
  {
    try requireDecay(beta, "momentum")
    let half = (1 + beta - rate * curvature) / 2
    let discriminant = half * half - beta
    return discriminant <= 0 ? beta.squareRoot() : half.magnitude + discriminant.squareRoot()
  }

  /// `Σ_{i=0}^{k} r₁^i r₂^{k−i}` for roots with the given sum and product.
  static func powerDifference(trace: Double, product: Double, order k: Int) -> Double {
    let half = trace / 2
    let discriminant = half * half - product
    if discriminant < 0 {
      let angle = acos(max(-1, min(1, half / product.squareRoot())))
      let modulus = pow(product.squareRoot(), Double(k))
      let ratio =
        sin(angle) > 1e-4
        ? sin(Double(k + 1) * angle) / sin(angle) : chebyshev(half / product.squareRoot(), k)
      return modulus * ratio
    }
    let larger = half + (half < 0 ? -1 : 1) * discriminant.squareRoot()
    let smaller = larger == 0 ? 0 : product / larger
    return (0...k).reduce(0) { $0 + pow(larger, Double($1)) * pow(smaller, Double(k - $1)) }
  }

  /// Chebyshev polynomial of the second kind by `Σ_j x^(k−2j) (x²−1)^j C(k+1, 2j+1)`, stable near `|x| = 1`.
  private static func chebyshev(_ x: Double, _ k: Int) -> Double {
    var binomial = Double(k + 1)
    var sum = 0.0
    var j = 0
    while 2 * j <= k {
      sum += binomial * pow(x, Double(k - 2 * j)) * pow(x * x - 1, Double(j))
      binomial *= Double(k - 2 * j) * Double(k - 2 * j - 1) / (Double(2 * j + 2) * Double(2 * j + 3))
      j += 1
    }
    return sum
  }

  /// Exponentially weighted mean from zero, `(1−β) Σ_k β^(n−k) g_k`, written as a sum over the past.
  public static func weightedMean(_ values: [Double], decay: Double) throws(OracleError) -> Double {
    try requireDecay(decay, "decay")
    let last = values.count - 1
    return (1 - decay) * values.indices.reduce(0) { $0 + pow(decay, Double(last - $1)) * values[$1] }
  }

  /// Momentum's step for a list of gradients: `−μ Σ_k β^(n−k) g_k`.
  public static func momentumStep(gradients: [Double], rate: Double, momentum: Double) throws(OracleError)
    -> Double
  {
    try requireDecay(momentum, "momentum")
    let last = gradients.count - 1
    return -rate * gradients.indices.reduce(0) { $0 + pow(momentum, Double(last - $1)) * gradients[$1] }
  }

  /// RMSprop's step for a list of gradients, the last of them current: `−μ g_n/(√v_n + ε)`.
  public static func rmsPropStep(
    gradients: [Double], rate: Double, decay: Double, epsilon: Double
  ) throws(OracleError) -> Double {
    guard let current = gradients.last else { return 0 }
    let variance = try weightedMean(gradients.map { $0 * $0 }, decay: decay)
    return -rate * current / (variance.squareRoot() + epsilon)
  }

  /// RMSprop under a constant gradient: the n-th step is `−μ g/(|g| √(1 − ρ^n) + ε)`.
  public static func rmsPropConstantStep(
    gradient: Double, rate: Double, decay: Double, epsilon: Double, step: Int
  ) throws(OracleError) -> Double {
    try requireDecay(decay, "decay")
    try OracleError.require(step >= 1, "step", step, "at least 1")
    return -rate * gradient / (gradient.magnitude * (1 - pow(decay, Double(step))).squareRoot() + epsilon)
  }

  /// Adam's step for a list of gradients, with bias correction and without weight decay.
  public static func adamStep(
    gradients: [Double], rate: Double, beta1: Double, beta2: Double, epsilon: Double
  ) throws(OracleError) -> Double {
    guard !gradients.isEmpty else { return 0 }
    let n = Double(gradients.count)
    let mean = try weightedMean(gradients, decay: beta1) / (1 - pow(beta1, n))
    let variance = try weightedMean(gradients.map { $0 * $0 }, decay: beta2) / (1 - pow(beta2, n))
    return -rate * mean / (variance.squareRoot() + epsilon)
  }

  /// Adam's step under a constant gradient, the first step included: `−μ g/(|g| + ε)`, whatever the betas.
  public static func adamConstantStep(gradient: Double, rate: Double, epsilon: Double) -> Double {
    -rate * gradient / (gradient.magnitude + epsilon)
  }

  /// AdamW under a constant gradient: `x_n = q^n x_0 + d (1 − q^n)/(1 − q)`, `q = 1 − μ w`, `d` Adam's constant step.
  public static func adamWConstantGradient(
    start: Double, gradient: Double, rate: Double, epsilon: Double, weightDecay: Double, steps: Int
  ) throws(OracleError) -> Double {
    try GateSchedules.requireCount(steps)
    let step = adamConstantStep(gradient: gradient, rate: rate, epsilon: epsilon)
    let shrink = 1 - rate * weightDecay
    let total = (0..<steps).reduce(0.0) { $0 + pow(shrink, Double($1)) }
    return pow(shrink, Double(steps)) * start + step * total
  }

  /// Diagonal preconditioner of Adam-like rules, `λ_i = μ/(√v̂_i + ε)`, equation (2). Exact only without first-moment averaging and
  /// weight decay.
  public static func preconditioner(
    correctedVariances: [Double], rate: Double, epsilon: Double
  ) throws(OracleError) -> [Double] {
    try OracleError.require(
      correctedVariances.allSatisfy { $0 >= 0 }, "second moments", correctedVariances, "not negative")
    return correctedVariances.map { rate / ($0.squareRoot() + epsilon) }
  }

  /// Clipping by global norm: factor `min(1, c/(‖g‖ + 10⁻⁶))` on every entry; the small constant is PyTorch's.
  public static func clipped(_ gradient: [Double], norm limit: Double) throws(OracleError) -> [Double] {
    try OracleError.requirePositive(limit, "clipping norm")
    let factor = min(1, limit / (Vectors.norm(gradient) + 1e-6))
    return gradient.map { factor * $0 }
  }

  private static func requireDecay(_ beta: Double, _ name: String) throws(OracleError) {
    try OracleError.require(beta >= 0 && beta < 1, name, beta, "at least 0 and below 1")
  }
}
