#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Squared rows of `D(left) (I − 11ᵀ/H − x̂x̂ᵀ/H)`, with `p_k = (1 + x̂_q x̂_k)/H`: adds `left_q² (1 − 2 p_q + Σ_k p_k²) · plain` and
/// `left_q² (w_q (1 − 2 p_q) + Σ_k p_k² w_k)`, four sequences at a time. Three moments of the weights give the sums over k.
///
/// - Returns: False, with nothing written, when some `p_q` is above 1/2 (or no number), where the terms cancel.
@inline(never)
public func normalisedSquares(_ plan: UnsafePointer<NormalisedSquaresPlan>) -> Bool {
  let plan = plan.pointee
  let low = SquaredHalf(plan, 0)
  let high = SquaredHalf(plan, 1)
  guard low.isClear, high.isClear else { return false }
  low.add(plan, 0)
  high.add(plan, 1)
  return true
}

/// Four of the eight sequences: the sums over k as polynomials in `x̂_q`.
private struct SquaredHalf {
  /// Whether no row cancels.
  let isClear: Bool
  private let ones: (FourDoubles, FourDoubles, FourDoubles)
  private let others: (FourDoubles, FourDoubles, FourDoubles)

  @inline(__always)
  private static func half(_ column: NormalisedSquaresPlan.Column, _ number: Int) -> UnsafePointer<
    FourDoubles
  > {
    UnsafeRawPointer(column).assumingMemoryBound(to: FourDoubles.self) + number
  }

  @inline(__always)
  init(_ plan: NormalisedSquaresPlan, _ number: Int) {
    let normalised = Self.half(plan.normalised, number)
    let weights = Self.half(plan.weights, number)
    let zero = FourDoubles(repeating: 0)
    let count = Double(plan.units)
    let limit = FourDoubles(repeating: 0.5 * count - 1)
    var (zeroth, first, second) = (zero, zero, zero)
    var (sum, squares) = (zero, zero)
    var clear = SIMDMask<SIMD4<Int64>>(repeating: true)
    var unit = 0
    while unit < plan.units {
      let x = normalised[2 &* unit]
      let weight = weights[2 &* unit]
      let weighted = x * weight
      let square = x * x
      clear = clear .& (square .<= limit)
      zeroth += weight
      first += weighted
      second = fused(x, weighted, second)
      sum += x
      squares += square
      unit &+= 1
    }
    isClear = clear == SIMDMask(repeating: true)
    let scale = 1 / (count * count)
    ones = (FourDoubles(repeating: scale * count), 2 * scale * sum, scale * squares)
    others = (scale * zeroth, 2 * scale * first, scale * second)
  }

  @inline(__always)
  func add(_ plan: NormalisedSquaresPlan, _ number: Int) {
    let left = Self.half(plan.left, number)
    let normalised = Self.half(plan.normalised, number)
    let weights = Self.half(plan.weights, number)
    let plain = Self.half(plan.plain, number)[0]
    let plainSums = UnsafeMutablePointer(mutating: Self.half(plan.plainSums, number))
    let weightedSums = UnsafeMutablePointer(mutating: Self.half(plan.weightedSums, number))
    let one = FourDoubles(repeating: 1)
    let part = FourDoubles(repeating: -2 / Double(plan.units))
    let zero = FourDoubles(repeating: 0)
    var unit = 0
    while unit < plan.units {
      let at = 2 &* unit
      let x = normalised[at]
      // 1 − 2 p_q
      let rest = fused(part, fused(x, x, one), one)
      var same = fused(x, fused(x, ones.2, ones.1), ones.0)
      var other = fused(x, fused(x, others.2, others.1), others.0)
      // Sums of squares: only rounding makes them negative.
      same.replace(with: zero, where: same .< zero)
      other.replace(with: zero, where: other .< zero)
      let square = left[at] * left[at]
      plainSums[at] = fused(square * plain, rest + same, plainSums[at])
      weightedSums[at] = fused(square, fused(weights[at], rest, other), weightedSums[at])
      unit &+= 1
    }
  }
}
