import Foundation

/// A bounded relative of softplus, σ(z) = s(z + ½) − s(z − ½) with s(z) = log(1 + e^z): the soft clip of z to (0, 1).
///
/// σ′ = ℓ(z + ½) − ℓ(z − ½) with ℓ the logistic, largest at zero: σ₁ = tanh(¼). σ″ = ℓ′(z + ½) − ℓ′(z − ½) is at most
/// the length of the interval times sup|ℓ″|, so σ₂ = 1/(6√3). σ is increasing from 0 to 1, so σ₀ = 1.
public struct SoftClip: SmoothActivation {
  private let logistic = Logistic()

  public init() {}
  public var name: String { "softclip" }
  public var bounds: ActivationBounds {
    ActivationBounds(value: 1, slope: tanh(0.25), curvature: 1 / (6 * 3.0.squareRoot()))
  }

  public func value(_ z: Double) -> Double { Softplus.softplus(z + 0.5) - Softplus.softplus(z - 0.5) }
  public func slope(_ z: Double) -> Double { logistic.value(z + 0.5) - logistic.value(z - 0.5) }
  public func curvature(_ z: Double) -> Double { logistic.slope(z + 0.5) - logistic.slope(z - 0.5) }
}

/// σ(z) = log(1 + e^z): smooth but unbounded, so the theory's constants do not exist for it (σ₀ = ∞).
public struct Softplus: SmoothActivation {
  private let logistic = Logistic()

  public init() {}
  public var name: String { "softplus" }
  public var bounds: ActivationBounds { ActivationBounds(value: .infinity, slope: 1, curvature: 0.25) }

  public func value(_ z: Double) -> Double { Self.softplus(z) }
  public func slope(_ z: Double) -> Double { logistic.value(z) }
  public func curvature(_ z: Double) -> Double { logistic.slope(z) }

  /// log(1 + e^z) without overflow.
  static func softplus(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }
}
