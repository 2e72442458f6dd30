/// A dense matrix of doubles in row-major order, for the small sizes of cells and their Jacobians.
public struct Matrix: Sendable, Hashable {
  public let rows: Int
  public let columns: Int
  public var elements: [Double]

  /// - Precondition: `elements.count == rows · columns`.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      elements.count == rows * columns,
      "a \(rows)×\(columns) matrix has \(rows * columns) elements, got \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(
      rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// The square matrix with `diagonal` on its diagonal and zeros elsewhere.
  public init(diagonal: [Double]) {
    self.init(rows: diagonal.count, columns: diagonal.count)
    for (index, value) in diagonal.enumerated() { self[index, index] = value }
  }

  public static func identity(_ size: Int) -> Matrix {
    Matrix(diagonal: Array(repeating: 1, count: size))
  }

  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  public func row(_ index: Int) -> [Double] {
    Array(elements[index * columns..<(index + 1) * columns])
  }

  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  public var transpose: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  /// The block of the given rows and columns.
  public func block(rows rowRange: Range<Int>, columns columnRange: Range<Int>) -> Matrix {
    var result = Matrix(rows: rowRange.count, columns: columnRange.count)
    for (i, row) in rowRange.enumerated() {
      for (j, column) in columnRange.enumerated() { result[i, j] = self[row, column] }
    }
    return result
  }

  /// The square root of the sum of squares: an upper bound of the spectral norm.
  public var frobeniusNorm: Double {
    elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  public static func + (lhs: Matrix, rhs: Matrix) -> Matrix { combine(lhs, rhs, +) }
  public static func - (lhs: Matrix, rhs: Matrix) -> Matrix { combine(lhs, rhs, -) }

  public static func * (scale: Double, matrix: Matrix) -> Matrix {
    Matrix(
      rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { scale * $0 })
  }

  /// The matrix product, in `rows · columns · inner` multiplications.
  public static func * (lhs: Matrix, rhs: Matrix) -> Matrix {
    precondition(lhs.columns == rhs.rows, "inner sizes differ: \(lhs.columns) and \(rhs.rows)")
    var result = Matrix(rows: lhs.rows, columns: rhs.columns)
    for i in 0..<lhs.rows {
      for k in 0..<lhs.columns {
        let factor = lhs[i, k]
        if factor == 0 { continue }
        for j in 0..<rhs.columns { result[i, j] += factor * rhs[k, j] }
      }
    }
    return result
  }

  public static func * (lhs: Matrix, vector: [Double]) -> [Double] {
    precondition(lhs.columns == vector.count, "inner sizes differ: \(lhs.columns) and \(vector.count)")
    return (0..<lhs.rows).map { i in
      var sum = 0.0
      for j in 0..<lhs.columns { sum += lhs[i, j] * vector[j] }
      return sum
    }
  }

  private static func combine(
    _ lhs: Matrix, _ rhs: Matrix, _ operation: (Double, Double) -> Double
  ) -> Matrix {
    precondition(
      lhs.rows == rhs.rows && lhs.columns == rhs.columns,
      "shapes differ: \(lhs.rows)×\(lhs.columns) and \(rhs.rows)×\(rhs.columns)")
    return Matrix(
      rows: lhs.rows, columns: lhs.columns,
      elements: zip(lhs.elements, rhs.elements).map(operation))
  }
}
