import Foundation

extension SymmetricStableLaw {
  /// The x with P(X ≤ x) = p.
  ///
  /// - Parameter p: strictly between 0 and 1, taken exactly.
  /// - Throws: `StableLawError.invalidProbability`.
  public func quantile(_ p: Double) throws(StableLawError) -> Double { -(try upperQuantile(p)) }

  /// The x with P(X > x) = q: the way to far quantiles, since q near zero is exact where 1 − q is not.
  ///
  /// - Parameter q: strictly between 0 and 1, taken exactly.
  /// - Throws: `StableLawError.invalidProbability`.
  public func upperQuantile(_ q: Double) throws(StableLawError) -> Double {
    guard q > 0, q < 1 else { throw .invalidProbability(q) }
    // 1 − q is exact for q ≥ 1/2, and 1/2 − q for q ≥ 1/4.
    return scale * (q <= 0.5 ? table.upperQuantile(q) : -table.upperQuantile(1 - q))
  }
}

extension SymmetricStableTable {
  /// The x ≥ 0 with tail q, 0 < q ≤ 1/2.
  func upperQuantile(_ q: Double) -> Double {
    // The tail at 1 is at most 1/4 for every α, so 1/2 − q is exact here or loses nothing that matters.
    if q > tailKnots[0] { return centralQuantile(0.5 - q) }
    guard q > tailKnots[tailKnots.count - 1] else { return outerQuantile(q) }
    var lower = 0
    var upper = tailKnots.count - 1
    while upper - lower > 1 {
      let middle = (lower + upper) / 2
      if tailKnots[middle] >= q { lower = middle } else { upper = middle }
    }
    let index = 8 + lower
    let lowerEnd = PieceLocation.lowerEnd(index)
    let halfWidth = PieceLocation.halfWidth(index)
    if lowerEnd >= gaussianFrom {
      return bracketedQuantile(q, lowerEnd, lowerEnd + 2 * halfWidth, tailKnots[lower], tailKnots[lower + 1])
    }
    let t = Self.solve(tailPieces[index].polynomial, q)
    return lowerEnd + halfWidth * (1 + t)
  }

  /// The x with F(x) − 1/2 = d, for x < 1.
  private func centralQuantile(_ d: Double) -> Double {
    if d <= centreKnots[1] {
      // Newton on x·D(x) = d with D nearly constant; derivative is the density.
      var x = d / density(0)
      for _ in 0..<3 { x -= (centre(min(x, 0.125)) - d) / density(x) }
      return x
    }
    var index = 1
    while index < 7, centreKnots[index + 1] < d { index += 1 }
    let t = Self.solve(centrePieces[index].polynomial, d)
    return (Double(index) + 0.5 * (1 + t)) / 8
  }

  /// Newton's iteration for P(t) = target; the pieces are so nearly linear that three steps reach rounding.
  @inline(__always)
  private static func solve(_ piece: TaylorPiece, _ target: Double) -> Double {
    var t = (target - piece.low[0]) / piece.low[1]
    // One correction for curvature makes the start good to a few thousandths.
    t -= piece.low[2] * t * t / piece.low[1]
    for _ in 0..<3 { t -= (piece(t) - target) / piece.derivative(t) }
    return t
  }

  /// Newton's iteration on the logarithm of the tail, kept inside a bracket that shrinks at every step.
  func bracketedQuantile(_ q: Double, _ low: Double, _ high: Double, _ tailLow: Double, _ tailHigh: Double)
    -> Double
  {
    var lower = low
    var upper = high
    let logTarget = Foundation.log(q)
    let fraction =
      (Foundation.log(tailLow) - logTarget) / (Foundation.log(tailLow) - Foundation.log(tailHigh))
    var x = min(max(low + fraction * (high - low), low), high)
    for _ in 0..<80 {
      let value = tail(x)
      let slope = density(x)
      if value >= q { lower = x } else { upper = x }
      let ratio = value / q
      // Near the root the relative residual is exact; far from it the logarithm is closer to linear.
      let residual =
        (ratio - 1).magnitude < 0.01 ? (value - q) / slope : Foundation.log(ratio) * value / slope
      var next = x + residual
      if !(next > lower && next < upper) {
        if residual.magnitude <= 1e-15 * x { return min(max(next, low), high) }
        next = 0.5 * (lower + upper)
      }
      if (ratio - 1).magnitude < 1e-8 { return next }
      x = next
    }
    return x
  }

  /// Quantiles beyond x = 16: Newton on v ↦ v·T(v), which is nearly linear, then x = 16 v^(−1/α).
  private func outerQuantile(_ q: Double) -> Double {
    if gaussianUntil > 16, tailIndex == 2 || q > 0.5 * tail(gaussianUntil) { return mixedOuterQuantile(q) }
    var v = min(1, q / tailOuter.coefficients[0])
    for _ in 0..<6 {
      let value = tailOuter(v)
      let next = v - (v * value - q) / (value + tailOuter.scaledDerivative(v))
      let change = (next - v).magnitude
      v = next
      if change <= 1e-9 * v { break }
    }
    // The rounding of 1/α is magnified by the logarithm of v; one more Newton step on the tail removes it.
    let x = 16 * Foundation.pow(v, -1 / tailIndex)
    guard x < 1e100 else { return x }
    return x + (tail(x) - q) / density(x)
  }

  /// Where both the normal and the power part matter: only for α within 10⁻¹² of 2, or equal to it.
  private func mixedOuterQuantile(_ q: Double) -> Double {
    var low = 16.0
    var high = 32.0
    while logTail(high) > Foundation.log(q), high < 1e9 {
      low = high
      high *= 2
    }
    // Bisection on the logarithm to a relative width where Newton's steps are safe, then Newton.
    let logTarget = Foundation.log(q)
    for _ in 0..<200 where high - low > 4e-16 * high {
      let middle = 0.5 * (low + high)
      if logTail(middle) >= logTarget { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
