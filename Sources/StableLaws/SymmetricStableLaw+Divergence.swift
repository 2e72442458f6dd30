import Foundation
import Numerics

/// How far the law is from its copy shifted by d, in nats.
///
/// With p and q the two densities the integrals are folded at the middle, where p = q: for u ≥ −d/2, p = f(u) ≥ q = f(u + d). There
/// integrands are positive and of the second order in d, so that accuracy is lost only like 10⁻¹⁵/d as d falls; below
/// 10⁻⁵ the quadratic law, whose own error is of the order d², takes over. Relative error below 10⁻⁹ throughout, near 10⁻¹⁴ from
/// d = 1 on.
extension SymmetricStableLaw {
  private static let smallShift = 1e-5
  /// From here on the mutual information is log 2 to rounding, and (1 + α) log d is all that the divergence still gains.
  private static let largeShift = 1e100

  /// Kullback–Leibler divergence of the law from its copy shifted by `shift` (symmetric in the sign of the shift and in the
  /// order of the two): I_μ d²/2 for small d, (1 + α) log d + O(1) for large d at α < 2. About a fifth of a millisecond.
  ///
  /// - Throws: `StableLawError.notFinite`.
  public func klDivergence(shift: Double) throws(StableLawError) -> Double {
    let d = try relativeShift(shift)
    if tailIndex == 2 { return 0.25 * d * d }
    if d < Self.smallShift { return 0.5 * standardLocationInformation * d * d }
    let reached = min(d, Self.largeShift)
    let value = foldedIntegral(reached) { p, q, logRatio in (p - q) * logRatio }
    return value + (1 + tailIndex) * Foundation.log(d / reached)
  }

  /// Mutual information between a fair bit and the observation whose location it shifts by `shift` (the Jensen–Shannon divergence
  /// of the two copies), in nats: at most log 2.
  ///
  /// - Throws: `StableLawError.notFinite`.
  public func mutualInformation(shift: Double) throws(StableLawError) -> Double {
    let d = try relativeShift(shift)
    if d < Self.smallShift { return 0.125 * standardLocationInformation * d * d }
    return foldedIntegral(min(d, Self.largeShift)) { p, q, logRatio in
      // p log(2p/(p + q)) + q log(2q/(p + q)): where it is small, by δ = (p − q)/(p + q) without cancellation.
      if logRatio < 1 {
        let difference = Foundation.tanh(0.5 * logRatio)
        return 0.5 * (p + q) * (Foundation.log1p(-difference * difference) + difference * logRatio)
      }
      let ratio = Foundation.exp(-logRatio)
      return p * ((1 + ratio) * (Foundation.log(2) - Foundation.log1p(ratio)) - ratio * logRatio)
    }
  }

  private var standardLocationInformation: Double { fisherInformation.location * scale * scale }

  private func relativeShift(_ shift: Double) throws(StableLawError) -> Double {
    guard shift.isFinite else { throw .notFinite(name: "shift", value: shift) }
    return (shift / scale).magnitude
  }

  /// ∫ over u ≥ −d/2 of a function of p = f(u), q = f(u + d) and log(p/q), of the standard law. |u| ≤ |u + d|, so that panels fit for p
  /// fit q; beyond the last, 10⁷ times d or one, both integrands are below d² u^(−α − 3) times a constant.
  private func foldedIntegral(_ d: Double, _ integrand: (Double, Double, Double) -> Double) -> Double {
    var marks = Self.innerPanels
    let last = 1e7 * max(1, d)
    var mark = 1.25 * PieceLocation.outerBound
    while mark < last {
      marks.append(mark)
      mark *= 1.25
    }
    marks.append(last)
    let left = marks.dropFirst().filter { $0 < 0.5 * d }.reversed().map { -$0 }
    return Self.rule.integrate(panels: [-0.5 * d] + left + marks) { u in
      let p = table.density(u.magnitude)
      // Underflow at α = 2.
      guard p > 0 else { return 0 }
      let logRatio = table.logDensity(u.magnitude) - table.logDensity(u + d)
      return integrand(p, table.density(u + d), logRatio)
    }
  }
}
