import Foundation
import Numerics
import Testing

@testable import StableLaws

@Suite struct InformationTests {
  /// The location information is ∫ f′²/f, here by a quadrature of the contour integrals alone below x = 12 and of the leading series beyond,
  /// which share nothing with the tables.
  @Test(arguments: [1.1, 1.3, 1.5, 1.7]) func locationAgainstWitnesses(_ alpha: Double) throws {
    let rule = GaussLegendre(20)
    let body = rule.integrate(panels: (0...24).map { 0.5 * Double($0) }) { x in
      let f = Witnesses.contour(alpha, x).value
      // f′ from the fractional identity (f + x f′)/α = ∫ t^α cos(xt) e^(−t^α) dt/π.
      let slope = (alpha * Witnesses.contour(alpha, x, .power).value - f) / x
      return slope * slope / f
    }
    // Beyond 12, in s = log x: f′ by a central difference of the series, whose error is of the order h²·60.
    let outer = rule.integrate(panels: (0...60).map { log(12) + 0.25 * Double($0) }) { s in
      let x = exp(s)
      let h = 1e-4
      let f = Witnesses.seriesAtInfinity(alpha, x).value
      let derivative =
        (Witnesses.seriesAtInfinity(alpha, x * (1 + h)).value
          - Witnesses.seriesAtInfinity(alpha, x * (1 - h)).value)
        / (2 * h)
      return derivative * derivative / (f * x)
    }
    let information = try SymmetricStableLaw(tailIndex: alpha).fisherInformation
    // The part beyond 12 is below 0.03 of the whole and known to 10⁻⁶; the body to the contour's 10⁻¹³ over f ≥ 10⁻³.
    #expect((information.location - 2 * (body + outer)).magnitude < 1e-7)
  }

  /// Scores good to 10⁻¹⁵ times the 33 of a piece's relative width enter squared, weighted with a density that adds up to one.
  static let informationBound = 7e-14

  /// All four entries agree with rigorous enclosures.
  @Test func entriesAgainstFixtures() throws {
    let entries = try InformationFixtures.load().information
    #expect(entries.count >= 6)
    var worst: [String: Double] = [:]
    for entry in entries {
      let alpha = try hexDouble(entry.alpha)
      let value = try SymmetricStableLaw(tailIndex: alpha).fisherInformation
      for (name, enclosure, got) in [
        ("location", entry.location, value.location), ("scale", entry.scale, value.scale),
        ("tail index", entry.tailIndex, value.tailIndex),
        ("mixed", entry.tailIndexScale, value.tailIndexScale),
      ] {
        let error = enclosure.relativeError(of: got)
        worst[name] = max(error, worst[name] ?? 0)
        #expect(error < Self.informationBound, "\(name) at α = \(alpha): \(got), relative error \(error)")
        #expect(enclosure.isConfirmed(within: 1e-17), "\(name) at α = \(alpha)")
      }
    }
    print("largest relative errors of Fisher information: \(worst)")
  }

  /// Closed forms: the Cauchy law has I_μ = I_σ = 1/2, the normal law 1/2 and 2, both divided by σ².
  @Test func closedForms() throws {
    let cauchy = try SymmetricStableLaw(tailIndex: 1, scale: 3).fisherInformation
    // The bound of the comparison with enclosures.
    #expect((9 * cauchy.location - 0.5).magnitude < 0.5 * Self.informationBound)
    #expect((9 * cauchy.scale - 0.5).magnitude < 0.5 * Self.informationBound)
    let normal = try SymmetricStableLaw(tailIndex: 2, scale: 3).fisherInformation
    #expect(normal.location == 0.5 / 9 && normal.scale == 2.0 / 9 && normal.tailIndex == .infinity)
    for (alpha, entropy) in [(1.0, log(4 * .pi)), (2.0, 0.5 * log(4 * .pi) + 0.5)] {
      // f log f relative to 10⁻¹⁵ each with E|log f| < 4, and as much for the weights of the rule and its sum.
      #expect((try SymmetricStableLaw(tailIndex: alpha).entropy - entropy).magnitude < 1.6e-14)
    }
  }

  /// The sample complexity inverts the exact error of the mean: at N = N*(ε) the error of the mean of N copies is ε.
  @Test(arguments: [1.2, 1.5, 1.8, 2.0]) func sampleComplexity(_ alpha: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: alpha, scale: 0.7)
    for error in [0.3, 0.1, 0.01] {
      let separation = 0.2
      let count = try law.sampleComplexity(error: error, separation: separation)
      let scale = 0.7 * pow(count, 1 / alpha - 1)
      let reached = try law.rescaled(to: scale).bayesError(shift: separation)
      // Both powers are off by the rounding of their exponents times log N and a few units more; d log S/d log x ≤ x²/2 + 1 < 8 here.
      #expect((reached / error - 1).magnitude < 8 * (log(count) + 8) * 0x1p-52)
    }
    #expect(try SymmetricStableLaw(tailIndex: 1).sampleComplexity(error: 0.1, separation: 0.1) == .infinity)
  }

  /// Derivatives in α and x of the log density agree with central differences of the tables at neighbouring indices.
  @Test(arguments: [1.1, 1.37, 1.6, 1.8, 1.95]) func jets(_ alpha: Double) throws {
    let h = 1e-4
    let jets = StableJetTable(alpha)
    let above = StableJetTable(alpha + h)
    let below = StableJetTable(alpha - h)
    for x in [0.05, 0.3, 0.9, 2.2, 3.4, 7, 15, 17, 40, 1e4] {
      let jet = jets(x)
      let (up, down) = (above(x), below(x))
      // A central difference is off by h²/6 times the third derivative, itself taken from differences and doubled, and by the rounding of the
      // values over h: 2·10⁻¹⁵ of 1 + |log f| for the logarithm, 10⁻¹³ for derivatives of pieces (33¹ to 33² times a unit).
      func check(
        _ up: Double, _ down: Double, _ derivative: Double, third: Double, _ rounding: Double, _ step: Double
      ) {
        let bound = 2 * step * step / 6 * third.magnitude + rounding / step
        #expect(((up - down) / (2 * step) - derivative).magnitude < bound, "α = \(alpha), x = \(x)")
      }
      let logRounding = 2e-15 * (1 + jet.logDensity.magnitude)
      func derivativeRounding(_ value: Double) -> Double { 1e-13 * (1 + value.magnitude) }
      check(up.logDensity, down.logDensity, jet.da, third: (up.daa - down.daa) / (2 * h), logRounding, h)
      check(
        up.da, down.da, jet.daa, third: (up.daa - 2 * jet.daa + down.daa) / (h * h),
        derivativeRounding(jet.da), h)
      check(
        up.dx, down.dx, jet.dxa, third: (up.dxa - 2 * jet.dxa + down.dxa) / (h * h),
        derivativeRounding(jet.dx), h)
      let step = h * x
      let (right, left) = (jets(x * (1 + h)), jets(x * (1 - h)))
      check(
        right.logDensity, left.logDensity, jet.dx, third: (right.dxx - left.dxx) / (2 * step), logRounding,
        step)
      check(
        right.dx, left.dx, jet.dxx, third: (right.dxx - 2 * jet.dxx + left.dxx) / (step * step),
        derivativeRounding(jet.dx), step)
    }
  }
}
