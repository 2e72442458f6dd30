import Foundation

/// Targets of a teacher, with a bound on how far each may be from the exact expectation.
public struct TeacherTargets: Sendable {
  /// n arrays of T.
  public let values: [[Double]]
  /// Bounds |value − f_t(X_j)| for all j and t.
  public let error: Double

  public init(values: [[Double]], error: Double) {
    self.values = values
    self.error = error
  }
}

/// A target function inside the function class: f_t(X) = E⟨v(θ), ∇_θ h_t(X; θ)⟩ under the initial law.
public struct RealisableTeacher: Sendable {
  public let activation: any SmoothActivation
  public let law: InitialLaw
  public let map: TransportMap

  public init(activation: any SmoothActivation, law: InitialLaw, map: TransportMap) {
    self.activation = activation
    self.law = law
    self.map = map
  }

  /// Targets by the trapezoidal rule, d ≤ 2. The error stated is the difference from twice the spacing, which for
  /// this rule dwarfs that of the finer grid. Time O(n T d /spacing^d).
  public func quadrature(_ inputs: [[Double]], spacing: Double = 0.125) throws -> TeacherTargets {
    let fine = try expectation(inputs, over: law.grid(spacing: spacing))
    let coarse = try expectation(inputs, over: law.grid(spacing: 2 * spacing))
    var error = 0.0
    for (a, b) in zip(fine, coarse) {
      for (x, y) in zip(a, b) { error = max(error, abs(x - y)) }
    }
    return TeacherTargets(values: fine, error: error)
  }

  /// Targets by `count` independent neurons. With probability 1 − δ every error is at most
  /// b√(2 log(2nT/δ)/count), b the largest |⟨v, ∇h_t⟩| (Hoeffding and a union bound over the n·T targets).
  public func monteCarlo(_ inputs: [[Double]], count: Int, seed: UInt64, failureProbability: Double) throws
    -> TeacherTargets
  {
    try Check.atLeast(1, "sample count", count)
    try Check.probability("failure probability δ", failureProbability)
    let values = expectation(inputs, over: law.samples(count: count, seed: seed))
    let steps = values.first?.count ?? 0
    let constants = try LocalConstants(
      activation: activation, retentionBound: law.spread, steps: max(steps, 1))
    let events = Double(max(inputs.count * steps, 1))
    let error =
      constants.featureBound(map, steps)
      * (2 * log(2 * events / failureProbability) / Double(count)).squareRoot()
    return TeacherTargets(values: values, error: error)
  }

  /// Σ weight·⟨v(θ), ∇_θ h_t(X_j; θ)⟩ over the given neurons.
  public func expectation(_ inputs: [[Double]], over neurons: [WeightedNeuron]) -> [[Double]] {
    inputs.map { sequence in
      var sums = [Double](repeating: 0, count: sequence.count / law.dimension)
      for node in neurons {
        let move = map(retention: node.retention, input: node.input)
        let gradients = DiagonalNeuron(
          activation: activation, retention: node.retention, input: node.input
        ).gradients(sequence)
        for t in sums.indices {
          var product = move.retention * gradients[t][0]
          for k in 0..<law.dimension { product += move.input[k] * gradients[t][k + 1] }
          sums[t] += node.weight * product
        }
      }
      return sums
    }
  }

  /// θ̄_i = θ_i(0) + (c_i/√m)v(θ_i(0)): the network near `initial` that represents the teacher.
  public func comparator(for initial: DiagonalNetwork) -> DiagonalNetwork {
    var result = initial
    for i in 0..<initial.width {
      let theta = initial.parameters(i)
      let move = map(retention: theta[0], input: Array(theta.dropFirst()))
      let factor = initial.signs[i] * initial.scale
      result.setParameters(
        i,
        [theta[0] + factor * move.retention] + zip(theta.dropFirst(), move.input).map { $0 + factor * $1 })
    }
    return result
  }
}

extension LocalConstants {
  /// b_t = σ₁(σ₀ν_w p_{t−1} + ν_u p_t) ≥ |⟨∇h_t, v⟩|, with the polynomials at this value's a.
  public func featureBound(_ map: TransportMap, _ t: Int) -> Double {
    guard t > 0 else { return 0 }
    return activation.slope
      * (activation.value * map.retentionNorm * p[t - 1] + map.inputNorm * p[t])
  }
}
