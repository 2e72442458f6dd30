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
  /// The larger of the value and zero, sequence by sequence.
  func atLeastZero() -> Self
  /// The value where it is positive, else one.
  func positiveOrOne() -> Self
  /// The value where `measure ≤ bound`, else the other one, which is computed only when it is needed.
  func kept(where measure: Self, isAtMost bound: Double, else other: () -> Self) -> Self

  static func hyperbolicTangents(_ values: consuming [Self]) -> [Self]
  static func logistics(_ values: consuming [Self]) -> [Self]

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
}

extension Double: SequenceValue {
  public static func spread(_ value: Double) -> Double { value }
  public func atLeastZero() -> Double { max(0, self) }
  public func positiveOrOne() -> Double { self > 0 ? self : 1 }

  public func kept(where measure: Double, isAtMost bound: Double, else other: () -> Double) -> Double {
    measure <= bound ? self : other()
  }

  public static func hyperbolicTangents(_ values: consuming [Double]) -> [Double] { values.map { tanh($0) } }
  public static func logistics(_ values: consuming [Double]) -> [Double] { values.map { logistic($0) } }

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
}

extension SIMD8: SequenceValue where Scalar == Double {
  @inline(__always)
  public static func spread(_ value: Double) -> Self { Self(repeating: value) }
  @inline(__always)
  public func atLeastZero() -> Self { replacing(with: 0, where: self .< 0) }
  @inline(__always)
  public func positiveOrOne() -> Self { replacing(with: 1, where: .!(self .> 0)) }

  @inline(__always)
  public func kept(where measure: Self, isAtMost bound: Double, else other: () -> Self) -> Self {
    let mask = measure .<= Self(repeating: bound)
    return mask == SIMDMask(repeating: true) ? self : other().replacing(with: self, where: mask)
  }

  public static func hyperbolicTangents(_ values: consuming [Self]) -> [Self] {
    SequenceFunctions.hyperbolicTangents(values)
  }

  public static func logistics(_ values: consuming [Self]) -> [Self] { SequenceFunctions.logistics(values) }

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
}

/// The element-by-element product of two vectors of one length.
func hadamard<Value: SequenceValue>(_ lhs: [Value], _ rhs: [Value]) -> [Value] {
  lhs.indices.map { lhs[$0] * rhs[$0] }
}

/// `(1 − gate) ⊙ kept + gate ⊙ candidate`.
func blend<Value: SequenceValue>(gate: [Value], kept: [Value], candidate: [Value]) -> [Value] {
  gate.indices.map { (1 - gate[$0]) * kept[$0] + gate[$0] * candidate[$0] }
}

/// `slope ⊙ gate ⊙ (1 − gate)`: a logistic gate's derivative times what it multiplies.
func logisticSlope<Value: SequenceValue>(_ gate: [Value], times slope: (Int) -> Value) -> [Value] {
  gate.indices.map { slope($0) * gate[$0] * (1 - gate[$0]) }
}
