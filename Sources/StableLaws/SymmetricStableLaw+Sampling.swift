import Foundation
import Numerics

extension SymmetricStableLaw {
  /// One variate, by the representation of Chambers, Mallows and Stuck (JASA 71, 1976, 340–344):
  /// X = σ sin(αV)/cos(V)^(1/α) · (cos((1−α)V)/W)^((1−α)/α), V uniform on (−π/2, π/2), W exponential.
  ///
  /// There is no singularity at α = 1 (X = tan V) or α = 2 (X = 2 sin V √W). All three trigonometric factors are computed
  /// from the distance δ = π/2 − |V| and the exact 2 − α, so the far tail keeps its relative accuracy for every α.
  public func sample(using stream: inout RandomStream) -> Double {
    scale * Self.standardVariate(tailIndex, table.meanExponent, stream.nextPair())
  }

  /// `count` variates.
  public func sample(_ count: Int, using stream: inout RandomStream) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count {
        buffer[index] = scale * Self.standardVariate(tailIndex, table.meanExponent, stream.nextPair())
      }
      initialized = count
    }
  }

  @inline(__always)
  static func standardVariate(
    _ tailIndex: Double, _ meanExponent: Double, _ words: (UInt64, UInt64)
  ) -> Double {
    let (angleBits, waitBits) = words
    // Distance of |V| from π/2 in units of π: uniform on (0, 1/2), never zero; the lowest bit is the sign.
    let distance = Double((angleBits >> 11) | 1) * 0x1p-54
    let sign: Double = angleBits & 1024 == 0 ? 1 : -1
    let wait = -Foundation.log(Double(2 &* (waitBits >> 12) &+ 1) * 0x1p-53)
    let fromEnd = Double.pi * distance
    // sin(α(π/2 − δ)) = sin(αδ + (2 − α)π/2) and cos((1 − α)(π/2 − δ)) = sin((α − 1)δ + (2 − α)π/2): these arguments
    // are small exactly where the direct ones would lose all accuracy.
    let offset = (2 - tailIndex) * (0.5 * Double.pi)
    let turned = tailIndex * fromEnd + offset
    // Reflected at π/2, with the part of π that binary64 drops.
    let reflected = min(turned, (Double.pi - turned) + 1.2246467991473532e-16)
    let sines = HalfWave.sines(SIMD4(fromEnd, reflected, (tailIndex - 1) * fromEnd + offset, 0))
    // cos(V)^(−1/α) = cos(V)^(1−1/α)/cos(V) joins the two powers: one logarithm and one exponential.
    // One division serves both quotients; neither sine is below 10⁻¹⁷.
    let reciprocal = 1 / (sines[0] * sines[2])
    let power = wait * (sines[0] * sines[0]) * reciprocal
    return sign * (sines[1] * sines[2] * reciprocal) * Foundation.exp(meanExponent * Foundation.log(power))
  }
}

/// The sine by a polynomial: faster than the library's, which must reduce any argument.
enum HalfWave {
  /// sin x for 0 ≤ x ≤ π/2 in every lane, to about two units in the last place; the first neglected Taylor term is below
  /// (π/2)²¹/21! < 3·10⁻¹⁶.
  @inline(__always)
  static func sines(_ y: SIMD4<Double>) -> SIMD4<Double> {
    typealias Lanes = SIMD4<Double>
    let s: Lanes = y * y
    let s2: Lanes = s * s
    // (−1)^k/(2k + 1)! in pairs.
    let pair0: Lanes = 1 - s * 0x1.5555555555555p-3
    let pair1: Lanes = 0x1.1111111111111p-7 - s * 0x1.a01a01a01a01ap-13
    let pair2: Lanes = 0x1.71de3a556c734p-19 - s * 0x1.ae64567f544e4p-26
    let pair3: Lanes = 0x1.6124613a86d09p-33 - s * 0x1.ae7f3e733b81fp-41
    let high: Lanes = 0x1.952c77030ad4ap-49 - s * 0x1.2f49b46814157p-57
    let low: Lanes = pair0 + s2 * pair1
    let middle: Lanes = pair2 + s2 * pair3
    let s4: Lanes = s2 * s2
    return y * (low + s4 * (middle + s4 * high))
  }
}
