import Foundation

/// Learnability windows in closed form, and the generalized inverses that bracket them.
///
/// The window of an envelope `f` at a floor `y` is `sup {l ≥ 1 : f(l) ≥ y}`, 0 when empty. Source: Livi 2025, equations
/// (22)-(26), appendices H and I. The floor is `y = A N^(−1/κ)` with `A` the threshold constant (exactly `2 q σ/m̄`).
/// Rounding decides where `f(l) = y` exactly.
public enum WindowClosedForms {
  /// The threshold `A N^(−1/κ)`, equation (21).
  public static func threshold(constant: Double, exponent: Double, samples: Double) throws(OracleError)
    -> Double
  {
    try OracleError.requirePositive(constant, "threshold constant")
    try OracleError.requirePositive(samples, "number of samples")
    try OracleError.require(exponent >= 2, "concentration exponent", exponent, "at least 2")
    return constant * pow(samples, -1 / exponent)
  }

  /// Real-valued window of `f(l) = c λ^l`: `log(c/y)/log(1/λ)`.
  /// - Parameters:
  ///   - amplitude: c > 0.
  ///   - factor: λ with `0 < λ < 1`.
  ///   - floor: y > 0.
  public static func exponential(amplitude: Double, factor: Double, floor: Double) throws(OracleError)
    -> Double
  {
    try OracleError.require(factor > 0 && factor < 1, "decay factor", factor, "strictly between 0 and 1")
    return log(try ratio(amplitude, floor)) / -log(factor)
  }

  /// Real-valued window of `f(l) = c l^(−β)`: `(c/y)^(1/β)`.
  public static func polynomial(amplitude: Double, exponent: Double, floor: Double) throws(OracleError)
    -> Double
  {
    try OracleError.requirePositive(exponent, "decay exponent")
    return pow(try ratio(amplitude, floor), 1 / exponent)
  }

  /// Real-valued window of `f(l) = c/log(1+l)`: `exp(c/y) − 1`. Constants stand in the exponent, so two logarithmic
  /// envelopes within a factor of each other have windows in no fixed proportion.
  public static func logarithmic(amplitude: Double, floor: Double) throws(OracleError) -> Double {
    expm1(try ratio(amplitude, floor))
  }

  /// The lag count of a real-valued window: its integer part, and 0 below lag 1.
  /// - Parameter window: below 2⁶², larger ones are out of reach of a lag.
  public static func lags(_ window: Double) throws(OracleError) -> Int {
    try OracleError.require(
      window < 0x1p62, "window", window, "below 2^62 lags; compare its logarithm instead")
    return window < 1 ? 0 : Int(window)
  }

  /// The window by definition, `max {l : f(l) ≥ y}`, 0 when no lag qualifies.
  /// - Parameter envelope: f at lags 1, 2, … (index 0 is lag 1).
  public static func supremumInverse(envelope: [Double], floor: Double) -> Int {
    (envelope.lastIndex { $0 >= floor }).map { $0 + 1 } ?? 0
  }

  /// Wrong inverse `inf {l ≥ 1 : f(l) ≤ y}`, off at plateaus; nil when no lag qualifies. Kept for refutation.
  public static func infimumAtMost(envelope: [Double], floor: Double) -> Int? {
    envelope.firstIndex { $0 <= floor }.map { $0 + 1 }
  }

  /// Wrong inverse `inf {l ≥ 1 : f(l) < y}`; for nonincreasing `f` exactly one more than the supremum inverse.
  public static func infimumBelow(envelope: [Double], floor: Double) -> Int? {
    envelope.firstIndex { $0 < floor }.map { $0 + 1 }
  }

  /// All lags whose signal passes their own threshold, `f(l) ≥ y(l)`; not an interval in general.
  public static func admissibleLags(envelope: [Double], floors: [Double]) throws(OracleError) -> [Int] {
    try OracleError.requireSameCount(floors.count, envelope.count, "floors")
    return envelope.indices.filter { envelope[$0] >= floors[$0] }.map { $0 + 1 }
  }

  /// The bracket `f^←(y_max) ≤ H ≤ f^←(y_min)` of equation (25), with ``supremumInverse(envelope:floor:)``; holds for
  /// any envelope, monotone or not.
  public static func sandwich(envelope: [Double], floors: [Double]) throws(OracleError) -> ClosedRange<Int> {
    try OracleError.requireSameCount(floors.count, envelope.count, "floors")
    guard let low = floors.min(), let high = floors.max() else {
      throw OracleError(quantity: "floors", value: "empty", allowed: "one for each lag")
    }
    return supremumInverse(envelope: envelope, floor: high)...supremumInverse(envelope: envelope, floor: low)
  }

  /// Samples needed at one lag, `N(l) = (A/f)^κ`, equations (23) and (26) with `A = 2 q σ/m̄`.
  public static func samplesNeeded(constant: Double, envelope: Double, exponent: Double) throws(OracleError)
    -> Double
  {
    try OracleError.requirePositive(constant, "threshold constant")
    try OracleError.requirePositive(envelope, "envelope")
    try OracleError.require(exponent >= 2, "concentration exponent", exponent, "at least 2")
    return pow(constant / envelope, exponent)
  }

  /// Whether some sample size opens the window: `ε_th → 0` as `N` grows, so exactly when some lag has a signal.
  public static func windowEverOpens(alignedEnvelope: [Double]) -> Bool {
    alignedEnvelope.contains { $0 > 0 }
  }

  private static func ratio(_ amplitude: Double, _ floor: Double) throws(OracleError) -> Double {
    try OracleError.requirePositive(amplitude, "envelope amplitude")
    try OracleError.requirePositive(floor, "floor")
    return amplitude / floor
  }
}
