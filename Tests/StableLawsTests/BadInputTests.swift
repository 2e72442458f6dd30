import Foundation
import Numerics
import Testing

@testable import StableLaws

@Suite struct BadInputTests {
  /// Parameters outside their range raise an error that names the value; nothing is clamped.
  @Test(arguments: [0.99, 2.0000001, 0, -1, .nan, .infinity]) func tailIndex(_ value: Double) {
    #expect {
      _ = try SymmetricStableLaw(tailIndex: value)
    } throws: { error in
      guard case .tailIndexOutOfRange(let named) = error as? StableLawError else { return false }
      return (named == value || value.isNaN && named.isNaN) && "\(error)".contains("\(value)")
    }
  }

  @Test(arguments: [0, -1, .nan, .infinity]) func scale(_ value: Double) {
    #expect {
      _ = try SymmetricStableLaw(tailIndex: 1.5, scale: value)
    } throws: { error in
      guard case .invalidScale = error as? StableLawError else { return false }
      return "\(error)".contains("\(value)")
    }
  }

  @Test(arguments: [0, 1, -0.1, 1.5, .nan]) func probability(_ value: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: 1.5)
    #expect(throws: StableLawError.self) { try law.quantile(value) }
    #expect(throws: StableLawError.self) { try law.upperQuantile(value) }
  }

  @Test func shifts() throws {
    let law = try SymmetricStableLaw(tailIndex: 1.5)
    #expect(throws: StableLawError.self) { try law.klDivergence(shift: .nan) }
    #expect(throws: StableLawError.self) { try law.bayesError(shift: .infinity) }
    #expect(throws: StableLawError.self) { try law.sampleComplexity(error: 0.5, separation: 1) }
    #expect(throws: StableLawError.self) { try law.sampleComplexity(error: 0.1, separation: 0) }
    #expect(throws: StableLawError.self) { try law.mean(of: 0) }
    #expect(throws: StableLawError.self) { try law.absoluteMoment(-1) }
  }

  /// NaN, infinities, empty, tiny and constant samples: an error that names what is wrong, from every method, never a silent 2.
  @Test(arguments: EstimatorTests.methods.indices) func samples(_ method: Int) throws {
    let estimator = EstimatorTests.methods[method]
    let good = try EstimatorTests.sample(1.5, 1000)
    func failure(_ values: [Double]) -> StableLawError? {
      do {
        _ = try estimator.fit(values)
        return nil
      } catch { return error as? StableLawError }
    }
    #expect(failure([]) == .sampleTooSmall(count: 0, needed: 5))
    #expect(failure([1, 2, 3, 4]) == .sampleTooSmall(count: 4, needed: 5))
    #expect(failure(good + [.infinity]) == .sampleNotFinite(index: 1000, value: .infinity))
    if case .sampleNotFinite(let index, let value) = failure([1, .nan] + good) {
      #expect(index == 1 && value.isNaN)
    } else {
      Issue.record("\(estimator.name) accepts a NaN")
    }
    #expect(failure([Double](repeating: 3, count: 1000)) == .degenerateSample(value: 3))
    #expect(failure([Double](repeating: 0, count: 600) + good[..<400]) == .degenerateSample(value: 0))
  }

  /// Arguments of pointwise functions: NaN gives NaN, infinities the limits, huge ones no overflow.
  @Test(arguments: [1, 1.3, 1.9, 2]) func extremePoints(_ tailIndex: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    #expect(law.density(.nan).isNaN && law.tail(.nan).isNaN && law.score(.nan).isNaN)
    #expect(law.density(.infinity) == 0 && law.tail(.infinity) == 0 && law.tail(-.infinity) == 1)
    #expect(law.logDensity(1e150).isFinite && law.logTail(1e150) < -300)
    #expect(law.tail(5e-324) == 0.5 && law.density(0) == law.density(5e-324))
    #expect(try law.upperQuantile(0.5) == 0 && law.quantile(0.5) == 0)
    #expect(try law.upperQuantile(1e-300) > 30)
  }

  /// The published estimators' faults are reproduced by the compatible options, and absent from ours.
  @Test func publishedBehaviour() throws {
    let values = try EstimatorTests.sample(1.5, 2000)
    // A sample times 10⁻¹³ becomes "α = 2, σ = 0".
    let tiny = values.map { $0 * 1e-13 }
    let author = try AuthorQuantileEstimator().fit(tiny)
    #expect(author.tailIndex == 2 && author.scale == 0 && !author.isReliable)
    let ours = try QuantileEstimator().fit(tiny)
    #expect((ours.tailIndex - 1.5).magnitude < 0.2 && ours.scale > 5e-14)
    // Fewer than 500 values: (2, 0).
    #expect(try AuthorECFEstimator().fit(Array(values[..<499])).scale == 0)
    // The fallback table takes normal samples for heavy-tailed ones.
    let normal = try EstimatorTests.sample(2, 2000)
    #expect(try AuthorQuantileEstimator(table: .fallback).fit(normal).tailIndex < 1.75)
    // The scale is not equivariant once the index is clipped: uniform samples.
    var stream = RandomStream(seed: 3, purpose: "stable.uniform")
    let uniform = (0..<5000).map { _ in 2 * stream.uniform() - 1 }
    let one = try AuthorECFEstimator().fit(uniform)
    let thousand = try AuthorECFEstimator().fit(uniform.map { 1000 * $0 })
    #expect(one.tailIndex == 2 && (thousand.scale / 1000 / one.scale - 1).magnitude > 0.1)
  }
}
