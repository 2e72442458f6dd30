import Foundation
import KernelRegime
import PropertyEngine

extension Claim {
  /// Claims about the local constants and what follows from them.
  static let kernelBounds: [Claim] = [
    Claim(
      "KR-06", "memory polynomials",
      statement:
        "p_t = Σ_{k<t} x^k and q_t = Σ_{k<t} (k+1)x^k satisfy 1 + x p_{t−1} = p_t, Σ_{k<t} x^k p_{t−k} = q_t",
      source: "Cayci & Eryilmaz 2024, definition of p_t and q_t", verdict: .proved,
      proof: .coq("memory_polynomials"),
      oracle: "sums term by term",
      checks: [
        .property { system in
          Property("KR-06 memory polynomials") { draw in
            let steps = try draw("T", integers(in: 1...20))
            let x = try draw("x", reals(in: 0...3, allowsSubnormal: false))
            let p = system.kernelRegime.memoryPolynomial(steps, x)
            let q = system.kernelRegime.weightedMemoryPolynomial(steps, x)
            try equal(p.count, steps + 1)
            try equal(q.count, steps + 1)
            for t in 0...steps {
              // Sums of nonnegative terms, at most 4t roundings each, and powers within 1 ulp.
              let relative = Double(8 * t + 8) * Double.ulpOfOne
              let expectedP = KernelConstantOracle.p(t, x)
              let expectedQ = KernelConstantOracle.q(t, x)
              try close(p[t], expectedP, within: relative * expectedP + 1e-300, "p")
              try close(q[t], expectedQ, within: relative * expectedQ + 1e-300, "q")
              let convolution = (0..<t).reduce(0) { $0 + pow(x, Double($1)) * p[t - $1] }
              try close(convolution, q[t], within: 2 * relative * expectedQ + 1e-300, "convolution")
            }
          }
        }
      ]),
    Claim(
      "KR-07", "a neuron is Lipschitz in its parameters",
      statement: "‖∇h_t‖ ≤ L_t = σ₁√(σ₀²p²_{t−1} + p²_t) at x = aσ₁, for |w| ≤ a, every u and ‖X_t‖ ≤ 1",
      source: "Cayci & Eryilmaz 2024, local Lipschitz constants; derived with a smaller constant",
      verdict: .proved, proof: .coq("neuron_gradient_norm"),
      oracle: "dual-number gradients, and the constant summed term by term",
      checks: [
        .property { system in
          Property("KR-07 Lipschitz bound") { draw in
            let (neuron, inputs, steps) = try KernelCase.single(draw)
            let a = abs(neuron.retention)
            let bounds = neuron.activation.bounds
            let constants = try system.kernelRegime.lipschitz(neuron.activation, a, steps)
            let slack = try KernelCase.derivativeRounding(neuron, steps: steps)
            let gradients = KernelNeuronOracle.gradients(neuron, inputs)
            for t in 1...steps {
              let size = KernelCase.norm(gradients[t - 1])
              draw.maximise(size / constants[t], ClaimRunner.errorOverBound)
              try atMost(size, constants[t] + slack, "L_\(t)")
              let expected = KernelConstantOracle.lipschitz(bounds, a, t)
              try close(constants[t], expected, within: 200 * Double.ulpOfOne * expected, "constant")
            }
          }
        },
        .property { system in
          Property("KR-07 the input part is attained") { draw in
            // u = 0 keeps tanh and sin at slope one; aligned inputs and w = a attain σ₁p_t, at least L_t/√2 there.
            let sigma =
              try draw(
                "activation", integers(in: 0...1)) == 0 ? HyperbolicTangent() as any SmoothActivation : Sine()
            let steps = try draw("T", integers(in: 1...8))
            let a = try draw("a", reals(in: 0...1.5, allowsSubnormal: false))
            let neuron = DiagonalNeuron(activation: sigma, retention: a, input: [0])
            let inputs = [Double](repeating: 1, count: steps)
            let attained = KernelCase.norm(KernelNeuronOracle.gradients(neuron, inputs)[steps - 1])
            let constant = try system.kernelRegime.lipschitz(sigma, a, steps)[steps]
            try atMost(constant, attained * 2.0.squareRoot() * (1 + 1e-12))
          }
        },
      ]),
    Claim(
      "KR-08", "a neuron is smooth in its parameters",
      statement:
        "‖∇²h_t‖ ≤ β_t = σ₂(1+σ₀²)p²_t + 2σ₁²√(1+σ₀²)p_{t−1} + xβ_{t−1} ≤ its closed form O(p_t q_t)",
      source: "Cayci & Eryilmaz 2024, local smoothness; constants derived", verdict: .proved,
      proof: .coq("second_derivative_bound"),
      oracle: "dual-of-dual Hessians, and the unrolled sum",
      checks: [
        .property { system in
          Property("KR-08 smoothness bound") { draw in
            let (neuron, inputs, steps) = try KernelCase.single(draw)
            let a = abs(neuron.retention)
            let bounds = neuron.activation.bounds
            let constants = try system.kernelRegime.smoothness(neuron.activation, a, steps)
            let local = try LocalConstants(activation: neuron.activation, retentionBound: a, steps: steps)
            let p = KernelConstantOracle.p(steps, a * bounds.slope)
            let slack = 12 * (1 + p) * (try KernelCase.derivativeRounding(neuron, steps: steps))
            let hessians = KernelNeuronOracle.hessians(neuron, inputs)
            for t in 1...steps {
              let size = KernelCase.spectralNorm(hessians[t - 1], size: neuron.input.count + 1)
              draw.maximise(size / constants[t], ClaimRunner.errorOverBound)
              try atMost(size, constants[t] + slack, "β_\(t)")
              let expected = KernelConstantOracle.smoothness(bounds, a, t)
              try close(constants[t], expected, within: 400 * Double.ulpOfOne * expected, "constant")
              try atMost(constants[t], local.closedFormSmoothness(t) * (1 + 1e-12), "closed form")
            }
          }
        }
      ]),
    Claim(
      "KR-09", "linearisation error shrinks as 1/√m",
      statement: "|F_t(Θ) − ⟨∇F_t(Θ_0), Θ − Θ_0⟩| ≤ β_t r²/(2√m) for max-norm moves of r/√m",
      source: "Cayci & Eryilmaz 2024, linearisation in the kernel regime; constant derived", verdict: .proved,
      proof: .coq("linearisation_at_start"),
      oracle:
        "the remainder summed neuron by neuron; a network built to come within a factor two of the bound",
      checks: [
        .property { system in
          Property("KR-09 linearisation") { draw in
            let sigma = try KernelCase.activation(draw)
            let dimension = try draw("d", integers(in: 1...2))
            let steps = try draw("T", integers(in: 1...4))
            let inputs = try KernelCase.sequence(draw, dimension: dimension, steps: steps)
            let (initial, spread) = try KernelCase.symmetric(
              draw, system.kernelRegime, sigma, dimension: dimension)
            let radius = try draw("r", reals(in: 0.01...2))
            let direction = try draw("direction", choice(of: Linearisation.Direction.allCases))
            let moved = Linearisation.move(
              initial, radius: radius, direction: direction, sequence: inputs, seed: 7)
            let a = spread + radius / Double(initial.width).squareRoot()
            let beta = try system.kernelRegime.smoothness(sigma, a, steps)
            let remainder = Linearisation.remainder(of: moved, around: initial, inputs)
            for t in 1...steps {
              let bound = system.kernelRegime.linearisationBound(beta[t], radius, initial.width)
              let slack = KernelCase.rounding(
                Double(initial.width) * (1 + KernelCase.sensitivity(moved, steps: steps)), steps: steps,
                dimension: dimension)
              draw.maximise(abs(remainder[t - 1]) / (bound + slack), ClaimRunner.errorOverBound)
              try atMost(abs(remainder[t - 1]), bound + slack, "t = \(t)")
            }
          }
        },
        .property { system in
          Property("KR-09 the rate is attained") { draw in
            // At T = 1 every neuron sits where |σ″| is largest with c_iσ″ > 0: the error is nearly r²σ₂/(2√m), half the
            // bound; a move of r/√m ≤ 1/8 changes σ″ by less than a quarter.
            let half = try draw("half width", integers(in: 32...512))
            let r = try draw("r", reals(in: 0.1...1))
            let peak = atanh(1 / 3.0.squareRoot())
            let signs = (0..<2 * half).map { $0 < half ? 1.0 : -1.0 }
            let initial = try DiagonalNetwork(
              activation: HyperbolicTangent(), dimension: 1, retention: signs.map { _ in 0 },
              input: signs.map { -$0 * peak }, signs: signs)
            var moved = initial
            for i in signs.indices { moved.input[i] += r * initial.scale }
            let remainder = abs(Linearisation.remainder(of: moved, around: initial, [1])[0])
            let beta = try system.kernelRegime.smoothness(HyperbolicTangent(), 0, 1)[1]
            let bound = system.kernelRegime.linearisationBound(beta, r, 2 * half)
            try atMost(remainder, bound)
            try atMost(bound, 3 * remainder)
          }
        },
      ]),
    Claim(
      "KR-10", "output and gradient are controlled",
      statement: "|F_t(Θ)| ≤ L_t ρ on the ball, ‖∇R‖ ≤ 2√(RΛ), Λ = ωΣL_t², and η‖∇R‖² ≤ R for η = 1/(4Λ)",
      source: "derived from the Lipschitz constants; the step rule of the convergence theorems",
      verdict: .proved, proof: .coq("output_and_gradient_controlled"),
      oracle: "direct evaluation; Λ summed term by term; equality at T = 1 and vanishing weights",
      checks: [
        .property { system in
          Property("KR-10 step rule") { draw in
            let sigma = try KernelCase.activation(draw)
            let steps = try draw("T", integers(in: 1...4))
            let inputs = try KernelCase.sequence(draw, dimension: 2, steps: steps)
            let (initial, spread) = try KernelCase.symmetric(draw, system.kernelRegime, sigma, dimension: 2)
            let ball = try KernelCase.ball(draw)
            let network = try KernelCase.displaced(draw, initial, ball: ball)
            let targets = try draw("targets", arrays(of: reals(in: -2...2), count: steps))
            let aggregation = try draw("aggregation", choice(of: TimeAggregation.allCases))
            let task = try SequenceTask(
              dimension: 2, inputs: [inputs], targets: [targets], aggregation: aggregation)
            let problem = try LearningProblem(
              activation: sigma, spread: spread, width: initial.width, steps: steps, sequences: 1,
              teacher: .constant([0, 0]), aggregation: aggregation)
            let a = spread + ball.retentionRadius / Double(initial.width).squareRoot()
            let weight = aggregation.weight(steps: steps)
            var total = 0.0
            let outputs = network.outputs(inputs)
            for t in 1...steps {
              let constant = KernelConstantOracle.lipschitz(sigma.bounds, a, t)
              total += weight * constant * constant
              try atMost(abs(outputs[t - 1]), constant * ball.radius * (1 + 1e-9) + 1e-12, "output")
            }
            let step = try system.kernelRegime.largestStep(problem, ball)
            try close(step, 1 / (4 * total), within: 1e-13 / total, "1/(4Λ)")
            let (loss, ofRetention, ofInput) = system.kernelRegime.lossGradient(network, task)
            let square = (ofRetention + ofInput).reduce(0) { $0 + $1 * $1 }
            // Rounding of a sum of fewer than 10⁴ products, relative 10⁻¹¹ at most; floor for exact zeros.
            try atMost(step * square, loss * (1 + 1e-10) + 1e-20, "η‖∇R‖² ≤ R")
          }
        }
      ]),
    Claim(
      "KR-11", "projection on the max-norm ball",
      statement:
        "the per-neuron clamp of w and radial shrink of u is the Euclidean projection: idempotent, nonexpansive",
      source: "Cayci & Eryilmaz 2024, max-norm projection", verdict: .proved,
      proof: .coq("max_norm_projection"),
      oracle: "the defining inequalities of a projection on a convex set",
      checks: [
        .property { system in
          Property("KR-11 projection") { draw in
            let sigma = HyperbolicTangent()
            let (initial, _) = try KernelCase.symmetric(draw, system.kernelRegime, sigma, dimension: 2)
            let ball = try KernelCase.ball(draw)
            let wide = try MaxNormBall(
              retentionRadius: 3 * ball.retentionRadius + 0.1, inputRadius: 3 * ball.inputRadius + 0.1)
            let far = try KernelCase.displaced(draw, initial, ball: wide)
            let other = try KernelCase.displaced(draw, initial, ball: wide)
            let inside = try KernelCase.displaced(draw, initial, ball: ball)
            let project = { system.kernelRegime.project(ball, $0, initial) }
            let image = project(far)
            // Positions are rounded to an ulp of their size (below 16), distances add up over all weights.
            let slack = 1e-13 * Double(initial.width)
            let limit = (ball.retentionRadius * initial.scale, ball.inputRadius * initial.scale)
            for i in 0..<initial.width {
              let (theta, start) = (image.parameters(i), initial.parameters(i))
              try atMost(abs(theta[0] - start[0]), limit.0 + slack, "w of \(i)")
              try atMost(
                KernelCase.norm(zip(theta.dropFirst(), start.dropFirst()).map { $0 - $1 }), limit.1 + slack,
                "u of \(i)")
            }
            try atMost(KernelCase.distance(project(image), image), slack, "idempotent")
            try atMost(
              KernelCase.distance(image, project(other)), KernelCase.distance(far, other) + slack,
              "nonexpansive")
            // Obtuse angle: ⟨far − image, inside − image⟩ ≤ 0 for every point inside.
            try atMost(KernelCase.product(far, inside, at: image), 10 * slack, "nearest point")
            try atMost(
              KernelCase.distance(image, far), KernelCase.distance(inside, far) + slack, "nearest")
          }
        }
      ]),
  ]
}
