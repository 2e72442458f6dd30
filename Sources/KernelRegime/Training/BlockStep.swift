extension NeuronBlock {
  mutating func clearGradient() {
    for index in retentionGradient.indices { retentionGradient[index] = .zero }
    for index in inputGradient.indices { inputGradient[index] = .zero }
  }

  /// Moves against the gradient by `rate` and, if limits are given, back onto the ball.
  /// - Parameter limits: ρ_w/√m and ρ_u/√m.
  mutating func step(rate: Double, limits: (retention: Double, input: Double)?) {
    for index in retention.indices {
      var shift = retention[index] - rate * retentionGradient[index] - initialRetention[index]
      if let limits {
        shift = shift.limited(from: -limits.retention, to: limits.retention)
      }
      retention[index] = initialRetention[index] + shift
    }
    for group in 0..<groups {
      for side in 0..<2 {
        var square = NeuronLanes.zero
        let base = group * dimension * 2 + side
        for k in 0..<dimension {
          let index = base + 2 * k
          input[index] -= rate * inputGradient[index]
          let move = input[index] - initialInput[index]
          square += move * move
        }
        guard let limits else { continue }
        let outside = square .> NeuronLanes(repeating: limits.input * limits.input)
        guard any(outside) else { continue }
        var factor = NeuronLanes(repeating: 1)
        factor.replace(with: limits.input / square.squareRoot(), where: outside)
        for k in 0..<dimension {
          let index = base + 2 * k
          input[index] = initialInput[index] + factor * (input[index] - initialInput[index])
        }
      }
    }
  }

  /// The largest moves in the block: |w − w(0)|², ‖u − u(0)‖² and their sum over neurons.
  func largestSquaredMoves() -> (retention: Double, input: Double, joint: Double) {
    var largest = (retention: NeuronLanes.zero, input: NeuronLanes.zero, joint: NeuronLanes.zero)
    for group in 0..<groups {
      for side in 0..<2 {
        let shift = retention[2 * group + side] - initialRetention[2 * group + side]
        var square = NeuronLanes.zero
        for k in 0..<dimension {
          let index = (group * dimension + k) * 2 + side
          let move = input[index] - initialInput[index]
          square += move * move
        }
        largest.retention = pointwiseMax(largest.retention, shift * shift)
        largest.input = pointwiseMax(largest.input, square)
        largest.joint = pointwiseMax(largest.joint, square + shift * shift)
      }
    }
    return (largest.retention.max(), largest.input.max(), largest.joint.max())
  }

  /// Σ(w − w′)² + Σ‖u − u′‖² between the present weights and those of `other`, a block of the same shape.
  func squaredDistance(to other: NeuronBlock) -> Double {
    var total = NeuronLanes.zero
    for (mine, theirs) in zip(retention, other.retention) { total += (mine - theirs) * (mine - theirs) }
    for (mine, theirs) in zip(input, other.input) { total += (mine - theirs) * (mine - theirs) }
    return total.sum()
  }

  /// Writes the block's weights (or gradient) into flat arrays in the network's order.
  func scatter(
    retention source: [NeuronLanes], input inputSource: [NeuronLanes], into retention: inout [Double],
    _ input: inout [Double]
  ) {
    let half = retention.count / 2
    for pair in 0..<pairs {
      let (group, lane) = (pair / 8, pair % 8)
      for side in 0..<2 {
        let neuron = firstPair + pair + side * half
        retention[neuron] = source[2 * group + side][lane]
        for k in 0..<dimension {
          input[neuron * dimension + k] = inputSource[(group * dimension + k) * 2 + side][lane]
        }
      }
    }
  }
}
