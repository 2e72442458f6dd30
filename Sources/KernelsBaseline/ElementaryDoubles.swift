#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

private typealias Eight = SIMD8<Double>
private typealias EightBits = SIMD8<UInt64>

@inline(__always) private func every(_ value: Double) -> Eight { Eight(repeating: value) }

@inline(__always) private func patterns(_ value: Eight) -> EightBits {
  unsafeBitCast(value, to: EightBits.self)
}

@inline(__always) private func eight(_ value: EightBits) -> Eight { unsafeBitCast(value, to: Eight.self) }

/// `x = n ln 2 + r` with n the nearest integer, as `power = 2^n` and `tail = e^r − 1`; for `|x| ≤ 708`.
///
/// ln 2 is split so that n times its first part is exact. The Taylor polynomial of degree 13 leaves at most
/// `(ln 2/2)^13 / 14! < 1.3·10⁻¹⁷` of `tail`; with roundings `tail` is within 3u of it, u = 2⁻⁵³.
@inline(__always)
private func exponentialParts(_ x: Eight) -> (power: Eight, tail: Eight) {
  let magic = every(0x1.8p52)
  let shifted = x * every(0x1.71547652b82fep0) + magic
  let whole = shifted - magic
  let rest = (x - whole * every(0x1.62e42feep-1)) - whole * every(0x1.a39ef35793c76p-33)
  var sum = every(1.0 / 6_227_020_800)
  sum = sum * rest + every(1.0 / 479_001_600)
  sum = sum * rest + every(1.0 / 39_916_800)
  sum = sum * rest + every(1.0 / 3_628_800)
  sum = sum * rest + every(1.0 / 362_880)
  sum = sum * rest + every(1.0 / 40_320)
  sum = sum * rest + every(1.0 / 5_040)
  sum = sum * rest + every(1.0 / 720)
  sum = sum * rest + every(1.0 / 120)
  sum = sum * rest + every(1.0 / 24)
  sum = sum * rest + every(1.0 / 6)
  sum = sum * rest + every(0.5)
  let power = eight((patterns(shifted) &+ EightBits(repeating: 1023)) &<< EightBits(repeating: 52))
  return (power, rest + rest * rest * sum)
}

/// `tanh x` of `count` vectors through `m = e^{2|x|} − 1`: `m / (m + 2)`, odd by construction; NaN stays NaN. Source
/// and target may be equal.
///
/// Within 8u: the worst case is n = 1 with the least r, where m = 2·tail + 1 has error 2·0.293·3u/0.414 + u = 5.3u, of
/// which the quotient keeps 2/(m + 2) = 0.83, plus u·m/(m + 2) and two roundings.
@inline(never)
public func hyperbolicTangents(
  _ source: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>, _ count: Int
) {
  var index = 0
  while index < count {
    let pattern = patterns(source[index])
    var size = eight(pattern & EightBits(repeating: 0x7fff_ffff_ffff_ffff))
    // tanh 20 rounds to 1.
    size.replace(with: every(20), where: size .> every(20))
    let (power, tail) = exponentialParts(size + size)
    let minusOne = power * tail + (power - every(1))
    let value = minusOne / (minusOne + every(2))
    target[index] = eight(patterns(value) | (pattern & EightBits(repeating: 0x8000_0000_0000_0000)))
    index += 1
  }
}

/// `1/(1 + e⁻ˣ)` of `count` vectors through `e = e^{−|x|}`: `1/(1 + e)`, or `e/(1 + e)` for negative x; NaN stays NaN. Source
/// and target may be equal.
///
/// Within 6u for `|x| ≤ 708`: e has error at most 3u·0.293/0.707 + u = 2.3u, of which the quotient keeps all at worst, plus
/// two roundings and that of the sum. Below −708 the value stays at that of −708, under 4·10⁻³⁰⁸.
@inline(never)
public func logistics(
  _ source: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>, _ count: Int
) {
  var index = 0
  while index < count {
    let x = source[index]
    var negative = eight(patterns(x) | EightBits(repeating: 0x8000_0000_0000_0000))
    negative.replace(with: every(-708), where: negative .< every(-708))
    let (power, tail) = exponentialParts(negative)
    let small = power + power * tail
    var top = every(1)
    top.replace(with: small, where: x .< every(0))
    target[index] = top / (every(1) + small)
    index += 1
  }
}
