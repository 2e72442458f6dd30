import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Standard normal numbers in single precision, each a pure function of `(key, sequence index, position)`.
///
/// Position p is component `⌊p/16⌋ mod 4` of the Philox 4x32-10 block with counter `(16⌊p/64⌋ + p mod 16, index)`: sixteen
/// blocks at a time, four normals a block, by Box and Muller's method. Magnitudes reach 6.76. Same bits on every level.
public enum KeyedNormals {
  /// Normals at positions `0 ..< count`. O(count), about 1 ns for each on AVX-512.
  ///
  /// - Throws: `KernelError.unsupportedLevel`.
  public static func fill(
    key: SIMD2<UInt32>, index: UInt64, count: Int, level: CPULevel = .best
  ) throws -> [Float] {
    guard CPULevel.supported.contains(level) else {
      throw KernelError.unsupportedLevel(level, supported: CPULevel.supported)
    }
    // Without elements the library would write the count of the empty array that all threads share.
    guard count > 0 else { return [] }
    return [Float](unsafeUninitializedCapacity: count) { target, filled in
      filled = count
      if let base = target.baseAddress { fill(key, index, base, count, level) }
    }
  }

  /// The uniform words behind `groups` groups of 64 normals, in the order of positions: positions p and p + 16 of the even
  /// components come from the words at p (radius) and p + 16 (angle).
  ///
  /// - Throws: `KernelError.unsupportedLevel`.
  public static func words(
    key: SIMD2<UInt32>, index: UInt64, groups: Int, level: CPULevel = .best
  ) throws -> [UInt32] {
    guard CPULevel.supported.contains(level) else {
      throw KernelError.unsupportedLevel(level, supported: CPULevel.supported)
    }
    return [UInt32](unsafeUninitializedCapacity: 64 * groups) { target, filled in
      filled = 64 * groups
      guard let base = target.baseAddress else { return }
      switch level {
      case .baseline: KernelsBaseline.keyedWords(key.x, key.y, index, base, groups)
      case .avx2: KernelsAVX2.keyedWords(key.x, key.y, index, base, groups)
      case .avx512: KernelsAVX512.keyedWords(key.x, key.y, index, base, groups)
      }
    }
  }

  static func fill(
    _ key: SIMD2<UInt32>, _ index: UInt64, _ target: UnsafeMutablePointer<Float>, _ count: Int,
    _ level: CPULevel
  ) {
    switch level {
    case .baseline: KernelsBaseline.keyedNormals(key.x, key.y, index, target, count)
    case .avx2: KernelsAVX2.keyedNormals(key.x, key.y, index, target, count)
    case .avx512: KernelsAVX512.keyedNormals(key.x, key.y, index, target, count)
    }
  }
}
