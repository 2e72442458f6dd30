import Kernels
import Numerics

/// How H outputs respond to the pre-activations of one gate: an `H × units` matrix with whatever structure it has.
public enum RowSensitivity: Sendable, Hashable {
  /// Unit q depends on pre-activation q only.
  case diagonal([Double])
  /// Every unit depends on one shared pre-activation.
  case column([Double])
  /// Layer normalisation mixes all pre-activations in a structured way.
  case normalised(NormalisedRows)
  /// A reset gate mixes all pre-activations.
  case dense(Matrix)

  /// The product with a vector of pre-activation changes.
  public func apply(_ change: [Double]) -> [Double] {
    switch self {
    case .diagonal(let entries): hadamard(entries, change)
    case .column(let entries): entries.map { $0 * change[0] }
    case .normalised(let rows): rows.apply(change)
    case .dense(let matrix): matrix * change
    }
  }

  /// The transposed product with a vector of output adjoints.
  public func applyTransposed(_ adjoint: [Double]) -> [Double] {
    switch self {
    case .diagonal(let entries):
      return hadamard(entries, adjoint)
    case .column(let entries):
      var sum = 0.0
      for unit in entries.indices { sum += entries[unit] * adjoint[unit] }
      return [sum]
    case .normalised(let rows):
      return rows.applyTransposed(adjoint)
    case .dense(let matrix):
      var result = [Double](repeating: 0, count: matrix.columns)
      DenseProducts.accumulateTransposed(
        matrix.elements, offset: 0, rows: matrix.rows, columns: matrix.columns, times: adjoint, onto: &result)
      return result
    }
  }

  /// `Σ_k C_qk² · weights_k` for every output q.
  public func squaredRows(weightedBy weights: [Double]) -> [Double] {
    switch self {
    case .diagonal(let entries):
      return entries.indices.map { entries[$0] * entries[$0] * weights[$0] }
    case .column(let entries):
      return entries.map { $0 * $0 * weights[0] }
    case .normalised(let rows):
      return rows.squaredRows(weightedBy: weights)
    case .dense(let matrix):
      var result = [Double](repeating: 0, count: matrix.rows)
      DenseProducts.accumulateSquares(
        matrix.elements, offset: 0, rows: matrix.rows, columns: matrix.columns, weights: weights,
        onto: &result)
      return result
    }
  }

  /// `Σ_k C_qk · U_kq` for every output q: the diagonal of the product with a `units × H` block.
  public func diagonalOfProduct(_ block: ParameterBlock, _ parameters: Parameters<Double>)
    -> [Double]
  {
    let weights = parameters.values
    func entry(_ row: Int, _ column: Int) -> Double {
      weights[block.offset + row * block.columns + column]
    }
    switch self {
    case .diagonal(let entries):
      return entries.indices.map { entries[$0] * entry($0, $0) }
    case .column(let entries):
      return entries.indices.map { entries[$0] * entry(0, $0) }
    case .normalised(let rows):
      return rows.diagonalOfProduct(block, parameters)
    case .dense(let matrix):
      // Eight units at once, so that a cache line of the block serves them all; each sum keeps its order.
      var result = [Double](repeating: 0, count: matrix.rows)
      for first in stride(from: 0, to: matrix.rows, by: 8) {
        let units = first..<min(first + 8, matrix.rows)
        for k in 0..<matrix.columns {
          let row = block.offset + k * block.columns
          for unit in units {
            result[unit] += matrix.elements[unit * matrix.columns + k] * weights[row + unit]
          }
        }
      }
      return result
    }
  }

  /// The same map with row q multiplied by `scale[q]`.
  public func scalingRows(by scale: [Double]) -> RowSensitivity {
    switch self {
    case .diagonal(let entries): return .diagonal(hadamard(entries, scale))
    case .column(let entries): return .column(hadamard(entries, scale))
    case .normalised(let rows): return .normalised(rows.scalingRows(by: scale))
    case .dense(let matrix):
      var result = matrix
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns { result[row, column] *= scale[row] }
      }
      return .dense(result)
    }
  }

  /// The map as an `H × units` matrix.
  public var matrix: Matrix {
    switch self {
    case .diagonal(let entries): Matrix(diagonal: entries)
    case .column(let entries): Matrix(rows: entries.count, columns: 1, elements: entries)
    case .normalised(let rows): rows.matrix
    case .dense(let matrix): matrix
    }
  }
}
