/// The Philox 4x32-10 block function: four 32-bit words from a 128-bit counter and a 64-bit key.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The known-answer
/// vectors published with the paper are part of the tests.
public enum Philox4x32 {
  /// The output block for `counter` under `key`. A bijection of counters for every key. Constant time.
  ///
  /// Written with scalars: words packed in a vector would be taken apart and put together again in every round, which costs
  /// three times as much as the arithmetic.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (x, y, z, w) = (counter.x, counter.y, counter.z, counter.w)
    var (keyX, keyY) = (key.x, key.y)
    for _ in 0..<10 {
      let first = 0xd251_1f53 &* UInt64(x)
      let second = 0xcd9e_8d57 &* UInt64(z)
      x = UInt32(truncatingIfNeeded: second >> 32) ^ y ^ keyX
      y = UInt32(truncatingIfNeeded: second)
      z = UInt32(truncatingIfNeeded: first >> 32) ^ w ^ keyY
      w = UInt32(truncatingIfNeeded: first)
      keyX &+= 0x9e37_79b9
      keyY &+= 0xbb67_ae85
    }
    return SIMD4(x, y, z, w)
  }

  /// The output blocks for the counters `(block, high)` to `(block + 3, high)`, lane by lane: the first two words of each block
  /// joined to one of 64 bits, and the last two.
  ///
  /// Side by side in 64-bit lanes, whose low halves the processors' 32-to-64-bit product takes: four blocks for little more than
  /// one by ``block(counter:key:)``.
  @inline(__always)
  static func fourBlocks(
    block: UInt64, high: UInt64, key: SIMD2<UInt32>
  ) -> (first: SIMD4<UInt64>, second: SIMD4<UInt64>) {
    typealias Lanes = SIMD4<UInt64>
    let low = Lanes(repeating: 0xffff_ffff)
    let half = Lanes(repeating: 32)
    let counters = Lanes(repeating: block) &+ Lanes(0, 1, 2, 3)
    var (x, y) = (counters, counters &>> half)
    var (z, w) = (Lanes(repeating: high), Lanes(repeating: high) &>> half)
    var (keyX, keyY) = (Lanes(repeating: UInt64(key.x)), Lanes(repeating: UInt64(key.y)))
    for _ in 0..<10 {
      // High halves hold rubbish that the products ignore.
      let first = (x & low) &* Lanes(repeating: 0xd251_1f53)
      let second = (z & low) &* Lanes(repeating: 0xcd9e_8d57)
      x = (second &>> half) ^ y ^ keyX
      y = second
      z = (first &>> half) ^ w ^ keyY
      w = first
      keyX &+= Lanes(repeating: 0x9e37_79b9)
      keyY &+= Lanes(repeating: 0xbb67_ae85)
    }
    return ((x & low) | (y &<< half), (z & low) | (w &<< half))
  }
}
