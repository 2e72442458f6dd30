#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

@inline(__always)
private func widened(_ pointer: UnsafePointer<Float>) -> Doubles {
  let value = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
  return Doubles(
    Double(value[0]), Double(value[1]), Double(value[2]), Double(value[3]), Double(value[4]),
    Double(value[5]), Double(value[6]), Double(value[7]))
}

/// `target[r] = Σ_c rows[r, c] · direction[c]` in double precision.
@inline(never)
public func projectRows(
  _ rows: UnsafePointer<Float>, _ count: Int, _ columns: Int, _ direction: UnsafePointer<Double>,
  _ target: UnsafeMutablePointer<Double>
) {
  var row = 0
  while row < count {
    let entries = rows + row * columns
    var lanes = Doubles(repeating: 0)
    var column = 0
    while column + 8 <= columns {
      lanes +=
        widened(entries + column)
        * UnsafeRawPointer(direction + column).loadUnaligned(as: Doubles.self)
      column += 8
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    var sum = two[0] + two[1]
    while column < columns {
      sum += Double(entries[column]) * direction[column]
      column += 1
    }
    target[row] = sum
    row += 1
  }
}

/// `sums[t] += coefficient · values[t - lag]` for `lag ≤ t < count`.
@inline(never)
public func addLagged(
  _ values: UnsafePointer<Double>, _ coefficient: Double, _ lag: Int, _ sums: UnsafeMutablePointer<Double>,
  _ count: Int
) {
  let scale = Doubles(repeating: coefficient)
  var at = lag
  while at + 8 <= count {
    let sum =
      UnsafeRawPointer(sums + at).loadUnaligned(as: Doubles.self)
      + scale * UnsafeRawPointer(values + (at - lag)).loadUnaligned(as: Doubles.self)
    UnsafeMutableRawPointer(sums + at).storeBytes(of: sum, as: Doubles.self)
    at += 8
  }
  while at < count {
    sums[at] += coefficient * values[at - lag]
    at += 1
  }
}
