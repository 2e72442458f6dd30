import Numerics

/// The sensitivity `D(left) · (I − 11ᵀ/H − x̂x̂ᵀ/H)` of normalised pre-activations, kept in factors: products cost O(H).
public struct NormalisedRows<Value: SequenceValue>: Sendable, Hashable {
  /// What each row is multiplied by; holds the gain, the slope behind it and one over the standard deviation.
  public let left: [Value]
  /// The normalised pre-activations x̂.
  public let normalised: [Value]

  public init(left: [Value], normalised: [Value]) {
    self.left = left
    self.normalised = normalised
  }

  func apply(_ change: [Value]) -> [Value] { project(change, times: left) }

  func applyTransposed(_ adjoint: [Value]) -> [Value] {
    project(hadamard(left, adjoint), times: left.map { _ in .spread(1) })
  }

  /// What the projection takes off a block U, `P U = U − 1 baseᵀ − x̂ alongᵀ`: the column means, and the part along x̂.
  func deflation(of block: ParameterBlock, _ parameters: Parameters<Double>) -> (
    base: [Double], along: [Value]
  ) {
    let weight = 1 / Double(left.count)
    let along = parameters.transposedProduct(block, normalised)
    return (parameters.columnMeans(of: block), along.map { weight * $0 })
  }

  /// `Σ_k C_qk U_kq`.
  func diagonalOfProduct(_ block: ParameterBlock, _ parameters: Parameters<Double>) -> [Value] {
    let (base, along) = deflation(of: block, parameters)
    return left.indices.map { unit in
      let own = parameters.values[block.offset + unit * block.columns + unit]
      return left[unit] * ((own - base[unit]) - normalised[unit] * along[unit])
    }
  }

  /// Adds `Σ_k C_qk² · plain` and `Σ_k C_qk² w_k` for every row q.
  ///
  /// With `p_k = (1 + x̂_q x̂_k)/H` a row is `left_q (δ_qk − p_k)`, so a sum is `left_q² (w_q (1 − 2 p_q) + Σ p_k² w_k)`, and the
  /// last sum needs three moments of w only. Where `p_q > 1/2` the two parts cancel (one unit stands out from all
  /// others), and all rows are summed term by term.
  @inline(__always)
  func accumulateSquares(onto result: inout SquaredRows<Value>, plain: Value, weights: [Value]) {
    if Value.accumulateNormalisedSquares(
      left: left, normalised: normalised, plain: plain, weights: weights, onto: &result)
    {
      return
    }
    let inverse = 1 / Double(left.count)
    for unit in left.indices {
      var (same, other) = (Value.spread(0), Value.spread(0))
      for k in left.indices {
        let entry = (k == unit ? 1 : 0) - inverse * (Value.spread(1) + normalised[unit] * normalised[k])
        same = same + entry * entry
        other = other + entry * entry * weights[k]
      }
      let square = left[unit] * left[unit]
      result.plain[unit] = result.plain[unit] + square * plain * same
      result.weighted[unit] = result.weighted[unit] + square * other
    }
  }

  /// `D(scale) (I − 11ᵀ/H − x̂x̂ᵀ/H) v`.
  private func project(_ vector: [Value], times scale: [Value]) -> [Value] {
    let weight = 1 / Double(vector.count)
    var mean = Value.spread(0)
    var along = Value.spread(0)
    for unit in vector.indices {
      mean = mean + vector[unit]
      along = along + normalised[unit] * vector[unit]
    }
    mean = weight * mean
    along = weight * along
    return vector.indices.map { scale[$0] * (vector[$0] - mean - normalised[$0] * along) }
  }
}

extension NormalisedRows<Double> {
  /// The rows as a matrix.
  var matrix: Matrix {
    let size = left.count
    let weight = 1 / Double(size)
    var elements = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      let scale = left[row]
      let slope = normalised[row]
      for column in 0..<size {
        elements[row * size + column] = -scale * weight * (1 + slope * normalised[column])
      }
      elements[row * size + row] += scale
    }
    return Matrix(rows: size, columns: size, elements: elements)
  }
}
