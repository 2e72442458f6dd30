import Foundation

/// A dense matrix in row-major order, as generators hand it out.
public struct DrawnMatrix: Sendable, Hashable, CustomStringConvertible {
  public let rows: Int
  public let columns: Int
  public let elements: [Double]

  public subscript(row: Int, column: Int) -> Double { elements[row * columns + column] }

  public var description: String {
    (0..<rows).map { row in
      "[" + (0..<columns).map { ValueText.real(self[row, $0]) }.joined(separator: ", ") + "]"
    }
    .joined(separator: " ")
  }
}

/// Matrices whose elements are drawn one by one; rows and columns can be dropped while shrinking.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` for negative sizes.
public func matrices(
  rows: ClosedRange<Int>, columns: ClosedRange<Int>, of element: Generator<Double>
) -> Generator<DrawnMatrix> {
  Generator { draw in
    let width = try draw.integer(in: columns)
    let lines = try arrays(of: arrays(of: element, count: width), count: rows).produce(draw)
    return DrawnMatrix(rows: lines.count, columns: width, elements: lines.flatMap { $0 })
  }
}

/// Matrices of one shape whose elements are drawn one by one.
public func matrices(rows: Int, columns: Int, of element: Generator<Double>) -> Generator<DrawnMatrix> {
  arrays(of: element, count: rows * columns).map {
    DrawnMatrix(rows: rows, columns: columns, elements: $0)
  }
}

/// Vectors of Euclidean length 1 (to rounding); the first axis is the simplest.
///
/// A direction costs one choice an element up to dimension 16, and at most eleven choices above.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` unless the dimension is positive.
public func unitVectors(_ dimension: Int) -> Generator<[Double]> {
  Generator { draw in
    guard dimension > 0 else { throw GeneratorError.emptyRange("unitVectors(\(dimension))") }
    var vector = try tensors([dimension], scale: 1).produce(draw)
    let largest = vector.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else {
      vector[0] = 1
      return vector
    }
    // Scaling by the largest element first keeps the sum of squares away from under- and overflow.
    let norm = vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
    return vector.map { ($0 / largest) / norm }
  }
}

/// Tensors of a shape, row-major, with elements of typical magnitude `scale`, at the cost of few choices.
///
/// Up to 16 elements are drawn one by one. Larger ones are filled from one recorded seed (normal law times a drawn
/// share of `scale`) with up to four elements overridden, so that a tensor of 10⁴ elements shrinks as fast as one of
/// ten: seed 0 is the constant fill of ones, which keeps shrunk tensors readable.
/// - Throws: on drawing, ``GeneratorError/emptyRange(_:)`` for a negative extent or a scale that is not finite.
public func tensors(_ shape: [Int], scale: Double) -> Generator<[Double]> {
  Generator { draw in
    guard scale.isFinite, scale >= 0, shape.allSatisfy({ $0 >= 0 }) else {
      throw GeneratorError.emptyRange("tensors(\(shape), scale: \(scale))")
    }
    let count = shape.reduce(1, *)
    if count <= 16 {
      return try arrays(of: reals(in: -3 * scale...3 * scale), count: count).produce(draw)
    }
    return try TensorFill.draw(draw, count: count, scale: scale)
  }
}

/// The sparse description of a large tensor.
enum TensorFill {
  static func draw(_ draw: Draw, count: Int, scale: Double) throws -> [Double] {
    let seed = try draw.integer(in: 0...0xFFFF_FFFF, spread: .uniform)
    let share = try draw.real(in: 0...1) { random in random.next() & 3 == 0 ? random.unit() : 1 }
    var values = [Double](repeating: share * scale, count: count)
    if seed > 0 { fillNormal(&values, seed: UInt64(seed), scale: share * scale) }
    let overrides = arrays(
      of: pairs(integers(in: 0...(count - 1), spread: .uniform), reals(in: -3 * scale...3 * scale)),
      count: 0...4)
    for (position, value) in try overrides.produce(draw) { values[position] = value }
    return values
  }

  /// Normal numbers by the Box–Muller transform; element k depends on the seed and on k alone, so that a smaller
  /// tensor is a beginning of a larger one.
  private static func fillNormal(_ values: inout [Double], seed: UInt64, scale: Double) {
    let key = CounterGenerator.mix(seed)
    for position in values.indices {
      let first = CounterGenerator.mix(key &+ UInt64(position) &* 0x9E37_79B9_7F4A_7C15)
      let second = CounterGenerator.mix(first ^ key)
      let radius = (-2 * log((Double(first >> 11) + 0.5) * 0x1p-53)).squareRoot()
      values[position] = scale * radius * cos(2 * .pi * Double(second >> 11) * 0x1p-53)
    }
  }
}
