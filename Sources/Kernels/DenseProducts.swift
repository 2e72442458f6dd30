import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Double-precision products with one row-major block of a flat vector. Same bits on every level: products and sums are
/// rounded apart and added in a fixed order.
///
/// An inner product of length n has relative error at most `(n/8 + 5)·u` of the sum of absolute terms.
public enum DenseProducts {
  /// `target += M v`, with M the `rows × columns` block at `offset` of `elements`.
  public static func accumulate(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Double],
    onto target: inout [Double], level: CPULevel = .best
  ) {
    check(elements, offset, rows, columns, inner: vector.count, columns, outer: target.count, rows)
    run(elements, offset, vector, &target) { matrix, vector, target in
      switch level {
      case .baseline: KernelsBaseline.denseProduct(matrix, rows, columns, vector, target)
      case .avx2: KernelsAVX2.denseProduct(matrix, rows, columns, vector, target)
      case .avx512: KernelsAVX512.denseProduct(matrix, rows, columns, vector, target)
      }
    }
  }

  /// `target_r += Σ_c M_rc² w_c`.
  public static func accumulateSquares(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, weights: [Double],
    onto target: inout [Double], level: CPULevel = .best
  ) {
    check(elements, offset, rows, columns, inner: weights.count, columns, outer: target.count, rows)
    run(elements, offset, weights, &target) { matrix, weights, target in
      switch level {
      case .baseline: KernelsBaseline.denseSquaredProduct(matrix, rows, columns, weights, target)
      case .avx2: KernelsAVX2.denseSquaredProduct(matrix, rows, columns, weights, target)
      case .avx512: KernelsAVX512.denseSquaredProduct(matrix, rows, columns, weights, target)
      }
    }
  }

  /// `target += Mᵀ v`.
  public static func accumulateTransposed(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Double],
    onto target: inout [Double], level: CPULevel = .best
  ) {
    check(elements, offset, rows, columns, inner: vector.count, rows, outer: target.count, columns)
    run(elements, offset, vector, &target) { matrix, vector, target in
      switch level {
      case .baseline: KernelsBaseline.denseTransposedProduct(matrix, rows, columns, vector, target)
      case .avx2: KernelsAVX2.denseTransposedProduct(matrix, rows, columns, vector, target)
      case .avx512: KernelsAVX512.denseTransposedProduct(matrix, rows, columns, vector, target)
      }
    }
  }

  /// Adds `left · rightᵀ` to the block at `offset` of `target`.
  public static func accumulateOuter(
    _ left: [Double], _ right: [Double], onto target: inout [Double], offset: Int,
    level: CPULevel = .best
  ) {
    precondition(
      offset >= 0 && offset + left.count * right.count <= target.count,
      "a \(left.count)×\(right.count) block at \(offset) does not fit into \(target.count) numbers")
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        target.withUnsafeMutableBufferPointer { target in
          guard let rows = left.baseAddress, let columns = right.baseAddress, let base = target.baseAddress
          else { return }
          let block = base + offset
          switch level {
          case .baseline:
            KernelsBaseline.denseOuterProduct(rows, left.count, columns, right.count, block)
          case .avx2: KernelsAVX2.denseOuterProduct(rows, left.count, columns, right.count, block)
          case .avx512: KernelsAVX512.denseOuterProduct(rows, left.count, columns, right.count, block)
          }
        }
      }
    }
  }

  private static func check(
    _ elements: [Double], _ offset: Int, _ rows: Int, _ columns: Int, inner: Int, _ innerNeeded: Int,
    outer: Int, _ outerNeeded: Int
  ) {
    precondition(
      offset >= 0 && rows >= 0 && columns >= 0 && offset + rows * columns <= elements.count,
      "a \(rows)×\(columns) block at \(offset) does not fit into \(elements.count) numbers")
    precondition(
      inner == innerNeeded && outer == outerNeeded,
      "vectors of \(inner) and \(outer) do not fit a \(rows)×\(columns) block")
  }

  private static func run(
    _ elements: [Double], _ offset: Int, _ vector: [Double], _ target: inout [Double],
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    elements.withUnsafeBufferPointer { elements in
      vector.withUnsafeBufferPointer { vector in
        target.withUnsafeMutableBufferPointer { target in
          guard let matrix = elements.baseAddress, let source = vector.baseAddress,
            let sink = target.baseAddress
          else { return }
          body(matrix + offset, source, sink)
        }
      }
    }
  }
}
