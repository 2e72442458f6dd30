import Foundation
import Kernels
import Testing

@Suite struct SequenceProductsTests {
  private typealias Vector = SIMD8<Double>

  private static func numbers(_ count: Int, _ phase: Double) -> [Double] {
    (0..<count).map { sin(2.3 * Double($0) + phase) }
  }

  private static func vectors(_ count: Int, _ phase: Double) -> [Vector] {
    (0..<count).map { index in
      var vector = Vector.zero
      for lane in 0..<8 { vector[lane] = sin(1.7 * Double(8 * index + lane) + phase) }
      return vector
    }
  }

  /// All five products, over rows that fill blocks and rows that do not, are lane by lane the sums written out, and have the
  /// same bits on every level.
  @Test(arguments: [(1, 1), (3, 7), (4, 8), (9, 19), (16, 5), (6, 6)])
  func productsOnEveryLevel(rows: Int, columns: Int) {
    let (offset, rightOffset) = (3, 2)
    let left = Self.numbers(offset + rows * columns, 0)
    let right = Self.numbers(rightOffset + rows * columns, 3)
    let (short, long) = (Self.vectors(rows, 1), Self.vectors(columns, 2))
    let base = Self.numbers(columns, 4)
    let (slope, along) = (Self.vectors(rows, 5), Self.vectors(columns, 6))
    let weights = Self.vectors(2 * columns, 7)
    func entry(_ row: Int, _ column: Int) -> Double { left[offset + row * columns + column] }
    // At most n terms, none above 9 (a square of at most 3, times a weight), plus the start: (n + 2)·u of their absolute
    // sum for either order, and the term itself has at most 5 roundings.
    func bound(_ count: Int) -> Double { 2 * 9 * Double(count + 1) * Double(count + 7) * 0x1p-53 }
    var seen: [[Vector]]?
    for level in CPULevel.supported {
      var product = short
      SequenceProducts.accumulate(
        left, offset: offset, rows: rows, columns: columns, times: long, onto: &product, level: level)
      let affine = SequenceProducts.affine(
        left + right, bias: 0, rows: rows, input: offset, times: long, recurrent: left.count + rightOffset,
        times: long, level: level)
      var transposed = long
      SequenceProducts.accumulateTransposed(
        left, offset: offset, rows: rows, columns: columns, times: short, onto: &transposed, level: level)
      var diagonal = short
      SequenceProducts.accumulateDiagonal(
        left, offset: offset, right, offset: rightOffset, rows: rows, columns: columns, times: long,
        onto: &diagonal, level: level)
      var squares = short + short
      SequenceProducts.accumulateDeflatedSquares(
        left, offset: offset, rows: rows, columns: columns, base: base, slope: slope, along: along,
        weights: weights, onto: &squares, level: level)
      for lane in 0..<8 {
        for row in 0..<rows {
          var (plain, crossed) = (short[row][lane], short[row][lane])
          var sum = left[row]
          var squared = [short[row][lane], short[row][lane]]
          for column in 0..<columns {
            plain += entry(row, column) * long[column][lane]
            crossed += entry(row, column) * right[rightOffset + column * rows + row] * long[column][lane]
            sum += entry(row, column) * long[column][lane]
            sum += right[rightOffset + row * columns + column] * long[column][lane]
            let rest = entry(row, column) - base[column] - slope[row][lane] * along[column][lane]
            for number in 0..<2 { squared[number] += rest * rest * weights[number * columns + column][lane] }
          }
          #expect(abs(affine[row][lane] - sum) <= bound(2 * columns))
          #expect(abs(product[row][lane] - plain) <= bound(columns))
          #expect(abs(diagonal[row][lane] - crossed) <= bound(columns))
          for number in 0..<2 {
            #expect(abs(squares[number * rows + row][lane] - squared[number]) <= bound(columns))
          }
        }
        for column in 0..<columns {
          let sum = (0..<rows).reduce(long[column][lane]) { $0 + entry($1, column) * short[$1][lane] }
          #expect(abs(transposed[column][lane] - sum) <= bound(rows))
        }
      }
      let all = [affine, product, transposed, diagonal, squares]
      if let seen { #expect(seen == all, "\(level)") }
      seen = all
    }
  }

  /// Element by element: products are rounded once, and squares add to what was there, the same on every level.
  @Test(arguments: [1, 5, 8]) func elementsOnEveryLevel(count: Int) {
    let (left, right) = (Self.vectors(count, 1), Self.vectors(count, 2))
    let (before, behind) = (Self.vectors(count, 3), Self.vectors(count, 4))
    let plain = Self.vectors(1, 5)[0]
    for level in CPULevel.supported {
      #expect(SequenceProducts.hadamard(left, right, level: level) == zip(left, right).map { $0 * $1 })
      var (plainSums, weightedSums) = (before, behind)
      SequenceProducts.accumulateSquares(
        left, plain: plain, weights: right, plainSums: &plainSums, weightedSums: &weightedSums, level: level)
      for at in 0..<count {
        for lane in 0..<8 {
          let square = left[at][lane] * left[at][lane]
          #expect(plainSums[at][lane] == before[at][lane] + square * plain[lane], "\(level)")
          #expect(weightedSums[at][lane] == behind[at][lane] + square * right[at][lane], "\(level)")
        }
      }
    }
  }
}
