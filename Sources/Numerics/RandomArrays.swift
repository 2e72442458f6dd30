extension RandomStream {
  /// `count` independent standard normal numbers.
  public mutating func normals(_ count: Int) -> [Double] {
    (0..<count).map { _ in normal() }
  }

  /// A direction drawn uniformly from the unit sphere in `dimension` dimensions.
  /// - Precondition: `dimension > 0`.
  public mutating func unitVector(_ dimension: Int) -> [Double] {
    precondition(dimension > 0, "a unit vector needs a positive dimension, got \(dimension)")
    while true {
      let draw = normals(dimension)
      let norm = draw.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 1e-150 { return draw.map { $0 / norm } }
    }
  }

  /// A uniform permutation of `0..<count` (Fisher–Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// A matrix with orthonormal rows (or columns, when `rows > columns`), from the Haar measure.
  ///
  /// Gram–Schmidt, applied twice, on a matrix of independent normals: the factor whose triangular partner has a
  /// positive diagonal, which makes the law uniform (Mezzadri 2007). Twice is enough for orthogonality to
  /// rounding (Giraud, Langou, Rozložník 2005).
  public mutating func orthogonalMatrix(rows: Int, columns: Int) -> Matrix {
    let tall = rows > columns
    let count = tall ? columns : rows
    let length = tall ? rows : columns
    var basis: [[Double]] = []
    while basis.count < count {
      var candidate = normals(length)
      for _ in 0..<2 {
        for vector in basis {
          let projection = zip(vector, candidate).reduce(0) { $0 + $1.0 * $1.1 }
          for index in 0..<length { candidate[index] -= projection * vector[index] }
        }
      }
      let norm = candidate.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 1e-8 { basis.append(candidate.map { $0 / norm }) }
    }
    let matrix = Matrix(rows: count, columns: length, elements: basis.flatMap(\.self))
    return tall ? matrix.transpose : matrix
  }
}
