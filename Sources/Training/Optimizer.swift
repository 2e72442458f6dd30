import Foundation
import Kernels

/// An update rule with its constants.
public enum Optimizer: Sendable, Hashable, Codable {
  /// `θ ← θ − μ g`.
  case sgd
  /// `m ← β m + g`, `θ ← θ − μ m` (Polyak's heavy ball).
  case momentum(decay: Double)
  /// `v ← ρ v + (1 − ρ) g²`, `θ ← θ − μ g / (√v + ε)`.
  case rmsprop(decay: Double, epsilon: Double)
  /// Adam with decoupled weight decay (Loshchilov & Hutter 2019): `θ ← (1 − μ w) θ − μ m̂ / (√v̂ + ε)` with
  /// bias-corrected moments.
  case adamW(firstDecay: Double, secondDecay: Double, epsilon: Double, weightDecay: Double)

  /// The rules by name, with their customary constants.
  public static let named: [(name: String, rule: Optimizer)] = [
    ("sgd", .sgd),
    ("momentum", .momentum(decay: 0.9)),
    ("rmsprop", .rmsprop(decay: 0.99, epsilon: 1e-8)),
    ("adamw", .adamW(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 1e-4)),
  ]

  public var name: String {
    switch self {
    case .sgd: "sgd"
    case .momentum: "momentum"
    case .rmsprop: "rmsprop"
    case .adamW: "adamw"
    }
  }
}

/// The memory of an optimizer between steps.
public struct OptimizerState: Sendable, Hashable, Codable {
  public let rule: Optimizer
  /// The global learning rate μ.
  public let learningRate: Double
  /// Steps taken so far.
  public private(set) var step = 0
  /// The running mean of gradients (momentum, AdamW); empty for the other rules.
  @PackedDoubles public private(set) var firstMoment: [Double] = []
  /// The running mean of squared gradients (RMSprop, AdamW); empty for the other rules.
  @PackedDoubles public private(set) var secondMoment: [Double] = []

  /// - Throws: ``TrainingError/learningRate(_:)`` unless the rate is positive and finite;
  ///   ``TrainingError/optimizerConstant(name:value:allowed:)`` for a constant out of range.
  public init(rule: Optimizer, learningRate: Double, parameterCount: Int) throws(TrainingError) {
    guard learningRate > 0, learningRate.isFinite else { throw .learningRate(learningRate) }
    try Self.validate(rule)
    self.rule = rule
    self.learningRate = learningRate
    let zeros = [Double](repeating: 0, count: parameterCount)
    switch rule {
    case .sgd: break
    case .momentum: firstMoment = zeros
    case .rmsprop: secondMoment = zeros
    case .adamW:
      firstMoment = zeros
      secondMoment = zeros
    }
  }

  /// Takes one step along `scale · gradient`, in one pass; ``GradientClipping/scale(norm:limit:)`` gives the scale.
  public mutating func update(_ parameters: inout [Double], gradient: [Double], scale: Double = 1) {
    step += 1
    switch rule {
    case .sgd:
      OptimizerSteps.sgd(&parameters, gradient: gradient, learningRate: learningRate, scale: scale)
    case .momentum(let decay):
      OptimizerSteps.momentum(
        &parameters, gradient: gradient, mean: &_firstMoment.wrappedValue, learningRate: learningRate,
        scale: scale,
        decay: decay)
    case .rmsprop(let decay, let epsilon):
      OptimizerSteps.rmsprop(
        &parameters, gradient: gradient, square: &_secondMoment.wrappedValue, learningRate: learningRate,
        scale: scale,
        decay: decay, epsilon: epsilon)
    case .adamW(let firstDecay, let secondDecay, let epsilon, let weightDecay):
      OptimizerSteps.adamW(
        &parameters, gradient: gradient, mean: &_firstMoment.wrappedValue,
        square: &_secondMoment.wrappedValue,
        constants: OptimizerSteps.AdamW(
          learningRate: learningRate, scale: scale, firstDecay: firstDecay, secondDecay: secondDecay,
          firstCorrection: 1 / (1 - pow(firstDecay, Double(step))),
          secondCorrection: 1 / (1 - pow(secondDecay, Double(step))), epsilon: epsilon,
          weightDecay: weightDecay))
    }
  }

  /// The diagonal of the preconditioner Λ that the last step multiplied the (averaged) gradient by: μ for SGD and
  /// momentum, `μ/(√v + ε)` for RMSprop, `μ/(√v̂ + ε)` for AdamW (Livi 2025, equation (2)).
  ///
  /// Before the first step of an adaptive rule there is no estimate, and the result is `μ/ε`.
  public func preconditioner(parameterCount: Int) -> [Double] {
    switch rule {
    case .sgd, .momentum:
      return [Double](repeating: learningRate, count: parameterCount)
    case .rmsprop(_, let epsilon):
      return secondMoment.map { learningRate / ($0.squareRoot() + epsilon) }
    case .adamW(_, let secondDecay, let epsilon, _):
      let correction = step == 0 ? 1 : 1 / (1 - pow(secondDecay, Double(step)))
      return secondMoment.map { learningRate / (($0 * correction).squareRoot() + epsilon) }
    }
  }

  private static func validate(_ rule: Optimizer) throws(TrainingError) {
    func check(_ name: String, _ value: Double, _ allowed: String, _ holds: Bool)
      throws(TrainingError)
    {
      guard holds else {
        throw .optimizerConstant(name: name, value: value, allowed: allowed)
      }
    }
    switch rule {
    case .sgd: break
    case .momentum(let decay):
      try check("momentum", decay, "0 ≤ β < 1", decay >= 0 && decay < 1)
    case .rmsprop(let decay, let epsilon):
      try check("the RMSprop decay", decay, "0 ≤ ρ < 1", decay >= 0 && decay < 1)
      try check("the RMSprop epsilon", epsilon, "ε > 0", epsilon > 0 && epsilon.isFinite)
    case .adamW(let first, let second, let epsilon, let weightDecay):
      try check("Adam's first decay", first, "0 ≤ β₁ < 1", first >= 0 && first < 1)
      try check("Adam's second decay", second, "0 ≤ β₂ < 1", second >= 0 && second < 1)
      try check("Adam's epsilon", epsilon, "ε > 0", epsilon > 0 && epsilon.isFinite)
      try check("weight decay", weightDecay, "w ≥ 0", weightDecay >= 0 && weightDecay.isFinite)
    }
  }
}

/// Rescaling of a gradient whose Euclidean norm is too large.
public enum GradientClipping {
  /// The Euclidean norm.
  public static func norm(_ gradient: [Double]) -> Double {
    OptimizerSteps.sumOfSquares(gradient).squareRoot()
  }

  /// The factor that brings a gradient of this norm down to `limit`; 1 when it is short enough, or when the limit is
  /// zero or less, which clips nothing.
  public static func scale(norm: Double, limit: Double) -> Double {
    limit > 0 && norm > limit ? limit / norm : 1
  }
}
