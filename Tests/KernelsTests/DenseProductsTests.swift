import Foundation
import Kernels
import Testing

@Suite struct DenseProductsTests {
  private func numbers(_ count: Int, _ phase: Double) -> [Double] {
    (0..<count).map { sin(2.3 * Double($0) + phase) }
  }

  /// All four products have the same bits on every level and are within their error bound of the sums written out.
  @Test(arguments: [(1, 1), (3, 7), (5, 8), (9, 19), (16, 40)])
  func productsOnEveryLevel(rows: Int, columns: Int) {
    let offset = 3
    let elements = numbers(offset + rows * columns, 0)
    let short = numbers(rows, 1)
    let long = numbers(columns, 2)
    func entry(_ row: Int, _ column: Int) -> Double { elements[offset + row * columns + column] }
    // Terms are at most 1 and there are at most n of them, so n·(n + 5)·2⁻⁵³ bounds either order of summation.
    func bound(_ count: Int) -> Double { 2 * Double(count + 1) * Double(count + 6) * 0x1p-53 }
    var seen: [[Double]]?
    for level in CPULevel.supported {
      var product = short
      DenseProducts.accumulate(
        elements, offset: offset, rows: rows, columns: columns, times: long, onto: &product, level: level)
      var squared = short
      DenseProducts.accumulateSquares(
        elements, offset: offset, rows: rows, columns: columns, weights: long, onto: &squared, level: level)
      var transposed = long
      DenseProducts.accumulateTransposed(
        elements, offset: offset, rows: rows, columns: columns, times: short, onto: &transposed, level: level)
      var outer = elements
      DenseProducts.accumulateOuter(short, long, onto: &outer, offset: offset, level: level)
      for row in 0..<rows {
        let plain = (0..<columns).reduce(short[row]) { $0 + entry(row, $1) * long[$1] }
        let square = (0..<columns).reduce(short[row]) { $0 + entry(row, $1) * entry(row, $1) * long[$1] }
        #expect(abs(product[row] - plain) <= bound(columns))
        #expect(abs(squared[row] - square) <= bound(columns))
        for column in 0..<columns {
          let sum = entry(row, column) + short[row] * long[column]
          #expect(outer[offset + row * columns + column] == sum)
        }
      }
      for column in 0..<columns {
        let sum = (0..<rows).reduce(long[column]) { $0 + entry($1, column) * short[$1] }
        #expect(abs(transposed[column] - sum) <= bound(rows))
      }
      #expect(outer[..<offset] == elements[..<offset])
      let all = [product, squared, transposed, outer]
      if let seen { #expect(seen == all, "\(level)") }
      seen = all
    }
  }
}
