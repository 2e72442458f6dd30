#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Products of one matrix of numbers with vectors over eight sequences. Every sum runs in order and its products are
// rounded apart, so the bits depend neither on the level nor on how many rows go together.

private typealias Eight = SIMD8<Double>

@inline(__always) private func every(_ value: Double) -> Eight { Eight(repeating: value) }

/// `target[r] += Σ_c matrix[r, c] · vector[c]`.
@inline(never)
public func sequenceProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ vector: UnsafePointer<SIMD8<Double>>,
  _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  var row = 0
  // Four rows share each load of the vector; eight registers of sums on AVX2.
  while row + 4 <= rows {
    let entries = matrix + row * columns
    var (a, b, c, d) = (target[row], target[row + 1], target[row + 2], target[row + 3])
    var column = 0
    while column < columns {
      let value = vector[column]
      a += every(entries[column]) * value
      b += every(entries[columns + column]) * value
      c += every(entries[2 * columns + column]) * value
      d += every(entries[3 * columns + column]) * value
      column += 1
    }
    (target[row], target[row + 1], target[row + 2], target[row + 3]) = (a, b, c, d)
    row += 4
  }
  while row < rows {
    let entries = matrix + row * columns
    var sum = target[row]
    var column = 0
    while column < columns {
      sum += every(entries[column]) * vector[column]
      column += 1
    }
    target[row] = sum
    row += 1
  }
}

/// `target[c] += Σ_r matrix[r, c] · vector[r]`.
@inline(never)
public func sequenceTransposedProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ vector: UnsafePointer<SIMD8<Double>>,
  _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  var column = 0
  while column + 4 <= columns {
    var (a, b, c, d) = (target[column], target[column + 1], target[column + 2], target[column + 3])
    var row = 0
    while row < rows {
      let entries = matrix + row * columns + column
      let value = vector[row]
      a += every(entries[0]) * value
      b += every(entries[1]) * value
      c += every(entries[2]) * value
      d += every(entries[3]) * value
      row += 1
    }
    (target[column], target[column + 1], target[column + 2], target[column + 3]) = (a, b, c, d)
    column += 4
  }
  while column < columns {
    var sum = target[column]
    var row = 0
    while row < rows {
      sum += every(matrix[row * columns + column]) * vector[row]
      row += 1
    }
    target[column] = sum
    column += 1
  }
}

/// `target[r] += Σ_c (left[r, c] · right[c, r]) · vector[c]`: the diagonal of `left · D(vector) · right`.
@inline(never)
public func sequenceDiagonalProduct(
  _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ rows: Int, _ columns: Int,
  _ vector: UnsafePointer<SIMD8<Double>>, _ target: UnsafeMutablePointer<SIMD8<Double>>
) {
  var row = 0
  while row + 4 <= rows {
    let entries = left + row * columns
    var (a, b, c, d) = (target[row], target[row + 1], target[row + 2], target[row + 3])
    var column = 0
    while column < columns {
      let across = right + column * rows + row
      let value = vector[column]
      a += every(entries[column] * across[0]) * value
      b += every(entries[columns + column] * across[1]) * value
      c += every(entries[2 * columns + column] * across[2]) * value
      d += every(entries[3 * columns + column] * across[3]) * value
      column += 1
    }
    (target[row], target[row + 1], target[row + 2], target[row + 3]) = (a, b, c, d)
    row += 4
  }
  while row < rows {
    let entries = left + row * columns
    var sum = target[row]
    var column = 0
    while column < columns {
      sum += every(entries[column] * right[column * rows + row]) * vector[column]
      column += 1
    }
    target[row] = sum
    row += 1
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
  while row + 2 <= rows {
    let entries = matrix + row * columns
    let (first, second) = (slope[row], slope[row + 1])
    var (a, b) = (target[row], target[row + 1])
    var column = 0
    while column < columns {
      let (line, weight) = (along[column], weights[column])
      let p = every(entries[column] - base[column]) - first * line
      let q = every(entries[columns + column] - base[column]) - second * line
      a += p * p * weight
      b += q * q * weight
      column += 1
    }
    (target[row], target[row + 1]) = (a, b)
    row += 2
  }
  if row < rows {
    let entries = matrix + row * columns
    var sum = target[row]
    var column = 0
    while column < columns {
      let rest = every(entries[column] - base[column]) - slope[row] * along[column]
      sum += rest * rest * weights[column]
      column += 1
    }
    target[row] = sum
  }
}
