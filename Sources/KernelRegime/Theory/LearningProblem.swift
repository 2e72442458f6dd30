import Foundation

/// What the convergence theorems need to know about a realisable learning problem.
public struct LearningProblem: Sendable {
  public let activation: any SmoothActivation
  /// α.
  public var spread: Double
  /// m.
  public var width: Int
  /// T.
  public var steps: Int
  /// n.
  public var sequences: Int
  /// The transport map of the teacher; only its norms are used.
  public var teacher: TransportMap
  /// How far the targets may be from the teacher's exact values.
  public var targetError: Double
  /// δ: the probability, over the initialisation, that the bounds may fail.
  public var failureProbability: Double
  public var aggregation: TimeAggregation

  public init(
    activation: any SmoothActivation, spread: Double, width: Int, steps: Int, sequences: Int,
    teacher: TransportMap, targetError: Double = 0, failureProbability: Double = 0.01,
    aggregation: TimeAggregation = .sum
  ) throws {
    try Check.nonnegative("spread α", spread)
    try Check.evenWidth(width)
    try Check.atLeast(1, "steps", steps)
    try Check.atLeast(1, "sequences", sequences)
    try Check.nonnegative("target error", targetError)
    try Check.probability("failure probability δ", failureProbability)
    self.activation = activation
    self.spread = spread
    self.width = width
    self.steps = steps
    self.sequences = sequences
    self.teacher = teacher
    self.targetError = targetError
    self.failureProbability = failureProbability
    self.aggregation = aggregation
  }

  /// The constants over |w| ≤ α + radius/√m.
  public func constants(radius: Double) throws -> LocalConstants {
    try LocalConstants(
      activation: activation,
      retentionBound: MemoryRegime.retentionBound(spread: spread, radius: radius, width: width),
      steps: steps)
  }

  /// E_1 … E_T: with probability 1 − δ over the initialisation, simultaneously for all sequences and steps, the
  /// comparator network is within E_t of the targets:
  /// `E_t = 2b_t √(log(2nT/δ)/m) + β_t ν²/(2√m)` plus the targets' own error.
  ///
  /// b_t is taken at α, where the features live; β_t at the given constants, over the path to the comparator. The
  /// first term is Hoeffding with m/2 independent pairs.
  public func approximationErrors(_ constants: LocalConstants) throws -> [Double] {
    let atInitial = try LocalConstants(activation: activation, retentionBound: spread, steps: steps)
    let m = Double(width)
    let deviation = 2 * (log(2 * Double(sequences * steps) / failureProbability) / m).squareRoot()
    let squaredNorm = teacher.norm * teacher.norm
    return (1...steps).map { t in
      atInitial.featureBound(teacher, t) * deviation
        + constants.smoothness[t] * squaredNorm / (2 * m.squareRoot()) + targetError
    }
  }

  /// Z = ω Σ_t ζ_t² with ζ_t = E_t + β_t(ρ + ν)²/(2√m), for iterates within max-norm distance ρ/√m.
  public func floor(_ constants: LocalConstants, radius: Double) throws -> Double {
    let errors = try approximationErrors(constants)
    let reach = radius + teacher.norm
    let factor = reach * reach / (2 * Double(width).squareRoot())
    var total = 0.0
    for t in 1...steps {
      let zeta = errors[t - 1] + constants.smoothness[t] * factor
      total += zeta * zeta
    }
    return total * aggregation.weight(steps: steps)
  }
}
