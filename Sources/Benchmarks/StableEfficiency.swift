import Foundation
import Numerics
import StableLaws

/// Efficiencies of the estimators against Cramér–Rao by simulation.
public struct StableEfficiency {
  static let estimators: [any StableEstimator] = [
    QuantileEstimator(), KogonWilliamsEstimator(), KoutrouvelisEstimator(), CharacteristicFunctionEstimator(),
    MaximumLikelihoodEstimator(), AuthorQuantileEstimator(), AuthorECFEstimator(),
  ]

  let sampleCount: Int
  let replicates: Int

  /// The tail indices of the tables.
  public static let tailIndices = [1.1, 1.3, 1.5, 1.7, 1.9]

  public init(sampleCount: Int, replicates: Int) {
    self.sampleCount = sampleCount
    self.replicates = replicates
  }

  /// Writes α, method, bias and root mean square error of α̂, and both efficiencies n·bound²/MSE with their standard error.
  func run(tailIndices: [Double] = StableEfficiency.tailIndices, write: (String) -> Void) throws {
    write("n \(sampleCount), replicates \(replicates)")
    for tailIndex in tailIndices {
      let law = try SymmetricStableLaw(tailIndex: tailIndex)
      let bounds = law.fisherInformation.standardDeviationBounds
      for estimator in Self.estimators {
        var index = Moments()
        var scale = Moments()
        for replicate in 0..<replicates {
          // The same samples for every method.
          var stream = RandomStream(
            seed: 20_251_205, purpose: "stablebench.efficiency.\(tailIndex)", index: UInt64(replicate))
          let fit = try estimator.fit(law.sample(sampleCount, using: &stream))
          index.add(fit.tailIndex - tailIndex)
          scale.add(fit.scale - 1)
        }
        let n = Double(sampleCount).squareRoot()
        write(
          String(
            format: "%.2f\t%@\t%+.5f\t%.5f\t%.1f ± %.1f\t%.1f ± %.1f", tailIndex,
            estimator.name.padding(toLength: 20, withPad: " ", startingAt: 0), index.mean,
            index.meanSquare.squareRoot(), index.efficiency(bounds.tailIndex / n),
            index.efficiencyError(bounds.tailIndex / n), scale.efficiency(bounds.scale / n),
            scale.efficiencyError(bounds.scale / n)))
      }
    }
  }

  /// Writes the efficiencies as n grows, from the covariance of the empirical characteristic function.
  static func asymptotic(tailIndices: [Double], write: (String) -> Void) throws {
    for (perOctave, octaves) in [(4, 7), (4, 8), (6, 9)] {
      for tailIndex in tailIndices {
        let estimator = try CharacteristicFunctionEstimator(perOctave: perOctave, octaves: octaves)
        let value = try estimator.asymptoticEfficiency(tailIndex: tailIndex)
        write(
          String(
            format: "%d × %d\t%.2f\t%.2f\t%.2f", perOctave, octaves, tailIndex, 100 * value.tailIndex,
            100 * value.scale))
      }
    }
  }
}

/// Running first, second and fourth moments of errors.
struct Moments {
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0
  private var fourths = 0.0

  mutating func add(_ error: Double) {
    count += 1
    sum += error
    squares += error * error
    fourths += error * error * error * error
  }

  var mean: Double { sum / count }
  var meanSquare: Double { squares / count }
  /// Per cent.
  func efficiency(_ bound: Double) -> Double { 100 * bound * bound / meanSquare }
  /// One standard error of the efficiency, from the fourth moment.
  func efficiencyError(_ bound: Double) -> Double {
    let relative = ((fourths / count / (meanSquare * meanSquare) - 1) / count).squareRoot()
    return efficiency(bound) * relative
  }
}
