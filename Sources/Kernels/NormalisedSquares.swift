import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Squared rows of layer normalisation's sensitivity over eight sequences. Same bits on every level.
public enum NormalisedSquares {
  public typealias Vector = SIMD8<Double>

  /// Adds, for every row q of `D(left) (I − 11ᵀ/H − x̂x̂ᵀ/H)`, its squared length times `plain` to `plainSums`, and the sum of its
  /// squares each times its weight to `weightedSums`.
  ///
  /// The row is `left_q (δ_qk − p_k)` with `p_k = (1 + x̂_q x̂_k)/H`. Sums over k are taken from the moments `Σ x̂ᵢ w` over H², each
  /// of which is off by at most `(1 + 3/H)u·max w` because `Σ x̂² ≤ H`; with the roundings behind, an added term is off by at most
  /// `16u · left_q² · max w · (1 + x̂_q²)`.
  ///
  /// - Returns: False, with nothing written, when some `p_q > 1/2`: the parts of that sum cancel, and it must be taken term by term.
  /// - Precondition: All arrays have H vectors.
  public static func accumulate(
    left: [Vector], normalised: [Vector], plain: Vector, weights: [Vector], plainSums: inout [Vector],
    weightedSums: inout [Vector], level: CPULevel = .best
  ) -> Bool {
    precondition(
      [normalised.count, weights.count, plainSums.count, weightedSums.count].allSatisfy { $0 == left.count },
      "arrays of different lengths: \(left.count), \(normalised.count), \(weights.count)")
    let units = left.count
    return left.withUnsafeBufferPointer { left in
      normalised.withUnsafeBufferPointer { normalised in
        weights.withUnsafeBufferPointer { weights in
          withUnsafePointer(to: plain) { plain in
            plainSums.withUnsafeMutableBufferPointer { plainSums in
              weightedSums.withUnsafeMutableBufferPointer { weightedSums in
                guard let left = left.baseAddress, let normalised = normalised.baseAddress,
                  let weights = weights.baseAddress, let plainSums = plainSums.baseAddress,
                  let weightedSums = weightedSums.baseAddress
                else { return true }
                var plan = NormalisedSquaresPlan(
                  units: units, left: left, normalised: normalised, plain: plain, weights: weights,
                  plainSums: plainSums, weightedSums: weightedSums)
                switch level {
                case .baseline: return KernelsBaseline.normalisedSquares(&plan)
                case .avx2: return KernelsAVX2.normalisedSquares(&plan)
                case .avx512: return KernelsAVX512.normalisedSquares(&plan)
                }
              }
            }
          }
        }
      }
    }
  }
}
