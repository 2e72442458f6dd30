import Testing

@testable import KernelRegime

/// Every bad request is refused with an error that names the value, never rescaled in silence.
@Suite struct BadInputTests {
  let sigma = HyperbolicTangent()

  /// An odd width has no mirror image.
  @Test func oddWidthIsRefused() {
    #expect(throws: KernelRegimeError.oddWidth(7)) {
      try SymmetricInitialisation.network(activation: sigma, width: 7, dimension: 2, spread: 0.5, seed: 1)
    }
    #expect(KernelRegimeError.oddWidth(7).description.contains("use 8"))
  }

  /// Inputs of norm above one are refused unless asked for, and then reported.
  @Test func longInputsAreRefused() throws {
    #expect(throws: KernelRegimeError.self) {
      try SequenceTask(dimension: 2, inputs: [[0.1, 0, 0.9, 0.9]], targets: [[0, 0]])
    }
    let task = try SequenceTask(
      dimension: 2, inputs: [[0.1, 0, 3, 4]], targets: [[0, 0]], allowsLongInputs: true)
    #expect(task.longestInput == 5)
    #expect(task.inputs == [[0.1, 0, 3, 4]])
  }

  /// A ball too small for the teacher is refused with the radius that is needed.
  @Test func smallRadiusIsRefused() throws {
    let problem = try LearningProblem(
      activation: sigma, spread: 0.5, width: 64, steps: 2, sequences: 1, teacher: .constant([0.6, 0.8]))
    #expect(throws: KernelRegimeError.radiusBelowTeacher(name: "ρ_u", radius: 0.5, required: 1)) {
      try ProjectedDescentBound(
        problem: problem, ball: MaxNormBall(retentionRadius: 0, inputRadius: 0.5))
    }
  }

  /// A step above 1/(4Λ) is refused by the theorem.
  @Test func largeStepIsRefused() throws {
    let problem = try LearningProblem(
      activation: sigma, spread: 0.5, width: 64, steps: 2, sequences: 1, teacher: .constant([1]))
    let theorem = try ProjectedDescentBound(
      problem: problem, ball: MaxNormBall(retentionRadius: 0, inputRadius: 1))
    #expect(throws: KernelRegimeError.self) {
      try theorem.averageLossBound(stepSize: theorem.largestStep * 1.01, iterations: 10)
    }
  }

  /// Unbounded activations have no constants.
  @Test func unboundedActivationIsRefused() {
    #expect(throws: KernelRegimeError.unboundedActivation("softplus")) {
      try LocalConstants(activation: Softplus(), retentionBound: 1, steps: 3)
    }
  }

  /// A divergent run stops with an error instead of returning numbers that are not.
  @Test func divergenceIsReported() throws {
    let network = try SymmetricInitialisation.network(
      activation: Identity(), width: 4, dimension: 1, spread: 1, seed: 3)
    let task = try SequenceTask(dimension: 1, inputs: [[1, 1, 1, 1]], targets: [[1, 1, 1, 1]])
    #expect(throws: KernelRegimeError.self) {
      try GradientDescent(stepSize: 1e6).run(from: network, task: task, iterations: 200)
    }
  }

  /// Shapes, probabilities and the configuration of the experiment are checked at the door.
  @Test func otherNonsenseIsRefused() {
    #expect(throws: KernelRegimeError.self) { try MaxNormBall(retentionRadius: -1, inputRadius: 1) }
    #expect(throws: KernelRegimeError.self) { try GradientDescent(stepSize: .nan) }
    #expect(throws: KernelRegimeError.self) { try InitialLaw(spread: 1, dimension: 3).grid(spacing: 0.5) }
    #expect(throws: KernelRegimeError.self) {
      try SequenceTask(dimension: 2, inputs: [[0, 0, 0]], targets: [[0, 0]])
    }
    var configuration = KernelExperimentConfiguration()
    configuration.width = 33
    #expect(throws: KernelRegimeError.oddWidth(33)) { try KernelExperiment.run(configuration: configuration) }
    configuration.width = 32
    configuration.activation = "identity"
    #expect(throws: KernelRegimeError.unboundedActivation("identity")) {
      try KernelExperiment.run(configuration: configuration)
    }
    configuration.activation = "tanh"
    configuration.failureProbability = 0
    #expect(throws: KernelRegimeError.self) { try KernelExperiment.run(configuration: configuration) }
  }
}
