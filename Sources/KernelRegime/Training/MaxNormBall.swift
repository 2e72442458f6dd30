/// Ω_ρ: every neuron within ρ_w/√m of its initial w and within ρ_u/√m (Euclidean) of its initial u.
///
/// Source: Cayci & Eryilmaz 2024, max-norm projected gradient descent.
public struct MaxNormBall: Sendable, Hashable, Codable {
  /// ρ_w.
  public let retentionRadius: Double
  /// ρ_u.
  public let inputRadius: Double

  public init(retentionRadius: Double, inputRadius: Double) throws {
    try Check.nonnegative("retention radius ρ_w", retentionRadius)
    try Check.nonnegative("input radius ρ_u", inputRadius)
    self.retentionRadius = retentionRadius
    self.inputRadius = inputRadius
  }

  /// ρ = √(ρ_w² + ρ_u²).
  public var radius: Double {
    (retentionRadius * retentionRadius + inputRadius * inputRadius).squareRoot()
  }

  /// The Euclidean projection of `network` on the ball around `initial`: a clamp of w, a radial shrink of u, neuron
  /// by neuron. Time O(md).
  public func project(_ network: DiagonalNetwork, around initial: DiagonalNetwork) -> DiagonalNetwork {
    var result = network
    let dimension = network.dimension
    let retentionLimit = retentionRadius * network.scale
    let inputLimit = inputRadius * network.scale
    for i in 0..<network.width {
      let shift = network.retention[i] - initial.retention[i]
      if abs(shift) > retentionLimit {
        result.retention[i] = initial.retention[i] + (shift > 0 ? retentionLimit : -retentionLimit)
      }
      var square = 0.0
      for k in i * dimension..<(i + 1) * dimension {
        let move = network.input[k] - initial.input[k]
        square += move * move
      }
      if square > inputLimit * inputLimit {
        let factor = inputLimit / square.squareRoot()
        for k in i * dimension..<(i + 1) * dimension {
          result.input[k] = initial.input[k] + factor * (network.input[k] - initial.input[k])
        }
      }
    }
    return result
  }
}

/// How far a network has moved from its initialisation, in units of 1/√m.
public struct WeightMovement: Sendable, Hashable, Codable {
  /// √m max_i |w_i − w_i(0)|.
  public var retention: Double
  /// √m max_i ‖u_i − u_i(0)‖.
  public var input: Double
  /// √m max_i ‖θ_i − θ_i(0)‖.
  public var joint: Double

  public init(retention: Double, input: Double, joint: Double) {
    self.retention = retention
    self.input = input
    self.joint = joint
  }

  /// The movement from `initial` to `network`.
  public init(from initial: DiagonalNetwork, to network: DiagonalNetwork) {
    self.init(retention: 0, input: 0, joint: 0)
    let root = Double(network.width).squareRoot()
    for i in 0..<network.width {
      let ofRetention = network.retention[i] - initial.retention[i]
      var square = 0.0
      for k in i * network.dimension..<(i + 1) * network.dimension {
        let move = network.input[k] - initial.input[k]
        square += move * move
      }
      retention = max(retention, root * abs(ofRetention))
      input = max(input, root * square.squareRoot())
      joint = max(joint, root * (square + ofRetention * ofRetention).squareRoot())
    }
  }
}
