import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Double-precision products of one row-major block of a flat vector with vectors over eight sequences. Same bits on every
/// level: sums run in the order of the index, each product fused with its addition. Without that instruction (processors before
/// AVX2) a call does it, exactly and slowly.
///
/// A sum of n terms has relative error at most `(n + 2)·u` of the sum of absolute terms.
public enum SequenceProducts {
  public typealias Vector = SIMD8<Double>

  /// `target += M v`, with M the `rows × columns` block at `offset` of `elements`.
  public static func accumulate(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Vector],
    onto target: inout [Vector], level: CPULevel = .best
  ) {
    check(elements, offset, rows, columns, vector.count == columns && target.count == rows)
    run(elements, offset, vector, &target) { matrix, vector, target in
      switch level {
      case .baseline: KernelsBaseline.sequenceProduct(matrix, rows, columns, vector, target)
      case .avx2: KernelsAVX2.sequenceProduct(matrix, rows, columns, vector, target)
      case .avx512: KernelsAVX512.sequenceProduct(matrix, rows, columns, vector, target)
      }
    }
  }

  /// `b + W x + U m`, with the blocks of `elements` that start at the given offsets: b of `rows` numbers, W and U of as many rows and
  /// of the columns that x and m have.
  public static func affine(
    _ elements: [Double], bias: Int, rows: Int, input: Int, times x: [Vector], recurrent: Int,
    times m: [Vector], level: CPULevel = .best
  ) -> [Vector] {
    check(elements, bias, rows, 1, true)
    check(elements, input, rows, x.count, true)
    check(elements, recurrent, rows, m.count, true)
    let (inputs, units) = (x.count, m.count)
    return [Vector](unsafeUninitializedCapacity: rows) { target, count in
      count = rows
      elements.withUnsafeBufferPointer { elements in
        x.withUnsafeBufferPointer { x in
          m.withUnsafeBufferPointer { m in
            guard let base = elements.baseAddress, let x = x.baseAddress, let m = m.baseAddress,
              let target = target.baseAddress
            else { return }
            let (b, w, u) = (base + bias, base + input, base + recurrent)
            switch level {
            case .baseline: KernelsBaseline.sequenceAffine(b, rows, w, inputs, x, u, units, m, target)
            case .avx2: KernelsAVX2.sequenceAffine(b, rows, w, inputs, x, u, units, m, target)
            case .avx512: KernelsAVX512.sequenceAffine(b, rows, w, inputs, x, u, units, m, target)
            }
          }
        }
      }
    }
  }

  /// `target += Mᵀ v`.
  public static func accumulateTransposed(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, times vector: [Vector],
    onto target: inout [Vector], level: CPULevel = .best
  ) {
    check(elements, offset, rows, columns, vector.count == rows && target.count == columns)
    run(elements, offset, vector, &target) { matrix, vector, target in
      switch level {
      case .baseline: KernelsBaseline.sequenceTransposedProduct(matrix, rows, columns, vector, target)
      case .avx2: KernelsAVX2.sequenceTransposedProduct(matrix, rows, columns, vector, target)
      case .avx512: KernelsAVX512.sequenceTransposedProduct(matrix, rows, columns, vector, target)
      }
    }
  }

  /// Adds the diagonal of `L · D(v) · R`, with L the `rows × columns` block at `offset` of `left` and R the `columns × rows`
  /// block at `rightOffset` of `right`.
  public static func accumulateDiagonal(
    _ left: [Double], offset: Int, _ right: [Double], offset rightOffset: Int, rows: Int, columns: Int,
    times vector: [Vector], onto target: inout [Vector], level: CPULevel = .best
  ) {
    check(left, offset, rows, columns, vector.count == columns && target.count == rows)
    check(right, rightOffset, columns, rows, true)
    run(left, offset, vector, &target) { matrix, vector, target in
      right.withUnsafeBufferPointer { right in
        guard let base = right.baseAddress else { return }
        let other = base + rightOffset
        switch level {
        case .baseline: KernelsBaseline.sequenceDiagonalProduct(matrix, other, rows, columns, vector, target)
        case .avx2: KernelsAVX2.sequenceDiagonalProduct(matrix, other, rows, columns, vector, target)
        case .avx512: KernelsAVX512.sequenceDiagonalProduct(matrix, other, rows, columns, vector, target)
        }
      }
    }
  }

  /// `target_vr += Σ_c (M_rc − base_c − slope_r along_c)² w_vc`: squared rows of M less a common row and a multiple of another, for
  /// two weightings v, one after the other in `weights` and `target`.
  public static func accumulateDeflatedSquares(
    _ elements: [Double], offset: Int, rows: Int, columns: Int, base: [Double], slope: [Vector],
    along: [Vector], weights: [Vector], onto target: inout [Vector], level: CPULevel = .best
  ) {
    check(
      elements, offset, rows, columns,
      base.count == columns && slope.count == rows && along.count == columns
        && weights.count == 2 * columns && target.count == 2 * rows)
    run(elements, offset, weights, &target) { matrix, weights, target in
      base.withUnsafeBufferPointer { base in
        slope.withUnsafeBufferPointer { slope in
          along.withUnsafeBufferPointer { along in
            guard let base = base.baseAddress, let slope = slope.baseAddress, let along = along.baseAddress
            else { return }
            switch level {
            case .baseline:
              KernelsBaseline.sequenceDeflatedSquares(
                matrix, rows, columns, base, slope, along, weights, target)
            case .avx2:
              KernelsAVX2.sequenceDeflatedSquares(matrix, rows, columns, base, slope, along, weights, target)
            case .avx512:
              KernelsAVX512.sequenceDeflatedSquares(
                matrix, rows, columns, base, slope, along, weights, target)
            }
          }
        }
      }
    }
  }

  /// The element-by-element product.
  public static func hadamard(_ left: [Vector], _ right: [Vector], level: CPULevel = .best) -> [Vector] {
    precondition(left.count == right.count, "\(left.count) and \(right.count) vectors")
    return [Vector](unsafeUninitializedCapacity: left.count) { target, count in
      count = left.count
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          guard let left = left.baseAddress, let right = right.baseAddress, let target = target.baseAddress
          else { return }
          switch level {
          case .baseline: KernelsBaseline.sequenceHadamard(left, right, count, target)
          case .avx2: KernelsAVX2.sequenceHadamard(left, right, count, target)
          case .avx512: KernelsAVX512.sequenceHadamard(left, right, count, target)
          }
        }
      }
    }
  }

  /// Adds the squares of `entries`, times `plain` to `plainSums` and each times its weight to `weightedSums`.
  public static func accumulateSquares(
    _ entries: [Vector], plain: Vector, weights: [Vector], plainSums: inout [Vector],
    weightedSums: inout [Vector], level: CPULevel = .best
  ) {
    let count = entries.count
    precondition(
      weights.count == count && plainSums.count == count && weightedSums.count == count,
      "arrays of different lengths: \(count), \(weights.count), \(plainSums.count), \(weightedSums.count)")
    entries.withUnsafeBufferPointer { entries in
      weights.withUnsafeBufferPointer { weights in
        plainSums.withUnsafeMutableBufferPointer { plainSums in
          weightedSums.withUnsafeMutableBufferPointer { weightedSums in
            withUnsafePointer(to: plain) { plain in
              guard let entries = entries.baseAddress, let weights = weights.baseAddress,
                let sums = plainSums.baseAddress, let others = weightedSums.baseAddress
              else { return }
              switch level {
              case .baseline: KernelsBaseline.sequenceSquares(entries, count, plain, weights, sums, others)
              case .avx2: KernelsAVX2.sequenceSquares(entries, count, plain, weights, sums, others)
              case .avx512: KernelsAVX512.sequenceSquares(entries, count, plain, weights, sums, others)
              }
            }
          }
        }
      }
    }
  }

  private static func check(
    _ elements: [Double], _ offset: Int, _ rows: Int, _ columns: Int, _ vectorsFit: Bool
  ) {
    precondition(
      offset >= 0 && rows >= 0 && columns >= 0 && offset + rows * columns <= elements.count,
      "a \(rows)×\(columns) block at \(offset) does not fit into \(elements.count) numbers")
    precondition(vectorsFit, "vectors do not fit a \(rows)×\(columns) block")
  }

  private static func run(
    _ elements: [Double], _ offset: Int, _ vector: [Vector], _ target: inout [Vector],
    _ body: (UnsafePointer<Double>, UnsafePointer<Vector>, UnsafeMutablePointer<Vector>) -> Void
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
