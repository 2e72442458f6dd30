import KernelRegime
import PropertyEngine

extension Claim {
  /// Claims about the diagonal network, its initialisation and its derivatives.
  static let kernelNetwork: [Claim] = [
    Claim(
      "KR-01", "symmetric initialisation has zero output",
      statement: "F_t(X; Θ(0)) = 0 for every input and step, exactly, in floating point too",
      source: "Cayci & Eryilmaz 2024, symmetric initialisation", verdict: .holds, oracle: "zero",
      checks: [
        .property { system in
          Property("KR-01 zero output") { draw in
            let sigma = try KernelCase.activation(draw)
            let dimension = try draw("d", integers(in: 1...3))
            let steps = try draw("T", integers(in: 1...6))
            let (network, _) = try KernelCase.symmetric(
              draw, system.kernelRegime, sigma, dimension: dimension)
            let inputs = try KernelCase.sequence(draw, dimension: dimension, steps: steps)
            for output in system.kernelRegime.outputs(network, inputs) { try equal(output, 0) }
            for output in GradientDescent.outputs(of: network, inputs: [inputs])[0] { try equal(output, 0) }
          }
        }
      ]),
    Claim(
      "KR-02", "the output is the scaled sum of neurons",
      statement: "F_t = m^{−1/2} Σ_i c_i h_t^{(i)} with h_t = σ(w h_{t−1} + ⟨u, X_t⟩), h_0 = 0",
      source: "Cayci & Eryilmaz 2024, the model with diagonal W", verdict: .holds,
      oracle: "the neuron written over a generic scalar, summed in plain order",
      checks: [
        .property { system in
          Property("KR-02 output") { draw in
            let (network, inputs) = try KernelCase.general(draw, system.kernelRegime)
            let steps = inputs.count / network.dimension
            // |h| ≤ σ₀ and its sensitivity to relative changes is at most L(1+|θ|); √m such terms.
            let bound = KernelCase.rounding(
              (KernelCase.sensitivity(network, steps: steps) + 1) * Double(network.width), steps: steps,
              dimension: network.dimension)
            try close(
              system.kernelRegime.outputs(network, inputs), KernelNeuronOracle.outputs(network, inputs),
              within: bound)
          }
        }
      ]),
    Claim(
      "KR-03", "the sensitivity recursion is the gradient",
      statement: "g_t = σ′(z_t)((h_{t−1}, X_t) + w g_{t−1}) is ∇_θ h_t",
      source: "Cayci & Eryilmaz 2024, derivative of the hidden state; derived", verdict: .proved,
      proof: .coq("gradient_recursion"),
      oracle: "dual numbers",
      checks: [
        .property { system in
          Property("KR-03 gradient") { draw in
            let (neuron, inputs, steps) = try KernelCase.single(draw)
            let actual = system.kernelRegime.gradients(neuron, inputs)
            let expected = KernelNeuronOracle.gradients(neuron, inputs)
            let bound = try KernelCase.derivativeRounding(neuron, steps: steps)
            for t in 0..<steps { try close(actual[t], expected[t], within: bound) }
          }
        }
      ]),
    Claim(
      "KR-04", "the second recursion is the Hessian",
      statement: "∇²h_t = σ″(z_t)∇z_t∇z_tᵀ + σ′(z_t)(e gᵀ + g eᵀ + w∇²h_{t−1}), g = g_{t−1}",
      source: "derived from the model of Cayci & Eryilmaz 2024", verdict: .holds,
      oracle: "dual numbers of dual numbers",
      checks: [
        .property { system in
          Property("KR-04 Hessian") { draw in
            let (neuron, inputs, steps) = try KernelCase.single(draw)
            let actual = system.kernelRegime.hessians(neuron, inputs)
            let expected = KernelNeuronOracle.hessians(neuron, inputs)
            // The next derivative is at most of the order β p, with |σ‴| ≤ 2.
            let p = KernelConstantOracle.p(steps, abs(neuron.retention) * neuron.activation.bounds.slope)
            let bound = 12 * (1 + p) * (try KernelCase.derivativeRounding(neuron, steps: steps))
            for t in 0..<steps { try close(actual[t], expected[t], within: bound) }
          }
        }
      ]),
    Claim(
      "KR-05", "the fast loss gradient is the gradient of the loss",
      statement: "∇_{θ_i}R = (2/n) Σ_j Σ_t ω(F_{j,t} − Y_{j,t})(c_i/√m)∇h_t(θ_i), ω = 1 or 1/T",
      source: "Cayci & Eryilmaz 2024, empirical risk; normalisation ours", verdict: .holds,
      oracle: "dual-number neuron gradients weighted by the oracle's residuals",
      checks: [
        .property { system in
          Property("KR-05 loss gradient") { draw in
            let (network, inputs) = try KernelCase.general(draw, system.kernelRegime)
            let steps = inputs.count / network.dimension
            let second = try KernelCase.sequence(
              draw, dimension: network.dimension, steps: steps, name: "more inputs")
            let aggregation = try draw("aggregation", choice(of: TimeAggregation.allCases))
            let targets = try draw("targets", arrays(of: reals(in: -2...2), count: 2 * steps))
            let task = try SequenceTask(
              dimension: network.dimension, inputs: [inputs, second],
              targets: [Array(targets[..<steps]), Array(targets[steps...])], aggregation: aggregation)
            let (loss, ofRetention, ofInput) = system.kernelRegime.lossGradient(network, task)
            let outputs = task.inputs.map { KernelNeuronOracle.outputs(network, $0) }
            let sensitivity = KernelCase.sensitivity(network, steps: steps)
            let slack = KernelCase.rounding(
              Double(network.width * steps) * (1 + sensitivity) * (1 + sensitivity) * 40, steps: steps,
              dimension: network.dimension)
            try close(loss, task.loss(outputs: outputs), within: slack)
            for i in 0..<network.width {
              var expected = [Double](repeating: 0, count: network.dimension + 1)
              for (j, sequence) in task.inputs.enumerated() {
                let gradients = KernelNeuronOracle.gradients(network.neuron(i), sequence)
                for t in 0..<steps {
                  let factor =
                    2 * aggregation.weight(steps: steps) / 2 * (outputs[j][t] - task.targets[j][t])
                    * network.signs[i] / Double(network.width).squareRoot()
                  for k in expected.indices { expected[k] += factor * gradients[t][k] }
                }
              }
              let d = network.dimension
              try close(
                [ofRetention[i]] + ofInput[i * d..<(i + 1) * d], expected, within: slack, "neuron \(i)")
            }
          }
        }
      ]),
  ]
}
