/// Sets the trace of a descent against its theorem.
enum DescentReports {
  typealias Report = KernelExperimentResult.DescentReport

  static func projected(_ trace: DescentTrace, _ theorem: ProjectedDescentBound) throws -> Report {
    let step = theorem.largestStep
    let bounds = try trace.losses.indices.map {
      try theorem.averageLossBound(stepSize: step, iterations: $0 + 1)
    }
    return report(
      trace, bound: bounds, floor: 2 * theorem.floor,
      radii: (theorem.ball.retentionRadius, theorem.ball.inputRadius),
      jointRadius: bounds.map { _ in theorem.ball.radius })
  }

  /// The largest of `start`, start/2, start/4 … that is at most 1/(4Λ) on the set that the plain theorem needs;
  /// `start` itself when there is none within 40 halvings.
  static func plainStep(_ problem: LearningProblem, start: Double, iterations: Int) throws -> Double {
    // The set depends on the step, so a slightly smaller step than that of the projected run is tried first.
    for factor in [0.99, 0.9] + (1...40).map({ Double(sign: .plus, exponent: -$0, significand: 1) }) {
      let theorem = try PlainDescentBound(
        problem: problem, stepSize: factor * start, iterations: iterations)
      if let theorem, theorem.stepIsSmallEnough { return factor * start }
    }
    return start
  }

  static func plain(_ trace: DescentTrace, _ problem: LearningProblem, stepSize: Double) throws -> Report {
    let theorems = try trace.losses.indices.map {
      try PlainDescentBound(problem: problem, stepSize: stepSize, iterations: $0 + 1)
    }
    let applying = theorems.map { theorem in theorem.flatMap { $0.applies ? $0 : nil } }
    return report(
      trace, bound: applying.map { $0?.averageLossBound },
      floor: applying.last { $0 != nil }.flatMap { $0 }.map { 2 * $0.floor }, radii: (nil, nil),
      jointRadius: applying.map { $0?.radius })
  }

  private static func report(
    _ trace: DescentTrace, bound: [Double?], floor: Double?, radii: (retention: Double?, input: Double?),
    jointRadius: [Double?]
  ) -> Report {
    let averages = trace.runningAverage
    let lossesHold = zip(averages, bound).allSatisfy { average, bound in bound.map { average <= $0 } ?? true }
    // A clamp is exact to rounding of θ(0) + shift, of which √m times the ulp of a weight below 8 may remain.
    let slack = 8 * Double.ulpOfOne * Double(trace.last.width).squareRoot()
    func within(_ movement: [Double], _ radius: [Double?]) -> Bool {
      zip(movement, radius).allSatisfy { moved, limit in
        limit.map { moved <= $0 * (1 + 1e-12) + slack } ?? true
      }
    }
    let retention = trace.movements.map(\.retention)
    let input = trace.movements.map(\.input)
    let joint = trace.movements.map(\.joint)
    let covered = bound.prefix { $0 != nil }.count
    let last = bound.last { $0 != nil }.flatMap { $0 } ?? .infinity
    return Report(
      losses: trace.losses, runningAverage: averages, bound: bound, coveredIterations: covered, floor: floor,
      retentionMovement: retention, inputMovement: input, jointMovement: joint,
      retentionRadius: radii.retention, inputRadius: radii.input, jointRadius: jointRadius,
      bestIteration: trace.bestIteration, isInformative: last < trace.losses[0],
      holds: lossesHold && within(retention, retention.map { _ in radii.retention })
        && within(input, input.map { _ in radii.input }) && within(joint, jointRadius))
  }
}
