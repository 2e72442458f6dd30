#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Products of one matrix of numbers with vectors over eight sequences. Every sum runs in order, a fused product at a time, so the
// bits depend neither on the level nor on how many rows go together. Index arithmetic wraps: checks for overflow would take a third
// of the instructions of the inner loops.

@inline(__always) private func every(_ value: Double) -> Doubles { Doubles(repeating: value) }

/// Up to six sums that share each load of the vector: twelve registers on AVX2. `count` is a literal at every call, so the
/// conditions vanish.
private struct Sums {
  var a = Doubles(repeating: 0)
  var b = Doubles(repeating: 0)
  var c = Doubles(repeating: 0)
  var d = Doubles(repeating: 0)
  var e = Doubles(repeating: 0)
  var f = Doubles(repeating: 0)

  @inline(__always)
  init(_ count: Int, _ source: UnsafePointer<Doubles>) {
    a = source[0]
    if count > 1 { b = source[1] }
    if count > 2 { c = source[2] }
    if count > 3 { d = source[3] }
    if count > 4 { e = source[4] }
    if count > 5 { f = source[5] }
  }

  /// The same start for every sequence.
  @inline(__always)
  init(_ count: Int, spread source: UnsafePointer<Double>) {
    a = every(source[0])
    if count > 1 { b = every(source[1]) }
    if count > 2 { c = every(source[2]) }
    if count > 3 { d = every(source[3]) }
    if count > 4 { e = every(source[4]) }
    if count > 5 { f = every(source[5]) }
  }

  @inline(__always)
  mutating func add(_ count: Int, _ value: Doubles, _ entry: (_ sum: Int) -> Double) {
    a = fused(every(entry(0)), value, a)
    if count > 1 { b = fused(every(entry(1)), value, b) }
    if count > 2 { c = fused(every(entry(2)), value, c) }
    if count > 3 { d = fused(every(entry(3)), value, d) }
    if count > 4 { e = fused(every(entry(4)), value, e) }
    if count > 5 { f = fused(every(entry(5)), value, f) }
  }

  @inline(__always)
  func write(_ count: Int, _ target: UnsafeMutablePointer<Doubles>) {
    target[0] = a
    if count > 1 { target[1] = b }
    if count > 2 { target[2] = c }
    if count > 3 { target[3] = d }
    if count > 4 { target[4] = e }
    if count > 5 { target[5] = f }
  }
}

/// Runs over `sums` in blocks of six and one of the rest, with the count of each block a literal.
@inline(__always)
private func inBlocks(_ sums: Int, _ block: (_ count: Int, _ first: Int) -> Void) {
  var first = 0
  while first &+ 6 <= sums {
    block(6, first)
    first &+= 6
  }
  switch sums &- first {
  case 1: block(1, first)
  case 2: block(2, first)
  case 3: block(3, first)
  case 4: block(4, first)
  case 5: block(5, first)
  default: break
  }
}

/// `target[i] += Σ_k entry(i, k) · vector[k]`.
@inline(__always)
private func accumulate(
  _ sums: Int, _ terms: Int, _ vector: UnsafePointer<Doubles>, _ target: UnsafeMutablePointer<Doubles>,
  _ entry: (_ sum: Int, _ term: Int) -> Double
) {
  inBlocks(sums) { count, first in
    var block = Sums(count, target + first)
    var term = 0
    while term < terms {
      block.add(count, vector[term]) { entry(first &+ $0, term) }
      term &+= 1
    }
    block.write(count, target + first)
  }
}

/// `target[r] = bias[r] + Σ_c input[r, c] · x[c] + Σ_c recurrent[r, c] · m[c]`.
@inline(never)
public func sequenceAffine(
  _ bias: UnsafePointer<Double>, _ rows: Int, _ input: UnsafePointer<Double>, _ inputColumns: Int,
  _ x: UnsafePointer<SIMD8<Double>>, _ recurrent: UnsafePointer<Double>, _ recurrentColumns: Int,
  _ m: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  inBlocks(rows) { count, first in
    var block = Sums(count, spread: bias + first)
    var column = 0
    while column < inputColumns {
      block.add(count, x[column]) { input[(first &+ $0) &* inputColumns &+ column] }
      column &+= 1
    }
    column = 0
    while column < recurrentColumns {
      block.add(count, m[column]) { recurrent[(first &+ $0) &* recurrentColumns &+ column] }
      column &+= 1
    }
    block.write(count, target + first)
  }
}

/// `target[r] += Σ_c matrix[r, c] · vector[c]`.
@inline(never)
public func sequenceProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ vector: UnsafePointer<SIMD8<Double>>,
  _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  accumulate(rows, columns, vector, target) { row, column in matrix[row &* columns &+ column] }
}

/// `target[c] += Σ_r matrix[r, c] · vector[r]`.
@inline(never)
public func sequenceTransposedProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ vector: UnsafePointer<SIMD8<Double>>,
  _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  accumulate(columns, rows, vector, target) { column, row in matrix[row &* columns &+ column] }
}

/// `target[r] += Σ_c (left[r, c] · right[c, r]) · vector[c]`: the diagonal of `left · D(vector) · right`.
@inline(never)
public func sequenceDiagonalProduct(
  _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
  _ vector: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  accumulate(rows, columns, vector, target) { row, column in
    left[row &* columns &+ column] * right[column &* rows &+ row]
  }
}

/// `target[v, r] += Σ_c (matrix[r, c] − base[c] − slope[r] · along[c])² · weights[v, c]` for two weightings.
@inline(never)
public func sequenceDeflatedSquares(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ base: UnsafePointer<Double>,
  _ slope: UnsafePointer<SIMD8<Double>>, _ along: UnsafePointer<SIMD8<Double>>,
  _ weights: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  var row = 0
  while row < rows {
    let entries = matrix + row &* columns
    let tilt = -slope[row]
    var (first, second) = (target[row], target[rows &+ row])
    var column = 0
    while column < columns {
      let rest = fused(tilt, along[column], every(entries[column] - base[column]))
      let square = rest * rest
      first = fused(square, weights[column], first)
      second = fused(square, weights[columns &+ column], second)
      column &+= 1
    }
    (target[row], target[rows &+ row]) = (first, second)
    row &+= 1
  }
}

/// `target[i] = left[i] · right[i]`.
@inline(never)
public func sequenceHadamard(
  _ left: UnsafePointer<SIMD8<Double>>, _ right: UnsafePointer<SIMD8<Double>>, _ count: Int,
  _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  var at = 0
  while at < count {
    target[at] = left[at] * right[at]
    at &+= 1
  }
}

/// `plainSums[i] += entries[i]² · plain[0]` and `weightedSums[i] += entries[i]² · weights[i]`.
@inline(never)
public func sequenceSquares(
  _ entries: UnsafePointer<SIMD8<Double>>, _ count: Int, _ plain: UnsafePointer<SIMD8<Double>>,
  _ weights: UnsafePointer<SIMD8<Double>>, _ plainSums: UnsafeMutablePointer<SIMD8<Double>>,
  _ weightedSums: UnsafeMutablePointer<SIMD8<Double>>
) {
  let alike = plain[0]
  var at = 0
  while at < count {
    let square = entries[at] * entries[at]
    plainSums[at] += square * alike
    weightedSums[at] += square * weights[at]
    at &+= 1
  }
}
