import Foundation

/// σ = tanh: σ₀ = 1, σ₁ = 1, σ₂ = 4/(3√3), attained at tanh² z = 1/3.
public struct HyperbolicTangent: SmoothActivation {
  public init() {}
  public var name: String { "tanh" }
  public var bounds: ActivationBounds {
    ActivationBounds(value: 1, slope: 1, curvature: 4 / (3 * 3.0.squareRoot()))
  }
  public var slopeFollowsFromValue: Bool { true }

  public func value(_ z: Double) -> Double { tanh(z) }
  public func slope(_ z: Double) -> Double {
    let cosine = cosh(z)
    return cosine.isInfinite ? 0 : 1 / (cosine * cosine)
  }
  public func curvature(_ z: Double) -> Double { -2 * tanh(z) * slope(z) }

  /// Within 4 ulp of tanh: numerator (2ᵏ−1)E + (2ᵏ+1)O over (2ᵏ+1)E + (2ᵏ−1)O, which for k = 0 is O/E.
  @inline(__always) public func value(lanes z: NeuronLanes) -> NeuronLanes {
    // tanh is 1 to rounding from 19.07 on; not-a-number stays.
    let clamped = z.limited(from: -20, to: 20)
    let exponential = LaneExponential(clamped + clamped)
    let less = exponential.scale - 1
    let more = exponential.scale + 1
    return (less * exponential.even + more * exponential.odd)
      / (more * exponential.even + less * exponential.odd)
  }

  @inline(__always) public func slope(lanes z: NeuronLanes, value: NeuronLanes) -> NeuronLanes {
    (1 - value) * (1 + value)
  }
}
