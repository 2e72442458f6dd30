import Foundation

extension SubCauchyLaw {
  /// The proved relative error of quantiles: the tail's, magnified by the reciprocal of −d log(1 − F)/d log x, which is near α far out.
  public static let quantileAccuracy = 4e-12

  /// The x with P(X ≤ x) = p.
  ///
  /// - Parameter p: strictly between 0 and 1, taken exactly.
  /// - Throws: `invalidProbability`; `outOfReach` where the tail or density is.
  public func quantile(_ p: Double) throws(StableLawError) -> Double { -(try upperQuantile(p)) }

  /// The x with P(X > x) = q: the way to far quantiles, since q near zero is exact where 1 − q is not.
  ///
  /// - Parameter q: strictly between 0 and 1, taken exactly.
  /// - Throws: `invalidProbability`; `outOfReach` where the tail or density is.
  public func upperQuantile(_ q: Double) throws(StableLawError) -> Double {
    guard q > 0, q < 1 else { throw .invalidProbability(q) }
    if q == 0.5 { return 0 }
    // 1 − q is exact for q ≥ 1/2, and 1/2 − q for q ≥ 1/4.
    return scale * (q < 0.5 ? try standardUpperQuantile(q) : -(try standardUpperQuantile(1 - q)))
  }

  /// Newton's iteration for log x on the logarithm of F − 1/2 (for q > 1/4) or of 1 − F, inside a bracket.
  private func standardUpperQuantile(_ q: Double) throws(StableLawError) -> Double {
    let isCentral = q > 0.25
    let target = isCentral ? 0.5 - q : q
    let reach = reach(.density)
    var lower = Foundation.log(reach.lowerBound)
    var upper = Foundation.log(reach.upperBound)
    var y =
      isCentral
      ? Foundation.log(target / (try density(0) * scale)) : Foundation.log(tailConstant / q) / tailIndex
    for _ in 0..<200 {
      y = min(max(y, lower), upper)
      let x = Foundation.exp(y)
      let value = try certified(isCentral ? .centre : .tail, x)
      let mass = x * (try certified(.density, x).value)
      let slope = (isCentral ? mass : -mass) / value.value
      let residual = Foundation.log1p((value.value - target) / target)
      if (residual < 0) == isCentral { lower = y } else { upper = y }
      let step = -residual / slope
      // What the bound of the function, the rounding of the residual and of y leave of log x.
      let blur = (value.relativeBound + 0x1p-51) / slope.magnitude + 0x1p-52 * y.magnitude
      if step.magnitude <= 4 * blur, 5 * blur <= Self.quantileAccuracy { return x + x * step }
      y = y + step > lower && y + step < upper ? y + step : 0.5 * (lower + upper)
      if upper - lower <= 0x1p-50 * y.magnitude { break }
    }
    throw .outOfReach(function: "quantile", tailIndex: tailIndex, x: Foundation.exp(y), reach: reach)
  }
}
