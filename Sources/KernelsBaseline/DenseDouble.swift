#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Products and sums are rounded apart, so that the values are the same on every level.

@inline(__always) private func load(_ pointer: UnsafePointer<Double>) -> Doubles {
  UnsafeRawPointer(pointer).loadUnaligned(as: Doubles.self)
}

@inline(__always) private func store(_ value: Doubles, _ pointer: UnsafeMutablePointer<Double>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: Doubles.self)
}

@inline(__always) private func total(_ value: Doubles) -> Double {
  let four = value.lowHalf + value.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

/// `target[r] += Σ_c matrix[r, c] · vector[c]`.
@inline(never)
public func denseProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ vector: UnsafePointer<Double>,
  _ target: UnsafeMutablePointer<Double>
) {
  var row = 0
  while row < rows {
    let entries = matrix + row * columns
    var first = Doubles(repeating: 0)
    var second = Doubles(repeating: 0)
    var column = 0
    while column + 16 <= columns {
      first += load(entries + column) * load(vector + column)
      second += load(entries + column + 8) * load(vector + column + 8)
      column += 16
    }
    if column + 8 <= columns {
      first += load(entries + column) * load(vector + column)
      column += 8
    }
    var sum = total(first + second)
    while column < columns {
      sum += entries[column] * vector[column]
      column += 1
    }
    target[row] += sum
    row += 1
  }
}

/// `target[r] += Σ_c matrix[r, c]² · weights[c]`.
@inline(never)
public func denseSquaredProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ weights: UnsafePointer<Double>,
  _ target: UnsafeMutablePointer<Double>
) {
  var row = 0
  while row < rows {
    let entries = matrix + row * columns
    var lanes = Doubles(repeating: 0)
    var column = 0
    while column + 8 <= columns {
      let value = load(entries + column)
      lanes += value * value * load(weights + column)
      column += 8
    }
    var sum = total(lanes)
    while column < columns {
      sum += entries[column] * entries[column] * weights[column]
      column += 1
    }
    target[row] += sum
    row += 1
  }
}

/// `target[c] += Σ_r matrix[r, c] · vector[r]`.
@inline(never)
public func denseTransposedProduct(
  _ matrix: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ vector: UnsafePointer<Double>,
  _ target: UnsafeMutablePointer<Double>
) {
  var row = 0
  while row < rows {
    denseAddScaled(matrix + row * columns, vector[row], columns, target)
    row += 1
  }
}

/// `target[r, c] += rows[r] · columns[c]`.
@inline(never)
public func denseOuterProduct(
  _ left: UnsafePointer<Double>, _ rows: Int, _ right: UnsafePointer<Double>, _ columns: Int,
  _ target: UnsafeMutablePointer<Double>
) {
  var row = 0
  while row < rows {
    denseAddScaled(right, left[row], columns, target + row * columns)
    row += 1
  }
}

@inline(__always)
private func denseAddScaled(
  _ source: UnsafePointer<Double>, _ scale: Double, _ count: Int, _ target: UnsafeMutablePointer<Double>
) {
  let factor = Doubles(repeating: scale)
  var at = 0
  while at + 8 <= count {
    store(load(UnsafePointer(target + at)) + factor * load(source + at), target + at)
    at += 8
  }
  while at < count {
    target[at] += scale * source[at]
    at += 1
  }
}
