import Foundation
import Numerics

/// Fisher information of one observation, at scale σ.
public struct StableFisherInformation: Sendable, Hashable {
  /// I_μ: information on the location; orthogonal to the other two by symmetry.
  public let location: Double
  /// I_σ.
  public let scale: Double
  /// I_α, infinite at α = 2.
  public let tailIndex: Double
  /// The mixed entry of α and σ, minus infinity at α = 2.
  public let tailIndexScale: Double

  /// Cramér–Rao bounds times √n: the smallest standard deviations of unbiased estimates of α and σ when both are unknown.
  public var standardDeviationBounds: (tailIndex: Double, scale: Double) {
    guard tailIndex.isFinite else { return (0, 1 / scale.squareRoot()) }
    let determinant = tailIndex * scale - tailIndexScale * tailIndexScale
    return ((scale / determinant).squareRoot(), (tailIndex / determinant).squareRoot())
  }
}

extension SymmetricStableLaw {
  static let rule = GaussLegendre(16)

  /// The Fisher information of (μ, σ, α): quadrature of products of scores, relative error near 10⁻¹³ (the location
  /// entry is compared with enclosures in the tests). Costs about half a millisecond.
  public var fisherInformation: StableFisherInformation {
    let variance = scale * scale
    if tailIndex == 2 {
      return StableFisherInformation(
        location: 0.5 / variance, scale: 2 / variance, tailIndex: .infinity, tailIndexScale: -.infinity)
    }
    let jets = StableJetTable(tailIndex)
    func expectation(_ product: (StableJetTable.Value, Double) -> Double) -> Double {
      Self.halfLineExpectation(tailIndex) { x in
        let jet = jets(x)
        return (Foundation.exp(jet.logDensity), product(jet, x))
      }
    }
    return StableFisherInformation(
      location: 2 * expectation { jet, _ in jet.dx * jet.dx } / variance,
      scale: 2 * expectation { jet, x in (1 + x * jet.dx) * (1 + x * jet.dx) } / variance,
      tailIndex: 2 * expectation { jet, _ in jet.da * jet.da },
      tailIndexScale: -2 * expectation { jet, x in jet.da * (1 + x * jet.dx) } / scale)
  }

  /// ∫₀^∞ f·p for smooth p of at most logarithmic growth: Gauss–Legendre on the pieces of the tables (halved beyond x = 3, where
  /// near α = 2 the law turns from normal to power), then in s = α log(x/16), where f dx decays like e^(−s).
  private static func halfLineExpectation(
    _ tailIndex: Double, _ densityAndFactor: (Double) -> (Double, Double)
  ) -> Double {
    var panels: [Double] = []
    for index in 0..<PieceLocation.count {
      let lower = PieceLocation.lowerEnd(index)
      panels.append(lower)
      if lower >= 3 { panels.append(lower + PieceLocation.halfWidth(index)) }
    }
    panels.append(PieceLocation.outerBound)
    let body = rule.integrate(panels: panels) { x in
      let (density, factor) = densityAndFactor(x)
      return density * factor
    }
    let outer = rule.integrate(panels: (0...100).map { 0.5 * Double($0) }) { s in
      let x = 16 * Foundation.exp(s / tailIndex)
      let (density, factor) = densityAndFactor(x)
      return density * factor * x / tailIndex
    }
    return body + outer
  }

  /// The differential entropy −∫ f log f, by the same quadrature; (1/2) log(4πeσ²) at α = 2, log(4πσ) at α = 1.
  public var entropy: Double {
    let standard = Self.halfLineExpectation(tailIndex) { (table.density($0), -table.logDensity($0)) }
    return 2 * standard + Foundation.log(scale)
  }

  /// Kullback–Leibler divergence of the law from its copy shifted by `shift` (symmetric in the sign of the shift and in the
  /// order of the two): I_μ d²/2 for small d, (1 + α) log d + O(1) for large d at α < 2.
  ///
  /// Quadrature; absolute error near 10⁻¹⁵, so relative accuracy is lost below d ≈ 10⁻⁶, where I_μ d²/2 is exact.
  public func klDivergence(shift: Double) throws(StableLawError) -> Double {
    let d = try relativeShift(shift)
    if tailIndex == 2 { return 0.25 * d * d }
    if d < 1e-6 { return 0.5 * fisherInformation.location * variance * d * d }
    return shiftedExpectation(d) { x in
      let here = table.logDensity(x.magnitude)
      return here - table.logDensity((x - d).magnitude)
    }
  }

  /// Mutual information between a fair bit and the observation whose location it shifts by `shift` (the Jensen–Shannon divergence
  /// of the two copies), in nats: at most log 2.
  public func mutualInformation(shift: Double) throws(StableLawError) -> Double {
    let d = try relativeShift(shift)
    if tailIndex < 2, d < 1e-6 { return 0.125 * fisherInformation.location * variance * d * d }
    return shiftedExpectation(d) { x in
      let difference = table.logDensity((x - d).magnitude) - table.logDensity(x.magnitude)
      // −log((1 + e^difference)/2), without overflow.
      return difference > 0
        ? -difference - Foundation.log1p(0.5 * Foundation.expm1(-difference))
        : -Foundation.log1p(0.5 * Foundation.expm1(difference))
    }
  }

  private var variance: Double { scale * scale }

  private func relativeShift(_ shift: Double) throws(StableLawError) -> Double {
    guard shift.isFinite else { throw .notFinite(name: "shift", value: shift) }
    return (shift / scale).magnitude
  }

  /// ∫ f(x) p(x) dx over the whole line for p with kinks of scale one at 0 and at d and at most logarithmic growth.
  private func shiftedExpectation(_ d: Double, _ factor: (Double) -> Double) -> Double {
    var marks: Set<Double> = []
    for index in 0..<PieceLocation.count { marks.insert(PieceLocation.lowerEnd(index)) }
    // Beyond the last mark the integrand is below x^(−α−1)·d²/x²; at α = 2 it has underflowed long before.
    let last = 1e7 * max(1, d)
    var mark = PieceLocation.outerBound
    while mark < last {
      marks.insert(mark)
      mark *= 1.25
    }
    marks.insert(last)
    var panels = Set(marks)
    for mark in marks {
      panels.insert(-mark)
      panels.insert(d + mark)
      panels.insert(d - mark)
    }
    return Self.rule.integrate(panels: panels.sorted()) { x in
      let density = table.density(x.magnitude)
      return density == 0 ? 0 : density * factor(x)
    }
  }
}
