/// The Philox 4x32-10 block function: four 32-bit words from a 128-bit counter and a 64-bit key.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The known-answer
/// vectors published with the paper are part of the tests.
public enum Philox4x32 {
  private static let roundMultipliers = SIMD2<UInt32>(0xd251_1f53, 0xcd9e_8d57)
  private static let keyIncrements = SIMD2<UInt32>(0x9e37_79b9, 0xbb67_ae85)

  /// The output block for `counter` under `key`. A bijection of counters for every key. Constant time.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var state = counter
    var roundKey = key
    for _ in 0..<10 {
      let first = UInt64(roundMultipliers.x) &* UInt64(state.x)
      let second = UInt64(roundMultipliers.y) &* UInt64(state.z)
      state = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ state.y ^ roundKey.x,
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ state.w ^ roundKey.y,
        UInt32(truncatingIfNeeded: first))
      roundKey &+= keyIncrements
    }
    return state
  }
}
