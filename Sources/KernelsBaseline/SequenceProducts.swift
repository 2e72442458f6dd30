#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Products of one matrix of numbers with vectors over eight sequences. Every sum runs in order and its products are
// rounded apart, so the bits depend neither on the level nor on how many rows go together. Index arithmetic wraps: checks for
// overflow would take a third of the instructions of the inner loops.

private typealias Eight = SIMD8<Double>

@inline(__always) private func every(_ value: Double) -> Eight { Eight(repeating: value) }

/// `target[i] += Σ_k entry(i, k) · vector[k]`, four sums sharing each load of the vector: eight registers on AVX2.
@inline(__always)
private func accumulate(
  _ sums: Int, _ terms: Int, _ vector: UnsafePointer<Eight>, _ target: UnsafeMutablePointer<Eight>,
  _ entry: (_ sum: Int, _ term: Int) -> Double
) {
  var at = 0
  while at &+ 4 <= sums {
    var (a, b, c, d) = (target[at], target[at &+ 1], target[at &+ 2], target[at &+ 3])
    var term = 0
    while term < terms {
      let value = vector[term]
      a += every(entry(at, term)) * value
      b += every(entry(at &+ 1, term)) * value
      c += every(entry(at &+ 2, term)) * value
      d += every(entry(at &+ 3, term)) * value
      term &+= 1
    }
    (target[at], target[at &+ 1], target[at &+ 2], target[at &+ 3]) = (a, b, c, d)
    at &+= 4
  }
  while at < sums {
    var sum = target[at]
    var term = 0
    while term < terms {
      sum += every(entry(at, term)) * vector[term]
      term &+= 1
    }
    target[at] = sum
    at &+= 1
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

/// `target[r] += Σ_c (matrix[r, c] − base[c] − slope[r] · along[c])² · weights[c]`.
@inline(never)
public func sequenceDeflatedSquares(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ base: UnsafePointer<Double>,
  _ slope: UnsafePointer<SIMD8<Double>>, _ along: UnsafePointer<SIMD8<Double>>,
  _ weights: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  var row = 0
  while row &+ 2 <= rows {
    let entries = matrix + row &* columns
    let (first, second) = (slope[row], slope[row &+ 1])
    var (a, b) = (target[row], target[row &+ 1])
    var column = 0
    while column < columns {
      let (line, weight) = (along[column], weights[column])
      let p = every(entries[column] - base[column]) - first * line
      let q = every(entries[columns &+ column] - base[column]) - second * line
      a += p * p * weight
      b += q * q * weight
      column &+= 1
    }
    (target[row], target[row &+ 1]) = (a, b)
    row &+= 2
  }
  if row < rows {
    let entries = matrix + row &* columns
    var sum = target[row]
    var column = 0
    while column < columns {
      let rest = every(entries[column] - base[column]) - slope[row] * along[column]
      sum += rest * rest * weights[column]
      column &+= 1
    }
    target[row] = sum
  }
}
