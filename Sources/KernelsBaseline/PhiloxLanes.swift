#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// The four words of sixteen Philox 4x32-10 blocks (Salmon et al., SC 2011), lane l from counter `firstBlock + l`.
///
/// Each of the state's words is kept in the low half of a 64-bit lane, eight even and eight odd blocks apart, because
/// that is where the processors' 32-to-64-bit product wants it; high halves hold rubbish that the product ignores.
///
/// - Parameter firstBlock: A multiple of 16, so that the lane never carries into the counter's second word.
@inline(__always)
func philoxBlocks(
  _ keyX: UInt32, _ keyY: UInt32, _ index: UInt64, _ firstBlock: UInt64
) -> (LaneBits, LaneBits, LaneBits, LaneBits) {
  let offsets = WideWords(0, 2, 4, 6, 8, 10, 12, 14)
  let low = wide(UInt32(truncatingIfNeeded: firstBlock)) &+ offsets
  var even = WideState(
    x: low, y: wide(UInt32(truncatingIfNeeded: firstBlock >> 32)),
    z: wide(UInt32(truncatingIfNeeded: index)), w: wide(UInt32(truncatingIfNeeded: index >> 32)))
  var odd = even
  odd.x = low &+ WideWords(repeating: 1)
  var (roundX, roundY) = (keyX, keyY)
  var round = 0
  while round < 10 {
    let (first, second) = (wide(roundX), wide(roundY))
    even.mix(first, second)
    odd.mix(first, second)
    roundX &+= 0x9e37_79b9
    roundY &+= 0xbb67_ae85
    round += 1
  }
  return (
    interleave(even.x, odd.x), interleave(even.y, odd.y), interleave(even.z, odd.z), interleave(even.w, odd.w)
  )
}

typealias WideWords = SIMD8<UInt64>

struct WideState {
  var x: WideWords
  var y: WideWords
  var z: WideWords
  var w: WideWords

  @inline(__always)
  mutating func mix(_ keyX: WideWords, _ keyY: WideWords) {
    let low = WideWords(repeating: 0xffff_ffff)
    let first = (x & low) &* WideWords(repeating: 0xd251_1f53)
    let second = (z & low) &* WideWords(repeating: 0xcd9e_8d57)
    x = (second &>> WideWords(repeating: 32)) ^ y ^ keyX
    z = (first &>> WideWords(repeating: 32)) ^ w ^ keyY
    y = second
    w = first
  }
}

@inline(__always)
private func wide(_ word: UInt32) -> WideWords { WideWords(repeating: UInt64(word)) }

/// Even lanes from the low halves of one vector, odd lanes from those of the other.
@inline(__always)
private func interleave(_ even: WideWords, _ odd: WideWords) -> LaneBits {
  let words = (even & WideWords(repeating: 0xffff_ffff)) | (odd &<< WideWords(repeating: 32))
  return unsafeBitCast(words, to: LaneBits.self)
}
