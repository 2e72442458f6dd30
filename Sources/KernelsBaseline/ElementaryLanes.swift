#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Argument reduction of the exponential: `x = n ln 2 + r` with `n = whole` the nearest integer and
/// `|r| ≤ ln 2 / 2`, and `tail = e^r - 1`. `shifted` carries `n` in its low bits. For `|x| ≤ 105`.
///
/// The degree-6 polynomial is the minimax one under the weight `|r| + 0.02` (Remez exchange in 200-bit
/// arithmetic); its error in `tail` is at most `1.46·10⁻⁸ |r|`.
@inline(__always)
func reduceExponent(_ x: Lanes) -> (shifted: Lanes, whole: Lanes, tail: Lanes) {
  let magic = spread(0x1.8p23)
  let shifted = fused(x, spread(1.442695041), magic)
  let whole = shifted - magic
  // ln 2 in two parts, the first with few enough bits that `whole · first` is exact.
  var rest = fused(whole, spread(-0x1.62e4p-1), x)
  rest = fused(whole, spread(-0x1.7f7d1cp-20), rest)
  var sum = fused(spread(0x1.6d965ep-10), rest, spread(0x1.12263cp-7))
  sum = fused(sum, rest, spread(0x1.55548ap-5))
  sum = fused(sum, rest, spread(0x1.5554b2p-3))
  sum = fused(sum, rest, spread(0.5))
  return (shifted, whole, fused(rest * rest, sum, rest))
}

/// `2^n` from a float whose low bits hold the integer `n`, `-126 ≤ n ≤ 127`.
@inline(__always)
func powerOfTwo(_ shifted: Lanes) -> Lanes {
  lanes((bits(shifted) &+ LaneBits(repeating: 127)) &<< LaneBits(repeating: 23))
}

/// `1 / (1 + e^{-x})`. Arguments are limited to ±87, where the value is within 10⁻³⁷ of 0 or 1; NaN stays NaN.
@inline(__always)
func logistic(_ x: Lanes) -> Lanes {
  var y = spread(0) - x
  y.replace(with: spread(87), where: y .> spread(87))
  y.replace(with: spread(-87), where: y .< spread(-87))
  let (shifted, _, tail) = reduceExponent(y)
  let power = powerOfTwo(shifted)
  return spread(1) / (spread(1) + fused(power, tail, power))
}

/// Hyperbolic tangent through `m = e^{2|x|} - 1`: `m / (m + 2)`, odd by construction; NaN stays NaN.
/// Arguments are limited to ±9.25, beyond which the value rounds to ±1.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
  let sign = bits(x) & LaneBits(repeating: 0x8000_0000)
  var size = lanes(bits(x) & LaneBits(repeating: 0x7fff_ffff))
  size.replace(with: spread(9.25), where: size .> spread(9.25))
  let (shifted, _, tail) = reduceExponent(size + size)
  let power = powerOfTwo(shifted)
  let minusOne = fused(power, tail, power - spread(1))
  return lanes(bits(minusOne / (minusOne + spread(2))) | sign)
}

/// `e^x` over the whole range of Float, gradual underflow and overflow to infinity included.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  var y = x
  y.replace(with: spread(90), where: y .> spread(90))
  y.replace(with: spread(-105), where: y .< spread(-105))
  let (_, whole, tail) = reduceExponent(y)
  // Half the power of two at a time, so that neither factor leaves the normal range.
  let magic = spread(0x1.8p23)
  let half = fused(whole, spread(0.5), magic)
  let rest = (whole - (half - magic)) + magic
  return (spread(1) + tail) * powerOfTwo(half) * powerOfTwo(rest)
}
