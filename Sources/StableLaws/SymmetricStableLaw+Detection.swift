import Foundation

/// Telling two shifted copies of the law apart. All of these are exact: the law is symmetric and unimodal, so the
/// likelihood ratio test is the test of the sign of the centred observation.
extension SymmetricStableLaw {
  /// The total variation distance between the law and its copy shifted by `shift`: 2F(|d|/2) − 1.
  public func totalVariation(shift: Double) throws(StableLawError) -> Double {
    guard shift.isFinite else { throw .notFinite(name: "shift", value: shift) }
    let half = (shift / scale).magnitude / 2
    return half < 1 ? 2 * table.centre(half) : 1 - 2 * table.tail(half)
  }

  /// The smallest error of deciding between the law and its copy shifted by `shift`, equal priors: 1 − F(|d|/2).
  public func bayesError(shift: Double) throws(StableLawError) -> Double {
    guard shift.isFinite else { throw .notFinite(name: "shift", value: shift) }
    return tail(shift.magnitude / 2)
  }

  /// The number of copies whose mean tells two locations `separation` apart with error at most `error`, as a real
  /// number: N*(ε) = (2σ q_{1−ε}/Δ)^κ with κ = α/(α − 1). Take the ceiling and at least 1 for a count.
  ///
  /// - Parameters:
  ///   - error: ε, strictly between 0 and 1/2.
  ///   - separation: Δ ≠ 0, finite.
  /// - Returns: infinity at α = 1 when one copy does not suffice (the mean of Cauchy variables is as wide as one).
  /// - Throws: `StableLawError`.
  public func sampleComplexity(error: Double, separation: Double) throws(StableLawError) -> Double {
    guard error > 0, error < 0.5 else { throw .invalidProbability(error) }
    guard separation.isFinite, separation != 0 else {
      throw .notFinite(name: "separation", value: separation)
    }
    let ratio = try 2 * upperQuantile(error) / separation.magnitude
    if tailIndex == 1 { return ratio <= 1 ? 0 : .infinity }
    return Foundation.pow(ratio, tailIndex / (tailIndex - 1))
  }
}
