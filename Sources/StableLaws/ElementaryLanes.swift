/// Elementary functions of four numbers side by side, on the ranges the sampler needs: no calls, no branches.
///
/// Products and sums are kept apart, so that every processor gives the same bits.
enum ElementaryLanes {
  typealias Lanes = SIMD4<Double>
  typealias Words = SIMD4<UInt64>

  /// Integers below 2⁵³ as numbers, exactly.
  @inline(__always)
  static func number(_ words: Words) -> Lanes {
    // Each half in the low bits of a number of known exponent.
    let high = lanes((words &>> Words(repeating: 32)) | Words(repeating: 0x4530_0000_0000_0000))
    let low = lanes((words & Words(repeating: 0xffff_ffff)) | Words(repeating: 0x4330_0000_0000_0000))
    return (high - Lanes(repeating: 0x1p84 + 0x1p52)) + low
  }

  /// The natural logarithm of positive normal numbers, within 3u, u = 2⁻⁵³.
  ///
  /// x = 2^e m with √½ ≤ m < √2, f = m − 1 exact, s = f/(2 + f): log(1 + f) = 2 artanh s = f − (f²/2 − s(f²/2 + R)) with
  /// R = 2s²/3 + 2s⁴/5 + …. With s² ≤ 0.0295 what is neglected, from 2s²²/23 on, is below 10⁻¹⁸ of the logarithm. Roundings
  /// of f²/2 and s(f²/2 + R) come to 0.6u at most; at worst, for x near √½, they are set against log x = −0.35.
  @inline(__always)
  static func logarithm(_ x: Lanes) -> Lanes {
    let root = Words(repeating: 0x3fe6_a09e_667f_3bcd)
    let moved = words(x) &+ (Words(repeating: 0x3ff0_0000_0000_0000) &- root)
    let exponent =
      lanes((moved &>> Words(repeating: 52)) | Words(repeating: 0x4330_0000_0000_0000))
      - Lanes(repeating: 0x1p52 + 1023)
    let f = lanes((moved & Words(repeating: 0x000f_ffff_ffff_ffff)) &+ root) - 1
    let s = f / (2 + f)
    let w = s * s
    let w2 = w * w
    let w4 = w2 * w2
    let low = line(2.0 / 3, 2.0 / 5, w) + w2 * line(2.0 / 7, 2.0 / 9, w)
    let middle = line(2.0 / 11, 2.0 / 13, w) + w2 * line(2.0 / 15, 2.0 / 17, w)
    let high = line(2.0 / 19, 2.0 / 21, w)
    let rest = w * (low + w4 * (middle + w4 * high))
    let half = (0.5 * f) * f
    // ln 2 in two parts: the exponent times the first is exact.
    let small = s * (half + rest) + exponent * 0x1.a39ef35793c76p-33
    return exponent * 0x1.62e42feep-1 - ((half - small) - f)
  }

  /// e^x for |x| ≤ 700, within 3u: that of r counts for 0.4u, the series for 0.9u, the last sum for 1u.
  ///
  /// x = n ln 2 + r, |r| ≤ ln 2/2: the Taylor polynomial of degree 13 leaves (ln 2/2)¹⁴/14! < 5·10⁻¹⁸.
  @inline(__always)
  static func exponential(_ x: Lanes) -> Lanes {
    let magic = Lanes(repeating: 0x1.8p52)
    let shifted = x * 0x1.71547652b82fep0 + magic
    let whole = shifted - magic
    let r = (x - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
    let r2 = r * r
    let r4 = r2 * r2
    let low = line(1.0 / 2, 1.0 / 6, r) + r2 * line(1.0 / 24, 1.0 / 120, r)
    let middle = line(1.0 / 720, 1.0 / 5_040, r) + r2 * line(1.0 / 40_320, 1.0 / 362_880, r)
    let high =
      line(1.0 / 3_628_800, 1.0 / 39_916_800, r) + r2 * line(1.0 / 479_001_600, 1.0 / 6_227_020_800, r)
    let value = 1 + (r + r2 * (low + r4 * (middle + r4 * high)))
    let power = lanes((words(shifted) &+ Words(repeating: 1023)) &<< Words(repeating: 52))
    return value * power
  }

  /// sin x for 0 ≤ x ≤ π/2, within 6u; the first neglected Taylor term is below (π/2)²¹/21! < 2.4u.
  @inline(__always)
  static func sine(_ x: Lanes) -> Lanes {
    let s = x * x
    let s2 = s * s
    let s4 = s2 * s2
    // (−1)^k/(2k + 1)! in pairs.
    let low = line(1, -0x1.5555555555555p-3, s) + s2 * line(0x1.1111111111111p-7, -0x1.a01a01a01a01ap-13, s)
    let middle =
      line(0x1.71de3a556c734p-19, -0x1.ae64567f544e4p-26, s)
      + s2 * line(0x1.6124613a86d09p-33, -0x1.ae7f3e733b81fp-41, s)
    let high = line(0x1.952c77030ad4ap-49, -0x1.2f49b46814157p-57, s)
    return x * (low + s4 * (middle + s4 * high))
  }

  @inline(__always)
  private static func line(_ constant: Double, _ slope: Double, _ x: Lanes) -> Lanes {
    Lanes(repeating: constant) + x * slope
  }

  @inline(__always)
  static func words(_ value: Lanes) -> Words { unsafeBitCast(value, to: Words.self) }

  @inline(__always)
  static func lanes(_ words: Words) -> Lanes { unsafeBitCast(words, to: Lanes.self) }
}
