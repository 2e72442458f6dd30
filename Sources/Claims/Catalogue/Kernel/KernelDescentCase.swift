import Foundation
import KernelRegime
import PropertyEngine

/// A realisable learning problem with its network, for the claims about descent.
struct KernelDescentCase {
  /// δ of a case: small enough that ten thousand cases give a false alarm with probability 10⁻⁵.
  static let failureProbability = 1e-9

  let map: TransportMap
  let teacher: RealisableTeacher
  let network: DiagonalNetwork
  let task: SequenceTask
  let problem: LearningProblem

  /// A random small case with d = 1; `small` keeps the teacher's norm and the length low, where the theorem for
  /// plain descent applies.
  init(_ draw: Draw, _ system: KernelRegimeSystem, halfWidths: ClosedRange<Int>, small: Bool = false) throws {
    let sigma = small ? Logistic() : try KernelCase.activation(draw)
    let steps = try draw("T", integers(in: 1...(small ? 2 : 3)))
    let (network, spread) = try KernelCase.symmetric(
      draw, system, sigma, dimension: 1, halfWidths: halfWidths, reach: small ? 0.5 : 1.1)
    let scale = small ? 0.05 : 1.0
    let map = try TransportMap.mixed(
      retentionNorm: scale * draw("ν_w", reals(in: 0...1, allowsSubnormal: false)), along: [1],
      input: [scale * draw("ν_u", reals(in: 0.1...1))])
    let inputs = try (0..<2).map {
      try KernelCase.sequence(draw, dimension: 1, steps: steps, name: "inputs \($0)")
    }
    try self.init(
      system, sigma, network, spread: spread, map: map, inputs: inputs,
      aggregation: draw("aggregation", choice(of: TimeAggregation.allCases)))
  }

  /// A fixed problem on which the bounds are far below the initial loss.
  init(informative system: KernelRegimeSystem, width: Int) throws {
    let inputs = [[1.0, 0.5], [-0.8, 1], [0.9, -0.7]]
    try self.init(
      system, Logistic(), system.initialise(Logistic(), width, 1, 0.5, 1), spread: 0.5,
      map: .mixed(retentionNorm: 0.01, along: [1], input: [0.1]), inputs: inputs, aggregation: .sum)
  }

  private init(
    _ system: KernelRegimeSystem, _ sigma: any SmoothActivation, _ network: DiagonalNetwork, spread: Double,
    map: TransportMap, inputs: [[Double]], aggregation: TimeAggregation
  ) throws {
    teacher = try RealisableTeacher(
      activation: sigma, law: InitialLaw(spread: spread, dimension: 1), map: map)
    let targets = try system.teacherTargets(teacher, inputs)
    self.map = map
    self.network = network
    task = try SequenceTask(
      dimension: 1, inputs: inputs, targets: targets.values, aggregation: aggregation)
    problem = try LearningProblem(
      activation: sigma, spread: spread, width: network.width, steps: task.steps, sequences: inputs.count,
      teacher: map, targetError: targets.error, failureProbability: Self.failureProbability,
      aggregation: aggregation)
  }

  /// E_t term by term, over |w| ≤ α + radius/√m.
  func expectedErrors(radius: Double) -> [Double] {
    let bounds = problem.activation.bounds
    let m = Double(problem.width)
    let events = Double(2 * problem.sequences * problem.steps)
    let x = bounds.slope * problem.spread
    return (1...problem.steps).map { t in
      let feature =
        bounds.slope
        * (bounds.value * map.retentionNorm * KernelConstantOracle.p(t - 1, x)
          + map.inputNorm * KernelConstantOracle.p(t, x))
      let beta = KernelConstantOracle.smoothness(bounds, problem.spread + radius / m.squareRoot(), t)
      return 2 * feature * (log(events / problem.failureProbability) / m).squareRoot()
        + beta * map.norm * map.norm / (2 * m.squareRoot()) + problem.targetError
    }
  }

  /// Λ and Z term by term, for iterates within max-norm distance `radius`/√m of which w takes `retentionRadius`.
  func expectedConstants(retentionRadius: Double, radius: Double) -> (total: Double, floor: Double) {
    let root = Double(problem.width).squareRoot()
    let a = problem.spread + retentionRadius / root
    let errors = expectedErrors(radius: retentionRadius)
    let weight = problem.aggregation.weight(steps: problem.steps)
    var total = 0.0
    var floor = 0.0
    for t in 1...problem.steps {
      total += weight * pow(KernelConstantOracle.lipschitz(problem.activation.bounds, a, t), 2)
      let beta = KernelConstantOracle.smoothness(problem.activation.bounds, a, t)
      floor += weight * pow(errors[t - 1] + beta * pow(radius + map.norm, 2) / (2 * root), 2)
    }
    return (total, floor)
  }

  /// Runs projected descent with the system's own step rule and checks bound and iterates; returns the bound.
  @discardableResult
  func checkProjected(_ draw: Draw, _ system: KernelRegimeSystem, iterations: Int = 25) throws -> Double {
    let ball = try MaxNormBall(retentionRadius: map.retentionNorm, inputRadius: map.inputNorm)
    let step = try system.largestStep(problem, ball)
    let bound = try system.projectedBound(problem, ball, step, iterations)
    let (total, floor) = expectedConstants(retentionRadius: ball.retentionRadius, radius: ball.radius)
    try close(step, 1 / (4 * total), within: 1e-11 / total, "step")
    let expected = map.norm * map.norm / (step * Double(iterations)) + 2 * floor
    try close(bound, expected, within: 1e-11 * expected, "bound")
    let trace = try system.descend(network, task, ball, step, iterations)
    try equal(trace.losses.count, iterations)
    draw.maximise(trace.averageLoss / bound, ClaimRunner.errorOverBound)
    try atMost(trace.averageLoss, bound * (1 + 1e-12), "average loss")
    try atMost(trace.bestLoss, trace.averageLoss * (1 + 1e-12), "best loss")
    for movement in trace.movements {
      // √m times the rounding of a weight below 16.
      let slack = 16 * Double.ulpOfOne * Double(network.width).squareRoot()
      try atMost(movement.retention, ball.retentionRadius * (1 + 1e-12) + slack, "w in the ball")
      try atMost(movement.input, ball.inputRadius * (1 + 1e-12) + slack, "u in the ball")
    }
    // The first iterate is θ(0) − η∇R, projected: a trace that scales its gradient is found out here.
    let first = try system.descend(network, task, ball, step, 1)
    let gradient = task.lossGradient(of: network)
    var moved = network
    for i in 0..<network.width where i < 8 || i >= network.width - 8 {
      moved.setParameters(i, zip(network.parameters(i), gradient[i]).map { $0 - step * $1 })
    }
    let projected = ball.project(moved, around: network)
    for i in 0..<network.width where i < 8 || i >= network.width - 8 {
      // The gradient is of size η·2√(RΛ)/√m ≤ 1, rounded in sums of at most 65,536 terms.
      try close(first.last.parameters(i), projected.parameters(i), within: 1e-10 * (step + 1), "first step")
    }
    return bound
  }

  /// Runs plain descent where the theorem applies and checks bound and movement; returns the bound, ∞ where it does not.
  @discardableResult
  func checkPlain(_ draw: Draw, _ system: KernelRegimeSystem, iterations: Int = 8) throws -> Double {
    let ball = try MaxNormBall(retentionRadius: map.norm, inputRadius: map.norm)
    let step = 0.9 * (try ProjectedDescentBound(problem: problem, ball: ball).largestStep)
    guard let theorem = try system.plainBound(problem, step, iterations) else {
      draw.label("no radius")
      return .infinity
    }
    let (total, floor) = expectedConstants(
      retentionRadius: max(theorem.radius, map.norm), radius: theorem.radius)
    let horizon = step * Double(iterations)
    try atMost(
      2 * map.norm * (2 * total * horizon).squareRoot(), theorem.radius * (1 + 1e-11), "radius solves")
    let applies = 4 * step * total <= 1 && 2 * horizon * floor <= map.norm * map.norm
    draw.label("applies", when: applies)
    guard applies else { return .infinity }
    let expected = map.norm * map.norm / horizon + 2 * floor
    try close(theorem.averageLossBound, expected, within: 1e-11 * expected, "bound")
    let trace = try system.descend(network, task, nil, step, iterations)
    draw.maximise(trace.averageLoss / expected, ClaimRunner.errorOverBound)
    try atMost(trace.averageLoss, expected * (1 + 1e-12), "average loss")
    for movement in trace.movements {
      try atMost(movement.joint, theorem.radius * (1 + 1e-12), "movement")
    }
    return expected
  }
}
