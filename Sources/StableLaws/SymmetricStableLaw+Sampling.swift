import Foundation
import Numerics

extension SymmetricStableLaw {
  /// One variate, by the representation of Chambers, Mallows and Stuck (JASA 71, 1976, 340–344):
  /// X = σ sin(αV)/cos(V)^(1/α) · (cos((1−α)V)/W)^((1−α)/α), V uniform on (−π/2, π/2), W exponential.
  ///
  /// There is no singularity at α = 1 (X = tan V) or α = 2 (X = 2 sin V √W). All three trigonometric factors are computed
  /// from the distance δ = π/2 − |V| and the exact 2 − α, so the far tail keeps its relative accuracy for every α.
  public func sample(using stream: inout RandomStream) -> Double {
    scale * Self.standardVariate(tailIndex, stream.next(), stream.next())
  }

  /// `count` variates.
  public func sample(_ count: Int, using stream: inout RandomStream) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      for index in 0..<count {
        buffer[index] = scale * Self.standardVariate(tailIndex, stream.next(), stream.next())
      }
      initialized = count
    }
  }

  @inline(__always)
  static func standardVariate(_ tailIndex: Double, _ angleBits: UInt64, _ waitBits: UInt64) -> Double {
    // Distance of |V| from π/2 in units of π: uniform on (0, 1/2), never zero; the lowest bit is the sign.
    let distance = Double((angleBits >> 11) | 1) * 0x1p-54
    let sign: Double = angleBits & 1024 == 0 ? 1 : -1
    let wait = -Foundation.log(Double(2 &* (waitBits >> 12) &+ 1) * 0x1p-53)
    let fromEnd = Double.pi * distance
    let cosine = HalfWave.sine(fromEnd)
    // sin(α(π/2 − δ)) = sin(αδ + (2 − α)π/2) and cos((1 − α)(π/2 − δ)) = sin((α − 1)δ + (2 − α)π/2): these arguments
    // are small exactly where the direct ones would lose all accuracy.
    let offset = (2 - tailIndex) * (0.5 * Double.pi)
    let sine = HalfWave.sine(tailIndex * fromEnd + offset)
    let ratio = HalfWave.sine((tailIndex - 1) * fromEnd + offset) / wait
    let exponent = ((1 - tailIndex) * Foundation.log(ratio) - Foundation.log(cosine)) / tailIndex
    return sign * sine * Foundation.exp(exponent)
  }
}

/// The sine on the half wave by a polynomial: faster than the library, which must reduce any argument.
enum HalfWave {
  /// sin x for 0 ≤ x ≤ π: reflected to at most π/2; the first neglected Taylor term is below (π/2)²¹/21! < 3·10⁻¹⁶
  /// of the value at π/2.
  @inline(__always)
  static func sine(_ x: Double) -> Double {
    // π − x with the part of π that binary64 drops.
    let y = x <= 0.5 * Double.pi ? x : (Double.pi - x) + 1.2246467991473532e-16
    let s = y * y
    let s2 = s * s
    let low = (1 - s * (1 / 6.0)) + s2 * (1 / 120.0 - s * (1 / 5040.0))
    let middle =
      (1 / 362_880.0 - s * (1 / 39_916_800.0)) + s2 * (1 / 6_227_020_800.0 - s * (1 / 1_307_674_368_000.0))
    let high = (1 / 355_687_428_096_000.0 - s * (1 / 121_645_100_408_832_000.0))
    let s4 = s2 * s2
    return y * (low + s4 * (middle + s4 * high))
  }
}
