import Foundation

/// The two symmetric stable laws with elementary densities, in the convention `E exp(isX) = exp(−σ^α |s|^α)`.
///
/// α = 1 is Cauchy with scale σ, α = 2 is normal with variance `2σ²`. All functions take the standard law, σ = 1.
public enum CauchyGaussianLaws: Sendable, CaseIterable {
  case cauchy
  case gaussian

  /// The tail index α.
  public var tailIndex: Double { self == .cauchy ? 1 : 2 }

  /// Density at `x`.
  public func density(_ x: Double) -> Double {
    switch self {
    case .cauchy: 1 / (.pi * (1 + x * x))
    case .gaussian: exp(-x * x / 4) / (2 * Double.pi.squareRoot())
    }
  }

  /// `P(X > x)`, accurate in relative terms far in the upper tail.
  public func tail(_ x: Double) -> Double {
    switch self {
    case .cauchy: x > 1 ? atan(1 / x) / .pi : 0.5 - atan(x) / .pi
    case .gaussian: erfc(x / 2) / 2
    }
  }

  /// The point exceeded with the given probability, `q` with `P(X > q) = p`.
  /// - Parameter probability: strictly between 0 and 1.
  public func upperQuantile(_ probability: Double) throws(OracleError) -> Double {
    try OracleError.require(
      probability > 0 && probability < 1, "probability", probability, "strictly between 0 and 1")
    switch self {
    case .cauchy:
      return 1 / tan(.pi * probability)
    case .gaussian:
      // The tail decreases from 1 to 0 on this bracket; 200 halvings reach neighbouring doubles.
      var (low, high) = (-80.0, 80.0)
      for _ in 0..<200 {
        let middle = (low + high) / 2
        if tail(middle) > probability { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
  }

  /// Fisher information `∫ p'²/p` of the location: one half for both laws.
  public var fisherInformation: Double { 0.5 }

  /// Kullback-Leibler divergence between two copies a distance δ apart: `log(1 + δ²/4)` and `δ²/4`.
  public func divergence(separation: Double) -> Double {
    let quadratic = separation * separation / 4
    return self == .cauchy ? log1p(quadratic) : quadratic
  }

  /// Largest value of the log-likelihood ratio between two copies a distance δ apart: `2 asinh(|δ|/2)` for Cauchy,
  /// infinite for the normal law. A bounded ratio cannot be asymptotically normal in one shifted observation.
  public func largestLogLikelihoodRatio(separation: Double) -> Double {
    switch self {
    case .cauchy: 2 * asinh(separation.magnitude / 2)
    case .gaussian: separation == 0 ? 0 : .infinity
    }
  }
}
