import Foundation
import KernelRegime
import PropertyEngine

extension Claim {
  /// Claims about the teacher, the tangent kernel and the convergence of gradient descent.
  static let kernelDescent: [Claim] = [
    Claim(
      "KR-12", "the comparator approximates the teacher",
      statement:
        "θ̄_i = θ_i(0) + (c_i/√m)v(θ_i(0)) lies in Ω_ν and |F_t(X_j; Θ̄) − f_t(X_j)| ≤ E_t for all j, t with "
        + "probability 1 − δ, E_t = 2b_t√(log(2nT/δ)/m) + β_tν²/(2√m)",
      source: "Cayci & Eryilmaz 2024, approximation by a random network; constants derived", verdict: .holds,
      oracle: "the expectation on a grid; E_t summed term by term",
      checks: [
        .property { system in
          Property("KR-12 approximation", cases: 60) { draw in
            let problem = try KernelDescentCase(draw, system.kernelRegime, halfWidths: 1...64)
            let comparator = system.kernelRegime.comparator(problem.teacher, problem.network)
            let movement = WeightMovement(from: problem.network, to: comparator)
            try atMost(movement.retention, problem.map.retentionNorm * (1 + 1e-9) + 1e-12, "in the ball, w")
            try atMost(movement.input, problem.map.inputNorm * (1 + 1e-9) + 1e-12, "in the ball, u")
            let radius = problem.map.retentionNorm
            let errors = try system.kernelRegime.approximationErrors(problem.problem, radius)
            let expected = problem.expectedErrors(radius: radius)
            for (j, inputs) in problem.task.inputs.enumerated() {
              let outputs = comparator.outputs(inputs)
              for t in 0..<problem.task.steps {
                try close(errors[t], expected[t], within: 1e-12 * expected[t] + 1e-300, "E_t")
                draw.maximise(
                  abs(outputs[t] - problem.task.targets[j][t]) / errors[t], ClaimRunner.errorOverBound)
                // δ = 10⁻⁹ a case, so that ten thousand cases give a false alarm with probability 10⁻⁵.
                try atMost(abs(outputs[t] - problem.task.targets[j][t]), errors[t] + 1e-12)
              }
            }
          }
        },
        .property { system in
          Property("KR-12 to first order at large width", cases: 10) { draw in
            // 4096 neurons: the sampling error is below b·6/√2048 except with probability 10⁻⁸ (Hoeffding), which tells a
            // comparator from its negative or from one without signs.
            let seed = try draw("seed", integers(in: 0...1_000_000, spread: .uniform))
            let map = try TransportMap.constant([1.0])
            let law = try InitialLaw(spread: 0.5, dimension: 1)
            let teacher = RealisableTeacher(activation: HyperbolicTangent(), law: law, map: map)
            let network = try system.kernelRegime.initialise(
              HyperbolicTangent(), 4096, 1, 0.5, UInt64(seed))
            let value = system.kernelRegime.comparator(teacher, network).outputs([1])[0]
            let target = try system.kernelRegime.teacherTargets(teacher, [[1]]).values[0][0]
            try close(value, target, within: 6 / 2048.0.squareRoot() + 1.54 / 128)
            try atMost(0.4, target, "E[1 − tanh²u] is 0.606")
          }
        },
      ]),
    Claim(
      "KR-13", "teachers with closed forms",
      statement:
        "for σ = identity, v_u ≡ a gives Σ_{k even<t} α^k⟨a, X_{t−k}⟩ and v_u = sgn(w)a the odd k; for every σ, "
        + "E⟨a, ∂_u h_t⟩ = E[⟨a, u⟩h_t]",
      source: "Cayci & Eryilmaz 2024, function class; closed forms derived, Stein's identity",
      verdict: .holds,
      oracle: "filters in closed form; the other side of Stein's identity on the same grid",
      checks: [
        .property { system in
          Property("KR-13 linear teachers", cases: 60) { draw in
            let steps = try draw("T", integers(in: 1...6))
            let alpha = try draw("α", reals(in: 0.01...1.2))
            let a = try draw("a", reals(in: -2...2, allowsSubnormal: false))
            let inputs = try KernelCase.sequence(draw, dimension: 1, steps: steps)
            let law = try InitialLaw(spread: alpha, dimension: 1)
            let maps = try [
              TransportMap.constant([a]), TransportMap.signed([a]), TransportMap.linear([a], limit: 1e9),
            ]
            for (kind, map) in maps.enumerated() {
              let teacher = RealisableTeacher(activation: Identity(), law: law, map: map)
              let values = try system.kernelRegime.teacherTargets(teacher, [inputs]).values[0]
              for t in 1...steps {
                var expected = 0.0
                var size = 0.0
                for k in 0..<t {
                  let factor = kind == 2 ? Double(k) * pow(alpha, Double(k - 1)) : pow(alpha, Double(k))
                  // Terms of the other parity cancel between w = α and w = −α, up to rounding of their size.
                  size += factor * abs(a)
                  if k.isMultiple(of: 2) == (kind == 0) { expected += factor * a * inputs[t - 1 - k] }
                }
                // The grid is exact to 10⁻¹⁴ for polynomials of degree two against the normal law.
                try close(values[t - 1], expected, within: 1e-12 * (size + 1e-200), "map \(kind), t = \(t)")
              }
            }
          }
        },
        .property { system in
          Property("KR-13 Stein's identity", cases: 40) { draw in
            let sigma = try KernelCase.activation(draw)
            let steps = try draw("T", integers(in: 1...4))
            let alpha = try draw("α", reals(in: 0...0.8 / sigma.bounds.slope, allowsSubnormal: false))
            let inputs = try KernelCase.sequence(draw, dimension: 1, steps: steps)
            let law = try InitialLaw(spread: alpha, dimension: 1)
            let teacher = try RealisableTeacher(
              activation: sigma, law: law, map: .constant([1]))
            let targets = try system.kernelRegime.teacherTargets(teacher, [inputs])
            var other = [Double](repeating: 0, count: steps)
            for node in try law.grid(spacing: 0.125) {
              let states = KernelNeuronOracle.states(
                sigma.name, [node.retention] + node.input, inputs)
              for t in 0..<steps { other[t] += node.weight * node.input[0] * states[t] }
            }
            // Both sides are trapezoidal sums; the stated error bounds one, and the other has the same order.
            try close(targets.values[0], other, within: 10 * targets.error + 1e-9)
          }
        },
      ]),
    Claim(
      "KR-14", "the tangent kernel",
      statement:
        "κ_t(X, X′) = E⟨∇h_t(X), ∇h_t(X′)⟩ is symmetric and positive semidefinite, has its closed form for sin at "
        + "t = 1 and for the identity at every t, and (1/m)Σ_i⟨g_t, g_t′⟩ = ⟨∇F_t, ∇F_t′⟩ tends to it",
      source: "Cayci & Eryilmaz 2024, neural tangent kernel; closed forms derived", verdict: .holds,
      oracle: "closed forms; dual-number gradients; Hoeffding's inequality",
      checks: [
        .property { system in
          Property("KR-14 finite width", cases: 100) { draw in
            let (network, inputs) = try KernelCase.general(draw, system.kernelRegime)
            let steps = inputs.count / network.dimension
            let others = try KernelCase.sequence(
              draw, dimension: network.dimension, steps: steps, name: "other inputs")
            let kernel = system.kernelRegime.kernel(network, inputs, others)
            let mirrored = system.kernelRegime.kernel(network, others, inputs)
            let first = system.kernelRegime.kernel(network, inputs, inputs)
            let second = system.kernelRegime.kernel(network, others, others)
            for t in 0..<steps {
              var expected = 0.0
              var size = 0.0
              for i in 0..<network.width {
                let g = KernelNeuronOracle.gradients(network.neuron(i), inputs)[t]
                let h = KernelNeuronOracle.gradients(network.neuron(i), others)[t]
                expected += zip(g, h).reduce(0) { $0 + $1.0 * $1.1 } / Double(network.width)
                let rounding = try KernelCase.derivativeRounding(network.neuron(i), steps: steps)
                size += rounding * (KernelCase.norm(g) + KernelCase.norm(h) + rounding)
              }
              try close(kernel[t], expected, within: 4 * size + 1e-300)
              try equal(kernel[t], mirrored[t], "symmetric")
              try atMost(
                kernel[t] * kernel[t], first[t] * second[t] * (1 + 1e-12) + 1e-200, "Cauchy–Schwarz")
            }
          }
        },
        .property { system in
          Property("KR-14 closed forms", cases: 30) { draw in
            let x = try draw("x", arrays(of: reals(in: -0.7...0.7), count: 2))
            let y = try draw("y", arrays(of: reals(in: -0.7...0.7), count: 2))
            let alpha = try draw("α", reals(in: 0...1.2, allowsSubnormal: false))
            let plane = try InitialLaw(spread: alpha, dimension: 2)
            try close(
              system.kernelRegime.infiniteKernel(Sine(), plane, x, y)[0],
              ClosedFormKernel.sineFirstStep(x, y),
              within: 1e-12)
            let line = try InitialLaw(spread: alpha, dimension: 1)
            let long = (x + y, y + x)
            let values = try system.kernelRegime.infiniteKernel(Identity(), line, long.0, long.1)
            let expected = ClosedFormKernel.identity(spread: alpha, dimension: 1, long.0, long.1)
            // At most 16 terms below (1.2⁶ + 9·1.2⁴)·0.49, and a grid exact to 10⁻¹⁴.
            try close(values, expected, within: 1e-11)
          }
        },
        .property { system in
          Property("KR-14 widening", cases: 10) { draw in
            let seed = try draw("seed", integers(in: 0...1_000_000, spread: .uniform))
            let network = try system.kernelRegime.initialise(Sine(), 4096, 1, 0.5, UInt64(seed))
            let law = try InitialLaw(spread: 0.5, dimension: 1)
            let (x, y) = ([0.9, -0.4, 0.7], [0.8, 0.5, -0.6])
            let wide = try system.kernelRegime.infiniteKernel(Sine(), law, x, y)
            let finite = system.kernelRegime.kernel(network, x, y)
            for t in 0..<3 {
              // 2048 independent terms within ±L²: Hoeffding at 10⁻⁹ gives L²√(2·21.4/2048) = 0.1446 L².
              let constant = KernelConstantOracle.lipschitz(Sine().bounds, 0.5, t + 1)
              try close(finite[t], wide[t], within: 0.1446 * constant * constant)
            }
          }
        },
      ]),
    Claim(
      "KR-15", "projected gradient descent converges",
      statement:
        "for Y in the class, ρ ≥ ν and η ≤ 1/(4Λ): (1/τ)Σ_{s<τ}R(Θ(s)) ≤ ν²/(ητ) + 2Z with probability 1 − δ, and "
        + "every iterate stays in Ω_ρ",
      source: "Cayci & Eryilmaz 2024, convergence of projected descent; derived with a faster rate",
      verdict: .holds,
      oracle: "the bound summed term by term; one informative instance at width 16,384",
      checks: [
        .property { system in
          Property("KR-15 projected descent", cases: 200) { draw in
            let problem = try KernelDescentCase(draw, system.kernelRegime, halfWidths: 1...16)
            try problem.checkProjected(draw, system.kernelRegime)
          }
        },
        .property { system in
          Property("KR-15 informative instance", cases: 1) { draw in
            _ = try draw("instance", integers(in: 0...1))
            let problem = try KernelDescentCase(informative: system.kernelRegime, width: 16_384)
            let bound = try problem.checkProjected(draw, system.kernelRegime, iterations: 200)
            try atMost(bound, problem.task.loss(of: problem.network) / 4, "the bound says something")
          }
        },
      ]),
    Claim(
      "KR-16", "plain gradient descent converges",
      statement: "if η ≤ 1/(4Λ) and 2ητZ(ρ) ≤ ν² with ρ = 2ν√(2Λητ), all iterates stay within ρ/√m and "
        + "(1/τ)ΣR ≤ ν²/(ητ) + 2Z with probability 1 − δ",
      source: "Cayci & Eryilmaz 2024, convergence of gradient descent; derived", verdict: .holds,
      oracle: "the conditions evaluated term by term; one informative instance at width 65,536",
      checks: [
        .property { system in
          Property("KR-16 plain descent", cases: 700) { draw in
            // Of 3000 cases 918 met the theorem's conditions; the property must not turn vacuous unnoticed.
            draw.require("applies", atLeast: 0.15)
            let problem = try KernelDescentCase(draw, system.kernelRegime, halfWidths: 64...512, small: true)
            try problem.checkPlain(draw, system.kernelRegime)
          }
        },
        .property { system in
          Property("KR-16 informative instance", cases: 1) { draw in
            _ = try draw("instance", integers(in: 0...1))
            let problem = try KernelDescentCase(informative: system.kernelRegime, width: 65_536)
            let bound = try problem.checkPlain(draw, system.kernelRegime, iterations: 60)
            try atMost(bound, 0.9 * problem.task.loss(of: problem.network), "the bound says something")
          }
        },
      ]),
  ]
}
