import Kernels
import Numerics

/// How H outputs respond to the pre-activations of one gate: an `H × units` matrix with whatever structure it has.
public enum RowSensitivity<Value: SequenceValue>: Sendable {
  /// Unit q depends on pre-activation q only.
  case diagonal([Value])
  /// Every unit depends on one shared pre-activation.
  case column([Value])
  /// Layer normalisation mixes all pre-activations in a structured way.
  case normalised(NormalisedRows<Value>)
  /// A reset gate mixes all pre-activations behind the candidate's recurrent matrix.
  case throughReset(DeflatedRows<Value>)

  /// The product with a vector of pre-activation changes.
  public func apply(_ change: [Value]) -> [Value] {
    switch self {
    case .diagonal(let entries): hadamard(entries, change)
    case .column(let entries): entries.map { $0 * change[0] }
    case .normalised(let rows): rows.apply(change)
    case .throughReset(let rows): rows.apply(change)
    }
  }

  /// The transposed product with a vector of output adjoints.
  public func applyTransposed(_ adjoint: [Value]) -> [Value] {
    switch self {
    case .diagonal(let entries):
      return hadamard(entries, adjoint)
    case .column(let entries):
      var sum = Value.spread(0)
      for unit in entries.indices { sum = sum + entries[unit] * adjoint[unit] }
      return [sum]
    case .normalised(let rows):
      return rows.applyTransposed(adjoint)
    case .throughReset(let rows):
      return rows.applyTransposed(adjoint)
    }
  }

  /// Adds `Σ_k C_qk² · plain` and `Σ_k C_qk² w_k` for every output q.
  @inline(__always)
  func accumulateSquares(
    onto result: inout SquaredRows<Value>, plain: Value, weights: [Value]
  ) {
    switch self {
    case .diagonal(let entries):
      Value.accumulateSquares(entries, plain: plain, weights: weights, onto: &result)
    case .column(let entries):
      Value.accumulateSquares(
        entries, plain: plain, weights: entries.map { _ in weights[0] }, onto: &result)
    case .normalised(let rows):
      rows.accumulateSquares(onto: &result, plain: plain, weights: weights)
    case .throughReset(let rows):
      rows.accumulateSquares(onto: &result, plain: plain, weights: weights)
    }
  }

  /// `Σ_k C_qk · U_kq` for every output q: the diagonal of the product with a `units × H` block.
  public func diagonalOfProduct(_ block: ParameterBlock, _ parameters: Parameters<Double>) -> [Value] {
    let weights = parameters.values
    switch self {
    case .diagonal(let entries):
      return entries.indices.map { weights[block.offset + $0 * block.columns + $0] * entries[$0] }
    case .column(let entries):
      return entries.indices.map { weights[block.offset + $0] * entries[$0] }
    case .normalised(let rows):
      return rows.diagonalOfProduct(block, parameters)
    case .throughReset(let rows):
      return rows.diagonalOfProduct(block, parameters)
    }
  }
}

extension RowSensitivity<Double> {
  /// The map as an `H × units` matrix.
  public var matrix: Matrix {
    switch self {
    case .diagonal(let entries):
      return Matrix(diagonal: entries)
    case .column(let entries):
      return Matrix(rows: entries.count, columns: 1, elements: entries)
    case .normalised(let rows):
      return rows.matrix
    case .throughReset(let rows):
      return rows.matrix
    }
  }
}
