import Kernels
import Numerics

/// A flat parameter vector seen through the blocks of a ``ParameterLayout``, over any scalar.
@frozen
public struct Parameters<S: Scalar> {
  public let values: [S]
  /// Column means computed beforehand, by the offset of their block.
  @usableFromInline let keptMeans: [Int: [S]]

  @inlinable public init(_ values: [S]) { self.init(values, keptMeans: [:]) }

  @usableFromInline init(_ values: [S], keptMeans: [Int: [S]]) {
    self.values = values
    self.keptMeans = keptMeans
  }

  /// The block's entries as a vector.
  @inlinable public func vector(_ block: ParameterBlock) -> [S] {
    Array(values[block.range])
  }

  /// The matrix–vector product of a block with `vector`, of length `block.columns`.
  @inlinable public func product(_ block: ParameterBlock, _ vector: [S]) -> [S] {
    accumulate(block, vector, onto: [S](repeating: .zero, count: block.rows))
  }

  /// `W x + U m + b`.
  @inlinable public func affine(_ block: AffineBlock, _ input: [S], _ recurrent: [S]) -> [S] {
    accumulate(
      block.recurrent, recurrent,
      onto: accumulate(block.input, input, onto: vector(block.bias)))
  }

  @inlinable
  func accumulate(_ block: ParameterBlock, _ vector: [S], onto start: [S]) -> [S] {
    precondition(
      vector.count == block.columns,
      "\(block.name) has \(block.columns) columns, got a vector of \(vector.count)")
    precondition(
      start.count == block.rows, "\(block.name) has \(block.rows) rows, got a start of \(start.count)")
    return S.accumulateProduct(values, offset: block.offset, times: vector, onto: start)
  }
}

extension Parameters where S == Double {
  /// The same product with a vector over one sequence or eight, by vector kernels.
  func product<Value: SequenceValue>(_ block: ParameterBlock, _ vector: [Value]) -> [Value] {
    var result = [Value](repeating: .spread(0), count: block.rows)
    Value.accumulate(
      values, offset: block.offset, rows: block.rows, columns: block.columns, times: vector, onto: &result)
    return result
  }

  /// `W x + U m + b` over one sequence or eight, by vector kernels.
  func affine<Value: SequenceValue>(_ block: AffineBlock, _ input: [Value], _ recurrent: [Value]) -> [Value] {
    precondition(
      input.count == block.input.columns && recurrent.count == block.recurrent.columns,
      "\(block.input.name) takes \(block.input.columns) inputs and \(block.recurrent.columns) recurrent values, got "
        + "\(input.count) and \(recurrent.count)")
    return Value.affine(
      values, bias: block.bias.offset, rows: block.units, input: block.input.offset, times: input,
      recurrent: block.recurrent.offset, times: recurrent)
  }

  /// The same parameters with the column means of some blocks at hand. Layer normalisation takes them off the recurrent matrix behind
  /// it at every step.
  public func keepingColumnMeans(of blocks: [ParameterBlock]) -> Parameters {
    Parameters(
      values,
      keptMeans: Dictionary(
        blocks.map { ($0.offset, columnMeans(of: $0)) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The mean over the rows of each column of a block.
  func columnMeans(of block: ParameterBlock) -> [Double] {
    if let kept = keptMeans[block.offset] { return kept }
    let weight = 1 / Double(block.rows)
    return transposedProduct(block, [Double](repeating: 1, count: block.rows)).map { weight * $0 }
  }

  /// `Bᵀ v` for the block B.
  func transposedProduct<Value: SequenceValue>(_ block: ParameterBlock, _ vector: [Value]) -> [Value] {
    var result = [Value](repeating: .spread(0), count: block.columns)
    Value.accumulateTransposed(
      values, offset: block.offset, rows: block.rows, columns: block.columns, times: vector, onto: &result)
    return result
  }
}

/// The element-by-element product of two vectors of one length.
@inlinable public func hadamard<S: Scalar>(_ lhs: [S], _ rhs: [S]) -> [S] {
  var result = lhs
  for index in result.indices { result[index] = lhs[index] * rhs[index] }
  return result
}

/// `(1 − gate) ⊙ kept + gate ⊙ candidate`: the blend by which every leaky cell updates its state.
@inlinable public func blend<S: Scalar>(gate: [S], kept: [S], candidate: [S]) -> [S] {
  var result = kept
  for index in result.indices {
    result[index] = (S.one - gate[index]) * kept[index] + gate[index] * candidate[index]
  }
  return result
}

extension Parameters: Sendable where S: Sendable {}
