/// σ(z) = z: unbounded, so no theorem applies, but every expectation over the initialisation has a closed form,
/// which makes it an oracle for the kernel and for the function class.
public struct Identity: SmoothActivation {
  public init() {}
  public var name: String { "identity" }
  public var bounds: ActivationBounds { ActivationBounds(value: .infinity, slope: 1, curvature: 0) }
  public var slopeFollowsFromValue: Bool { true }

  public func value(_ z: Double) -> Double { z }
  public func slope(_ z: Double) -> Double { 1 }
  public func curvature(_ z: Double) -> Double { 0 }
  public func value(lanes z: NeuronLanes) -> NeuronLanes { z }
  public func slope(lanes z: NeuronLanes, value: NeuronLanes) -> NeuronLanes { NeuronLanes(repeating: 1) }
}
