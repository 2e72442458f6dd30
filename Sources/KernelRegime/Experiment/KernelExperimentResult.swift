/// Everything that the report on the kernel regime shows. All arrays of iterations have the same length.
public struct KernelExperimentResult: Sendable, Codable {
  public let configuration: KernelExperimentConfiguration
  /// α.
  public let spread: Double
  /// α_m = α + ρ_w/√m.
  public let retentionBound: Double
  /// σ₁α_m.
  public let ratio: Double
  public let regime: MemoryRegime
  /// What a reader must know before believing a bound; empty when nothing is amiss.
  public let warnings: [String]
  /// Λ; the step size is 1/(4Λ).
  public let totalLipschitz: Double
  public let stepSize: Double
  /// Bound on the error of the targets themselves.
  public let targetError: Double
  /// E_t and the error that the comparator network really makes, for t = 1 … T.
  public let approximation: [ApproximationRow]
  public let projected: DescentReport
  public let plain: DescentReport
  public let linearisation: [LinearisationRow]
  public let growth: [GrowthRow]

  /// One run of descent against its theorem.
  public struct DescentReport: Sendable, Codable {
    /// R(Θ(s)), s = 0 … τ−1.
    public let losses: [Double]
    /// (1/(s+1)) Σ_{r≤s} R(Θ(r)).
    public let runningAverage: [Double]
    /// The theorem's bound on the running average; nil where the theorem's conditions fail.
    public let bound: [Double?]
    /// The number of leading iterations for which the theorem's conditions are met.
    public let coveredIterations: Int
    /// 2Z at the last of these, the part of the bound that iterations do not remove; nil when there are none.
    public let floor: Double?
    /// √m max_i |w_i − w_i(0)| after each iteration, and √m max_i ‖u_i − u_i(0)‖, √m max_i ‖θ_i − θ_i(0)‖.
    public let retentionMovement: [Double]
    public let inputMovement: [Double]
    public let jointMovement: [Double]
    /// ρ_w and ρ_u of the projected run; nil in the plain run, whose theorem only limits the joint movement.
    public let retentionRadius: Double?
    public let inputRadius: Double?
    /// The joint radius that the theorem grants up to each iteration; nil where its conditions fail.
    public let jointRadius: [Double?]
    /// The index of the least loss.
    public let bestIteration: Int
    /// Whether the last bound that applies is below the initial loss, that is, says anything.
    public let isInformative: Bool
    /// Whether every running average is within its bound and every movement within its radius.
    public let holds: Bool
  }

  public struct ApproximationRow: Sendable, Codable {
    public let step: Int
    public let measured: Double
    public let bound: Double
  }

  public struct LinearisationRow: Sendable, Codable {
    public let width: Int
    public let direction: Linearisation.Direction
    /// max over sequences of the error at the last step.
    public let error: Double
    /// β_T ρ²/(2√m).
    public let bound: Double
    /// √m · error: flat when the 1/√m rate is attained.
    public var scaledError: Double { error * Double(width).squareRoot() }
  }

  /// The squared bound L_t² against what neurons at initialisation do.
  public struct GrowthRow: Sendable, Codable {
    public let step: Int
    public let p: Double
    public let q: Double
    public let smoothness: Double
    public let squaredLipschitz: Double
    public let meanSquaredGradient: Double
    public let medianSquaredGradient: Double
    public let largestSquaredGradient: Double
  }
}
