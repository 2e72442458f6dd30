import PropertyEngine
import TheoryOracles
import Training

extension Claim {
  /// Claims about update rules and the preconditioner.
  static let optimizers: [Claim] = [
    Claim(
      "OP-01", "gradient descent", statement: "θ_{r+1} = θ_r − μ ∇E(θ_r); on λx²/2, x_n = (1 − μλ)ⁿ x_0",
      source: "Livi 2025, equation (1)", verdict: .holds, oracle: "closed-form iterates",
      checks: [
        .property { system in
          Property("OP-01 gradient descent") { draw in
            let example = try draw("case", optimizerCases(.sgd))
            let curvature = try draw("λ", reals(in: 0...3))
            let steps = example.gradients.count
            let end = try quadratic(system, example, curvature)
            let exact = try OptimizerIterates.gradientDescent(
              start: example.start, curvature: curvature, rate: example.rate, steps: steps)
            // Each step rounds three times; written as x − μλx, relative to |x|(1 + μλ).
            let scale = power(1 + example.rate * curvature, steps) * abs(example.start)
            try within(draw, end, exact, roundings(4 * steps + 4) * scale + 0x1p-1000)
          }
        }
      ]),
    Claim(
      "OP-02", "heavy-ball momentum",
      statement: "m ← βm + g, θ ← θ − μm; on λx²/2 the roots of r² − (1 + β − μλ) r + β decide",
      source: "Polyak 1964; Livi 2025, section 3", verdict: .holds,
      oracle: "closed-form iterates, and sums over past gradients",
      checks: [
        .property { system in
          Property("OP-02 momentum sums past gradients") { draw in
            let example = try draw("case", optimizerCases(.momentum))
            guard case .momentum(let decay) = example.rule else { return }
            var (expected, scale) = (example.start, abs(example.start))
            for (step, after) in try example.run(system).enumerated() {
              let seen = Array(example.gradients.prefix(step + 1))
              expected += try OptimizerIterates.momentumStep(
                gradients: seen, rate: example.rate, momentum: decay)
              scale += try abs(
                OptimizerIterates.momentumStep(
                  gradients: seen.map(abs), rate: example.rate, momentum: decay))
              try within(draw, after.parameter, expected, example.bound() * scale + 0x1p-1000)
            }
          }
        },
        .property { system in
          Property("OP-02 momentum on a quadratic") { draw in
            let example = try draw("case", optimizerCases(.momentum))
            guard case .momentum(let decay) = example.rule else { return }
            let curvature = try draw("λ", reals(in: 0...3))
            let steps = example.gradients.count
            let exact = try OptimizerIterates.momentum(
              start: example.start, curvature: curvature, rate: example.rate, momentum: decay, steps: steps)
            // The state (x, μm) grows by at most 1 + β + μλ a step in absolute terms; eight roundings a step, and
            // as many again for the closed form's sum over pairs of powers (trigonometric near a double root: 10⁻⁴).
            let growth = power(1 + decay + example.rate * curvature, steps)
            let scale = growth * abs(example.start)
            try within(
              draw, try quadratic(system, example, curvature), exact,
              1e4 * roundings(20 * steps + 20) * scale + 0x1p-1000)
          }
        },
      ]),
    Claim(
      "OP-03", "RMSprop", statement: "v ← ρv + (1 − ρ)g², θ ← θ − μ g/(√v + ε)",
      source: "Livi 2025, equation (2) with β₁ = 0", verdict: .holds, oracle: "sums over past gradients",
      checks: [
        .property { system in
          Property("OP-03 RMSprop steps") { draw in
            let example = try draw("case", optimizerCases(.rmsprop))
            guard case .rmsprop(let decay, let epsilon) = example.rule else { return }
            var (expected, scale) = (example.start, abs(example.start))
            for (step, after) in try example.run(system).enumerated() {
              let move = try OptimizerIterates.rmsPropStep(
                gradients: Array(example.gradients.prefix(step + 1)), rate: example.rate, decay: decay,
                epsilon: epsilon)
              expected += move
              scale += abs(move)
              try within(draw, after.parameter, expected, example.bound() * scale + 0x1p-1000)
            }
          }
        },
        .property { system in
          Property("OP-03 RMSprop under a constant gradient") { draw in
            let example = try draw("case", optimizerCases(.rmsprop, constant: true))
            guard case .rmsprop(let decay, let epsilon) = example.rule else { return }
            var before = example.start
            for (step, after) in try example.run(system).enumerated() {
              let move = try OptimizerIterates.rmsPropConstantStep(
                gradient: example.gradients[0], rate: example.rate, decay: decay, epsilon: epsilon,
                step: step + 1)
              // 1 − ρⁿ may be a difference of near numbers, at worst 1/(1 − ρ) of its terms.
              let bound = example.bound(cancellation: 1 / (1 - decay)) * (abs(before) + abs(move))
              try within(draw, after.parameter, before + move, bound + 0x1p-1000)
              before = after.parameter
            }
          }
        },
      ]),
    Claim(
      "OP-04", "AdamW",
      statement: "θ ← (1 − μw)θ − μ m̂/(√v̂ + ε) with bias-corrected moments and decoupled decay",
      source: "Kingma & Ba 2015; Loshchilov & Hutter 2019; Livi 2025, section 6", verdict: .holds,
      oracle: "sums over past gradients",
      checks: [
        .property { system in
          Property("OP-04 AdamW steps") { draw in
            let example = try draw("case", optimizerCases(.adamW))
            guard case .adamW(let first, let second, let epsilon, let shrink) = example.rule else { return }
            var before = example.start
            for (step, after) in try example.run(system).enumerated() {
              let seen = Array(example.gradients.prefix(step + 1))
              func move(_ gradients: [Double]) throws -> Double {
                try OptimizerIterates.adamStep(
                  gradients: gradients, rate: example.rate, beta1: first, beta2: second, epsilon: epsilon)
              }
              let expected = (1 - example.rate * shrink) * before + (try move(seen))
              // Rounding of the first moment is relative to the moment of the absolute gradients.
              let scale = 2 * abs(before) + abs(try move(seen.map(abs)))
              let bound = example.bound(cancellation: 1 / (1 - first) + 1 / (1 - second))
              try within(draw, after.parameter, expected, bound * scale + 0x1p-1000)
              before = after.parameter
            }
          }
        },
        .property { system in
          Property("OP-04 AdamW under a constant gradient") { draw in
            let example = try draw("case", optimizerCases(.adamW, constant: true))
            guard case .adamW(let first, let second, let epsilon, let shrink) = example.rule else { return }
            let steps = example.gradients.count
            let exact = try OptimizerIterates.adamWConstantGradient(
              start: example.start, gradient: example.gradients[0], rate: example.rate, epsilon: epsilon,
              weightDecay: shrink, steps: steps)
            let end = try example.run(system)[steps - 1].parameter
            let scale = 2 * abs(example.start) + Double(steps) * example.rate
            let bound = example.bound(cancellation: 1 / (1 - first) + 1 / (1 - second))
            try within(draw, end, exact, Double(steps) * bound * scale + 0x1p-1000)
          }
        },
      ]),
    Claim(
      "OP-05", "the preconditioner is μ/(√v̂ + ε)",
      statement: "Λ_r = D(λ), λ = μ for SGD and momentum, μ/(√v + ε) for RMSprop, μ/(√v̂ + ε) for Adam",
      source: "Livi 2025, equation (2)", verdict: .holds, oracle: "weighted means of the squared gradients",
      checks: [
        .property { system in
          Property("OP-05 preconditioner") { draw in
            let families: [OptimizerFamily] = [.sgd, .momentum, .rmsprop, .adamW]
            let example = try draw("case", oneOf(families.map { optimizerCases($0) }))
            guard let last = try example.run(system).last else { return }
            let live = system.training.preconditioner(last.state, 1)[0]
            let squares = example.gradients.map { $0 * $0 }
            let steps = Double(squares.count)
            let expected: Double
            var cancellation = 1.0
            switch example.rule {
            case .sgd, .momentum: expected = example.rate
            case .rmsprop(let decay, let epsilon):
              let variance = try OptimizerIterates.weightedMean(squares, decay: decay)
              expected = try OptimizerIterates.preconditioner(
                correctedVariances: [variance], rate: example.rate, epsilon: epsilon)[0]
            case .adamW(_, let decay, let epsilon, _):
              cancellation = 1 / (1 - decay)
              let variance =
                try OptimizerIterates.weightedMean(squares, decay: decay) / (1 - power(decay, Int(steps)))
              expected = try OptimizerIterates.preconditioner(
                correctedVariances: [variance], rate: example.rate, epsilon: epsilon)[0]
            }
            try within(draw, live, expected, example.bound(cancellation: cancellation) * expected)
          }
        }
      ]),
    Claim(
      "OP-06", "every update is −Λ_r ∇E",
      statement: "θ_{r+1} = θ_r − Λ_r ∇E(θ_r) with diagonal Λ_r", source: "Livi 2025, equation (2)",
      verdict: .amended,
      finding:
        "exact for SGD and RMSprop; momentum and Adam precondition an average of past gradients, and AdamW moves the parameters even where the gradient vanishes",
      oracle: "the live preconditioner",
      checks: [
        .property { system in
          Property("OP-06 SGD and RMSprop are preconditioned gradient steps") { draw in
            let example = try draw("case", oneOf(optimizerCases(.sgd), optimizerCases(.rmsprop)))
            try preconditionedStep(system, draw, example) { $0 }
          }
        },
        .property { system in
          Property("OP-06 AdamW preconditions the averaged gradient") { draw in
            let example = try draw("case", optimizerCases(.adamW))
            guard case .adamW(let first, let second, _, let shrink) = example.rule else { return }
            let steps = example.gradients.count
            let average =
              try OptimizerIterates.weightedMean(example.gradients, decay: first) / (1 - power(first, steps))
            let magnitude =
              try OptimizerIterates.weightedMean(example.gradients.map(abs), decay: first)
              / (1 - power(first, steps))
            let after = try example.run(system)
            guard let last = after.last else { return }
            let before = steps > 1 ? after[steps - 2].parameter : example.start
            let rate = system.training.preconditioner(last.state, 1)[0]
            let expected = (1 - example.rate * shrink) * before - rate * average
            let bound = example.bound(cancellation: 1 / (1 - first) + 1 / (1 - second))
            try within(
              draw, last.parameter, expected, bound * (2 * abs(before) + rate * magnitude) + 0x1p-1000)
          }
        },
        .refutation { system in
          Property("OP-06 momentum and AdamW as preconditioned gradient steps") { draw in
            let example = try draw("case", oneOf(optimizerCases(.momentum), optimizerCases(.adamW)))
            try preconditionedStep(system, draw, example) { 1e6 * $0 }
          }
        },
      ]),
    Claim(
      "OP-07", "clipping keeps the direction",
      statement: "g ← g · min(1, c/‖g‖): the norm is at most c, and a gradient within the ball is left alone",
      source: "Livi 2025, section 6; Pascanu et al. 2013", verdict: .holds, oracle: "definition",
      checks: [
        .property { system in
          Property("OP-07 clipping") { draw in
            let gradient = try draw("gradient", arrays(of: reals(in: -3...3), count: 1...5))
            let limit = try draw("limit", reals(in: 1e-3...6))
            let norm = dot(gradient, gradient).squareRoot()
            let factor = norm > limit ? limit / norm : 1
            // Norm: at most five squares, a root and a quotient.
            try close(
              system.training.clip(gradient, limit), gradient.map { factor * $0 },
              within: roundings(16) * limit)
          }
        }
      ]),
  ]

  /// The optimizer on `λ x²/2`.
  private static func quadratic(_ system: SystemUnderTest, _ example: OptimizerCase, _ curvature: Double)
    throws -> Double
  {
    var state = try OptimizerState(rule: example.rule, learningRate: example.rate, parameterCount: 1)
    var parameter = example.start
    for _ in example.gradients {
      let (next, moved) = system.training.update(state, [parameter], [curvature * parameter])
      state = next
      parameter = moved[0]
    }
    return parameter
  }

  private static func preconditionedStep(
    _ system: SystemUnderTest, _ draw: Draw, _ example: OptimizerCase, tolerance: (Double) -> Double
  ) throws {
    var before = example.start
    for (step, after) in try example.run(system).enumerated() {
      let rate = system.training.preconditioner(after.state, 1)[0]
      let move = rate * example.gradients[step]
      try close(
        after.parameter, before - move,
        within: tolerance(example.bound() * (abs(before) + abs(move)) + 0x1p-1000))
      before = after.parameter
    }
  }

  /// Integer powers by repeated products.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
