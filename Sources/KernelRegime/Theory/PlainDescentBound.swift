/// The convergence theorem for gradient descent without projection on a realisable problem.
///
/// Let T_η = ητ and ρ = 2ν√(2ΛT_η), with all constants over |w| ≤ α + max(ρ, ν)/√m (so ρ solves a fixed-point
/// equation). If η ≤ 1/(4Λ) and 2T_ηZ(ρ) ≤ ν², then with probability 1 − δ every iterate stays within max-norm
/// distance ρ/√m of the start and the average loss is at most ν²/(ητ) + 2Z.
///
/// Proof sketch: induction over s; each neuron moves at most 2η√(ΛR(Θ(s)))/√m a step, and by Cauchy–Schwarz the path
/// is at most 2√(ΛT_η)·√(η ΣR) ≤ 2√(ΛT_η)·√(2ν²) over √m.
public struct PlainDescentBound: Sendable {
  public let problem: LearningProblem
  public let stepSize: Double
  public let iterations: Int
  /// ρ, the movement (times √m) that the theorem allows.
  public let radius: Double
  public let constants: LocalConstants
  /// Z(ρ).
  public let floor: Double

  /// Nil when the fixed-point equation for ρ has no solution below √m·10³: then the theorem says nothing.
  public init?(problem: LearningProblem, stepSize: Double, iterations: Int) throws {
    try Check.positive("step size η", stepSize)
    try Check.atLeast(1, "iterations", iterations)
    let norm = problem.teacher.norm
    let horizon = stepSize * Double(iterations)
    // ρ ↦ 2ν√(2Λ(ρ)T_η) increases, so iteration from below climbs to the least fixed point or beyond any limit.
    var radius = norm
    var constants = try problem.constants(radius: radius)
    for _ in 0..<500 {
      let next = 2 * norm * (2 * constants.totalLipschitz(problem.aggregation) * horizon).squareRoot()
      guard next.isFinite, next < 1000 * Double(problem.width).squareRoot() else { return nil }
      // A step up of 10⁻⁹ makes the accepted ρ an upper solution, ρ ≥ 2ν√(2Λ(ρ)T_η), for which the proof holds as well.
      if next <= radius {
        self.problem = problem
        self.stepSize = stepSize
        self.iterations = iterations
        self.radius = radius
        self.constants = constants
        floor = try problem.floor(constants, radius: radius)
        return
      }
      radius = next * (1 + 1e-9)
      constants = try problem.constants(radius: max(radius, norm))
    }
    return nil
  }

  /// η ≤ 1/(4Λ).
  public var stepIsSmallEnough: Bool {
    stepSize * 4 * constants.totalLipschitz(problem.aggregation) <= 1
  }

  /// 2T_ηZ(ρ), to be compared with ν².
  public var drift: Double { 2 * stepSize * Double(iterations) * floor }

  /// Whether the theorem's conditions are met.
  public var applies: Bool {
    stepIsSmallEnough && drift <= problem.teacher.norm * problem.teacher.norm
  }

  /// ν²/(ητ) + 2Z, valid where ``applies``.
  public var averageLossBound: Double {
    let norm = problem.teacher.norm
    return norm * norm / (stepSize * Double(iterations)) + 2 * floor
  }
}
