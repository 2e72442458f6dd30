#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Natural logarithm of positive normal floats; other arguments give a meaningless number.
///
/// `x = 2^e m` with `√½ ≤ m < √2` and `log x = e ln 2 + f - f²/2 + f³ Q(f)`, `f = m - 1` exact. Q is the degree-6 minimax
/// polynomial (Lawson's iteration) under the weight `|f³ / log(1 + f)|`: relative error of the logarithm at most `3.5·10⁻⁸`,
/// with coefficients rounded.
@inline(__always)
func logarithm(_ x: Lanes) -> Lanes {
  let half = LaneBits(repeating: 0x3f35_04f3)
  let moved = bits(x) &+ (LaneBits(repeating: 0x3f80_0000) &- half)
  let biased = lanes((moved &>> LaneBits(repeating: 23)) | LaneBits(repeating: 0x4b00_0000))
  let exponent = biased - spread(0x1p23 + 127)
  let f = lanes((moved & LaneBits(repeating: 0x007f_ffff)) &+ half) - spread(1)
  var sum = fused(spread(0x1.645eacp-4), f, spread(-0x1.2432b8p-3))
  sum = fused(sum, f, spread(0x1.317458p-3))
  sum = fused(sum, f, spread(-0x1.53824ap-3))
  sum = fused(sum, f, spread(0x1.98d7f2p-3))
  sum = fused(sum, f, spread(-0x1.000382p-2))
  sum = fused(sum, f, spread(0x1.5556d8p-2))
  sum = fused(sum, f, spread(-0.5))
  // ln 2 in two parts, the first with few enough bits that `exponent · first` is exact.
  let small = fused(f * f, sum, exponent * spread(0x1.7f7d1cp-20))
  return fused(exponent, spread(0x1.62e4p-1), f + small)
}

/// `sin(πx/4)` for `0 ≤ x ≤ 1`, an odd polynomial of degree 7: relative error at most `3.5·10⁻⁸` before rounding.
@inline(__always)
func sineOfEighth(_ x: Lanes) -> Lanes {
  let square = x * x
  var sum = fused(spread(-0x1.2d9302p-15), square, spread(0x1.465e92p-9))
  sum = fused(sum, square, spread(-0x1.4abbbap-4))
  sum = fused(sum, square, spread(0x1.921fb6p-1))
  return sum * x
}

/// `cos(πx/4)` for `0 ≤ x ≤ 1`, an even polynomial of degree 8: error at most `1.1·10⁻⁸` before rounding.
@inline(__always)
func cosineOfEighth(_ x: Lanes) -> Lanes {
  let square = x * x
  var sum = fused(spread(0x1.d9d57ep-19), square, spread(-0x1.55c5e0p-12))
  sum = fused(sum, square, spread(0x1.03c1dep-6))
  sum = fused(sum, square, spread(-0x1.3bd3ccp-2))
  return fused(sum, square, spread(1))
}
