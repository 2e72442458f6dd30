import Numerics

/// One unit's memory time scale, from `⟨|μ^(q)(ℓ)|⟩ ≈ C e^{−ℓ/τ}`.
///
/// With first-order transport the decay is not purely exponential, and the fitted τ is a summary, not a rate of the
/// dynamics (Livi 2025, section 6; the bias is part of the claims).
public struct TimeScale: Sendable, Hashable, Codable {
  public let unit: Int
  /// `τ = −1/slope`; infinite when the unit's rate does not decay.
  public let value: Double
  /// The prefactor C.
  public let prefactor: Double
  public let fit: LinearFit

  public init(unit: Int, value: Double, prefactor: Double, fit: LinearFit) {
    self.unit = unit
    self.value = value
    self.prefactor = prefactor
    self.fit = fit
  }

  /// The time scales of all units that have at least two positive values.
  public static func spectrum(_ profile: LagProfile) -> [TimeScale] {
    guard let first = profile.lags.first else { return [] }
    return first.unitRates.indices.compactMap { unit in
      let kept = profile.lags.filter { $0.unitRates[unit] > 0 && $0.unitRates[unit].isFinite }
      guard
        let fit = LinearFit(
          kept.map { Double($0.lag) }, kept.map { Double.log($0.unitRates[unit]) })
      else { return nil }
      return TimeScale(
        unit: unit, value: fit.slope < 0 ? -1 / fit.slope : .infinity,
        prefactor: Double.exp(fit.intercept), fit: fit)
    }
  }
}
