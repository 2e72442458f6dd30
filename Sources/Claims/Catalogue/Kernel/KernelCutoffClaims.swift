import Foundation
import KernelRegime
import PropertyEngine

extension Claim {
  /// Claims about the memory cutoff.
  static let kernelCutoff: [Claim] = [
    Claim(
      "KR-17", "exponential from the cutoff on",
      statement:
        "the constants are bounded for σ₁α_m < 1, p_T = T and q_T = T(T+1)/2 at σ₁α_m = 1, and grow exponentially "
        + "only beyond",
      source: "Cayci & Eryilmaz 2024, cutoff: exp(Ω(T)) for α ≥ 1/σ₁", verdict: .amended,
      finding: "at the cutoff itself the growth is polynomial, p_T = T, not exponential",
      proof: .coq("three_regimes"),
      oracle: "closed forms of the geometric sums",
      checks: [
        .property { system in
          Property("KR-17 three regimes") { draw in
            let steps = try draw("T", integers(in: 1...200))
            let side = try draw("side", integers(in: -1...1))
            let distance = try draw("distance", reals(in: 0.01...0.99))
            let x = 1 + Double(side) * distance
            let p = system.kernelRegime.memoryPolynomial(steps, x)[steps]
            let q = system.kernelRegime.weightedMemoryPolynomial(steps, x)[steps]
            let slack = 1 + Double(8 * steps) * Double.ulpOfOne
            switch side {
            case -1:
              try equal(system.kernelRegime.regime(x), .bounded)
              try atMost(p, slack / (1 - x))
              try atMost(q, slack / ((1 - x) * (1 - x)))
            case 0:
              try equal(system.kernelRegime.regime(x), .polynomial)
              try equal(p, Double(steps))
              try equal(q, Double(steps * (steps + 1) / 2))
            default:
              try equal(system.kernelRegime.regime(x), .exponential)
              try atMost(pow(x, Double(steps - 1)), p * slack)
            }
          }
        },
        .refutation { system in
          // exp(Ω(T)) would double p_T within some number of steps for ever; a hundred steps are granted.
          Property("KR-17 exponential at the cutoff, as published") { draw in
            let steps = try draw("T", integers(in: 1...400))
            let p = system.kernelRegime.memoryPolynomial(steps + 100, 1)
            try atMost(2 * p[steps], p[steps + 100])
          }
        },
      ]),
    Claim(
      "KR-18", "the cutoff is at α = 1/σ₁",
      statement: "the constants on Ω_ρ are bounded uniformly in T if and only if σ₁(α + ρ_w/√m) < 1",
      source: "Cayci & Eryilmaz 2024, cutoff: bounded for α < 1/σ₁", verdict: .amended,
      finding:
        "at finite width the neurons reach α_m = α + ρ_w/√m, so α < 1/σ₁ needs √m > ρ_w/(1/σ₁ − α) as well",
      proof: .coq("constants_bounded_iff_below_cutoff"),
      oracle: "the farthest neuron of the ball, reached by projecting a far one",
      checks: [
        .property { system in
          Property("KR-18 α_m is attained") { draw in
            let sigma = try KernelCase.activation(draw)
            let (initial, spread) = try KernelCase.symmetric(draw, system.kernelRegime, sigma, dimension: 1)
            let ball = try KernelCase.ball(draw)
            var far = initial
            for i in far.retention.indices {
              far.retention[i] *= 1 + 1e6; far.retention[i] += 1e6 * (far.retention[i] < 0 ? -1 : 1)
            }
            let reached = system.kernelRegime.project(ball, far, initial).retention.map { abs($0) }.max() ?? 0
            let claimed = system.kernelRegime.retentionBound(spread, ball.retentionRadius, initial.width)
            try close(claimed, reached, within: 8 * Double.ulpOfOne * (1 + reached))
          }
        },
        .refutation { system in
          Property("KR-18 bounded for α < 1/σ₁, as published") { draw in
            let alpha = try draw("α", reals(in: 0...0.99))
            let half = try draw("half width", integers(in: 1...100))
            let radius = try draw("ρ_w", reals(in: 0...2))
            let bound = system.kernelRegime.retentionBound(alpha, radius, 2 * half)
            let p = system.kernelRegime.memoryPolynomial(400, bound)[400]
            try atMost(p, 1 / (1 - alpha) + 1e-9)
          }
        },
      ]),
    Claim(
      "KR-19", "total constants in short memory",
      statement:
        "for σ₁α_m < 1, Λ = Σ_{t≤T}L_t² grows like T when the loss adds the steps, and stays bounded when it "
        + "averages them",
      source: "Cayci & Eryilmaz 2024, constants bounded in the short-memory case", verdict: .amended,
      finding:
        "every L_t is bounded, but their sum over time is Θ(T): bounded only for a loss averaged over time",
      proof: .coq("total_constant_grows_with_length"),
      oracle: "σ₁² ≤ L_t² ≤ σ₁²(1+σ₀²)/(1−x)²",
      checks: [
        .property { system in
          Property("KR-19 Λ against T") { draw in
            let sigma = try KernelCase.activation(draw)
            let steps = try draw("T", integers(in: 1...200))
            let x = try draw("x", reals(in: 0...0.95, allowsSubnormal: false))
            let squares = try system.kernelRegime.lipschitz(sigma, x / sigma.bounds.slope, steps).map {
              $0 * $0
            }
            let total = squares.reduce(0, +)
            let bounds = sigma.bounds
            let lower = Double(steps) * bounds.slope * bounds.slope
            let upper =
              Double(steps) * bounds.slope * bounds.slope * (1 + bounds.value * bounds.value)
              / ((1 - x) * (1 - x))
            try atMost(lower, total * (1 + 1e-12), "at least σ₁²T")
            try atMost(total, upper * (1 + 1e-12), "at most linear")
          }
        },
        .refutation { system in
          Property("KR-19 the sum stays bounded, as published") { draw in
            let steps = try draw("T", integers(in: 1...400))
            let constants = try system.kernelRegime.lipschitz(HyperbolicTangent(), 0.5, steps)
            // Twice what it is at T = 10 would do for any bound that is reached.
            let total = { (t: Int) in constants.prefix(t + 1).reduce(0) { $0 + $1 * $1 } }
            try atMost(total(steps), 2 * total(min(steps, 10)))
          }
        },
      ]),
    Claim(
      "KR-20", "gradients explode beyond the cutoff",
      statement:
        "beyond the cutoff the bound L_t² grows exponentially while the median of ‖∇h_t‖² over neurons at "
        + "initialisation stays bounded",
      source: "Cayci & Eryilmaz 2024, reading of exp(Ω(T)) as explosion of gradients", verdict: .amended,
      finding:
        "it is the bound that explodes: neurons with vanishing input weights attain it, typical neurons saturate",
      oracle: "the median over 401 neurons of the initial law",
      checks: [
        .property { system in
          Property("KR-20 the median does not explode", cases: 6) { draw in
            let seed = try draw("seed", integers(in: 0...1_000_000, spread: .uniform))
            let median = try Self.medianSquaredGradient(system.kernelRegime, seed: UInt64(seed))
            let bound = try system.kernelRegime.lipschitz(HyperbolicTangent(), 1.5, 60)[60]
            // The population median is 0.25: over 400 neurons it is below 2 with probability 1 − 10⁻¹⁵ at least, since
            // P(‖∇h‖² > 2) < 0.3 (binomial tail).
            try atMost(median, 2)
            try atMost(1e20, bound * bound, "the bound explodes")
          }
        },
        .refutation { system in
          Property("KR-20 typical gradients explode, as read", cases: 6) { draw in
            let seed = try draw("seed", integers(in: 0...1_000_000, spread: .uniform))
            try atMost(1e3, try Self.medianSquaredGradient(system.kernelRegime, seed: UInt64(seed)))
          }
        },
      ]),
    Claim(
      "KR-21", "sampling error does not depend on the number of sequences",
      statement:
        "E(⟨∇F_t(Θ_0), Θ̄ − Θ_0⟩ − f_t)² ≤ 2b_t²/m for each sequence; log n enters by the union bound alone",
      source: "Cayci & Eryilmaz 2024, width logarithmic in n; derived", verdict: .holds,
      oracle: "the mean square over 240 initialisations",
      checks: [
        .property { system in
          Property("KR-21 mean square", cases: 4) { draw in
            let seed = try draw("seed", integers(in: 0...1_000_000, spread: .uniform))
            let law = try InitialLaw(spread: 0.5, dimension: 1)
            let map = try TransportMap.constant([1])
            let teacher = RealisableTeacher(activation: HyperbolicTangent(), law: law, map: map)
            let inputs = [0.9, -0.5, 1]
            let targets = try system.kernelRegime.teacherTargets(teacher, [inputs]).values[0]
            var squares = [Double](repeating: 0, count: 3)
            let trials = 240
            for trial in 0..<trials {
              let network = try system.kernelRegime.initialise(
                HyperbolicTangent(), 32, 1, 0.5, UInt64(seed * trials + trial))
              let comparator = system.kernelRegime.comparator(teacher, network)
              var linear = [Double](repeating: 0, count: 3)
              for i in 0..<32 {
                let move = zip(comparator.parameters(i), network.parameters(i)).map { $0 - $1 }
                for (t, gradient) in KernelNeuronOracle.gradients(network.neuron(i), inputs).enumerated() {
                  let product = zip(gradient, move).reduce(0) { $0 + $1.0 * $1.1 }
                  linear[t] += network.signs[i] * network.scale * product
                }
              }
              for t in 0..<3 { squares[t] += (linear[t] - targets[t]) * (linear[t] - targets[t]) }
            }
            for t in 0..<3 {
              // A pair's term lies within ±b, so the mean of 16 is sub-Gaussian with parameter b²/16 = 2b²/m, and the
              // mean of 240 squares exceeds twice that with probability at most e^{−120(1 − ln 2)} < 10⁻¹⁵.
              let b = KernelConstantOracle.p(t + 1, 0.5)
              try atMost(squares[t] / Double(trials), 2 * 2 * b * b / 32, "t = \(t + 1)")
            }
          }
        }
      ]),
  ]

  private static func medianSquaredGradient(_ system: KernelRegimeSystem, seed: UInt64) throws -> Double {
    let law = try InitialLaw(spread: 1.5, dimension: 3)
    let inputs: [Double] = (0..<60).flatMap { _ -> [Double] in [1, 0, 0] }
    let squares = law.samples(count: 401, seed: seed).map { node in
      let neuron = DiagonalNeuron(
        activation: HyperbolicTangent(), retention: node.retention, input: node.input)
      let last = system.gradients(neuron, inputs)[59]
      return last.reduce(0) { $0 + $1 * $1 }
    }
    return squares.sorted()[200]
  }
}
