/// Plain scalar loops on arrays; written for reading, not for speed.
enum Vectors {
  static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

  static func identity(_ size: Int) -> [[Double]] {
    (0..<size).map { row in (0..<size).map { $0 == row ? 1 : 0 } }
  }

  static func diagonal(_ entries: [Double]) -> [[Double]] {
    entries.indices.map { row in entries.indices.map { $0 == row ? entries[row] : 0 } }
  }

  static func multiply(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    let columns = b.first?.count ?? 0
    return a.map { row in (0..<columns).map { c in row.indices.reduce(0) { $0 + row[$1] * b[$1][c] } } }
  }

  static func multiply(_ a: [[Double]], _ x: [Double]) -> [Double] { a.map { dot($0, x) } }

  static func add(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map { $0 + $1 } }
  }

  static func subtract(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map { $0 - $1 } }
  }

  /// Scales row `r` by `factors[r]`: the product `D(factors) a`.
  static func scaleRows(_ factors: [Double], _ a: [[Double]]) -> [[Double]] {
    zip(factors, a).map { factor, row in row.map { factor * $0 } }
  }

  /// Largest absolute row sum, a submultiplicative norm computable exactly up to rounding.
  static func rowSumNorm(_ a: [[Double]]) -> Double {
    a.map { $0.reduce(0) { $0 + $1.magnitude } }.max() ?? 0
  }
}
