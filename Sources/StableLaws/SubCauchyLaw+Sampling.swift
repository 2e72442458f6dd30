import Foundation
import Numerics

extension SubCauchyLaw {
  /// One variate, by the representation of Chambers, Mallows and Stuck (JASA 71, 1976, 340–344):
  /// X = σ sin(αV)/cos(V)^(1/α) · (cos((1−α)V)/W)^((1−α)/α), V uniform on (−π/2, π/2), W exponential.
  ///
  /// cos V is the sine of the distance of |V| from π/2, which is drawn itself: the far tail keeps its relative accuracy.
  public func sample(using stream: inout RandomStream) -> Double {
    let bits = stream.next()
    // In units of π: uniform on (0, 1/2), never zero; the lowest bits give the sign.
    let fromEnd = Double.pi * (Double((bits >> 11) | 1) * 0x1p-54)
    let sign: Double = bits & 1024 == 0 ? 1 : -1
    let wait = -Foundation.log(Double(2 &* (stream.next() >> 12) &+ 1) * 0x1p-53)
    let angle = 0.5 * Double.pi - fromEnd
    let logarithm =
      (1 - tailIndex) * Foundation.log(Foundation.cos((1 - tailIndex) * angle) / wait)
      - Foundation.log(Foundation.sin(fromEnd))
    return sign * scale * Foundation.sin(tailIndex * angle) * Foundation.exp(logarithm / tailIndex)
  }

  /// `count` variates.
  public func sample(_ count: Int, using stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in sample(using: &stream) }
  }
}
