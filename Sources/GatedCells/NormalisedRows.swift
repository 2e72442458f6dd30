import Numerics

/// The sensitivity `D(left) · (I − 11ᵀ/H − x̂x̂ᵀ/H)` of normalised pre-activations, kept in factors: products cost O(H).
public struct NormalisedRows: Sendable, Hashable {
  /// What each row is multiplied by; holds the gain, the slope behind it and one over the standard deviation.
  public let left: [Double]
  /// The normalised pre-activations x̂.
  public let normalised: [Double]

  public init(left: [Double], normalised: [Double]) {
    self.left = left
    self.normalised = normalised
  }

  func apply(_ change: [Double]) -> [Double] { hadamard(left, project(change)) }

  func applyTransposed(_ adjoint: [Double]) -> [Double] { project(hadamard(left, adjoint)) }

  func scalingRows(by scale: [Double]) -> NormalisedRows {
    NormalisedRows(left: hadamard(left, scale), normalised: normalised)
  }

  /// `Σ_k C_qk U_kq`: one transposed product with x̂ and one with ones.
  func diagonalOfProduct(_ block: ParameterBlock, _ parameters: Parameters<Double>) -> [Double] {
    let along = parameters.transposedProduct(block, normalised)
    let sums = parameters.transposedProduct(block, [Double](repeating: 1, count: left.count))
    let weight = 1 / Double(left.count)
    return left.indices.map { unit in
      let own = parameters.values[block.offset + unit * block.columns + unit]
      return left[unit] * (own - weight * (sums[unit] + normalised[unit] * along[unit]))
    }
  }

  /// `Σ_k C_qk² w_k` for every row q.
  ///
  /// With `p_k = (1 + x̂_q x̂_k)/H` a row is `left_q (δ_qk − p_k)`, so the sum is `left_q² (w_q (1 − 2 p_q) + Σ p_k² w_k)`, and the
  /// last sum needs three moments of w only. Where `p_q > 1/2` the two parts cancel (one unit stands out from all
  /// others), and the row is summed term by term.
  func squaredRows(weightedBy weights: [Double]) -> [Double] {
    let inverse = 1 / Double(left.count)
    var moments = (0.0, 0.0, 0.0)
    for unit in weights.indices {
      let (w, x) = (weights[unit], normalised[unit])
      moments.0 += w
      moments.1 += x * w
      moments.2 += x * x * w
    }
    return left.indices.map { unit in
      let x = normalised[unit]
      let own = (1 + x * x) * inverse
      let square = left[unit] * left[unit]
      if own <= 0.5 {
        let spread = (moments.0 + 2 * x * moments.1 + x * x * moments.2) * inverse * inverse
        return square * (weights[unit] * (1 - 2 * own) + max(0, spread))
      }
      var sum = 0.0
      for k in weights.indices {
        let entry = (k == unit ? 1 : 0) - (1 + x * normalised[k]) * inverse
        sum += entry * entry * weights[k]
      }
      return square * sum
    }
  }

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

  /// `D(left) · P · U` for a block U: U less its column means and its part along x̂.
  func product(_ block: ParameterBlock, _ parameters: Parameters<Double>) -> Matrix {
    let along = parameters.transposedProduct(block, normalised)
    let sums = parameters.transposedProduct(block, [Double](repeating: 1, count: left.count))
    let weight = 1 / Double(left.count)
    var result = Matrix(rows: block.rows, columns: block.columns, elements: parameters.vector(block))
    for row in 0..<block.rows {
      let (scale, slope) = (left[row], normalised[row])
      let base = row * block.columns
      for column in 0..<block.columns {
        result.elements[base + column] =
          scale * (result.elements[base + column] - weight * (sums[column] + slope * along[column]))
      }
    }
    return result
  }

  /// `(I − 11ᵀ/H − x̂x̂ᵀ/H) v`.
  private func project(_ vector: [Double]) -> [Double] {
    let weight = 1 / Double(vector.count)
    var mean = 0.0
    var along = 0.0
    for unit in vector.indices {
      mean += vector[unit]
      along += normalised[unit] * vector[unit]
    }
    mean *= weight
    along *= weight
    return vector.indices.map { vector[$0] - mean - normalised[$0] * along }
  }
}
