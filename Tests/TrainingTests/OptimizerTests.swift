import Foundation
import Testing
import Training

@Suite struct OptimizerTests {
  /// Iterates of `½ a θ²` from θ₀ = 1 under the rule.
  private func iterates(_ rule: Optimizer, rate: Double, curvature: Double, count: Int) throws
    -> [Double]
  {
    var state = try OptimizerState(rule: rule, learningRate: rate, parameterCount: 1)
    var theta = [1.0]
    return (0..<count).map { _ in
      state.update(&theta, gradient: [curvature * theta[0]])
      return theta[0]
    }
  }

  /// SGD on a quadratic is geometric: `θ_n = (1 − μ a)^n`.
  @Test func sgdIsGeometric() throws {
    let values = try iterates(.sgd, rate: 0.1, curvature: 3, count: 20)
    for (index, value) in values.enumerated() {
      let exact = pow(0.7, Double(index + 1))
      // Each of n steps rounds three times; `pow` adds one ulp.
      #expect(abs(value - exact) <= 4 * Double(index + 2) * 0x1p-53 * exact)
    }
  }

  /// Momentum on a quadratic follows the roots of `z² − (1 + β − μ a) z + β`: here they are real and distinct.
  @Test func momentumFollowsItsRoots() throws {
    let (rate, decay, curvature) = (0.01, 0.5, 2.0)
    let values = try iterates(.momentum(decay: decay), rate: rate, curvature: curvature, count: 30)
    let trace = 1 + decay - rate * curvature
    let gap = (trace * trace - 4 * decay).squareRoot()
    let (first, second) = ((trace + gap) / 2, (trace - gap) / 2)
    // θ₀ = 1 and θ₁ = 1 − μ a fix the weights of the two modes.
    let weight = (1 - rate * curvature - second) / gap
    for (index, value) in values.enumerated() {
      let n = Double(index + 1)
      let exact = weight * pow(first, n) + (1 - weight) * pow(second, n)
      // Rounding: five operations a step, and the closed form divides by the gap of the roots.
      #expect(abs(value - exact) <= (6 * n + 20 / gap) * 0x1p-53)
    }
  }

  /// Decays may be zero and not one, weight decay may be zero, ε and the rate may not; what lies outside is refused by name.
  @Test func constantsAtTheirBorders() throws {
    typealias Rule = (Double) -> Optimizer
    let decays: [(String, Rule)] = [
      ("momentum", { .momentum(decay: $0) }), ("the RMSprop decay", { .rmsprop(decay: $0, epsilon: 1) }),
      ("Adam's first decay", { .adamW(firstDecay: $0, secondDecay: 0, epsilon: 1, weightDecay: 0) }),
      ("Adam's second decay", { .adamW(firstDecay: 0, secondDecay: $0, epsilon: 1, weightDecay: 0) }),
    ]
    let epsilons: [(String, Rule)] = [
      ("the RMSprop epsilon", { .rmsprop(decay: 0, epsilon: $0) }),
      ("Adam's epsilon", { .adamW(firstDecay: 0, secondDecay: 0, epsilon: $0, weightDecay: 0) }),
    ]
    let weight: Rule = { .adamW(firstDecay: 0, secondDecay: 0, epsilon: 1, weightDecay: $0) }
    func isAllowed(_ rule: Rule, _ value: Double, _ name: String) throws -> Bool {
      do {
        _ = try OptimizerState(rule: rule(value), learningRate: 1, parameterCount: 1)
        return true
      } catch TrainingError.optimizerConstant(let found, _, _) {
        #expect(found == name)
        return false
      }
    }
    for (name, rule) in decays {
      for value in [0, 0.5, 1.0.nextDown] { #expect(try isAllowed(rule, value, name), "\(name) \(value)") }
      for value in [-0x1p-1074, 1, .infinity, .nan] {
        #expect(try !isAllowed(rule, value, name), "\(name) \(value)")
      }
    }
    for (name, rule) in epsilons {
      for value in [0x1p-1074, 1] { #expect(try isAllowed(rule, value, name), "\(name) \(value)") }
      for value in [0, -1, .infinity, .nan] { #expect(try !isAllowed(rule, value, name), "\(name) \(value)") }
    }
    for value in [0, 2.0] { #expect(try isAllowed(weight, value, "weight decay")) }
    for value in [-0x1p-1074, .infinity, .nan] { #expect(try !isAllowed(weight, value, "weight decay")) }
    for rate in [0, -1, .infinity, .nan] {
      #expect(throws: TrainingError.self) {
        try OptimizerState(rule: .sgd, learningRate: rate, parameterCount: 1)
      }
    }
  }

  /// Adam's first step has length μ in every coordinate, whatever the gradient's size, up to ε.
  @Test func adamsFirstStepIsTheLearningRate() throws {
    for gradient in [1e-3, 1.0, -250.0] {
      var state = try OptimizerState(
        rule: .adamW(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 0),
        learningRate: 0.01, parameterCount: 1)
      var theta = [0.0]
      state.update(&theta, gradient: [gradient])
      // m̂ = g and √v̂ = |g|, so the step is μ |g| / (|g| + ε); bias correction rounds by a few u / (1 − β₂).
      let exact = -0.01 * gradient / (abs(gradient) + 1e-8)
      #expect(abs(theta[0] - exact) <= 0.01 * 8 * 0x1p-53 / (1 - 0.999))
    }
  }

  /// Weight decay is decoupled: with a zero gradient AdamW shrinks θ by `1 − μ w` and nothing else.
  @Test func weightDecayIsDecoupled() throws {
    var state = try OptimizerState(
      rule: .adamW(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 0.5),
      learningRate: 0.1, parameterCount: 1)
    var theta = [2.0]
    state.update(&theta, gradient: [0])
    #expect(abs(theta[0] - 1.9) <= 4 * 0x1p-53 * 2)
  }

  /// RMSprop's first step is `μ g / (√(1 − ρ) |g| + ε)`.
  @Test func rmspropFirstStep() throws {
    var state = try OptimizerState(
      rule: .rmsprop(decay: 0.99, epsilon: 1e-8), learningRate: 0.01, parameterCount: 1)
    var theta = [0.0]
    state.update(&theta, gradient: [4])
    let exact = -0.01 * 4 / ((1 - 0.99).squareRoot() * 4 + 1e-8)
    #expect(abs(theta[0] - exact) <= 16 * 0x1p-53 * abs(exact))
    #expect(state.preconditioner(parameterCount: 1)[0] * 4 == -theta[0])
  }

  /// Clipping keeps a short gradient to the bit and scales a long one to the limit.
  @Test func clippingScalesLongGradientsOnly() {
    #expect(GradientClipping.scale(norm: 0.5, limit: 1) == 1)
    #expect(GradientClipping.scale(norm: 1, limit: 1) == 1)
    #expect(GradientClipping.norm([3, -4]) == 5)
    #expect(GradientClipping.scale(norm: 5, limit: 1) == 0.2)
    #expect(GradientClipping.scale(norm: 5, limit: 0) == 1)
  }

  /// A scaled step is the step along the scaled gradient, for every rule, to the bit.
  @Test func scaleMultipliesTheGradient() throws {
    let gradient = (0..<37).map { sin(Double(3 * $0 + 1)) }
    for (name, rule) in Optimizer.named {
      var scaled = try OptimizerState(rule: rule, learningRate: 0.03, parameterCount: gradient.count)
      var plain = scaled
      var first = gradient.map { 1 + $0 * $0 }
      var second = first
      for scale in [0.3, 1, 0.7] {
        scaled.update(&first, gradient: gradient, scale: scale)
        plain.update(&second, gradient: gradient.map { scale * $0 })
      }
      #expect(first == second && scaled == plain, "\(name)")
    }
  }

  /// Constants out of range are refused by name.
  @Test func constantsAreValidated() {
    #expect(throws: TrainingError.learningRate(-1)) {
      try OptimizerState(rule: .sgd, learningRate: -1, parameterCount: 1)
    }
    #expect(throws: TrainingError.self) {
      try OptimizerState(rule: .momentum(decay: 1), learningRate: 1, parameterCount: 1)
    }
  }
}
