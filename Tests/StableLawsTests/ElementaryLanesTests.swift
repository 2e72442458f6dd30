import Foundation
import Numerics
import Testing

@testable import StableLaws

/// The sampler's functions beside the library's, whose own error is allowed for with 2u, u = 2⁻⁵³.
@Suite struct ElementaryLanesTests {
  private typealias Lanes = SIMD4<Double>
  private static let unit = 0x1p-53

  private static func draws(_ name: String) -> [Double] {
    var stream = RandomStream(seed: 1, purpose: "test.elementary.\(name)")
    return (0..<20_000).map { _ in stream.uniform() }
  }

  private static func expectClose(
    _ function: (Lanes) -> Lanes, _ library: (Double) -> Double, _ points: [Double], units: Double
  ) {
    for start in stride(from: 0, to: points.count - 3, by: 4) {
      let x = Lanes(points[start], points[start + 1], points[start + 2], points[start + 3])
      let value = function(x)
      for lane in 0..<4 {
        let expected = library(x[lane])
        #expect(
          (value[lane] - expected).magnitude <= (units + 2) * unit * expected.magnitude, "at \(x[lane])")
      }
    }
  }

  /// Whole numbers below 2⁵³ are converted exactly.
  @Test func numbersAreExact() {
    var stream = RandomStream(seed: 2, purpose: "test.elementary.number")
    for _ in 0..<1000 {
      let shift = stream.next() & 31
      let words = SIMD4<UInt64>(stream.next() >> 11, stream.next() >> (11 + shift), 0, (1 << 53) - 1)
      let value = ElementaryLanes.number(words)
      for lane in 0..<4 { #expect(value[lane] == Double(words[lane])) }
    }
  }

  /// Logarithms are within 3u: from the least to the greatest argument, around one, and of the uniform numbers next to one.
  @Test func logarithms() {
    let fractions = Self.draws("logarithm")
    let wide = fractions.map { Foundation.exp(1400 * ($0 - 0.5)) }
    let near = fractions.map { 0.5 + 1.5 * $0 }
    let ends = (1...2000).map { 1 - Double($0) * 0x1p-53 }
    Self.expectClose(ElementaryLanes.logarithm, { Foundation.log($0) }, wide + near + ends, units: 3)
    #expect(ElementaryLanes.logarithm(.one) == .zero)
  }

  /// Exponentials are within 3u.
  @Test func exponentials() {
    let fractions = Self.draws("exponential")
    let points =
      fractions.map { 1400 * ($0 - 0.5) } + fractions.map { 2 * ($0 - 0.5) } + [0, -0.0, 700, -700]
    Self.expectClose(ElementaryLanes.exponential, { Foundation.exp($0) }, points, units: 3)
  }

  /// Sines on the first quarter turn are within 6u: 2.4u of the series that is cut, at π/2, and 3.6u for roundings.
  @Test func sines() {
    let fractions = Self.draws("sine")
    let points =
      fractions.map { 0.5 * Double.pi * $0 } + fractions.map { 1e-12 * $0 } + [0, 0.5 * .pi, 1e-300, 1]
    Self.expectClose(ElementaryLanes.sine, { Foundation.sin($0) }, points, units: 6)
  }
}
