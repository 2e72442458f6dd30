/// The convergence theorem for projected gradient descent on a realisable problem.
///
/// If Y lies in the class with norms ν_w ≤ ρ_w, ν_u ≤ ρ_u and η ≤ 1/(4Λ), then with probability 1 − δ
/// `min_{s<τ} R(Θ(s)) ≤ (1/τ) Σ_{s<τ} R(Θ(s)) ≤ ν²/(ητ) + 2Z`.
///
/// Proof sketch: the projection does not move away from the comparator Θ̄; ⟨∇R, Θ − Θ̄⟩ ≥ 2R − 2√(RZ) ≥ R − Z;
/// η²‖∇R‖² ≤ 4η²ΛR ≤ ηR; telescope from ‖Θ(0) − Θ̄‖² ≤ ν². Same hypotheses as Cayci & Eryilmaz 2024, derived here with
/// explicit constants and a faster rate.
public struct ProjectedDescentBound: Sendable {
  public let problem: LearningProblem
  public let ball: MaxNormBall
  public let constants: LocalConstants
  /// Z: the part of the bound that more iterations do not remove.
  public let floor: Double

  /// - Throws: ``KernelRegimeError/radiusBelowTeacher(name:radius:required:)`` for a ball that does not hold the
  ///   comparator.
  public init(problem: LearningProblem, ball: MaxNormBall) throws {
    guard ball.retentionRadius >= problem.teacher.retentionNorm else {
      throw KernelRegimeError.radiusBelowTeacher(
        name: "ρ_w", radius: ball.retentionRadius, required: problem.teacher.retentionNorm)
    }
    guard ball.inputRadius >= problem.teacher.inputNorm else {
      throw KernelRegimeError.radiusBelowTeacher(
        name: "ρ_u", radius: ball.inputRadius, required: problem.teacher.inputNorm)
    }
    self.problem = problem
    self.ball = ball
    constants = try problem.constants(radius: ball.retentionRadius)
    floor = try problem.floor(constants, radius: ball.radius)
  }

  /// 1/(4Λ).
  public var largestStep: Double { 1 / (4 * constants.totalLipschitz(problem.aggregation)) }

  /// ν²/(ητ) + 2Z.
  /// - Throws: ``KernelRegimeError/stepTooLarge(step:largest:)``.
  public func averageLossBound(stepSize: Double, iterations: Int) throws -> Double {
    try Check.positive("step size η", stepSize)
    try Check.atLeast(1, "iterations", iterations)
    guard stepSize <= largestStep else {
      throw KernelRegimeError.stepTooLarge(step: stepSize, largest: largestStep)
    }
    let norm = problem.teacher.norm
    return norm * norm / (stepSize * Double(iterations)) + 2 * floor
  }

  /// The least τ at which the bound is at most `target` with the largest step, or nil when 2Z alone exceeds it.
  public func iterationsNeeded(target: Double) -> Int? {
    let left = target - 2 * floor
    guard left > 0 else { return nil }
    let norm = problem.teacher.norm
    let count = (norm * norm / (largestStep * left)).rounded(.up)
    return count < 1e15 ? max(1, Int(count)) : nil
  }

  /// The least even width for which 2Z ≤ `target`, by doubling and bisection; nil beyond 2⁶⁰ (a vacuous request).
  public static func widthNeeded(problem: LearningProblem, ball: MaxNormBall, target: Double) throws -> Int? {
    try Check.positive("target", target)
    func suffices(_ halfWidth: Int) throws -> Bool {
      var candidate = problem
      candidate.width = 2 * halfWidth
      return try 2 * ProjectedDescentBound(problem: candidate, ball: ball).floor <= target
    }
    var high = 1
    while try !suffices(high) {
      high *= 2
      if high >= 1 << 59 { return nil }
    }
    var low = high / 2
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try suffices(middle) { high = middle } else { low = middle }
    }
    return 2 * high
  }
}
