import Foundation
import Testing

@testable import KernelRegime

@Suite struct ActivationTests {
  /// Each shipped activation stays within the constants that it declares, on a fine grid and far out.
  @Test func declaredConstantsHold() throws {
    let grid = (-4000...4000).map { Double($0) / 200 } + [-1e3, 1e3, -1e300, 1e300, 0]
    for activation in ActivationCatalogue.bounded { try ActivationAudit.check(activation, at: grid) }
  }

  /// The declared constants are attained to 1/1000 (a grid of 1/200 misses a smooth maximum by less), so none is loose;
  /// σ₂ of the soft clip is a bound by the mean value theorem and is attained to 5%.
  @Test func declaredConstantsAreSharp() {
    let grid = (-4000...4000).map { Double($0) / 200 }
    for activation in ActivationCatalogue.bounded {
      let bounds = activation.bounds
      #expect(grid.map { abs(activation.value($0)) }.max() ?? 0 > 0.999 * bounds.value)
      #expect(grid.map { abs(activation.slope($0)) }.max() ?? 0 > 0.999 * bounds.slope)
      #expect(grid.map { abs(activation.curvature($0)) }.max() ?? 0 > 0.95 * bounds.curvature)
    }
  }

  struct Overstated: SmoothActivation {
    var name: String { "overstated" }
    var bounds: ActivationBounds { ActivationBounds(value: 1, slope: 0.9, curvature: 1) }
    func value(_ z: Double) -> Double { tanh(z) }
    func slope(_ z: Double) -> Double { 1 / (cosh(z) * cosh(z)) }
    func curvature(_ z: Double) -> Double { -2 * tanh(z) * slope(z) }
  }

  /// An activation that violates its constants is found out, and the error names the constant.
  @Test func violationIsReported() {
    #expect(
      throws: KernelRegimeError.activationConstantViolated(
        activation: "overstated", constant: "σ1", declared: 0.9, observed: 1, at: 0)
    ) { try ActivationAudit.check(Overstated(), at: [5, 0]) }
  }

  /// The fast forms agree with the definitions.
  ///
  /// E and O are sums of positive terms with at most 8 roundings each, amplified at most 3.2 times by the subtraction
  /// (worst at |2z| = ½ ln 2); denominator and division add 10: 40 half-ulps relative, and 2 ulp for the platform's
  /// function. Where a numerator cancels nothing (logistic) the same bound is generous. Slopes are products of two
  /// factors in [0, 2] with that absolute error.
  @Test func lanesAgreeWithScalars() {
    for activation in ActivationCatalogue.all {
      for block in -2500..<2500 {
        var z = NeuronLanes()
        for lane in 0..<8 { z[lane] = Double(block * 8 + lane) / 499.7 }
        let values = activation.value(lanes: z)
        let slopes = activation.slope(lanes: z, value: values)
        for lane in 0..<8 {
          let expected = activation.value(z[lane])
          #expect(
            abs(values[lane] - expected) <= 22 * Double.ulpOfOne * abs(expected),
            "\(activation.name) at \(z[lane])")
          #expect(
            abs(slopes[lane] - activation.slope(z[lane])) <= 50 * Double.ulpOfOne,
            "\(activation.name)′ at \(z[lane])")
        }
      }
    }
  }

  /// Extreme arguments saturate and not-a-number passes through, so that a divergence is seen.
  @Test func lanesHandleExtremes() {
    for activation in [HyperbolicTangent(), Logistic()] as [any SmoothActivation] {
      let values = activation.value(
        lanes: NeuronLanes(-1e308, 1e308, -.infinity, .infinity, .nan, 0, -0.0, 700))
      #expect(abs(values[0] - activation.value(-1e308)) <= 1e-300 + 4 * Double.ulpOfOne)
      #expect(values[1] == 1 && values[3] == 1 && values[7] == 1)
      #expect(values[4].isNaN)
      #expect(values[5] == activation.value(0))
    }
  }
}
