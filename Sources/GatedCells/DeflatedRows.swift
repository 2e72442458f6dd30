import Numerics

/// A block U of the parameters with a common row and a multiple of another taken off, scaled on both sides:
/// `D(left) · (U − 1 baseᵀ − slope alongᵀ) · D(inner)`. What a candidate makes of a change behind its recurrent matrix,
/// with layer normalisation or, where `base` and `along` are zero, without.
public struct DeflatedRows<Value: SequenceValue>: Sendable {
  public let parameters: Parameters<Double>
  public let block: ParameterBlock
  public let left: [Value]
  public let base: [Double]
  public let slope: [Value]
  public let along: [Value]
  public let inner: [Value]

  /// The rows of a candidate's sensitivity times a square block.
  /// - Precondition: The sensitivity is unit by unit or that of layer normalisation.
  init(
    _ candidate: RowSensitivity<Value>, times block: ParameterBlock, _ parameters: Parameters<Double>,
    inner: [Value]
  ) {
    self.parameters = parameters
    self.block = block
    self.inner = inner
    switch candidate {
    case .diagonal(let entries):
      left = entries
      base = [Double](repeating: 0, count: block.columns)
      slope = [Value](repeating: .spread(0), count: block.rows)
      along = [Value](repeating: .spread(0), count: block.columns)
    case .normalised(let rows):
      left = rows.left
      slope = rows.normalised
      (base, along) = rows.deflation(of: block, parameters)
    case .column, .throughReset:
      preconditionFailure(
        "a reset gate acts through a candidate, whose units have pre-activations of their own")
    }
  }

  func apply(_ change: [Value]) -> [Value] {
    let scaled = hadamard(inner, change)
    let product = parameters.product(block, scaled)
    var (common, tilt) = (Value.spread(0), Value.spread(0))
    for unit in scaled.indices {
      common = common + base[unit] * scaled[unit]
      tilt = tilt + along[unit] * scaled[unit]
    }
    return left.indices.map { left[$0] * (product[$0] - common - slope[$0] * tilt) }
  }

  func applyTransposed(_ adjoint: [Value]) -> [Value] {
    let scaled = hadamard(left, adjoint)
    let product = parameters.transposedProduct(block, scaled)
    var (sum, tilt) = (Value.spread(0), Value.spread(0))
    for unit in scaled.indices {
      sum = sum + scaled[unit]
      tilt = tilt + slope[unit] * scaled[unit]
    }
    return inner.indices.map { inner[$0] * (product[$0] - base[$0] * sum - along[$0] * tilt) }
  }

  /// Adds `Σ_k C_qk² · plain` and `Σ_k C_qk² w_k` for every row q.
  @inline(__always)
  func accumulateSquares(
    onto result: inout SquaredRows<Value>, plain: Value, weights: [Value]
  ) {
    let squares = hadamard(inner, inner)
    var sums = [Value](repeating: .spread(0), count: 2 * left.count)
    Value.accumulateDeflatedSquares(
      parameters.values, offset: block.offset, rows: block.rows, columns: block.columns, base: base,
      slope: slope, along: along, weights: squares + hadamard(squares, weights),
      onto: &sums)
    for unit in left.indices {
      let square = left[unit] * left[unit]
      result.plain[unit] = result.plain[unit] + square * plain * sums[unit]
      result.weighted[unit] = result.weighted[unit] + square * sums[left.count + unit]
    }
  }

  /// `Σ_k C_qk · V_kq` for every row q.
  func diagonalOfProduct(_ other: ParameterBlock, _ parameters: Parameters<Double>) -> [Value] {
    var own = [Value](repeating: .spread(0), count: block.rows)
    Value.accumulateDiagonal(
      self.parameters.values, offset: block.offset, parameters.values, offset: other.offset,
      rows: block.rows, columns: block.columns, times: inner, onto: &own)
    let common = parameters.transposedProduct(other, inner.indices.map { base[$0] * inner[$0] })
    let tilt = parameters.transposedProduct(other, hadamard(along, inner))
    return own.indices.map { left[$0] * (own[$0] - common[$0] - slope[$0] * tilt[$0]) }
  }
}

extension DeflatedRows<Double> {
  /// The rows as a matrix.
  var matrix: Matrix {
    var elements = parameters.vector(block)
    for row in 0..<block.rows {
      for column in 0..<block.columns {
        let entry = elements[row * block.columns + column]
        elements[row * block.columns + column] =
          left[row] * (entry - base[column] - slope[row] * along[column]) * inner[column]
      }
    }
    return Matrix(rows: block.rows, columns: block.columns, elements: elements)
  }
}
