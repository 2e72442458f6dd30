import Foundation
import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles
import Training

extension Claim {
  /// Claims about the task and the trainer.
  static let tasks: [Claim] = [
    Claim(
      "OP-11", "the task is the delayed regression",
      statement: "y_t = Σ_{ℓ_k ≤ t} c_k u·x_{t−ℓ_k} + ε_t with ‖u‖ = 1", source: "Livi 2025, equation (27)",
      verdict: .holds, oracle: "the sum written out",
      checks: [
        .property { system in
          Property("OP-11 targets without noise", cases: 60) { draw in
            let task = try draw("task", tasks(noise: 0...0))
            let batch = system.training.batch(task, .training, [try draw("index", integers(in: 0...9))])
            let direction = task.direction
            try within(draw, dot(direction, direction), 1, roundings(4 * task.inputSize))
            let inputs = batch.inputs(of: 0)
            for (time, target) in batch.targets(of: 0).enumerated() {
              var (sum, magnitude) = (0.0, 0.0)
              for (lag, coefficient) in zip(task.lags, task.coefficients) where lag <= time {
                for column in 0..<task.inputSize {
                  let term = coefficient * direction[column] * inputs[(time - lag) * task.inputSize + column]
                  sum += term
                  magnitude += abs(term)
                }
              }
              // Sums in double precision, then one rounding to single precision.
              try within(draw, target, sum, 0x1p-24 * abs(sum) + roundings(40) * magnitude + 0x1p-149)
            }
          }
        }
      ]),
    Claim(
      "OP-12", "moments of the task",
      statement:
        "Var y_t = Σ_{ℓ≤t} c_ℓ² + σ², Cov(y_t, y_{t+d}) = Σ c_ℓ c_{ℓ+d}, and the least error with memory m leaves Σ_{ℓ>m} c_ℓ² + σ²",
      source: "Livi 2025, equation (27); best R²: own derivation", verdict: .holds,
      oracle: "moments in closed form; sums of squares of exactly normal values",
      checks: [
        .property { system in
          Property("OP-12 variance and covariance", cases: 10) { draw in
            let task = try draw("task", tasks(noise: 0.2...1))
            let moments = try TaskMoments(lags: task.lags, coefficients: task.coefficients, noise: task.noise)
            let last = task.steps - 1
            let shift = try draw("shift", integers(in: 0...1))
            let values = sequences(system, task).map {
              $0.targets[last] + Double(shift) * $0.targets[last - 1]
            }
            let expected =
              shift == 0
              ? moments.variance(step: last)
              : moments.variance(step: last) + moments.variance(step: last - 1)
                + 2 * moments.autocovariance(shift: 1)
            try assume(shift == 0 || (task.lags.max() ?? 0) < last)
            try normalVariance(draw, values, expected, "variance of the target")
          }
        },
        .property { system in
          Property("OP-12 what memory m leaves unexplained", cases: 10) { draw in
            let task = try draw("task", tasks(noise: 0.2...1))
            let moments = try TaskMoments(lags: task.lags, coefficients: task.coefficients, noise: task.noise)
            let memory = try draw("memory", integers(in: 0...3))
            let last = task.steps - 1
            let direction = task.direction
            let residuals = sequences(system, task).map { sequence in
              zip(task.lags, task.coefficients).filter { $0.0 <= memory }.reduce(sequence.targets[last]) {
                let start = (last - $1.0) * task.inputSize
                return $0 - $1.1 * dot(direction, Array(sequence.inputs[start..<start + task.inputSize]))
              }
            }
            let variance = moments.variance(step: task.steps) * (1 - (try moments.bestR2(memory: memory)))
            try normalVariance(draw, residuals, variance, "residual variance")
          }
        },
      ]),
    Claim(
      "OP-13", "sequences depend on their index alone",
      statement:
        "sequence n is a function of (seed, split, n): batches are unions of sequences, splits are disjoint",
      source: "Livi 2025, section 6 (independent training, validation and diagnostic data)", verdict: .holds,
      oracle: "batches of one",
      checks: [
        .property { system in
          Property("OP-13 batches", cases: 40) { draw in
            let task = try draw("task", tasks(noise: 0.2...1))
            let indices = try draw("indices", distinctArrays(of: integers(in: 0...20), count: 1...4))
            let batch = system.training.batch(task, .training, indices)
            for (position, index) in indices.enumerated() {
              let alone = system.training.batch(task, .training, [index])
              try equal(batch.inputs(of: position), alone.inputs(of: 0))
              try equal(batch.targets(of: position), alone.targets(of: 0))
              let fresh = system.training.batch(task, .validation(epoch: 1), [index])
              try holds(
                fresh.inputs(of: 0) != alone.inputs(of: 0), "a validation sequence is a training sequence")
            }
          }
        }
      ]),
    Claim(
      "OP-14", "an epoch over one batch is one step",
      statement:
        "with a batch of all sequences an epoch is θ_{r+1} = θ_r − Λ_r ∇E(θ_r), E the mean over sequences",
      source: "Livi 2025, equations (1), (2)", verdict: .holds,
      oracle: "tape gradients of the sequences, averaged, clipped and applied by definition",
      checks: [
        .property { system in
          Property("OP-14 epoch", cases: 20) { draw in
            let task = try draw("task", tasks(noise: 0.2...1))
            let kind = try draw("cell", choice(of: BuiltInCell.allCases))
            let clip = try draw("clip", reals(in: 0.05...2))
            let rate = try draw("μ", magnitudes(in: 1e-3...1))
            let configuration = TrainingConfiguration(
              network: NetworkSpecification(
                cell: kind, inputSize: task.inputSize, hiddenSize: 2, layerNorm: false, constantGate: 0.25),
              task: task, initialisation: .paper, optimizer: .sgd, learningRate: rate, clip: clip, epochs: 1,
              sequences: 3, batchSize: 3, validationSequences: 1, seed: 5)
            let start = try TrainingState(configuration)
            let end = try system.training.epoch(start)
            try holds(end.isFinished && !start.isFinished, "one epoch was asked for")
            let network = RecurrentNetwork(cell: try configuration.network.makeCell())
            let batch = task.batch(.training, indices: [0, 1, 2])
            let gradients = (0..<3).map {
              AutomaticDerivatives.gradient(
                network, Parameters(start.parameters), inputs: batch.inputs(of: $0),
                targets: batch.targets(of: $0)
              ).gradient
            }
            let mean = start.parameters.indices.map { i in gradients.reduce(0) { $0 + $1[i] } / 3 }
            let scale = gradients.flatMap { $0 }.reduce(0) { max($0, abs($1)) }
            let norm = dot(mean, mean).squareRoot()
            let factor = norm > clip ? clip / norm : 1
            for (index, value) in end.parameters.enumerated() {
              // Gradients without layer norm over at most six steps of weights near one: paths of at most 500
              // roundings and absolute sums at most 100 times the largest entry; the order of sequences is shuffled.
              let bound = rate * roundings(500) * 100 * (scale + 1) + roundings(4) * abs(value)
              try within(draw, value, start.parameters[index] - rate * factor * mean[index], bound)
            }
          }
        }
      ]),
  ]

  /// Short tasks of two lags.
  private static func tasks(noise: ClosedRange<Double>) -> Generator<DelayedRegressionTask> {
    Generator { draw in
      let first = try draw.integer(in: 1...3)
      let second = try draw.integer(in: 1...3)
      let lags = first == second ? [first] : [first, second]
      return try DelayedRegressionTask(
        steps: try draw.integer(in: 5...6), inputSize: try draw.integer(in: 1...3), lags: lags,
        coefficients: try lags.map { _ in try draw.real(in: 0.3...1.5) },
        noise: try draw.real(in: noise), seed: UInt64(try draw.integer(in: 0...1000)))
    }
  }

  private static func sequences(_ system: SystemUnderTest, _ task: DelayedRegressionTask) -> [(
    inputs: [Double], targets: [Double]
  )] {
    let batch = system.training.batch(task, .training, Array(0..<3000))
    return (0..<batch.count).map { (batch.inputs(of: $0), batch.targets(of: $0)) }
  }

  /// Tests that independent values are N(0, variance): the sum of squares over the variance is χ²_n, and by Chernoff's
  /// bound P(χ²_n/n beyond t) ≤ exp(−n (t − 1 − ln t)/2) on either side of 1. Rounding of targets to single precision
  /// changes the ratio by at most 2⁻²², far below what is detectable.
  private static func normalVariance(_ draw: Draw, _ values: [Double], _ variance: Double, _ name: String)
    throws
  {
    let n = Double(values.count)
    let ratio = dot(values, values) / (n * variance)
    let alarm = 1e-9
    let record = StatisticRecord(
      name: name, alarm: alarm, evidence: exp(min(700, n * (ratio - 1 - log(ratio)) / 2)) / 2,
      samples: values.count, observed: ratio * variance, expected: variance,
      // (t − 1)² n/4 ≥ ln(2/alarm) plus 3.09 standard deviations √(2/n).
      detectable: variance * ((4 * log(2 / alarm) / n).squareRoot() + 3.09 * (2 / n).squareRoot()))
    draw.note(record)
    if record.isRejected {
      throw CheckFailure(
        message: "\(name): \(record.observed) where \(variance) is expected", key: "normalVariance \(name)",
        line: #line, isStatistical: true)
    }
  }
}
