/// One scalar neuron h_t = σ(w h_{t−1} + ⟨u, X_t⟩), h_0 = 0, with its first and second derivatives.
///
/// Because the hidden-to-hidden matrix is diagonal, everything about the network is an average over such neurons.
public struct DiagonalNeuron: Sendable {
  public let activation: any SmoothActivation
  /// w.
  public let retention: Double
  /// u, of length d.
  public let input: [Double]

  public init(activation: any SmoothActivation, retention: Double, input: [Double]) {
    self.activation = activation
    self.retention = retention
    self.input = input
  }

  /// h_1 … h_T for T·d inputs, row-major.
  public func states(_ sequence: [Double]) -> [Double] {
    let dimension = input.count
    var state = 0.0
    return (0..<sequence.count / dimension).map { t in
      state = activation.value(argument(state, sequence, t))
      return state
    }
  }

  /// z_t = w h_{t−1} + ⟨u, X_t⟩ for the zero-based step `t`.
  func argument(_ state: Double, _ sequence: [Double], _ t: Int) -> Double {
    var z = retention * state
    for k in input.indices { z += input[k] * sequence[t * input.count + k] }
    return z
  }

  /// g_t = ∇_θ h_t with θ = (w, u), for t = 1 … T; T vectors of length 1 + d.
  ///
  /// The recursion is ∇z_t = (h_{t−1}, X_t) + w g_{t−1}, g_t = σ′(z_t)∇z_t. Time O(Td).
  public func gradients(_ sequence: [Double]) -> [[Double]] {
    let dimension = input.count
    var state = 0.0
    var gradient = [Double](repeating: 0, count: dimension + 1)
    return (0..<sequence.count / dimension).map { t in
      let z = argument(state, sequence, t)
      let slope = activation.slope(z)
      gradient[0] = slope * (state + retention * gradient[0])
      for k in 0..<dimension {
        gradient[k + 1] = slope * (sequence[t * dimension + k] + retention * gradient[k + 1])
      }
      state = activation.value(z)
      return gradient
    }
  }

  /// ∇²_θ h_t for t = 1 … T; T matrices of (1 + d)², row-major.
  ///
  /// ∇²z_t = e gᵀ + g eᵀ + w ∇²h_{t−1} with g = g_{t−1}, e the direction of w, and
  /// ∇²h_t = σ″(z_t)∇z_t∇z_tᵀ + σ′(z_t)∇²z_t. Time O(Td²).
  public func hessians(_ sequence: [Double]) -> [[Double]] {
    let dimension = input.count
    let size = dimension + 1
    var state = 0.0
    var gradient = [Double](repeating: 0, count: size)
    var hessian = [Double](repeating: 0, count: size * size)
    return (0..<sequence.count / dimension).map { t in
      let z = argument(state, sequence, t)
      let slope = activation.slope(z)
      let curvature = activation.curvature(z)
      var argumentGradient = [Double](repeating: 0, count: size)
      argumentGradient[0] = state + retention * gradient[0]
      for k in 0..<dimension {
        argumentGradient[k + 1] = sequence[t * dimension + k] + retention * gradient[k + 1]
      }
      for row in 0..<size {
        for column in 0..<size {
          let cross = (row == 0 ? gradient[column] : 0) + (column == 0 ? gradient[row] : 0)
          hessian[row * size + column] =
            curvature * argumentGradient[row] * argumentGradient[column]
            + slope * (cross + retention * hessian[row * size + column])
        }
      }
      for row in 0..<size { gradient[row] = slope * argumentGradient[row] }
      state = activation.value(z)
      return hessian
    }
  }
}
