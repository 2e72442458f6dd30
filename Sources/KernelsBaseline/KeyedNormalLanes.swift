#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Two independent normal numbers a lane from two words, by Box and Muller's method (1958).
///
/// The radius is that of `u = (a + ½)/2³²`, rounded once to Float, so the tail reaches `√(66 ln 2) = 6.76`. The angle is one
/// of `2²⁶` equally spaced: 23 bits place it in an octant, three bits choose the octant by signs and exchange.
@inline(__always)
private func normalPair(_ a: LaneBits, _ b: LaneBits) -> (Lanes, Lanes) {
  let magic = LaneBits(repeating: 0x4b00_0000)
  let high = lanes((a &>> LaneBits(repeating: 16)) | magic) - spread(0x1p23)
  let low = lanes((a & LaneBits(repeating: 0xffff)) | magic) - spread(0x1p23 - 0.5)
  let uniform = fused(high, spread(0x1p-16), low * spread(0x1p-32))
  let radius = (spread(-2) * logarithm(uniform)).squareRoot()

  let fraction = (b & LaneBits(repeating: 0x007f_ffff)) | LaneBits(repeating: 0x3f80_0000)
  let angle = lanes(fraction) - spread(1 - 0x1p-24)
  let (sine, cosine) = (radius * sineOfEighth(angle), radius * cosineOfEighth(angle))
  let exchange = (b & LaneBits(repeating: 0x2000_0000)) .!= LaneBits(repeating: 0)
  let sign = LaneBits(repeating: 0x8000_0000)
  let first = bits(cosine.replacing(with: sine, where: exchange)) ^ (b & sign)
  let second =
    bits(sine.replacing(with: cosine, where: exchange)) ^ ((b &<< LaneBits(repeating: 1)) & sign)
  return (lanes(first), lanes(second))
}

/// Normal numbers `0 ..< count` of one sequence. Number p is component `⌊p/16⌋ mod 4` of block `16⌊p/64⌋ + p mod 16`.
@inline(never)
public func keyedNormals(
  _ keyX: UInt32, _ keyY: UInt32, _ index: UInt64, _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  var at = 0
  var block: UInt64 = 0
  while at < count {
    let (x, y, z, w) = philoxBlocks(keyX, keyY, index, block)
    let (first, second) = normalPair(x, y)
    let (third, fourth) = normalPair(z, w)
    if at + 64 <= count {
      store(first, target + at)
      store(second, target + at + 16)
      store(third, target + at + 32)
      store(fourth, target + at + 48)
    } else {
      storePart(first, target + at, count - at)
      storePart(second, target + at + 16, count - at - 16)
      storePart(third, target + at + 32, count - at - 32)
      storePart(fourth, target + at + 48, count - at - 48)
    }
    at += 64
    block &+= 16
  }
}

/// The words that ``keyedNormals`` uses, in the same order, for whole groups of 64.
@inline(never)
public func keyedWords(
  _ keyX: UInt32, _ keyY: UInt32, _ index: UInt64, _ target: UnsafeMutablePointer<UInt32>, _ groups: Int
) {
  var group = 0
  while group < groups {
    let (x, y, z, w) = philoxBlocks(keyX, keyY, index, UInt64(16 * group))
    let raw = UnsafeMutableRawPointer(target + 64 * group)
    raw.storeBytes(of: x, as: LaneBits.self)
    raw.storeBytes(of: y, toByteOffset: 64, as: LaneBits.self)
    raw.storeBytes(of: z, toByteOffset: 128, as: LaneBits.self)
    raw.storeBytes(of: w, toByteOffset: 192, as: LaneBits.self)
    group += 1
  }
}

/// The first lanes of `value`, at most `count` of them.
@inline(__always)
private func storePart(_ value: Lanes, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
  var lane = 0
  while lane < 16 && lane < count {
    target[lane] = value[lane]
    lane += 1
  }
}
