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

  /// Writes α, method, bias and root mean square error of α̂, and both efficiencies (bound/mean square error) with their standard
  /// errors.
  ///
  /// The mean square error is controlled: every efficient estimate's error comes down to I⁻¹ times the mean score at the true
  /// parameters, whose covariance is exactly I⁻¹/n. Squared errors are regressed on the squares of that variate and
  /// its known mean is put in, which leaves of their fluctuation what the estimate has on its own: for maximum likelihood a
  /// hundredth of the variance.
  func run(tailIndices: [Double] = StableEfficiency.tailIndices, write: (String) -> Void) throws {
    write("n \(sampleCount), replicates \(replicates)")
    for tailIndex in tailIndices {
      let law = try SymmetricStableLaw(tailIndex: tailIndex)
      let information = law.fisherInformation
      let bounds = information.standardDeviationBounds
      let n = Double(sampleCount)
      let determinant =
        information.tailIndex * information.scale - information.tailIndexScale * information.tailIndexScale
      var index = Self.estimators.map { _ in ControlledMoment(bound: bounds.tailIndex * bounds.tailIndex / n)
      }
      var scale = Self.estimators.map { _ in ControlledMoment(bound: bounds.scale * bounds.scale / n) }
      for replicate in 0..<replicates {
        // The same samples for every method.
        var stream = RandomStream(
          seed: 20_251_205, purpose: "stablebench.efficiency.\(tailIndex)", index: UInt64(replicate))
        let sample = law.sample(sampleCount, using: &stream)
        let score = try law.meanScore(sample)
        let linearIndex =
          (information.scale * score.tailIndex - information.tailIndexScale * score.scale) / determinant
        let linearScale =
          (information.tailIndex * score.scale - information.tailIndexScale * score.tailIndex) / determinant
        for (method, estimator) in Self.estimators.enumerated() {
          let fit = try estimator.fit(sample)
          index[method].add(error: fit.tailIndex - tailIndex, control: linearIndex)
          scale[method].add(error: fit.scale - 1, control: linearScale)
        }
      }
      for (method, estimator) in Self.estimators.enumerated() {
        write(
          String(
            format: "%.2f\t%@\t%+.5f\t%.5f\t%.2f ± %.2f\t%.2f ± %.2f", tailIndex,
            estimator.name.padding(toLength: 20, withPad: " ", startingAt: 0), index[method].mean,
            index[method].meanSquare.squareRoot(), index[method].efficiency, index[method].efficiencyError,
            scale[method].efficiency, scale[method].efficiencyError))
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

/// The mean square of errors, with a control variate whose mean square is known.
struct ControlledMoment {
  /// E[control²]: the Cramér–Rao bound.
  let bound: Double
  private var errors: [Double] = []
  private var squares: [Double] = []
  private var controls: [Double] = []

  init(bound: Double) { self.bound = bound }

  mutating func add(error: Double, control: Double) {
    errors.append(error)
    squares.append(error * error)
    controls.append(control * control)
  }

  var mean: Double { Self.mean(errors) }

  /// The controlled mean square: the mean of squares minus slope·(mean control − bound).
  var meanSquare: Double { Self.mean(squares) - slope * (Self.mean(controls) - bound) }

  /// Per cent.
  var efficiency: Double { 100 * bound / meanSquare }

  /// One standard error of the efficiency, from the residuals of the regression.
  var efficiencyError: Double {
    let (square, control) = (Self.mean(squares), Self.mean(controls))
    let residuals = zip(squares, controls).map { $0 - square - slope * ($1 - control) }
    let variance = residuals.reduce(0) { $0 + $1 * $1 } / Double(residuals.count - 2)
    return efficiency * (variance / Double(residuals.count)).squareRoot() / meanSquare
  }

  /// The least-squares slope of squared errors on squared controls.
  private var slope: Double {
    let (square, control) = (Self.mean(squares), Self.mean(controls))
    var (cross, spread) = (0.0, 0.0)
    for (a, b) in zip(squares, controls) {
      cross += (a - square) * (b - control)
      spread += (b - control) * (b - control)
    }
    return cross / spread
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
