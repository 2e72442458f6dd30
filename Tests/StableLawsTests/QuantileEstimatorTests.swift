import Foundation
import StableLaws
import Testing

@Suite struct QuantileEstimatorTests {
  /// The reported standard errors are those of the delta method on two quantiles of |X|, found here from the definition of the
  /// estimator alone: α from the ratio of the sample's quantiles by bisection, σ from the inner one, both differenced.
  @Test(arguments: [1.2, 1.5, 1.7]) func standardErrorsAreTheDeltaMethod(_ tailIndex: Double) throws {
    let values = try EstimatorTests.sample(tailIndex, 2000)
    let fit = try QuantileEstimator().fit(values)
    let errors = try #require(fit.standardErrors)
    let law = try SymmetricStableLaw(tailIndex: fit.tailIndex)
    let (inner, outer) = try (law.upperQuantile(0.25), law.upperQuantile(0.05))

    // Covariance p(1 − p′)/(n g g′) of the logs of the quantiles p ≤ p′ of |X|, whose log has density g = 2 x f(x).
    let (g1, g2) = (2 * inner * law.density(inner), 2 * outer * law.density(outer))
    let count = Double(values.count)
    let covariance = [
      [0.5 * 0.5 / (g1 * g1 * count), 0.5 * 0.1 / (g1 * g2 * count)],
      [0.5 * 0.1 / (g1 * g2 * count), 0.9 * 0.1 / (g2 * g2 * count)],
    ]

    /// What the two log quantiles, moved from where the fitted law has them, say of α and log σ.
    func estimate(_ move: [Double]) throws -> [Double] {
      let target = outer / inner * exp(move[1] - move[0])
      var (low, high) = (1.0, 2.0)
      for _ in 0..<60 {
        let middle = 0.5 * (low + high)
        let trial = try SymmetricStableLaw(tailIndex: middle)
        if try trial.upperQuantile(0.05) / trial.upperQuantile(0.25) > target {
          low = middle
        } else {
          high = middle
        }
      }
      let found = try SymmetricStableLaw(tailIndex: low)
      return [low, log(inner) + move[0] - log(try found.upperQuantile(0.25))]
    }
    func deviations(_ step: Double) throws -> [Double] {
      let moves: [[Double]] = [[step, 0], [0, step]]
      var slopes: [[Double]] = []
      for move in moves {
        let (up, down) = (try estimate(move), try estimate(move.map { -$0 }))
        slopes.append([(up[0] - down[0]) / (2 * step), (up[1] - down[1]) / (2 * step)])
      }
      return (0..<2).map { (which: Int) -> Double in
        var variance = 0.0
        for i in 0..<2 {
          for j in 0..<2 { variance += slopes[i][which] * slopes[j][which] * covariance[i][j] }
        }
        return variance.squareRoot()
      }
    }
    let (fine, coarse) = try (deviations(1e-3), deviations(2e-3))
    for (reported, (exact, other)) in zip([errors.tailIndex, errors.scale / fit.scale], zip(fine, coarse)) {
      // A central difference errs by a third of what it changes when its step is doubled; 1e-6 is for the step of 1e-4 within
      // the estimator and for quantiles of 1e-13 over it.
      let bound = abs(exact - other) + 1e-6 * exact
      #expect(abs(reported - exact) <= bound)
      #expect(bound < 1e-3 * exact, "too coarse to tell")
    }
    #expect(errors.location == fit.scale / (2 * law.density(0) * count.squareRoot()))
  }
}
