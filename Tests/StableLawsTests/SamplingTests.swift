import Foundation
import Numerics
import Testing

@testable import StableLaws

@Suite struct SamplingTests {
  static let indices = [1, 1 + 1e-9, 1.1, 1.5, 1.9, 2 - 1e-9, 2]

  /// Draws in one array are those of single calls, for lengths that are no multiple of four and from the middle of a block too.
  @Test(arguments: indices) func arraysAreSingleDraws(tailIndex: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: tailIndex, scale: 0.7)
    var arrays = RandomStream(seed: 1, purpose: "test.sampling")
    var singles = arrays
    for count in [0, 1, 2, 3, 4, 5, 8, 31, 100] {
      #expect(law.sample(count, using: &arrays) == (0..<count).map { _ in law.sample(using: &singles) })
    }
    #expect(arrays == singles)
  }

  /// A draw is the representation of Chambers, Mallows and Stuck, worked out with the library's functions from the same words.
  ///
  /// Bound: the exponent (1 − 1/α)·log(…) is at most 40 in size and its logarithm within 5u of that of the library, which makes
  /// 200u; the sines and products add less than 50u; u = 2⁻⁵³.
  @Test(arguments: indices) func drawsAreTheRepresentation(tailIndex: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    var stream = RandomStream(seed: 2, purpose: "test.sampling")
    var words = stream
    for value in law.sample(20_000, using: &stream) {
      let (angle, wait) = (words.next(), words.next())
      let fromEnd = Double.pi * (Double((angle >> 11) | 1) * 0x1p-54)
      let exponential = -Foundation.log(Double((wait >> 11) | 1) * 0x1p-53)
      let offset = (2 - tailIndex) * (0.5 * Double.pi)
      let cosine = Foundation.sin(fromEnd)
      let mean = Foundation.sin((tailIndex - 1) * fromEnd + offset)
      let turned = tailIndex * fromEnd + offset
      // sin x = sin(π − x), and the part of π that binary64 drops.
      let sine = Foundation.sin(turned > 1.5 ? (Double.pi - turned) + 1.2246467991473532e-16 : turned)
      let size =
        sine / cosine * Foundation.exp((1 - 1 / tailIndex) * Foundation.log(cosine * exponential / mean))
      let expected = angle & 1024 == 0 ? size : -size
      #expect((value - expected).magnitude <= 250 * 0x1p-53 * expected.magnitude)
    }
  }
}
