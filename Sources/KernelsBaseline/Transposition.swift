#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

#if LEVEL_AVX512
  /// `a0 b0 a1 b1 …` of the lower halves.
  @inline(__always)
  func interleaveLow(_ a: Lanes, _ b: Lanes) -> Lanes {
    var result = Lanes()
    result.evenHalf = a.lowHalf
    result.oddHalf = b.lowHalf
    return result
  }

  @inline(__always)
  func interleaveHigh(_ a: Lanes, _ b: Lanes) -> Lanes {
    var result = Lanes()
    result.evenHalf = a.highHalf
    result.oddHalf = b.highHalf
    return result
  }

  /// Sixteen registers as a 16 × 16 matrix.
  struct Square {
    var r0 = Lanes(), r1 = Lanes(), r2 = Lanes(), r3 = Lanes()
    var r4 = Lanes(), r5 = Lanes(), r6 = Lanes(), r7 = Lanes()
    var r8 = Lanes(), r9 = Lanes(), r10 = Lanes(), r11 = Lanes()
    var r12 = Lanes(), r13 = Lanes(), r14 = Lanes(), r15 = Lanes()

    /// One of the four perfect shuffles that make up the transposition.
    @inline(__always)
    func shuffled() -> Square {
      var s = Square()
      s.r0 = interleaveLow(r0, r8)
      s.r1 = interleaveHigh(r0, r8)
      s.r2 = interleaveLow(r1, r9)
      s.r3 = interleaveHigh(r1, r9)
      s.r4 = interleaveLow(r2, r10)
      s.r5 = interleaveHigh(r2, r10)
      s.r6 = interleaveLow(r3, r11)
      s.r7 = interleaveHigh(r3, r11)
      s.r8 = interleaveLow(r4, r12)
      s.r9 = interleaveHigh(r4, r12)
      s.r10 = interleaveLow(r5, r13)
      s.r11 = interleaveHigh(r5, r13)
      s.r12 = interleaveLow(r6, r14)
      s.r13 = interleaveHigh(r6, r14)
      s.r14 = interleaveLow(r7, r15)
      s.r15 = interleaveHigh(r7, r15)
      return s
    }

    @inline(__always)
    func transposed() -> Square { shuffled().shuffled().shuffled().shuffled() }
  }

  /// Row `index` of a block of which only `count` rows exist; the others are zero.
  @inline(__always)
  func rowOrZero(_ base: UnsafePointer<Float>, _ index: Int, _ stride: Int, _ count: Int) -> Lanes {
    index < count ? load(base + index * stride) : Lanes(repeating: 0)
  }

  /// Transposes `count ≤ 16` rows of sixteen floats, `stride` apart, into sixteen rows `targetStride` apart. Missing rows
  /// read as zero.
  @inline(__always)
  func transposeBlock(
    _ source: UnsafePointer<Float>, stride: Int, count: Int,
    _ target: UnsafeMutablePointer<Float>, targetStride: Int
  ) {
    var s = Square()
    if count >= 16 {
      s.r0 = load(source)
      s.r1 = load(source + stride)
      s.r2 = load(source + 2 * stride)
      s.r3 = load(source + 3 * stride)
      s.r4 = load(source + 4 * stride)
      s.r5 = load(source + 5 * stride)
      s.r6 = load(source + 6 * stride)
      s.r7 = load(source + 7 * stride)
      s.r8 = load(source + 8 * stride)
      s.r9 = load(source + 9 * stride)
      s.r10 = load(source + 10 * stride)
      s.r11 = load(source + 11 * stride)
      s.r12 = load(source + 12 * stride)
      s.r13 = load(source + 13 * stride)
      s.r14 = load(source + 14 * stride)
      s.r15 = load(source + 15 * stride)
    } else {
      s.r0 = rowOrZero(source, 0, stride, count)
      s.r1 = rowOrZero(source, 1, stride, count)
      s.r2 = rowOrZero(source, 2, stride, count)
      s.r3 = rowOrZero(source, 3, stride, count)
      s.r4 = rowOrZero(source, 4, stride, count)
      s.r5 = rowOrZero(source, 5, stride, count)
      s.r6 = rowOrZero(source, 6, stride, count)
      s.r7 = rowOrZero(source, 7, stride, count)
      s.r8 = rowOrZero(source, 8, stride, count)
      s.r9 = rowOrZero(source, 9, stride, count)
      s.r10 = rowOrZero(source, 10, stride, count)
      s.r11 = rowOrZero(source, 11, stride, count)
      s.r12 = rowOrZero(source, 12, stride, count)
      s.r13 = rowOrZero(source, 13, stride, count)
      s.r14 = rowOrZero(source, 14, stride, count)
    }
    let t = s.transposed()
    store(t.r0, target)
    store(t.r1, target + targetStride)
    store(t.r2, target + 2 * targetStride)
    store(t.r3, target + 3 * targetStride)
    store(t.r4, target + 4 * targetStride)
    store(t.r5, target + 5 * targetStride)
    store(t.r6, target + 6 * targetStride)
    store(t.r7, target + 7 * targetStride)
    store(t.r8, target + 8 * targetStride)
    store(t.r9, target + 9 * targetStride)
    store(t.r10, target + 10 * targetStride)
    store(t.r11, target + 11 * targetStride)
    store(t.r12, target + 12 * targetStride)
    store(t.r13, target + 13 * targetStride)
    store(t.r14, target + 14 * targetStride)
    store(t.r15, target + 15 * targetStride)
  }
#else
  typealias Quarter = SIMD4<Float>

  @inline(__always)
  func interleaveLow(_ a: Quarter, _ b: Quarter) -> Quarter {
    var result = Quarter()
    result.evenHalf = a.lowHalf
    result.oddHalf = b.lowHalf
    return result
  }

  @inline(__always)
  func interleaveHigh(_ a: Quarter, _ b: Quarter) -> Quarter {
    var result = Quarter()
    result.evenHalf = a.highHalf
    result.oddHalf = b.highHalf
    return result
  }

  @inline(__always)
  func quarterOrZero(_ base: UnsafePointer<Float>, _ index: Int, _ stride: Int, _ count: Int) -> Quarter {
    index < count
      ? UnsafeRawPointer(base + index * stride).loadUnaligned(as: Quarter.self) : Quarter(repeating: 0)
  }

  /// Transposes `count ≤ 16` rows of sixteen floats, `stride` apart, into sixteen rows `targetStride` apart. Missing rows
  /// read as zero. Four by four: sixteen rows at once do not fit the registers.
  @inline(__always)
  func transposeBlock(
    _ source: UnsafePointer<Float>, stride: Int, count: Int,
    _ target: UnsafeMutablePointer<Float>, targetStride: Int
  ) {
    var row = 0
    while row < 16 {
      var column = 0
      while column < 16 {
        let a = quarterOrZero(source + column, row, stride, count)
        let b = quarterOrZero(source + column, row + 1, stride, count)
        let c = quarterOrZero(source + column, row + 2, stride, count)
        let d = quarterOrZero(source + column, row + 3, stride, count)
        let (p, q) = (interleaveLow(a, c), interleaveHigh(a, c))
        let (r, s) = (interleaveLow(b, d), interleaveHigh(b, d))
        let place = UnsafeMutableRawPointer(target + (column * targetStride + row))
        let step = 4 * targetStride
        place.storeBytes(of: interleaveLow(p, r), as: Quarter.self)
        (place + step).storeBytes(of: interleaveHigh(p, r), as: Quarter.self)
        (place + 2 * step).storeBytes(of: interleaveLow(q, s), as: Quarter.self)
        (place + 3 * step).storeBytes(of: interleaveHigh(q, s), as: Quarter.self)
        column += 4
      }
      row += 4
    }
  }
#endif

/// `[rows][lanes]` to `[group of sixteen rows][lane][16]`, groups `groupStride` apart.
@inline(never)
func transposeRows(
  _ source: UnsafePointer<Float>, rows: Int, lanes: Int,
  into target: UnsafeMutablePointer<Float>, groupStride: Int
) {
  var row = 0
  var group = target
  while row < rows {
    var lane = 0
    while lane < lanes {
      transposeBlock(
        source + (row * lanes + lane), stride: lanes, count: min(16, rows - row),
        group + 16 * lane, targetStride: 16)
      lane += 16
    }
    row += 16
    group += groupStride
  }
}

/// The inputs of one step, `[sequence][steps][inputs]`, to `[inputs][lanes]`; lanes beyond `sequences` get zero.
@inline(never)
func gatherInputs(
  _ source: UnsafePointer<Float>, inputs: Int, sequenceStride: Int, sequences: Int, lanes: Int,
  into target: UnsafeMutablePointer<Float>
) {
  // Whole registers may be read only while they stay inside the sequence's own row.
  let whole = inputs / 16 * 16
  var lane = 0
  while lane < lanes {
    let count = max(0, min(16, sequences - lane))
    let base = source + (count == 0 ? 0 : lane * sequenceStride)
    // Every sequence is a stream of its own, too many for the processor to foresee: its line of some steps on is fetched.
    var ahead = Prefetch(address: base + 4 * inputs, stride: 4 * sequenceStride)
    var index = 0
    while index < count {
      ahead.step()
      index += 1
    }
    var column = 0
    while column < whole {
      transposeBlock(
        base + column, stride: sequenceStride, count: count,
        target + (column * lanes + lane), targetStride: lanes)
      column += 16
    }
    while column < inputs {
      let row = target + (column * lanes + lane)
      var index = 0
      while index < 16 {
        row[index] = index < count ? base[index * sequenceStride + column] : 0
        index += 1
      }
      column += 1
    }
    lane += 16
  }
}
