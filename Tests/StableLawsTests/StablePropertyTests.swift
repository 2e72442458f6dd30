import Numerics
import Testing

@testable import StableLaws

@Suite struct StablePropertyTests {
  /// The tail indices tried: the ends, the seams of the tables and random ones.
  static func tailIndices(_ cases: Int, _ draw: inout RandomStream) -> [Double] {
    let special = [1.5, 1.0, 2.0, 1.75, 1.99, 1.01, 1.25, 1.9]
    return (0..<cases).map { $0 < special.count ? special[$0] : 1 + draw.uniform() }
  }

  static func worst(_ property: StableProperty, _ functions: StableFunctions) -> (
    ratio: Double, alpha: Double
  ) {
    var draw = RandomStream(seed: 4, purpose: "stable.property." + property.name)
    return worst(property, functions, tailIndices: tailIndices(property.cases, &draw), draw: &draw)
  }

  /// The largest error in units of its bound; stops at the first above one.
  static func worst(
    _ property: StableProperty, _ functions: StableFunctions, tailIndices: [Double], draw: inout RandomStream
  ) -> (ratio: Double, alpha: Double) {
    var worst = (ratio: 0.0, alpha: Double.nan)
    for alpha in tailIndices {
      let ratio = property.check(functions, alpha, &draw)
      if !(ratio <= worst.ratio) { worst = (ratio, alpha) }
      if !(ratio <= 1) { return worst }
    }
    return worst
  }

  /// Every identity of the law holds at random tail indices and points, within its derived bound.
  @Test(arguments: StableProperty.all.indices) func holds(_ index: Int) {
    let property = StableProperty.all[index]
    let worst = Self.worst(property, .reference)
    #expect(worst.ratio <= 1, "\(property.name): error \(worst.ratio) times its bound at α = \(worst.alpha)")
  }

  /// Every identity exposes each of its wrong implementations: none of them is vacuous.
  @Test(arguments: StableProperty.all.indices) func killsItsMutants(_ index: Int) {
    let property = StableProperty.all[index]
    #expect(!property.mutants.isEmpty)
    for (name, mutant) in property.mutants {
      #expect(!(Self.worst(property, mutant).ratio <= 1), "\(property.name) does not notice: \(name)")
    }
  }
}
