/// The functions of this module that claims put to the test, as a record.
///
/// The reference record holds the real code; a mutant replaces one function by a wrong one, and a claim is worth
/// something only if it fails on its mutants.
public struct KernelRegimeSystem: Sendable {
  public var name: String
  /// (σ, m, d, α, seed) ↦ network.
  public var initialise: @Sendable (any SmoothActivation, Int, Int, Double, UInt64) throws -> DiagonalNetwork
  /// F_1 … F_T.
  public var outputs: @Sendable (DiagonalNetwork, [Double]) -> [Double]
  /// ∇h_t.
  public var gradients: @Sendable (DiagonalNeuron, [Double]) -> [[Double]]
  /// ∇²h_t.
  public var hessians: @Sendable (DiagonalNeuron, [Double]) -> [[Double]]
  /// R, ∂R/∂w, ∂R/∂u.
  public var lossGradient:
    @Sendable (DiagonalNetwork, SequenceTask) -> (loss: Double, retention: [Double], input: [Double])
  /// (network, initial) ↦ projection.
  public var project: @Sendable (MaxNormBall, DiagonalNetwork, DiagonalNetwork) -> DiagonalNetwork
  /// (start, task, ball, η, τ) ↦ trace.
  public var descend:
    @Sendable (DiagonalNetwork, SequenceTask, MaxNormBall?, Double, Int) throws -> DescentTrace
  /// (T, x) ↦ p_0 … p_T.
  public var memoryPolynomial: @Sendable (Int, Double) -> [Double]
  /// (T, x) ↦ q_0 … q_T.
  public var weightedMemoryPolynomial: @Sendable (Int, Double) -> [Double]
  /// (σ, a, T) ↦ L_0 … L_T.
  public var lipschitz: @Sendable (any SmoothActivation, Double, Int) throws -> [Double]
  /// (σ, a, T) ↦ β_0 … β_T.
  public var smoothness: @Sendable (any SmoothActivation, Double, Int) throws -> [Double]
  /// (α, ρ_w, m) ↦ α_m.
  public var retentionBound: @Sendable (Double, Double, Int) -> Double
  /// σ₁α_m ↦ regime.
  public var regime: @Sendable (Double) -> MemoryRegime
  /// (β_t, r, m) ↦ bound on the linearisation error of a move of r/√m.
  public var linearisationBound: @Sendable (Double, Double, Int) -> Double
  /// (network, X, X′) ↦ finite-width kernel.
  public var kernel: @Sendable (DiagonalNetwork, [Double], [Double]) -> [Double]
  /// (σ, law, X, X′) ↦ infinite-width kernel, d ≤ 2.
  public var infiniteKernel:
    @Sendable (any SmoothActivation, InitialLaw, [Double], [Double]) throws -> [Double]
  /// (teacher, inputs) ↦ targets, d ≤ 2.
  public var teacherTargets: @Sendable (RealisableTeacher, [[Double]]) throws -> TeacherTargets
  /// (teacher, initial) ↦ comparator.
  public var comparator: @Sendable (RealisableTeacher, DiagonalNetwork) -> DiagonalNetwork
  /// (problem, radius) ↦ E_1 … E_T.
  public var approximationErrors: @Sendable (LearningProblem, Double) throws -> [Double]
  /// (problem, ball) ↦ the largest admissible step.
  public var largestStep: @Sendable (LearningProblem, MaxNormBall) throws -> Double
  /// (problem, ball, η, τ) ↦ bound on the average loss of projected descent.
  public var projectedBound: @Sendable (LearningProblem, MaxNormBall, Double, Int) throws -> Double
  /// (problem, η, τ) ↦ the theorem for plain descent; nil where it says nothing.
  public var plainBound: @Sendable (LearningProblem, Double, Int) throws -> PlainDescentBound?

  /// The code of this module.
  public static let reference = KernelRegimeSystem(
    name: "reference",
    initialise: {
      try SymmetricInitialisation.network(activation: $0, width: $1, dimension: $2, spread: $3, seed: $4)
    },
    outputs: { $0.outputs($1) },
    gradients: { $0.gradients($1) },
    hessians: { $0.hessians($1) },
    lossGradient: { GradientDescent.lossAndGradient(of: $0, task: $1) },
    project: { $0.project($1, around: $2) },
    descend: { start, task, ball, step, iterations in
      try GradientDescent(stepSize: step, ball: ball).run(from: start, task: task, iterations: iterations)
    },
    memoryPolynomial: { MemoryPolynomials.p(steps: $0, ratio: $1) },
    weightedMemoryPolynomial: { MemoryPolynomials.q(steps: $0, ratio: $1) },
    lipschitz: { try LocalConstants(activation: $0, retentionBound: $1, steps: $2).lipschitz },
    smoothness: { try LocalConstants(activation: $0, retentionBound: $1, steps: $2).smoothness },
    retentionBound: { MemoryRegime.retentionBound(spread: $0, radius: $1, width: $2) },
    regime: { MemoryRegime(ratio: $0) },
    linearisationBound: { Linearisation.bound(smoothness: $0, movement: $1, width: $2) },
    kernel: { TangentKernel.finiteWidth($0, $1, $2) },
    infiniteKernel: { try TangentKernel.quadrature(activation: $0, law: $1, $2, $3) },
    teacherTargets: { try $0.quadrature($1) },
    comparator: { $0.comparator(for: $1) },
    approximationErrors: { problem, radius in
      try problem.approximationErrors(problem.constants(radius: radius))
    },
    largestStep: { try ProjectedDescentBound(problem: $0, ball: $1).largestStep },
    projectedBound: {
      try ProjectedDescentBound(problem: $0, ball: $1).averageLossBound(stepSize: $2, iterations: $3)
    },
    plainBound: { try PlainDescentBound(problem: $0, stepSize: $1, iterations: $2) }
  )
}
