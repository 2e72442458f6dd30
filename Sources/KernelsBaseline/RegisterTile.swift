#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

#if PREFETCH
  /// The prefetch instruction. Reached through its LLVM name: Swift has no spelling for it. Release builds
  /// only, because the thread sanitizer cannot compile a call to it.
  @_silgen_name("llvm.prefetch.p0")
  private func prefetchLine(_ address: UnsafeRawPointer, _ write: Int32, _ locality: Int32, _ data: Int32)
#endif

/// Memory wanted soon, fetched to the second-level cache one line an iteration while a product runs.
struct Prefetch {
  var address: UnsafeRawPointer
  /// Bytes to the next line; zero once nothing is left, which makes the instruction a no-op.
  var stride: Int

  @inline(__always)
  mutating func step() {
    #if PREFETCH
      prefetchLine(address, 0, 2, 1)
      address += stride
    #endif
  }
}

/// Up to three neighbouring registers of one output row.
struct RowTile {
  var a = Lanes(repeating: 0)
  var b = Lanes(repeating: 0)
  var c = Lanes(repeating: 0)

  @inline(__always)
  mutating func add(_ scalar: Float, _ other: RowTile, _ vectors: Int) {
    let factor = spread(scalar)
    a = fused(factor, other.a, a)
    if vectors > 1 { b = fused(factor, other.b, b) }
    if vectors > 2 { c = fused(factor, other.c, c) }
  }

  @inline(__always)
  mutating func read(_ pointer: UnsafePointer<Float>, _ stride: Int, _ vectors: Int) {
    a = load(pointer)
    if vectors > 1 { b = load(pointer + stride) }
    if vectors > 2 { c = load(pointer + 2 * stride) }
  }

  @inline(__always)
  mutating func fill(_ value: Float) {
    a = spread(value)
    b = a
    c = a
  }

  @inline(__always)
  func write(_ pointer: UnsafeMutablePointer<Float>, _ vectors: Int) {
    store(a, pointer)
    if vectors > 1 { store(b, pointer + 16) }
    if vectors > 2 { store(c, pointer + 32) }
  }
}

/// A register tile of up to twelve output rows. `rows` and `vectors` are literals at every call, so the
/// conditions vanish and every sum lives in a register. Each output element is one chain of fused
/// products in the order of the summation index: its bits do not depend on the size of the tile.
struct RegisterTile {
  var r0 = RowTile()
  var r1 = RowTile()
  var r2 = RowTile()
  var r3 = RowTile()
  var r4 = RowTile()
  var r5 = RowTile()
  var r6 = RowTile()
  var r7 = RowTile()
  var r8 = RowTile()
  var r9 = RowTile()
  var r10 = RowTile()
  var r11 = RowTile()

  /// Adds `Σ_k left[i·leftRow + k·leftStep] · right[k·rightStep + …]` to row `i`.
  @inline(__always)
  mutating func accumulate(
    rows: Int, vectors: Int, depth: Int,
    left: UnsafePointer<Float>, leftRow: Int, leftStep: Int,
    right: UnsafePointer<Float>, rightVector: Int, rightStep: Int, ahead: Prefetch? = nil
  ) {
    var ahead = ahead
    var left = left
    var right = right
    var remaining = depth
    var operand = RowTile()
    while remaining > 0 {
      // First in the iteration: compilers do not move loads across it, and the sums need the registers.
      ahead?.step()
      operand.read(right, rightVector, vectors)
      r0.add(left[0 &* leftRow], operand, vectors)
      if rows > 1 { r1.add(left[1 &* leftRow], operand, vectors) }
      if rows > 2 { r2.add(left[2 &* leftRow], operand, vectors) }
      if rows > 3 { r3.add(left[3 &* leftRow], operand, vectors) }
      if rows > 4 { r4.add(left[4 &* leftRow], operand, vectors) }
      if rows > 5 { r5.add(left[5 &* leftRow], operand, vectors) }
      if rows > 6 { r6.add(left[6 &* leftRow], operand, vectors) }
      if rows > 7 { r7.add(left[7 &* leftRow], operand, vectors) }
      if rows > 8 { r8.add(left[8 &* leftRow], operand, vectors) }
      if rows > 9 { r9.add(left[9 &* leftRow], operand, vectors) }
      if rows > 10 { r10.add(left[10 &* leftRow], operand, vectors) }
      if rows > 11 { r11.add(left[11 &* leftRow], operand, vectors) }
      left += leftStep
      right += rightStep
      remaining &-= 1
    }
  }

  @inline(__always)
  mutating func read(rows: Int, vectors: Int, from pointer: UnsafePointer<Float>, row: Int) {
    r0.read(pointer + 0 &* row, 16, vectors)
    if rows > 1 { r1.read(pointer + 1 &* row, 16, vectors) }
    if rows > 2 { r2.read(pointer + 2 &* row, 16, vectors) }
    if rows > 3 { r3.read(pointer + 3 &* row, 16, vectors) }
    if rows > 4 { r4.read(pointer + 4 &* row, 16, vectors) }
    if rows > 5 { r5.read(pointer + 5 &* row, 16, vectors) }
    if rows > 6 { r6.read(pointer + 6 &* row, 16, vectors) }
    if rows > 7 { r7.read(pointer + 7 &* row, 16, vectors) }
    if rows > 8 { r8.read(pointer + 8 &* row, 16, vectors) }
    if rows > 9 { r9.read(pointer + 9 &* row, 16, vectors) }
    if rows > 10 { r10.read(pointer + 10 &* row, 16, vectors) }
    if rows > 11 { r11.read(pointer + 11 &* row, 16, vectors) }
  }

  @inline(__always)
  mutating func fill(rows: Int, from values: UnsafePointer<Float>) {
    r0.fill(values[0])
    if rows > 1 { r1.fill(values[1]) }
    if rows > 2 { r2.fill(values[2]) }
    if rows > 3 { r3.fill(values[3]) }
    if rows > 4 { r4.fill(values[4]) }
    if rows > 5 { r5.fill(values[5]) }
    if rows > 6 { r6.fill(values[6]) }
    if rows > 7 { r7.fill(values[7]) }
    if rows > 8 { r8.fill(values[8]) }
    if rows > 9 { r9.fill(values[9]) }
    if rows > 10 { r10.fill(values[10]) }
    if rows > 11 { r11.fill(values[11]) }
  }

  @inline(__always)
  func write(rows: Int, vectors: Int, to pointer: UnsafeMutablePointer<Float>, row: Int) {
    r0.write(pointer + 0 &* row, vectors)
    if rows > 1 { r1.write(pointer + 1 &* row, vectors) }
    if rows > 2 { r2.write(pointer + 2 &* row, vectors) }
    if rows > 3 { r3.write(pointer + 3 &* row, vectors) }
    if rows > 4 { r4.write(pointer + 4 &* row, vectors) }
    if rows > 5 { r5.write(pointer + 5 &* row, vectors) }
    if rows > 6 { r6.write(pointer + 6 &* row, vectors) }
    if rows > 7 { r7.write(pointer + 7 &* row, vectors) }
    if rows > 8 { r8.write(pointer + 8 &* row, vectors) }
    if rows > 9 { r9.write(pointer + 9 &* row, vectors) }
    if rows > 10 { r10.write(pointer + 10 &* row, vectors) }
    if rows > 11 { r11.write(pointer + 11 &* row, vectors) }
  }
}
