import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct OptimizerIteratesTests {
  /// Heavy ball on a quadratic: the closed form against iterating, for real, complex and (nearly) double roots.
  ///
  /// Tolerance: forty steps of five roundings, amplified by at most the sum of the largest iterates; plus, through acos, the
  /// angle's rounding times 40 steps, divided by its sine (at least 1e-4 on that branch) in the relative error.
  @Test func momentum() throws {
    var random = stream("momentum")
    var cases = (0..<300).map { _ in (random.uniform() * 3.5, random.uniform() * 0.99) }
    for beta in [0.25, 0.81, 0.5] {
      let double = pow(1 - beta.squareRoot(), 2)
      cases += [
        (double, beta), (double * (1 + 1e-9), beta), (double * (1 - 1e-9), beta),
        (double * (1 + 1e-12), beta),
      ]
    }
    cases += [(0.5, 0), (1, 0.3), (0, 0.9)]
    for (rate, beta) in cases {
      var (x, v, largest) = (1.5, 0.0, 1.5)
      for n in 1...40 {
        v = beta * v + 1 * x
        x -= rate * v
        largest = max(largest, x.magnitude)
        let closed = try OptimizerIterates.momentum(
          start: 1.5, curvature: 1, rate: rate, momentum: beta, steps: n)
        // The sine branch carries 40·(rounding of the angle)/sin ≤ 40·1e4 roundings only next to a double root.
        let half = (1 + beta - rate) / 2
        let sine = max(1e-4, (1 - min(1, half * half / max(beta, 1e-300))).squareRoot())
        let amplification = half * half < beta ? 40 / (sine * sine) : 40
        #expect((x - closed).magnitude <= 40 * amplification * unitRoundoff * Double(n) * max(largest, 1.5))
      }
    }
    #expect(try OptimizerIterates.momentum(start: 2, curvature: 3, rate: 1, momentum: 0.5, steps: 0) == 2)
    #expect(throws: OracleError.self) {
      try OptimizerIterates.momentum(start: 2, curvature: 3, rate: 1, momentum: 1, steps: 2)
    }
  }

  /// The asymptotic factor is √β on the oscillating range and below 1 exactly for 0 < μλ < 2(1 + β).
  @Test func momentumFactor() throws {
    #expect(try OptimizerIterates.momentumFactor(curvature: 1, rate: 1, momentum: 0.25) == 0.5)
    var random = stream("momentum factor")
    for _ in 0..<200 {
      let (rate, beta) = (4 * random.uniform(), 0.9 * random.uniform())
      let factor = try OptimizerIterates.momentumFactor(curvature: 1, rate: rate, momentum: beta)
      let edge = 2 * (1 + beta)
      if (rate - edge).magnitude > 1e-6 { #expect((factor < 1) == (rate < edge)) }
      // It solves |r|² − |trace| |r| + β = 0 when real.
      if factor * factor > beta * (1 + 1e-9) {
        #expect(
          agree(factor * factor - (1 + beta - rate).magnitude * factor + beta, 0, operations: 40, scale: 10))
      }
    }
  }

  /// Gradient descent contracts by (1 − μλ) per step; exact in dyadic numbers.
  @Test func gradientDescent() throws {
    #expect(try OptimizerIterates.gradientDescent(start: 3, curvature: 2, rate: 0.25, steps: 3) == 0.375)
    #expect(try OptimizerIterates.gradientDescent(start: 3, curvature: 6, rate: 0.25, steps: 3) == -0.375)
  }

  /// Under a constant gradient Adam's every step is −μ g/(|g| + ε), whatever the betas, and RMSprop's grows with √(1 − ρⁿ); without
  /// bias correction Adam's first step would be (1−β₁)/√(1−β₂) times as large.
  @Test func constantGradients() throws {
    for g in [-2.0, 1e-3, 40] {
      for n in [1, 2, 17] {
        let list = [Double](repeating: g, count: n)
        let adam = try OptimizerIterates.adamStep(
          gradients: list, rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
        // 1 − β₂ⁿ at n = 1 is 1e-3: the same factor appears in both sums, with 10³ roundings of cancellation.
        #expect(
          agree(
            adam, OptimizerIterates.adamConstantStep(gradient: g, rate: 0.1, epsilon: 1e-8), operations: 4000)
        )
        let rms = try OptimizerIterates.rmsPropStep(gradients: list, rate: 0.1, decay: 0.75, epsilon: 1e-3)
        let closed = try OptimizerIterates.rmsPropConstantStep(
          gradient: g, rate: 0.1, decay: 0.75, epsilon: 1e-3, step: n)
        #expect(agree(rms, closed, operations: 100))
      }
    }
    #expect(OptimizerIterates.adamConstantStep(gradient: -3, rate: 0.5, epsilon: 0) == 0.5)
    let decayed = try OptimizerIterates.adamWConstantGradient(
      start: 4, gradient: 3, rate: 0.5, epsilon: 0, weightDecay: 1, steps: 2)
    // 4 → 2 − ½ = 1½ → ¾ − ½ = ¼.
    #expect(decayed == 0.25)
  }

  struct Trace: Decodable {
    let name: String
    let settings: [String: String]
    let clip: String?
    let start: [String]
    let gradients: [String]
    let parameters: [String]
    let norms: [String]
  }

  /// The closed sums reproduce PyTorch's parameters after every step, clipped and not, with and without decoupled decay.
  ///
  /// Tolerance: a step is a sum of at most 8 terms and a division, 40 roundings of a step of size at most 8·μ·|g| < 4; in Adam
  /// bias correction 1 − β₂ⁿ ≥ 10⁻³ turns one rounding of β₂ⁿ into 10³, but the square root halves it and steps are below 0.1:
  /// 8 steps · 600 roundings · 0.1 ≤ 500 roundings of 1.
  @Test func agreesWithPyTorch() throws {
    let data = try Data(contentsOf: TorchCase.folder.appendingPathComponent("optimizers.json"))
    let traces = try JSONDecoder().decode([Trace].self, from: data)
    #expect(traces.count == 10)
    for trace in traces {
      let setting = trace.settings.mapValues { Double($0) ?? .nan }
      func value(_ name: String) throws -> Double { try #require(setting[name]) }
      let raw = numbers(trace.gradients).pieces(5)
      let clip = trace.clip.flatMap(Double.init)
      let gradients = try raw.map { g in try clip.map { try OptimizerIterates.clipped(g, norm: $0) } ?? g }
      for (g, norm) in zip(raw, numbers(trace.norms)) {
        #expect(agree(Vectors.norm(g), norm, operations: 16))
      }
      var x = numbers(trace.start)
      for (n, expected) in numbers(trace.parameters).pieces(5).enumerated() {
        for i in 0..<5 {
          let past = gradients[...n].map { $0[i] }
          let rate = try value("learningRate")
          switch trace.name.split(separator: "-")[0] {
          case "sgd": x[i] -= rate * past[n]
          case "momentum":
            x[i] += try OptimizerIterates.momentumStep(
              gradients: past, rate: rate, momentum: value("momentum"))
          case "rmsprop":
            x[i] += try OptimizerIterates.rmsPropStep(
              gradients: past, rate: rate, decay: value("decay"), epsilon: value("epsilon"))
          default:
            x[i] *= 1 - rate * (try value("weightDecay"))
            x[i] += try OptimizerIterates.adamStep(
              gradients: past, rate: rate, beta1: value("beta1"), beta2: value("beta2"),
              epsilon: value("epsilon"))
          }
          #expect(agree(x[i], expected[i], operations: 1500, scale: 4), "\(trace.name) step \(n)")
        }
      }
    }
  }

  /// The preconditioner of equation (2) is what turns a gradient into RMSprop's step.
  @Test func preconditioner() throws {
    let gradients = [0.5, -2.0, 1.0]
    let variance = try OptimizerIterates.weightedMean(gradients.map { $0 * $0 }, decay: 0.9)
    let rate = try OptimizerIterates.preconditioner(correctedVariances: [variance], rate: 0.1, epsilon: 1e-3)[
      0]
    let step = try OptimizerIterates.rmsPropStep(gradients: gradients, rate: 0.1, decay: 0.9, epsilon: 1e-3)
    #expect(agree(-rate * 1.0, step, operations: 8))
    #expect(throws: OracleError.self) {
      try OptimizerIterates.preconditioner(correctedVariances: [-1], rate: 0.1, epsilon: 0)
    }
  }
}
