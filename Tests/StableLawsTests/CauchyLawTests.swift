import Foundation
import Numerics
import Testing

@testable import StableLaws

@Suite struct CauchyLawTests {
  /// At α = 1 every function is the Cauchy law's closed form: density 1/(π(1 + x²)), tail atan(1/x)/π, score 2x/(1 + x²), quantile
  /// cot(πq). The closed forms are themselves off by some four roundings, 5·10⁻¹⁶.
  @Test func closedForms() throws {
    let law = try SymmetricStableLaw(tailIndex: 1)
    let closed = 5e-16
    var draw = RandomStream(seed: 12, purpose: "stable.cauchy")
    for _ in 0..<2000 {
      let x = exp(45 * draw.uniform() - 15)
      func check(_ name: String, _ value: Double, _ truth: Double, _ bound: Double) {
        #expect((value - truth).magnitude <= bound * truth.magnitude, "\(name) at \(x): \(value), \(truth)")
      }
      check("density", law.density(x), 1 / (.pi * (1 + x * x)), 1e-15 + closed)
      check("tail", law.tail(x), atan(1 / x) / .pi, 1e-15 + closed)
      check("log density", law.logDensity(x), -log(.pi) - log1p(x * x), 1e-15 + closed)
      check("log tail", law.logTail(x), log(atan(1 / x) / .pi), 1e-15 + 2 * closed)
      check("cumulative", law.cumulative(-x), atan(1 / x) / .pi, 1e-15 + closed)
      // A piece of half width h gives the slope of values known to 10⁻¹⁵ to 2·10⁻¹⁵/h of the value: h = x/32 at the least above 1,
      // 1/16 in [1/8, 1); the first piece has h = 1/2 in the variable (8x)², whose own slope is 128x.
      let score = 2 * x / (1 + x * x)
      let magnified = x < 0.125 ? 256 * x : x < 1 ? 16 : 32 / x
      let bound = 2e-15 * magnified + 4e-15 * score
      #expect((law.score(x) - score).magnitude <= bound, "score at \(x): \(law.score(x)), \(score)")
      #expect(law.score(-x) == -law.score(x))
      let q = exp(-20 * draw.uniform()) / 2
      // cot(πq) = tan(π(1/2 − q)); near q = 1/2 the rounding of πq matters, so the angle is taken from the nearer end.
      let quantile = q < 0.25 ? 1 / tan(.pi * q) : tan(.pi * (0.5 - q))
      #expect(
        (try law.upperQuantile(q) - quantile).magnitude <= (4e-15 + 2 * closed) * quantile, "quantile at \(q)"
      )
    }
    #expect(law.tailConstant == 1 / .pi && law.score(0) == 0)
  }

  /// At α = 1 the sampler is the tangent of a uniform angle: |X| ≤ 1 for half of the draws, within six standard deviations.
  @Test func sampler() throws {
    var draw = RandomStream(seed: 13, purpose: "stable.cauchy")
    let values = try SymmetricStableLaw(tailIndex: 1).sample(100_000, using: &draw)
    let inside = values.count { $0.magnitude <= 1 }
    #expect((Double(inside) - 50_000).magnitude < 6 * 25_000.0.squareRoot())
    for level in [0.1, 10, 1000] {
      let expected = 2 * atan(1 / level) / .pi
      let found = Double(values.count { $0.magnitude > level }) / 100_000
      #expect((found - expected).magnitude < 6 * (expected * (1 - expected) / 100_000).squareRoot())
    }
  }
}
