/// Eight neurons at once: the unit of work of the hot loops.
public typealias NeuronLanes = SIMD8<Double>

/// The constants through which an activation σ enters every bound of the theory.
public struct ActivationBounds: Sendable, Hashable, Codable {
  /// σ₀ ≥ sup|σ|; infinite for an unbounded activation.
  public let value: Double
  /// σ₁ ≥ sup|σ′|.
  public let slope: Double
  /// σ₂ ≥ sup|σ″|.
  public let curvature: Double

  public init(value: Double, slope: Double, curvature: Double) {
    self.value = value
    self.slope = slope
    self.curvature = curvature
  }
}

/// A twice continuously differentiable activation that states its constants.
///
/// The scalar functions are the definition; `lanes` is the fast form and must agree with them to rounding. To
/// bring a new activation, write the three scalar functions and `bounds`; the rest has defaults. The declared
/// constants are put to the test by ``ActivationAudit``, never trusted.
public protocol SmoothActivation: Sendable {
  var name: String { get }
  var bounds: ActivationBounds { get }
  /// True where `slope` is a function of `value`, so that the hot loops need not keep both.
  var slopeFollowsFromValue: Bool { get }

  func value(_ z: Double) -> Double
  func slope(_ z: Double) -> Double
  func curvature(_ z: Double) -> Double

  /// σ of eight arguments.
  func value(lanes z: NeuronLanes) -> NeuronLanes
  /// σ′ of eight arguments `z` at which σ is `value`; must not read `z` if ``slopeFollowsFromValue``.
  func slope(lanes z: NeuronLanes, value: NeuronLanes) -> NeuronLanes

  /// Not to be implemented: the default is the loop itself, specialised for each activation of this module.
  func sweepForward(_ block: inout NeuronBlock, inputs: [Double])
  /// Not to be implemented: see ``sweepForward(_:inputs:)``.
  func sweepBackward(_ block: inout NeuronBlock, inputs: [Double], residuals: [Double])
}

extension SmoothActivation {
  public var slopeFollowsFromValue: Bool { false }

  public func value(lanes z: NeuronLanes) -> NeuronLanes {
    var result = NeuronLanes()
    for lane in z.indices { result[lane] = value(z[lane]) }
    return result
  }

  public func slope(lanes z: NeuronLanes, value: NeuronLanes) -> NeuronLanes {
    var result = NeuronLanes()
    for lane in z.indices { result[lane] = slope(z[lane]) }
    return result
  }

  public func sweepForward(_ block: inout NeuronBlock, inputs: [Double]) {
    block.runForward(self, inputs: inputs)
  }

  public func sweepBackward(_ block: inout NeuronBlock, inputs: [Double], residuals: [Double]) {
    block.runBackward(self, inputs: inputs, residuals: residuals)
  }
}
