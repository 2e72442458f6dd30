/// Per-unit quantities of a sequence, eight units to a vector: `steps × ⌈H/8⌉` vectors, padded with zeros.
///
/// The layout that ``LagTransport`` reads.
struct UnitLanes: Sendable {
  typealias Vector = SIMD8<Double>

  let units: Int
  let vectorsPerStep: Int
  private(set) var vectors: [Vector] = []

  init(units: Int, steps: Int) {
    self.units = units
    vectorsPerStep = (units + 7) / 8
    vectors.reserveCapacity(steps * vectorsPerStep)
  }

  /// Appends one step's values.
  mutating func append(_ values: [Double]) {
    for start in stride(from: 0, to: units, by: 8) {
      var vector = Vector.zero
      for lane in 0..<min(8, units - start) { vector[lane] = values[start + lane] }
      vectors.append(vector)
    }
  }

  /// The values in `vectors`, without the padding.
  static func unpack(_ vectors: ArraySlice<Vector>, units: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(units)
    for vector in vectors {
      for lane in 0..<8 where result.count < units { result.append(vector[lane]) }
    }
    return result
  }
}
