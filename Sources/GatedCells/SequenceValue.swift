import Kernels
import Numerics

/// What a step is linearised in: the numbers of one sequence (`Double`), or those of eight sequences side by side
/// (`SIMD8<Double>`, a lane each).
///
/// Products take the matrix from a flat parameter vector, which all sequences share.
public protocol SequenceValue: Sendable, Hashable {
  /// The same number for every sequence.
  static func spread(_ value: Double) -> Self

  static func + (lhs: Self, rhs: Self) -> Self
  static func - (lhs: Self, rhs: Self) -> Self
  static func * (lhs: Self, rhs: Self) -> Self
  static func / (lhs: Self, rhs: Self) -> Self
  static func - (lhs: Double, rhs: Self) -> Self
  static func * (lhs: Double, rhs: Self) -> Self
  func squareRoot() -> Self
  /// The value where it is positive, else one.
  func positiveOrOne() -> Self

  static func hyperbolicTangents(_ values: consuming [Self]) -> [Self]
  static func logistics(_ values: consuming [Self]) -> [Self]

  /// `b + W x + U m`, with the blocks of `elements` that start at the given offsets: b of `rows` numbers, W and U of as many rows and
  /// of the columns that x and m have.
  static func affine(
    _ elements: [Double], bias: Int, rows: Int, input: Int, times x: [Self], recurrent: Int, times m: [Self]
  ) -> [Self]
  /// `target += M v`, with M the `rows × columns` block at `offset` of `elements`.
  static func accumulate(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Self],
    onto target: inout [Self])
  /// `target += Mᵀ v`.
  static func accumulateTransposed(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Self],
    onto target: inout [Self])
  /// Adds the diagonal of `L · D(v) · R`, with L the `rows × columns` block at `offset` of `left` and R the `columns × rows` one
  /// at `rightOffset` of `right`.
  static func accumulateDiagonal(
    _ left: [Double], offset: Int, _ right: [Double], offset rightOffset: Int, rows: Int, columns: Int,
    times vector: [Self], onto target: inout [Self])
  /// `target_vr += Σ_c (M_rc − base_c − slope_r along_c)² w_vc` for two weightings v.
  static func accumulateDeflatedSquares(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, base: [Double], slope: [Self], along: [Self],
    weights: [Self], onto target: inout [Self])
  /// The element-by-element product of two vectors of one length.
  static func hadamard(_ left: [Self], _ right: [Self]) -> [Self]
  /// Adds the squares of `entries`, all weighted alike and each with its own weight.
  static func accumulateSquares(
    _ entries: [Self], plain: Self, weights: [Self], onto result: inout SquaredRows<Self>)
  /// Adds the squared rows of `D(left) (I − 11ᵀ/H − x̂x̂ᵀ/H)`, all entries weighted alike and each with its own weight, in O(H).
  /// Returns false, with nothing added, where that is not to be had and they must be summed term by term.
  static func accumulateNormalisedSquares(
    left: [Self], normalised: [Self], plain: Self, weights: [Self], onto result: inout SquaredRows<Self>
  ) -> Bool
}

extension Double: SequenceValue {
  public static func spread(_ value: Double) -> Double { value }
  public func positiveOrOne() -> Double { self > 0 ? self : 1 }

  public static func hyperbolicTangents(_ values: consuming [Double]) -> [Double] { values.map { tanh($0) } }
  public static func logistics(_ values: consuming [Double]) -> [Double] { values.map { logistic($0) } }

  public static func affine(
    _ elements: [Double], bias: Int, rows: Int, input: Int, times x: [Double], recurrent: Int,
    times m: [Double]
  ) -> [Double] {
    var result = Array(elements[bias..<bias + rows])
    accumulate(elements, offset: input, rows: rows, columns: x.count, times: x, onto: &result)
    accumulate(elements, offset: recurrent, rows: rows, columns: m.count, times: m, onto: &result)
    return result
  }

  public static func accumulate(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Double],
    onto target: inout [Double]
  ) {
    DenseProducts.accumulate(
      elements, offset: offset, rows: rows, columns: columns, times: vector, onto: &target)
  }

  public static func accumulateTransposed(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Double],
    onto target: inout [Double]
  ) {
    DenseProducts.accumulateTransposed(
      elements, offset: offset, rows: rows, columns: columns, times: vector, onto: &target)
  }

  public static func accumulateDiagonal(
    _ left: [Double], offset: Int, _ right: [Double], offset rightOffset: Int, rows: Int, columns: Int,
    times vector: [Double], onto target: inout [Double]
  ) {
    for column in 0..<columns {
      for row in 0..<rows {
        target[row] +=
          left[offset + row * columns + column] * right[rightOffset + column * rows + row] * vector[column]
      }
    }
  }

  public static func accumulateDeflatedSquares(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, base: [Double], slope: [Double],
    along: [Double], weights: [Double], onto target: inout [Double]
  ) {
    for row in 0..<rows {
      var sums = (0.0, 0.0)
      for column in 0..<columns {
        let rest = elements[offset + row * columns + column] - base[column] - slope[row] * along[column]
        sums.0 += rest * rest * weights[column]
        sums.1 += rest * rest * weights[columns + column]
      }
      target[row] += sums.0
      target[rows + row] += sums.1
    }
  }

  public static func hadamard(_ left: [Double], _ right: [Double]) -> [Double] {
    left.indices.map { left[$0] * right[$0] }
  }

  public static func accumulateSquares(
    _ entries: [Double], plain: Double, weights: [Double], onto result: inout SquaredRows<Double>
  ) {
    for unit in entries.indices {
      let square = entries[unit] * entries[unit]
      result.plain[unit] += square * plain
      result.weighted[unit] += square * weights[unit]
    }
  }

  /// One sequence is always summed term by term.
  public static func accumulateNormalisedSquares(
    left: [Double], normalised: [Double], plain: Double, weights: [Double],
    onto result: inout SquaredRows<Double>
  ) -> Bool { false }
}

extension SIMD8: SequenceValue where Scalar == Double {
  @inline(__always)
  public static func spread(_ value: Double) -> Self { Self(repeating: value) }
  @inline(__always)
  public func positiveOrOne() -> Self { replacing(with: 1, where: .!(self .> 0)) }

  public static func hyperbolicTangents(_ values: consuming [Self]) -> [Self] {
    SequenceFunctions.hyperbolicTangents(values)
  }

  public static func logistics(_ values: consuming [Self]) -> [Self] { SequenceFunctions.logistics(values) }

  public static func affine(
    _ elements: [Double], bias: Int, rows: Int, input: Int, times x: [Self], recurrent: Int, times m: [Self]
  ) -> [Self] {
    SequenceProducts.affine(
      elements, bias: bias, rows: rows, input: input, times: x, recurrent: recurrent, times: m)
  }

  public static func accumulate(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Self],
    onto target: inout [Self]
  ) {
    SequenceProducts.accumulate(
      elements, offset: offset, rows: rows, columns: columns, times: vector, onto: &target)
  }

  public static func accumulateTransposed(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Self],
    onto target: inout [Self]
  ) {
    SequenceProducts.accumulateTransposed(
      elements, offset: offset, rows: rows, columns: columns, times: vector, onto: &target)
  }

  public static func accumulateDiagonal(
    _ left: [Double], offset: Int, _ right: [Double], offset rightOffset: Int, rows: Int, columns: Int,
    times vector: [Self], onto target: inout [Self]
  ) {
    SequenceProducts.accumulateDiagonal(
      left, offset: offset, right, offset: rightOffset, rows: rows, columns: columns, times: vector,
      onto: &target)
  }

  public static func accumulateDeflatedSquares(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, base: [Double], slope: [Self], along: [Self],
    weights: [Self], onto target: inout [Self]
  ) {
    SequenceProducts.accumulateDeflatedSquares(
      elements, offset: offset, rows: rows, columns: columns, base: base, slope: slope, along: along,
      weights: weights, onto: &target)
  }

  public static func hadamard(_ left: [Self], _ right: [Self]) -> [Self] {
    SequenceProducts.hadamard(left, right)
  }

  public static func accumulateSquares(
    _ entries: [Self], plain: Self, weights: [Self], onto result: inout SquaredRows<Self>
  ) {
    SequenceProducts.accumulateSquares(
      entries, plain: plain, weights: weights, plainSums: &result.plain, weightedSums: &result.weighted)
  }

  public static func accumulateNormalisedSquares(
    left: [Self], normalised: [Self], plain: Self, weights: [Self], onto result: inout SquaredRows<Self>
  ) -> Bool {
    NormalisedSquares.accumulate(
      left: left, normalised: normalised, plain: plain, weights: weights, plainSums: &result.plain,
      weightedSums: &result.weighted)
  }
}

/// The element-by-element product of two vectors of one length.
func hadamard<Value: SequenceValue>(_ lhs: [Value], _ rhs: [Value]) -> [Value] { Value.hadamard(lhs, rhs) }

/// `(1 − gate) ⊙ kept + gate ⊙ candidate`.
func blend<Value: SequenceValue>(gate: [Value], kept: [Value], candidate: [Value]) -> [Value] {
  gate.indices.map { (1 - gate[$0]) * kept[$0] + gate[$0] * candidate[$0] }
}

/// `slope ⊙ gate ⊙ (1 − gate)`: a logistic gate's derivative times what it multiplies.
func logisticSlope<Value: SequenceValue>(_ gate: [Value], times slope: (Int) -> Value) -> [Value] {
  gate.indices.map { slope($0) * gate[$0] * (1 - gate[$0]) }
}
