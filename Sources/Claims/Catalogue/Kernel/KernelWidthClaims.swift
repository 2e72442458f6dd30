import Foundation
import KernelRegime
import PropertyEngine

extension Claim {
  /// How far gradients move with the weights, and what width the two descents need.
  static let kernelWidth: [Claim] = [
    Claim(
      "KR-22", "gradients move as 1/√m",
      statement:
        "for two points of the slab |w| ≤ a, each neuron moved by at most r/√m: ‖∇F_t(Θ′) − ∇F_t(Θ)‖ ≤ β_t r/√m and "
        + "|F_t(Θ′) − F_t(Θ) − ⟨∇F_t(Θ), Θ′ − Θ⟩| ≤ β_t r²/(2√m)",
      source: "Cayci & Eryilmaz 2024, local smoothness between two points; derived", verdict: .holds,
      oracle: "gradients and outputs at both points",
      checks: [
        .property { system in
          Property("KR-22 two points") { draw in
            let sigma = try KernelCase.activation(draw)
            let steps = try draw("T", integers(in: 1...4))
            let inputs = try KernelCase.sequence(draw, dimension: 2, steps: steps)
            let (initial, spread) = try KernelCase.symmetric(draw, system.kernelRegime, sigma, dimension: 2)
            let ball = try KernelCase.ball(draw)
            let one = try KernelCase.displaced(draw, initial, ball: ball)
            let other = try KernelCase.displaced(draw, initial, ball: ball)
            let width = Double(initial.width)
            let beta = try system.kernelRegime.smoothness(
              sigma, spread + ball.retentionRadius / width.squareRoot(), steps)
            let moves = (0..<initial.width).map { i in
              zip(other.parameters(i), one.parameters(i)).map { $0 - $1 }
            }
            let reach = width.squareRoot() * (moves.map(KernelCase.norm).max() ?? 0)
            let gradients = [one, other].map { network in
              (0..<network.width).map { system.kernelRegime.gradients(network.neuron($0), inputs) }
            }
            let rounding =
              try (0..<initial.width).map {
                try max(
                  KernelCase.derivativeRounding(one.neuron($0), steps: steps),
                  KernelCase.derivativeRounding(other.neuron($0), steps: steps))
              }.max() ?? 0
            let (before, after) = (
              KernelNeuronOracle.outputs(one, inputs), KernelNeuronOracle.outputs(other, inputs)
            )
            for t in 1...steps {
              let drift = zip(gradients[0], gradients[1]).map { here, there in
                KernelCase.norm(zip(here[t - 1], there[t - 1]).map { $1 - $0 })
              }
              try atMost(
                KernelCase.norm(drift) / width.squareRoot(),
                beta[t] * reach / width.squareRoot() + 2 * rounding, "gradients, t = \(t)")
              let linear = moves.indices.reduce(0) {
                $0 + one.signs[$1] * zip(gradients[0][$1][t - 1], moves[$1]).reduce(0) { $0 + $1.0 * $1.1 }
              }
              let remainder = after[t - 1] - before[t - 1] - linear / width.squareRoot()
              let slack =
                2
                * KernelCase.rounding(
                  width
                    * (1 + KernelCase.sensitivity(one, steps: steps)
                      + KernelCase.sensitivity(other, steps: steps)),
                  steps: steps, dimension: 2) + rounding * reach
              try atMost(
                abs(remainder), system.kernelRegime.linearisationBound(beta[t], reach, initial.width) + slack,
                "remainder, t = \(t)")
            }
          }
        }
      ]),
    Claim(
      "KR-23", "width that the projection saves",
      statement:
        "what more iterations do not remove is O(1/m) with the projection; without it the theorem needs m ≥ 32 (ητ)³ν²Λ²Σ_t ωβ_t², "
        + "that is order ε⁻³ for an error of ε in place of ε⁻¹",
      source: "Cayci & Eryilmaz 2024, gain by max-norm regularization; rates derived", verdict: .holds,
      oracle: "the leading terms of Z at |w| ≤ α, summed step by step",
      checks: [
        .property { system in
          Property("KR-23 projected: four times the width, a quarter of 2Z") { draw in
            let problem = try Self.widthProblem(draw, width: 2 * (try draw("m/2", integers(in: 1...1000))))
            var wide = problem
            wide.width = 4 * problem.width
            let ball = try MaxNormBall(
              retentionRadius: problem.teacher.retentionNorm, inputRadius: problem.teacher.inputNorm)
            func remainder(_ problem: LearningProblem) throws -> (value: Double, rounding: Double) {
              let step = try system.kernelRegime.largestStep(problem, ball)
              let bound = try system.kernelRegime.projectedBound(problem, ball, step, 1_000_000)
              let norm = problem.teacher.norm
              return (bound - norm * norm / (step * 1_000_000), 1e-14 * bound)
            }
            let (narrow, slack) = try remainder(problem)
            let (less, lessSlack) = try remainder(wide)
            try atMost(less, narrow / 4 * (1 + 1e-12) + slack + lessSlack)
            let least =
              2 * pow(2 * problem.teacher.norm, 4) / (4 * Double(problem.width)) * Self.curvature(problem)
            try atMost(least, narrow * (1 + 1e-12) + slack, "the linearisation's part of 2Z")
          }
        },
        .property { system in
          Property("KR-23 plain: the cube of the horizon", cases: 300) { draw in
            draw.require("applies", atLeast: 0.15)
            var problem = try Self.widthProblem(draw, width: 2)
            let bounds = problem.activation.bounds
            let weight = problem.aggregation.weight(steps: problem.steps)
            let total = (1...problem.steps).reduce(0) {
              $0 + weight * pow(KernelConstantOracle.lipschitz(bounds, problem.spread, $1), 2)
            }
            let step = 1 / (8 * total)
            let iterations = try draw("τ", integers(in: 1...200))
            let norm = problem.teacher.norm
            let needed =
              32 * pow(step * Double(iterations), 3) * norm * norm * total * total * Self.curvature(problem)
            let factor = try draw("m over the bound", magnitudes(in: 0.1...1e6))
            problem.width = 2 * Int(min(max(1, factor * needed / 2), 0x1p50))
            let theorem = try system.kernelRegime.plainBound(problem, step, iterations)
            let applies = theorem?.applies ?? false
            draw.label("applies", when: applies)
            if applies { try atMost(needed, Double(problem.width) * (1 + 1e-9), "width") }
          }
        },
      ]),
  ]

  /// A problem given by its constants alone.
  private static func widthProblem(_ draw: Draw, width: Int) throws -> LearningProblem {
    let sigma = try KernelCase.activation(draw)
    return try LearningProblem(
      activation: sigma, spread: draw("α", reals(in: 0...0.8 / sigma.bounds.slope, allowsSubnormal: false)),
      width: width, steps: draw("T", integers(in: 1...3)), sequences: 2,
      teacher: .mixed(
        retentionNorm: draw("ν_w", reals(in: 0...1, allowsSubnormal: false)), along: [1],
        input: [draw("ν_u", reals(in: 0.1...1))]),
      aggregation: draw("aggregation", choice(of: TimeAggregation.allCases)))
  }

  /// `Σ_t ω β_t²` at |w| ≤ α, the least it can be.
  private static func curvature(_ problem: LearningProblem) -> Double {
    let weight = problem.aggregation.weight(steps: problem.steps)
    return (1...problem.steps).reduce(0) {
      $0 + weight * pow(KernelConstantOracle.smoothness(problem.activation.bounds, problem.spread, $1), 2)
    }
  }
}
