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
}
