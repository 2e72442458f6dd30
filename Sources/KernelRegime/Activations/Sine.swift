import Foundation

/// σ = sin: all three constants are one. The kernel has a closed form at the first step.
public struct Sine: SmoothActivation {
  public init() {}
  public var name: String { "sin" }
  public var bounds: ActivationBounds { ActivationBounds(value: 1, slope: 1, curvature: 1) }

  public func value(_ z: Double) -> Double { sin(z) }
  public func slope(_ z: Double) -> Double { cos(z) }
  public func curvature(_ z: Double) -> Double { -sin(z) }
}
