/// The Cholesky factorisation A = L·Lᵀ of a small positive definite matrix (Golub & Van Loan, section 4.2).
struct PositiveDefiniteSystem {
  let size: Int
  private var factor: [Double]

  /// - Parameters:
  ///   - matrix: row-major, `size`×`size`; only the lower triangle is read.
  /// - Returns: nil when a pivot is not positive.
  init?(_ matrix: [Double], size: Int) {
    self.size = size
    factor = matrix
    for j in 0..<size {
      for i in j..<size {
        var sum = factor[i * size + j]
        for k in 0..<j { sum -= factor[i * size + k] * factor[j * size + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          factor[j * size + j] = sum.squareRoot()
        } else {
          factor[i * size + j] = sum / factor[j * size + j]
        }
      }
    }
  }

  /// L⁻¹ b: inner products of two results are bᵀA⁻¹c.
  func whiten(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<size {
      for k in 0..<i { x[i] -= factor[i * size + k] * x[k] }
      x[i] /= factor[i * size + i]
    }
    return x
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] {
    var x = whiten(b)
    for i in stride(from: size - 1, through: 0, by: -1) {
      for k in (i + 1)..<max(size, i + 1) { x[i] -= factor[k * size + i] * x[k] }
      x[i] /= factor[i * size + i]
    }
    return x
  }

  /// The diagonal of A⁻¹.
  var inverseDiagonal: [Double] {
    (0..<size).map { index in
      var unit = [Double](repeating: 0, count: size)
      unit[index] = 1
      let column = whiten(unit)
      return zip(column, column).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
