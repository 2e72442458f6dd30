import Foundation
import Kernels
import Numerics
import Testing

@Suite struct LaggedRegressionTests {
  private static let lags = [1, 4, 20]
  private static let coefficients = [0.7, -0.5, 0.3]

  private func task(width: Int, noise: Double) -> LaggedRegression {
    LaggedRegression(
      inputKey: RandomStream.key(seed: 3, purpose: "test.inputs"),
      noiseKey: RandomStream.key(seed: 3, purpose: "test.noise"), steps: 29,
      direction: (0..<width).map { cos(Double($0)) / 3 }, lags: Self.lags, coefficients: Self.coefficients,
      noise: noise)
  }

  /// Inputs and targets have the same bits on every CPU level.
  @Test(arguments: [1, 7, 8, 19])
  func levelsAgreeBitForBit(width: Int) {
    let task = task(width: width, noise: 0.4)
    let first = task.sequences([5, 2, 9], level: .baseline)
    for level in CPULevel.supported {
      let other = task.sequences([5, 2, 9], level: level)
      #expect(first.inputs == other.inputs && first.targets == other.targets, "\(level)")
    }
  }

  /// Without noise every target is the lagged combination of its sequence's own inputs, rounded once to Float.
  @Test(arguments: [1, 7, 8, 19])
  func targetsAreLaggedCombinations(width: Int) {
    let (inputs, targets) = task(width: width, noise: 0).sequences([4])
    for time in targets.indices {
      var exact = 0.0
      var size = 0.0
      for (lag, coefficient) in zip(Self.lags, Self.coefficients) where lag <= time {
        for column in 0..<width {
          let term = coefficient * cos(Double(column)) / 3 * Double(inputs[(time - lag) * width + column])
          exact += term
          size += abs(term)
        }
      }
      // One rounding to Float, and at most width + 8 roundings in double precision of terms that sum to `size`.
      let bound = abs(exact) * 0x1p-24 + size * Double(2 * width + 16) * 0x1p-53
      #expect(abs(Double(targets[time]) - exact) <= bound)
    }
  }
}
