/// How far a network departs from its linearisation at the start of training.
public enum Linearisation {
  /// F_t(Θ) − F_t(Θ_0) − ⟨∇F_t(Θ_0), Θ − Θ_0⟩ for t = 1 … T. Time O(mTd).
  ///
  /// Differences are taken neuron by neuron before they are added, so that the rounding error is relative to the
  /// moves and not to the states.
  public static func remainder(
    of network: DiagonalNetwork, around initial: DiagonalNetwork, _ sequence: [Double]
  )
    -> [Double]
  {
    let steps = sequence.count / network.dimension
    var sums = [Double](repeating: 0, count: steps)
    for i in 0..<network.width {
      let before = initial.neuron(i)
      let states = before.states(sequence)
      let moved = network.neuron(i).states(sequence)
      let move = zip(network.parameters(i), initial.parameters(i)).map { $0 - $1 }
      for (t, gradient) in before.gradients(sequence).enumerated() {
        let linear = zip(gradient, move).reduce(0) { $0 + $1.0 * $1.1 }
        sums[t] += network.signs[i] * (moved[t] - states[t] - linear)
      }
    }
    return sums.map { $0 * network.scale }
  }

  /// The bound β_t r²/(2√m) for a max-norm move of r/√m between points where the constants hold.
  public static func bound(smoothness: Double, movement r: Double, width: Int) -> Double {
    smoothness * r * r / (2 * Double(width).squareRoot())
  }

  /// Ways to move every neuron by ρ/√m.
  public enum Direction: String, Sendable, Codable, CaseIterable {
    /// Independent directions.
    case random
    /// One direction for all neurons, signed by the readout: the moves of a teacher.
    case aligned
    /// Along the top eigenvector of c_i∇²h_T: the worst case to second order.
    case hessian
  }
}
