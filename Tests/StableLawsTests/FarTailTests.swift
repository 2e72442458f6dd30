import Foundation
import Testing

@testable import StableLaws

/// Beyond x = 10⁶⁰, where density and tail will underflow, logarithms are taken of the leading power alone.
@Suite struct FarTailTests {
  private static let indices = [1, 1.1, 1.5, 1.8, 1.99, 2 - 0x1p-30]

  /// `log p(x) + (α + 1) log x` and `log P(X > x) + α log x` are the same constants on both sides of 10⁶⁰ and up to 10³⁰⁰. The
  /// next term of the series is smaller by x^(−α) ≤ 10⁻⁶⁰. Logarithms of size at most 2100 are rounded a few times each: 8
  /// roundings; values themselves err by 10⁻¹⁵.
  @Test(arguments: indices) func logarithmsFollowTheLeadingPower(tailIndex: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    func constants(_ x: Double) -> (density: Double, tail: Double) {
      (law.logDensity(x) + (tailIndex + 1) * log(x), law.logTail(x) + tailIndex * log(x))
    }
    let near = constants(0.5e60)
    for x in [1e60, 2e60, 1e80, 1e150, 1e300] {
      let far = constants(x)
      let bound = 2e-15 + 16 * 0x1p-53 * 2100
      #expect(abs(far.density - near.density) <= bound, "log p at \(x)")
      #expect(abs(far.tail - near.tail) <= bound, "log P at \(x)")
    }
  }

  /// `log(p/P) = log(α/x)` far out: density and tail are of one law. Bound as above.
  @Test(arguments: indices) func densityIsTheTailsDerivative(tailIndex: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    for x in [1e59, 1e61, 1e120, 1e250] {
      let hazard = law.logDensity(x) - law.logTail(x)
      #expect(abs(hazard - (log(tailIndex) - log(x))) <= 2e-15 + 16 * 0x1p-53 * 2100, "at \(x)")
    }
  }
}
