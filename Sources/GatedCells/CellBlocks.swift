import Numerics

extension ParameterLayout {
  /// Appends `W_name`, `U_name`, `b_name` of a gate that sees input and hidden state.
  public mutating func appendGate(_ name: String, inputs: Int, units: Int) -> AffineBlock {
    appendAffine(name, inputs: inputs, recurrent: units, units: units, isGate: true)
  }

  /// Appends `W_name`, `U_name`, `b_name` of a candidate that sees input and hidden state.
  public mutating func appendCandidate(_ name: String, inputs: Int, units: Int) -> AffineBlock {
    appendAffine(name, inputs: inputs, recurrent: units, units: units, isGate: false)
  }
}

extension Parameters {
  /// `W v + b` of two blocks.
  @inlinable public func affine(_ weights: ParameterBlock, _ vector: [S], _ bias: ParameterBlock) -> [S] {
    accumulate(weights, vector, onto: self.vector(bias))
  }
}

/// `retention ⊙ kept + (1 − retention) ⊙ candidate`: the blend of a cell whose gate keeps. Unlike ``blend(gate:kept:candidate:)``
/// at the complement, it loses no digits of a small retention.
@inlinable public func blend<S: Scalar>(retention: [S], kept: [S], candidate: [S]) -> [S] {
  var result = kept
  for index in result.indices {
    result[index] = retention[index] * kept[index] + (S.one - retention[index]) * candidate[index]
  }
  return result
}
