/// Which side of the memory cutoff an experiment stands on.
public enum MemoryLength: String, Sendable, Codable, CaseIterable {
  /// σ₁α_m = 1/8.
  case short
  /// σ₁α_m = 1.
  case boundary
  /// σ₁α_m = 3/2.
  case long

  /// The value of x = σ₁α_m that the experiment aims at.
  public var ratio: Double {
    switch self {
    case .short: 0.125
    case .boundary: 1
    case .long: 1.5
    }
  }
}

/// What the kernel experiment is asked to do. The defaults give bounds that are smaller than the initial loss.
public struct KernelExperimentConfiguration: Sendable, Codable, Hashable {
  public var activation = "logistic"
  public var regime = MemoryLength.short
  public var width = 65_536
  public var steps = 3
  /// d; the teacher's exact targets are computed on a grid, so 1 or 2.
  public var dimension = 2
  public var sequences = 6
  public var iterations = 400
  /// ν_w and ν_u, which are also the radii of the projection.
  public var teacherRetentionNorm = 0.05
  public var teacherInputNorm = 0.2
  /// δ.
  public var failureProbability = 0.01
  public var aggregation = TimeAggregation.sum
  public var seed: UInt64 = 1
  /// Overrides α; by default it is chosen to give the regime's σ₁α_m.
  public var spread: Double?
  /// The widths at which the linearisation error is measured.
  public var linearisationWidths = [64, 256, 1024, 4096, 16_384]
  /// The longest sequence in the table of growth.
  public var growthSteps = 64

  public init() {}

  /// Checks every field.
  /// - Throws: ``KernelRegimeError``.
  public func validated() throws -> any SmoothActivation {
    guard let sigma = ActivationCatalogue.named(activation), sigma.bounds.value.isFinite else {
      throw KernelRegimeError.unboundedActivation(activation)
    }
    try Check.evenWidth(width)
    try Check.atLeast(1, "steps", steps)
    try Check.atLeast(1, "sequences", sequences)
    try Check.atLeast(1, "iterations", iterations)
    try Check.atLeast(2, "growth steps", growthSteps)
    guard dimension == 1 || dimension == 2 else {
      throw KernelRegimeError.parameterOutOfDomain(
        name: "dimension", value: Double(dimension), allowed: "1 or 2")
    }
    try Check.nonnegative("teacher norm ν_w", teacherRetentionNorm)
    try Check.positive("teacher norm ν_u", teacherInputNorm)
    try Check.probability("failure probability δ", failureProbability)
    for width in linearisationWidths { try Check.evenWidth(width) }
    if let spread { try Check.nonnegative("spread α", spread) }
    return sigma
  }
}
