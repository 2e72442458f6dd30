import Foundation

/// σ(z) = 1/(1 + e^−z): σ₀ = 1, σ₁ = 1/4, σ₂ = 1/(6√3). Its memory cutoff is at α = 4.
public struct Logistic: SmoothActivation {
  public init() {}
  public var name: String { "logistic" }
  public var bounds: ActivationBounds {
    ActivationBounds(value: 1, slope: 0.25, curvature: 1 / (6 * 3.0.squareRoot()))
  }
  public var slopeFollowsFromValue: Bool { true }

  public func value(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
  public func slope(_ z: Double) -> Double { value(z) * value(-z) }
  public func curvature(_ z: Double) -> Double { -slope(z) * tanh(z / 2) }

  /// 2ᵏ(E+O) over 2ᵏ(E+O) + (E−O).
  @inline(__always) public func value(lanes z: NeuronLanes) -> NeuronLanes {
    let clamped = z.limited(from: -700, to: 40)
    let exponential = LaneExponential(clamped)
    let numerator = exponential.scale * (exponential.even + exponential.odd)
    return numerator / (numerator + (exponential.even - exponential.odd))
  }

  @inline(__always) public func slope(lanes z: NeuronLanes, value: NeuronLanes) -> NeuronLanes {
    value * (1 - value)
  }
}
