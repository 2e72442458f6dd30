import Foundation
import Testing
import Training

@Suite struct DelayedRegressionTaskTests {
  private func task(noise: Double = 0.3) throws -> DelayedRegressionTask {
    try DelayedRegressionTask(
      steps: 40, inputSize: 3, lags: [2, 7], coefficients: [0.6, -0.5], noise: noise, seed: 11)
  }

  /// Without noise, a target is exactly the weighted sum of projected past inputs.
  @Test func targetsFollowTheEquation() throws {
    let task = try task(noise: 0)
    let batch = task.batch(.training, indices: [4])
    let inputs = batch.inputs(of: 0)
    let direction = task.direction
    #expect(abs(direction.reduce(0) { $0 + $1 * $1 } - 1) <= 8 * 0x1p-53)
    for (time, target) in batch.targets(of: 0).enumerated() {
      var expected = 0.0
      for (lag, coefficient) in zip(task.lags, task.coefficients) where lag <= time {
        for column in 0..<3 {
          expected += coefficient * direction[column] * inputs[(time - lag) * 3 + column]
        }
      }
      // The target is rounded to single precision.
      #expect(abs(target - expected) <= 0x1p-24 * abs(expected) + 0x1p-45)
    }
  }

  /// The mean of squared targets beyond the longest lag is `Σ c² + σ²`, within an exact Chebyshev band.
  @Test func secondMomentOfTargets() throws {
    let task = try task()
    let batch = task.batch(.training, indices: Array(0..<400))
    var sum = 0.0
    var count = 0.0
    for sequence in 0..<batch.count {
      for target in batch.targets(of: sequence)[7...] {
        sum += target * target
        count += 1
      }
    }
    let variance = 0.36 + 0.25 + 0.09
    // y is normal; distinct times are correlated only at time differences 0 and 5, so the variance of the mean of
    // squares is at most 2·v²·(1 + 2·ρ²)/count ≤ 6 v²/count. Eight standard deviations: false alarm below 1/64 by
    // Chebyshev alone, below 1e-14 in the normal limit; the seed is fixed.
    #expect(abs(sum / count - variance) <= 8 * (6 * variance * variance / count).squareRoot())
  }

  /// A sequence depends on its own index only; splits do not share sequences.
  @Test func sequencesAreKeyed() throws {
    let task = try task()
    let pair = task.batch(.training, indices: [3, 9])
    let alone = task.batch(.training, indices: [9])
    #expect(pair.inputs(of: 1) == alone.inputs(of: 0))
    #expect(pair.inputs(of: 1) != task.batch(.diagnostics, indices: [9]).inputs(of: 0))
    #expect(
      task.batch(.validation(epoch: 1), indices: [9]).targets
        != task.batch(.validation(epoch: 2), indices: [9]).targets)
  }

  /// Values out of range are refused with a message that names them.
  @Test func badValuesAreRefused() {
    func make(lags: [Int], coefficients: [Double] = [1], noise: Double = 0) throws {
      _ = try DelayedRegressionTask(
        steps: 10, inputSize: 1, lags: lags, coefficients: coefficients, noise: noise, seed: 1)
    }
    #expect(throws: TaskError.lagOutside(lag: 10, steps: 10)) { try make(lags: [10]) }
    #expect(throws: TaskError.noLags) { try make(lags: []) }
    #expect(throws: TaskError.countMismatch(lags: 2, coefficients: 1)) { try make(lags: [1, 2]) }
    #expect(throws: TaskError.repeatedLag([1, 1])) { try make(lags: [1, 1], coefficients: [1, 2]) }
    #expect(throws: TaskError.noise(-0.5)) { try make(lags: [1], noise: -0.5) }
    #expect("\(TaskError.lagOutside(lag: 10, steps: 10))".contains("1…9"))
  }
}
