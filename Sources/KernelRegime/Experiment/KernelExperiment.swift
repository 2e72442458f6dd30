import Foundation
import Numerics

/// Trains a diagonal network on a realisable teacher and sets what happens against what the theory promises.
public enum KernelExperiment {
  /// Runs the whole experiment. Time is dominated by the two descents, 2·τ·n·m·T neuron-steps.
  /// - Parameter progress: Called with a phase and the fraction of it that is done.
  /// - Throws: ``KernelRegimeError``.
  public static func run(
    configuration: KernelExperimentConfiguration, progress: ((String, Double) -> Void)? = nil
  ) throws -> KernelExperimentResult {
    let sigma = try configuration.validated()
    let ball = try MaxNormBall(
      retentionRadius: configuration.teacherRetentionNorm, inputRadius: configuration.teacherInputNorm)
    let rootWidth = Double(configuration.width).squareRoot()
    let spread = try configuration.spread ?? defaultSpread(configuration, sigma)
    let inputs = randomInputs(configuration)
    let law = try InitialLaw(spread: spread, dimension: configuration.dimension)
    let teacher = try RealisableTeacher(activation: sigma, law: law, map: teacherMap(configuration))
    progress?("teacher", 0)
    let targets = try teacher.quadrature(inputs)
    progress?("teacher", 1)
    let problem = try LearningProblem(
      activation: sigma, spread: spread, width: configuration.width, steps: configuration.steps,
      sequences: configuration.sequences, teacher: teacher.map, targetError: targets.error,
      failureProbability: configuration.failureProbability, aggregation: configuration.aggregation)
    let task = try SequenceTask(
      dimension: configuration.dimension, inputs: inputs, targets: targets.values,
      aggregation: configuration.aggregation)
    let network = try SymmetricInitialisation.network(
      activation: sigma, width: configuration.width, dimension: configuration.dimension, spread: spread,
      seed: configuration.seed)
    let theorem = try ProjectedDescentBound(problem: problem, ball: ball)
    let stepSize = theorem.largestStep
    let projectedTrace = try GradientDescent(stepSize: stepSize, ball: ball).run(
      from: network, task: task, iterations: configuration.iterations
    ) { done, _ in progress?("projected descent", Double(done) / Double(configuration.iterations)) }
    let projected = try DescentReports.projected(projectedTrace, theorem)
    // Plain descent needs a step admissible on its own, larger set; it is a little smaller than 1/(4Λ) above.
    let plainStep = try DescentReports.plainStep(
      problem, start: stepSize, iterations: configuration.iterations)
    let plainTrace = try GradientDescent(stepSize: plainStep).run(
      from: network, task: task, iterations: configuration.iterations
    ) { done, _ in progress?("plain descent", Double(done) / Double(configuration.iterations)) }
    let plain = try DescentReports.plain(plainTrace, problem, stepSize: plainStep)
    let ratio = theorem.constants.ratio
    let regime = MemoryRegime(ratio: ratio)
    let linearisation = try linearisationRows(configuration, sigma, spread, ball, inputs, progress)
    let growth = try growthRows(configuration, sigma, law, theorem.constants.retentionBound)
    return KernelExperimentResult(
      configuration: configuration, spread: spread, retentionBound: theorem.constants.retentionBound,
      ratio: ratio, regime: regime,
      warnings: warnings(
        regime, sigma, spread, rootWidth, ball, projected: projected, plain: plain),
      totalLipschitz: theorem.constants.totalLipschitz(configuration.aggregation), stepSize: stepSize,
      targetError: targets.error,
      approximation: try approximationRows(teacher, network, task, problem, theorem.constants),
      projected: projected, plain: plain, linearisation: linearisation, growth: growth)
  }

  /// α with σ₁(α + ρ_w/√m) equal to the regime's ratio.
  private static func defaultSpread(
    _ configuration: KernelExperimentConfiguration, _ sigma: any SmoothActivation
  ) throws -> Double {
    let shift = configuration.teacherRetentionNorm / Double(configuration.width).squareRoot()
    let spread = configuration.regime.ratio / sigma.bounds.slope - shift
    guard spread >= 0 else {
      throw KernelRegimeError.parameterOutOfDomain(
        name: "teacher norm ν_w", value: configuration.teacherRetentionNorm,
        allowed: "small enough that ν_w/√m ≤ \(configuration.regime.ratio / sigma.bounds.slope)")
    }
    return spread
  }

  /// n·T random vectors in the unit ball.
  private static func randomInputs(_ configuration: KernelExperimentConfiguration) -> [[Double]] {
    (0..<configuration.sequences).map { sequence in
      var stream = RandomStream(
        seed: configuration.seed, purpose: "kernel.inputs", index: UInt64(sequence))
      return (0..<configuration.steps).flatMap { _ in
        let vector = (0..<configuration.dimension).map { _ in stream.normal() }
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / max(1, norm) }
      }
    }
  }

  private static func teacherMap(_ configuration: KernelExperimentConfiguration) throws -> TransportMap {
    var stream = RandomStream(seed: configuration.seed, purpose: "kernel.teacher")
    let raw = (0..<configuration.dimension).map { _ in stream.normal() }
    let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let direction = raw.map { $0 / norm * configuration.teacherInputNorm }
    return configuration.teacherRetentionNorm == 0
      ? try .constant(direction)
      : try .mixed(
        retentionNorm: configuration.teacherRetentionNorm, along: raw.map { $0 / norm }, input: direction)
  }

  private static func approximationRows(
    _ teacher: RealisableTeacher, _ network: DiagonalNetwork, _ task: SequenceTask,
    _ problem: LearningProblem, _ constants: LocalConstants
  ) throws -> [KernelExperimentResult.ApproximationRow] {
    let outputs = GradientDescent.outputs(of: teacher.comparator(for: network), inputs: task.inputs)
    let bounds = try problem.approximationErrors(constants)
    return (0..<task.steps).map { t in
      let worst = zip(outputs, task.targets).map { abs($0[t] - $1[t]) }.max() ?? 0
      return KernelExperimentResult.ApproximationRow(step: t + 1, measured: worst, bound: bounds[t])
    }
  }

  private static func linearisationRows(
    _ configuration: KernelExperimentConfiguration, _ sigma: any SmoothActivation, _ spread: Double,
    _ ball: MaxNormBall, _ inputs: [[Double]], _ progress: ((String, Double) -> Void)?
  ) throws -> [KernelExperimentResult.LinearisationRow] {
    var rows: [KernelExperimentResult.LinearisationRow] = []
    for (index, width) in configuration.linearisationWidths.enumerated() {
      let initial = try SymmetricInitialisation.network(
        activation: sigma, width: width, dimension: configuration.dimension, spread: spread,
        seed: configuration.seed)
      // A move of joint length ρ may go into w alone, so the constants are taken at α + ρ/√m.
      let constants = try LocalConstants(
        activation: sigma,
        retentionBound: MemoryRegime.retentionBound(spread: spread, radius: ball.radius, width: width),
        steps: configuration.steps)
      for direction in Linearisation.Direction.allCases {
        let moved = Linearisation.move(
          initial, radius: ball.radius, direction: direction, sequence: inputs[0],
          seed: configuration.seed)
        let error =
          inputs.map { abs(Linearisation.remainder(of: moved, around: initial, $0).last ?? 0) }.max() ?? 0
        rows.append(
          KernelExperimentResult.LinearisationRow(
            width: width, direction: direction, error: error,
            bound: Linearisation.bound(
              smoothness: constants.smoothness[configuration.steps], movement: ball.radius, width: width)))
      }
      progress?("linearisation", Double(index + 1) / Double(configuration.linearisationWidths.count))
    }
    return rows
  }

  /// Constants and 2,000 neurons at initialisation over one long sequence with a repeated unit input, the case in
  /// which the bound is nearest to being attained.
  private static func growthRows(
    _ configuration: KernelExperimentConfiguration, _ sigma: any SmoothActivation, _ law: InitialLaw,
    _ retentionBound: Double
  ) throws -> [KernelExperimentResult.GrowthRow] {
    let steps = configuration.growthSteps
    let constants = try LocalConstants(activation: sigma, retentionBound: retentionBound, steps: steps)
    let unit = (0..<configuration.dimension).map { $0 == 0 ? 1.0 : 0.0 }
    let sequence = (0..<steps).flatMap { _ in unit }
    let squares = law.samples(count: 2000, seed: configuration.seed).map { node in
      DiagonalNeuron(activation: sigma, retention: node.retention, input: node.input)
        .gradients(sequence).map { TangentKernel.dot($0, $0) }
    }
    return (1...steps).map { t in
      let sorted = squares.map { $0[t - 1] }.sorted()
      return KernelExperimentResult.GrowthRow(
        step: t, p: constants.p[t], q: constants.q[t], smoothness: constants.smoothness[t],
        squaredLipschitz: constants.lipschitz[t] * constants.lipschitz[t],
        meanSquaredGradient: sorted.reduce(0, +) / Double(sorted.count),
        medianSquaredGradient: (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2,
        largestSquaredGradient: sorted[sorted.count - 1])
    }
  }

  private static func warnings(
    _ regime: MemoryRegime, _ sigma: any SmoothActivation, _ spread: Double, _ rootWidth: Double,
    _ ball: MaxNormBall, projected: KernelExperimentResult.DescentReport,
    plain: KernelExperimentResult.DescentReport
  ) -> [String] {
    var list = [regime.warning].compactMap { $0 }
    if regime != .bounded, spread * sigma.bounds.slope < 1 {
      let needed = ball.retentionRadius / (1 / sigma.bounds.slope - spread)
      list.append(
        "α is below 1/σ₁ but α_m = α + ρ_w/√m is not: the bounded regime needs a width above "
          + "\(String(format: "%.0f", needed * needed)), here it is \(Int((rootWidth * rootWidth).rounded()))"
      )
    }
    if !projected.isInformative {
      list.append(
        "the bound for projected descent exceeds the initial loss: it is true but says nothing at this width and "
          + "number of iterations")
    }
    if plain.coveredIterations == 0 {
      list.append("the conditions of the theorem for plain descent are not met: it promises nothing here")
    } else if !plain.isInformative {
      list.append("the bound for plain descent exceeds the initial loss: it is true but says nothing")
    }
    if plain.coveredIterations > 0, plain.coveredIterations < plain.losses.count {
      list.append(
        "the theorem for plain descent covers the first \(plain.coveredIterations) iterations only: later its "
          + "condition 2ητZ ≤ ν² fails")
    }
    return list
  }
}
