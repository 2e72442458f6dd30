import PropertyEngine
import Training

/// A rule with its constants, a start, and the gradients it is to see, one coordinate.
struct OptimizerCase: Sendable, CustomStringConvertible {
  let rule: Optimizer
  let rate: Double
  let start: Double
  let gradients: [Double]

  var description: String { "\(rule) μ=\(rate) x₀=\(start) gradients \(gradients)" }

  /// State and parameter after each step, by the system's update.
  func run(_ system: SystemUnderTest) throws -> [(state: OptimizerState, parameter: Double)] {
    var state = try OptimizerState(rule: rule, learningRate: rate, parameterCount: 1)
    var parameter = start
    return gradients.map { gradient in
      let (next, moved) = system.training.update(state, [parameter], [gradient])
      state = next
      parameter = moved[0]
      return (state, parameter)
    }
  }

  /// How many roundings a step's result may differ by: some thirty for the step itself, ten for each earlier gradient in
  /// a moment, amplified where a moment's weight `1 − βⁿ` is a difference of near numbers.
  func bound(cancellation: Double = 1) -> Double {
    roundings(40 + 10 * gradients.count) * max(1, cancellation)
  }
}

/// Cases of one family of rules.
enum OptimizerFamily { case sgd, momentum, rmsprop, adamW }

func optimizerCases(_ family: OptimizerFamily, weightDecay: Bool = true, constant: Bool = false)
  -> Generator<OptimizerCase>
{
  Generator { draw in
    let decay = try draw("β", reals(in: 0...0.99))
    let second = try draw("ρ", reals(in: 0...0.999))
    let epsilon = try draw("ε", magnitudes(in: 1e-8...1e-2))
    let shrink = weightDecay ? try draw("w", reals(in: 0...1)) : 0
    let rule: Optimizer =
      switch family {
      case .sgd: .sgd
      case .momentum: .momentum(decay: decay)
      case .rmsprop: .rmsprop(decay: second, epsilon: epsilon)
      case .adamW:
        .adamW(firstDecay: decay, secondDecay: second, epsilon: epsilon, weightDecay: shrink)
      }
    let count = try draw.integer(in: 1...8)
    let first = try draw("gradient", reals(in: -3...3))
    let rest = try draw("gradients", arrays(of: reals(in: -3...3), count: count - 1))
    return OptimizerCase(
      rule: rule, rate: try draw("μ", magnitudes(in: 1e-4...1)), start: try draw("x₀", reals(in: -2...2)),
      gradients: [first] + (constant ? rest.map { _ in first } : rest))
  }
}
