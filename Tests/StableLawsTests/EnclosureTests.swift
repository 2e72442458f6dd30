import Foundation
import Testing

@testable import StableLaws

@Suite struct EnclosureTests {
  /// The bound of the contract: nine half-units in the last place.
  static let valueBound = 1e-15
  static let quantileBound = 4e-15

  /// Density, tail, log density and log tail are within 10⁻¹⁵ (relative) of every rigorous enclosure: α from 1 to 2 − 2⁻⁵⁰
  /// and 2, random α, |x| from 0 to 10⁸; the one-shot functions too.
  @Test func pointwise() throws {
    let fixtures = try StableFixtures.load()
    #expect(fixtures.points.count > 800)
    var worst = [String: (error: Double, at: String)]()
    for point in fixtures.points {
      let alpha = try hexDouble(point.alpha)
      let x = try hexDouble(point.x)
      let law = try SymmetricStableLaw(tailIndex: alpha)
      func check(_ name: String, _ value: Double, _ truth: Enclosure) {
        // Values below the normal range cannot have a small relative error.
        guard truth.nearest.magnitude > 0x1p-1000 else { return }
        let error = truth.relativeError(of: value)
        if error > worst[name]?.error ?? -1 { worst[name] = (error, "α=\(alpha) x=\(x)") }
        #expect(error <= Self.valueBound, "\(name) at α=\(alpha), x=\(x): \(value), relative error \(error)")
      }
      check("density", law.density(x), point.density)
      check("density(-x)", law.density(-x), point.density)
      check("tail", law.tail(x), point.tail)
      check("cumulative(-x)", law.cumulative(-x), point.tail)
      check("log density", law.logDensity(x), point.logDensity)
      check("log tail", law.logTail(x), point.logTail)
      check("one-shot density", try SymmetricStableLaw.density(x, tailIndex: alpha), point.density)
      check("one-shot tail", try SymmetricStableLaw.tail(x, tailIndex: alpha), point.tail)
    }
    for (name, record) in worst.sorted(by: { $0.key < $1.key }) {
      print("largest relative error of \(name): \(record.error) at \(record.at)")
    }
  }

  /// Quantiles are within 4·10⁻¹⁵ (relative) of every rigorous enclosure.
  @Test func quantiles() throws {
    let fixtures = try StableFixtures.load()
    #expect(fixtures.quantiles.count > 200)
    var worst = (error: 0.0, at: "")
    for entry in fixtures.quantiles {
      let alpha = try hexDouble(entry.alpha)
      let q = try hexDouble(entry.q)
      let law = try SymmetricStableLaw(tailIndex: alpha)
      let value = try law.upperQuantile(q)
      let error = entry.x.relativeError(of: value)
      if error > worst.error { worst = (error, "α=\(alpha) q=\(q)") }
      #expect(
        error <= Self.quantileBound, "quantile at α=\(alpha), q=\(q): \(value), relative error \(error)")
      #expect(try law.quantile(q) == -value)
    }
    print("largest relative error of the quantile: \(worst.error) at \(worst.at)")
  }

  /// Every enclosure was found by two methods, which overlap and agree far beyond the accuracy that is tested.
  @Test func enclosuresHaveTwoMethods() throws {
    let fixtures = try StableFixtures.load()
    for point in fixtures.points {
      #expect(point.density.isConfirmed(within: 1e-17), "density at α = \(point.alpha), x = \(point.x)")
      #expect(point.tail.isConfirmed(within: 1e-17), "tail at α = \(point.alpha), x = \(point.x)")
    }
    for entry in fixtures.quantiles {
      #expect(entry.x.isConfirmed(within: 1e-17), "quantile at α = \(entry.alpha), q = \(entry.q)")
    }
  }

  /// An enclosure whose second method lies elsewhere, is the same one or is missing does not count as confirmed.
  @Test(arguments: [
    #"{"v":"0x1p0","r":"0x0p0","e":"0x1p-90","method":"a","second":{"method":"b","d":"0x1p-80","e":"0x1p-90"}}"#,
    #"{"v":"0x1p0","r":"0x0p0","e":"0x1p-90","method":"a","second":{"method":"a","d":"0x0p0","e":"0x1p-90"}}"#,
    #"{"v":"0x1p0","r":"0x0p0","e":"0x1p-90","method":"a","second":{"method":"b","d":"0x0p0","e":"0x1p-40"}}"#,
    #"{"v":"0x1p0","r":"0x0p0","e":"0x1p-90","method":"a"}"#,
  ]) func confirmationCanFail(_ json: String) throws {
    let value = try JSONDecoder().decode(Enclosure.self, from: Data(json.utf8))
    #expect(!value.isConfirmed(within: 1e-17))
  }

  /// A relative error of 2·10⁻¹⁵ in the density is seen: the check can fail.
  @Test func enclosureCheckCanFail() throws {
    let point = try #require(try StableFixtures.load().points.first)
    let law = try SymmetricStableLaw(tailIndex: try hexDouble(point.alpha))
    let wrong = law.density(try hexDouble(point.x)) * (1 + 2e-15)
    #expect(point.density.relativeError(of: wrong) > Self.valueBound)
  }
}
