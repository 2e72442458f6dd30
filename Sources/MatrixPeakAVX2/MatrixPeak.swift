#if LEVEL_AVX512
  typealias Lanes = SIMD16<Float>
  /// Rows and vectors of a tile that fill the registers: 24 accumulators, 3 loads, 1 broadcast of 32.
  let tileRows = 8
  let tileVectors = 3
#else
  typealias Lanes = SIMD8<Float>
  /// 12 accumulators, 2 loads, 1 broadcast of 16 registers.
  let tileRows = 6
  let tileVectors = 2
#endif

/// Floating-point operations of one call of ``multiplyPackedTile`` a step of depth.
public func operationsPerDepth() -> Int { 2 * tileRows * tileVectors * Lanes.scalarCount }

/// Numbers that the left and right operands need a step of depth.
public func leftPerDepth() -> Int { tileRows }
public func rightPerDepth() -> Int { tileVectors * Lanes.scalarCount }

/// `repetitions` products of packed operands that stay in the nearest cache, summed into `sum`: the rate at which this
/// processor can multiply matrices when nothing else is to be done.
///
/// `left` holds `depth × leftPerDepth()`, `right` `depth × rightPerDepth()` numbers; `sum` `rightPerDepth()`.
public func multiplyPackedTile(
  _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ sum: UnsafeMutablePointer<Float>,
  depth: Int, repetitions: Int
) {
  let width = Lanes.scalarCount
  #if LEVEL_AVX512
    var accumulators = InlineArray<24, Lanes>(repeating: Lanes(repeating: 0))
  #else
    var accumulators = InlineArray<12, Lanes>(repeating: Lanes(repeating: 0))
  #endif
  for _ in 0..<repetitions {
    var a = left
    var b = UnsafeRawPointer(right)
    for _ in 0..<depth {
      #if LEVEL_AVX512
        let b0 = b.loadUnaligned(as: Lanes.self)
        let b1 = b.loadUnaligned(fromByteOffset: 4 * width, as: Lanes.self)
        let b2 = b.loadUnaligned(fromByteOffset: 8 * width, as: Lanes.self)
        for row in 0..<8 {
          let factor = Lanes(repeating: a[row])
          accumulators[unchecked: 3 * row].addProduct(factor, b0)
          accumulators[unchecked: 3 * row + 1].addProduct(factor, b1)
          accumulators[unchecked: 3 * row + 2].addProduct(factor, b2)
        }
      #else
        let b0 = b.loadUnaligned(as: Lanes.self)
        let b1 = b.loadUnaligned(fromByteOffset: 4 * width, as: Lanes.self)
        for row in 0..<6 {
          let factor = Lanes(repeating: a[row])
          accumulators[unchecked: 2 * row].addProduct(factor, b0)
          accumulators[unchecked: 2 * row + 1].addProduct(factor, b1)
        }
      #endif
      a += tileRows
      b += 4 * tileVectors * width
    }
  }
  let target = UnsafeMutableRawPointer(sum)
  for vector in 0..<tileVectors {
    var total = Lanes(repeating: 0)
    for row in 0..<tileRows { total += accumulators[unchecked: tileVectors * row + vector] }
    target.storeBytes(of: total, toByteOffset: 4 * width * vector, as: Lanes.self)
  }
}
