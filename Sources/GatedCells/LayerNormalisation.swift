import Numerics

/// Layer normalisation of a vector of pre-activations: centre, divide by the (biased) standard deviation, then
/// scale by a gain and add a shift. Ba, Kiros, Hinton 2016 (arXiv 1607.06450).
public enum LayerNormalisation {
  /// Added to the variance, so that a constant vector is mapped to its shift.
  public static let epsilon = 1e-5

  /// `gain ⊙ (a − mean) / √(var + ε) + shift`.
  @inlinable
  public static func apply<S: Scalar>(
    _ preactivation: [S], _ block: NormalisationBlock, _ parameters: Parameters<S>
  ) -> [S] {
    let (centred, inverseDeviation) = centre(preactivation)
    var result = centred
    for unit in result.indices {
      result[unit] = S.multiplyAdd(
        parameters.values[block.shift.offset + unit],
        parameters.values[block.gain.offset + unit], centred[unit] * inverseDeviation)
    }
    return result
  }

  /// The centred vector and one over the standard deviation.
  @inlinable
  public static func centre<S: Scalar>(_ vector: [S]) -> (centred: [S], inverseDeviation: S) {
    let weight = S(1 / Double(vector.count))
    var mean = S.zero
    for entry in vector { mean = mean + entry }
    mean = mean * weight
    var variance = S.zero
    let centred = vector.map { $0 - mean }
    for entry in centred { variance = S.multiplyAdd(variance, entry, entry) }
    return (centred, S.one / S.squareRoot(variance * weight + S(epsilon)))
  }

  /// The normalised vector x̂ and one over the standard deviation, over one sequence or eight.
  static func normalise<Value: SequenceValue>(_ vector: [Value]) -> (
    normalised: [Value], inverseDeviation: Value
  ) {
    let weight = 1 / Double(vector.count)
    let zero = Value.spread(0)
    let mean = weight * vector.reduce(zero) { $0 + $1 }
    var squares = zero
    for value in vector {
      let centred = value - mean
      squares = squares + centred * centred
    }
    let inverse = Value.spread(1) / (weight * squares + Value.spread(epsilon)).squareRoot()
    return (vector.map { ($0 - mean) * inverse }, inverse)
  }
}
