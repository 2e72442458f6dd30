import KernelRegime

extension Mutant {
  static let kernelRegime: [Mutant] = [
    Mutant("kernel.unmirroredPair", "the second half of the network is drawn on its own", killedBy: ["KR-01"])
    {
      system in
      system.kernelRegime.initialise = { sigma, width, dimension, spread, seed in
        let first = try SymmetricInitialisation.network(
          activation: sigma, width: width, dimension: dimension, spread: spread, seed: seed)
        let other = try SymmetricInitialisation.network(
          activation: sigma, width: width, dimension: dimension, spread: spread, seed: seed &+ 1)
        let half = width / 2
        return try DiagonalNetwork(
          activation: sigma, dimension: dimension,
          retention: Array(first.retention[..<half] + other.retention[half...]),
          input: Array(first.input[..<(half * dimension)] + other.input[(half * dimension)...]),
          signs: first.signs)
      }
    },
    Mutant("kernel.sameSignPair", "mirrored neurons keep the sign", killedBy: ["KR-01"]) { system in
      system.kernelRegime.initialise = { sigma, width, dimension, spread, seed in
        let network = try SymmetricInitialisation.network(
          activation: sigma, width: width, dimension: dimension, spread: spread, seed: seed)
        return try DiagonalNetwork(
          activation: sigma, dimension: dimension, retention: network.retention, input: network.input,
          signs: network.signs.map { abs($0) })
      }
    },
    Mutant("kernel.missingScale", "the output is not divided by √m", killedBy: ["KR-02"]) { system in
      system.kernelRegime.outputs = { network, inputs in
        network.outputs(inputs).map { $0 / network.scale }
      }
    },
    Mutant("kernel.delayedInput", "the neuron reads the input before last", killedBy: ["KR-02"]) { system in
      system.kernelRegime.outputs = { network, inputs in
        let zero = [Double](repeating: 0, count: network.dimension)
        return network.outputs(zero + inputs.dropLast(network.dimension))
      }
    },
    Mutant("kernel.gradientWithoutMemory", "the sensitivity forgets w g", killedBy: ["KR-03", "KR-22"]) {
      system in
      system.kernelRegime.gradients = { neuron, inputs in
        var state = 0.0
        return neuron.states(inputs).enumerated().map { t, next in
          let x = Array(inputs[t * neuron.input.count..<(t + 1) * neuron.input.count])
          let z = zip(neuron.input, x).reduce(neuron.retention * state) { $0 + $1.0 * $1.1 }
          let slope = neuron.activation.slope(z)
          defer { state = next }
          return [slope * state] + x.map { slope * $0 }
        }
      }
    },
    Mutant("kernel.gradientScaled", "every gradient is too large by a millionth", killedBy: ["KR-03"]) {
      system in
      system.kernelRegime.gradients = { neuron, inputs in
        neuron.gradients(inputs).map { row in row.map { $0 * 1.000001 } }
      }
    },
    Mutant("kernel.hessianWithoutCross", "the Hessian's corner for w is halved", killedBy: ["KR-04"]) {
      system in
      system.kernelRegime.hessians = { neuron, inputs in
        neuron.hessians(inputs).map { matrix in
          var matrix = matrix
          matrix[0] /= 2
          return matrix
        }
      }
    },
    Mutant("kernel.hessianLag", "the Hessian of the step before", killedBy: ["KR-04"]) { system in
      system.kernelRegime.hessians = { neuron, inputs in
        let hessians = neuron.hessians(inputs)
        return [hessians[0].map { _ in 0 }] + hessians.dropLast()
      }
    },
    Mutant("kernel.lossGradientFactor", "the factor two is missing", killedBy: ["KR-05"]) { system in
      system.kernelRegime.lossGradient = { network, task in
        let (loss, retention, input) = GradientDescent.lossAndGradient(of: network, task: task)
        return (loss, retention.map { $0 / 2 }, input.map { $0 / 2 })
      }
    },
    Mutant("kernel.lossGradientScale", "the gradient lacks 1/√m", killedBy: ["KR-05", "KR-10"]) { system in
      system.kernelRegime.lossGradient = { network, task in
        let (loss, retention, input) = GradientDescent.lossAndGradient(of: network, task: task)
        let scale = 1 / network.scale
        return (loss, retention.map { $0 * scale }, input.map { $0 * scale })
      }
    },
    Mutant("kernel.polynomialForWeighted", "p for q", killedBy: ["KR-06", "KR-17"]) { system in
      system.kernelRegime.weightedMemoryPolynomial = { MemoryPolynomials.p(steps: $0, ratio: $1) }
    },
    Mutant("kernel.polynomialOneShort", "p_{t−1} for p_t", killedBy: ["KR-06", "KR-17"]) { system in
      system.kernelRegime.memoryPolynomial = { steps, ratio in
        [0] + MemoryPolynomials.p(steps: steps, ratio: ratio).dropLast()
      }
    },
    Mutant("kernel.lipschitzOneShort", "L_{t−1} for L_t", killedBy: ["KR-07", "KR-19"]) { system in
      system.kernelRegime.lipschitz = { sigma, a, steps in
        try [0] + LocalConstants(activation: sigma, retentionBound: a, steps: steps).lipschitz.dropLast()
      }
    },
    Mutant("kernel.lipschitzTenfold", "L_t ten times too large", killedBy: ["KR-07"]) { system in
      system.kernelRegime.lipschitz = { sigma, a, steps in
        try LocalConstants(activation: sigma, retentionBound: a, steps: steps).lipschitz.map { 10 * $0 }
      }
    },
    Mutant("kernel.lipschitzAveraged", "the constants of a loss averaged over time", killedBy: ["KR-19"]) {
      system in
      system.kernelRegime.lipschitz = { sigma, a, steps in
        try LocalConstants(activation: sigma, retentionBound: a, steps: steps).lipschitz
          .map { $0 / Double(steps).squareRoot() }
      }
    },
    Mutant("kernel.smoothnessWithoutCross", "β_t without the cross term", killedBy: ["KR-08"]) { system in
      system.kernelRegime.smoothness = { sigma, a, steps in
        let constants = try LocalConstants(activation: sigma, retentionBound: a, steps: steps)
        let bounds = sigma.bounds
        var beta = [0.0]
        for t in 1...steps {
          beta.append(
            bounds.curvature * (1 + bounds.value * bounds.value) * constants.p[t] * constants.p[t]
              + constants.ratio * beta[t - 1])
        }
        return beta
      }
    },
    Mutant("kernel.linearisationRate", "1/m for 1/√m", killedBy: ["KR-09"]) { system in
      system.kernelRegime.linearisationBound = { $0 * $1 * $1 / (2 * Double($2)) }
    },
    Mutant("kernel.linearisationNoRate", "no decrease with the width", killedBy: ["KR-09"]) { system in
      system.kernelRegime.linearisationBound = { beta, movement, _ in beta * movement * movement / 2 }
    },
    Mutant("kernel.stepTooLarge", "the step is 1/(2Λ)", killedBy: ["KR-10", "KR-15"]) { system in
      system.kernelRegime.largestStep = { 2 * (try ProjectedDescentBound(problem: $0, ball: $1).largestStep) }
    },
    Mutant("kernel.stepIgnoresMean", "Λ adds the steps of an averaged loss", killedBy: ["KR-10"]) { system in
      system.kernelRegime.largestStep = { problem, ball in
        1 / (4 * (try ProjectedDescentBound(problem: problem, ball: ball).constants.totalLipschitz(.sum)))
      }
    },
    Mutant("kernel.projectionWithoutScale", "radius ρ for ρ/√m", killedBy: ["KR-11", "KR-18"]) { system in
      system.kernelRegime.project = { ball, network, initial in
        let root = 1 / network.scale
        guard
          let wide = try? MaxNormBall(
            retentionRadius: ball.retentionRadius * root, inputRadius: ball.inputRadius * root)
        else { return network }
        return wide.project(network, around: initial)
      }
    },
    Mutant("kernel.projectionJoint", "all neurons are shrunk by one factor", killedBy: ["KR-11"]) { system in
      system.kernelRegime.project = { ball, network, initial in
        let movement = WeightMovement(from: initial, to: network)
        let factor = min(
          1, ball.retentionRadius / max(movement.retention, 1e-300),
          ball.inputRadius / max(movement.input, 1e-300))
        var result = initial
        for i in 0..<network.width {
          result.setParameters(
            i, zip(network.parameters(i), initial.parameters(i)).map { $1 + factor * ($0 - $1) })
        }
        return result
      }
    },
    Mutant("kernel.comparatorUnsigned", "the comparator forgets c_i", killedBy: ["KR-12", "KR-21"]) {
      system in
      system.kernelRegime.comparator = { teacher, initial in
        var result = teacher.comparator(for: initial)
        for i in 0..<initial.width where initial.signs[i] < 0 {
          result.setParameters(
            i, zip(result.parameters(i), initial.parameters(i)).map { 2 * $1 - $0 })
        }
        return result
      }
    },
    Mutant("kernel.comparatorWithoutScale", "the comparator moves by v, not v/√m", killedBy: ["KR-12"]) {
      system in
      system.kernelRegime.comparator = { teacher, initial in
        var result = teacher.comparator(for: initial)
        for i in 0..<initial.width {
          result.setParameters(
            i, zip(result.parameters(i), initial.parameters(i)).map { $1 + ($0 - $1) / initial.scale })
        }
        return result
      }
    },
    Mutant("kernel.approximationAtInitial", "α for α_m in E_t", killedBy: ["KR-12"]) { system in
      system.kernelRegime.approximationErrors = { problem, _ in
        try problem.approximationErrors(problem.constants(radius: 0))
      }
    },
    Mutant("kernel.teacherDoubled", "the teacher counts twice", killedBy: ["KR-13", "KR-21"]) { system in
      system.kernelRegime.teacherTargets = { teacher, inputs in
        let targets = try teacher.quadrature(inputs)
        return TeacherTargets(values: targets.values.map { row in row.map { 2 * $0 } }, error: targets.error)
      }
    },
    Mutant("kernel.tangentUnscaled", "the kernel is the sum, not the mean", killedBy: ["KR-14"]) { system in
      system.kernelRegime.kernel = { network, first, second in
        TangentKernel.finiteWidth(network, first, second).map { $0 * Double(network.width) }
      }
    },
    Mutant("kernel.tangentAtZeroSpread", "the infinite kernel forgets the memory", killedBy: ["KR-14"]) {
      system in
      system.kernelRegime.infiniteKernel = { sigma, law, first, second in
        try TangentKernel.quadrature(
          activation: sigma, law: InitialLaw(spread: 0, dimension: law.dimension), first, second)
      }
    },
    Mutant("kernel.descentWithoutProjection", "projected descent does not project", killedBy: ["KR-15"]) {
      system in
      system.kernelRegime.descend = { start, task, _, step, iterations in
        try GradientDescent(stepSize: 8 * step).run(from: start, task: task, iterations: iterations)
      }
    },
    Mutant("kernel.descentBound", "the bound forgets 2Z", killedBy: ["KR-15", "KR-23"]) { system in
      system.kernelRegime.projectedBound = { problem, _, step, iterations in
        problem.teacher.norm * problem.teacher.norm / (step * Double(iterations))
      }
    },
    Mutant("kernel.ascent", "descent climbs", killedBy: ["KR-15"]) { system in
      system.kernelRegime.descend = { start, task, ball, step, iterations in
        let flipped = try SequenceTask(
          dimension: task.dimension, inputs: task.inputs,
          targets: task.targets.map { row in row.map { -$0 } },
          aggregation: task.aggregation)
        return try GradientDescent(stepSize: step, ball: ball).run(
          from: start, task: flipped, iterations: iterations)
      }
    },
    Mutant(
      "kernel.plainOtherHorizon", "the theorem is evaluated for half the iterations",
      killedBy: ["KR-16", "KR-23"]
    ) {
      system in
      system.kernelRegime.plainBound = {
        try PlainDescentBound(problem: $0, stepSize: $1, iterations: max(1, $2 / 2))
      }
    },
    Mutant("kernel.regimeAtCutoff", "the boundary counts as exponential", killedBy: ["KR-17"]) { system in
      system.kernelRegime.regime = { $0 < 1 ? .bounded : .exponential }
    },
    Mutant("kernel.spreadForBound", "α for α_m", killedBy: ["KR-18"]) { system in
      system.kernelRegime.retentionBound = { spread, _, _ in spread }
    },
    Mutant("kernel.explodingGradient", "gradients are taken at u = 0", killedBy: ["KR-20"]) { system in
      system.kernelRegime.gradients = { neuron, inputs in
        DiagonalNeuron(
          activation: neuron.activation, retention: neuron.retention, input: neuron.input.map { _ in 0 }
        ).gradients(inputs)
      }
    },
  ]
}
