import Numerics
import Testing

@testable import StableLaws

@Suite struct SubCauchyPropertyTests {
  /// The tail indices tried: the ends, the seam between the two rays at 1/2 and random ones.
  static func tailIndices(_ cases: Int, _ draw: inout RandomStream) -> [Double] {
    let special = [0.5, 0.5.nextUp, 0.0625, 1 - 0x1p-30, 0.9]
    return (0..<cases).map { $0 < special.count ? special[$0] : 0.07 + 0.93 * draw.uniform() }
  }

  static func worst(_ property: StableProperty, _ functions: StableFunctions) -> (
    ratio: Double, alpha: Double
  ) {
    var draw = RandomStream(seed: 4, purpose: "stable.sub-cauchy." + property.name)
    return StablePropertyTests.worst(
      property, functions, tailIndices: tailIndices(property.cases, &draw), draw: &draw)
  }

  /// Every identity of the law holds at random tail indices below one and random points, within its derived bound.
  @Test(arguments: SubCauchyProperties.all.indices) func holds(_ index: Int) {
    let property = SubCauchyProperties.all[index]
    let worst = Self.worst(property, .subCauchy)
    #expect(worst.ratio <= 1, "\(property.name): error \(worst.ratio) times its bound at α = \(worst.alpha)")
  }

  /// Every identity exposes each of its wrong implementations.
  @Test(arguments: SubCauchyProperties.all.indices) func killsItsMutants(_ index: Int) {
    let property = SubCauchyProperties.all[index]
    #expect(!property.mutants.isEmpty)
    for (name, mutant) in property.mutants {
      #expect(!(Self.worst(property, mutant).ratio <= 1), "\(property.name) does not notice: \(name)")
    }
  }
}
