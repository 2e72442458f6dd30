import Foundation
import Kernels
import Testing

@Suite struct NormalisedSquaresTests {
  private typealias Vector = SIMD8<Double>

  private static func vectors(_ count: Int, _ phase: Double, offset: Double = 0) -> [Vector] {
    (0..<count).map { index in
      var vector = Vector.zero
      for lane in 0..<8 { vector[lane] = offset + sin(1.7 * Double(8 * index + lane) + phase) }
      return vector
    }
  }

  /// Normalised columns, and one lane where a unit stands out when `peak` is set.
  private static func normalised(_ count: Int, peak: Bool) -> [Vector] {
    var values = vectors(count, 2)
    if peak { values[count / 2][5] = 40 }
    for lane in 0..<8 {
      let mean = values.reduce(0) { $0 + $1[lane] } / Double(count)
      let variance = values.reduce(0) { $0 + ($1[lane] - mean) * ($1[lane] - mean) } / Double(count)
      for unit in values.indices {
        values[unit][lane] = (values[unit][lane] - mean) / (variance + 1e-5).squareRoot()
      }
    }
    return values
  }

  /// Sums from moments are those of the rows written out, with the same bits on every level.
  @Test(arguments: [16, 33, 100])
  func sumsAreTheRowsWrittenOut(units: Int) {
    let normalised = Self.normalised(units, peak: false)
    let (left, weights) = (Self.vectors(units, 1), Self.vectors(units, 4, offset: 1.5))
    let plain = Vector(repeating: 1.25)
    let start = Self.vectors(units, 6)
    var seen: [[Vector]]?
    for level in CPULevel.supported {
      var (plainSums, weightedSums) = (start, start)
      let done = NormalisedSquares.accumulate(
        left: left, normalised: normalised, plain: plain, weights: weights, plainSums: &plainSums,
        weightedSums: &weightedSums, level: level)
      #expect(done, "no row stands out")
      for lane in 0..<8 {
        for row in 0..<units {
          var (same, other) = (0.0, 0.0)
          for k in 0..<units {
            let entry =
              (k == row ? 1 : 0) - (1 + normalised[row][lane] * normalised[k][lane]) / Double(units)
            same += entry * entry
            other += entry * entry * weights[k][lane]
          }
          // The documented bound with weights of at most 2.5; a sum of `units` terms here, itself at most 2.5; and the last addition
          // and subtraction, of numbers below 4.
          let x = normalised[row][lane]
          let square = left[row][lane] * left[row][lane]
          let bound = (2.5 * square * (16 * (1 + x * x) + Double(units + 8)) + 8) * 0x1p-53
          #expect(abs(plainSums[row][lane] - start[row][lane] - square * 1.25 * same) <= bound)
          #expect(abs(weightedSums[row][lane] - start[row][lane] - square * other) <= bound)
        }
      }
      let all = [plainSums, weightedSums]
      if let seen { #expect(seen == all, "\(level)") }
      seen = all
    }
  }

  /// Where one unit of one sequence stands out, nothing is written.
  @Test(arguments: CPULevel.supported)
  func cancellingRowsAreRefused(level: CPULevel) {
    let units = 16
    let normalised = Self.normalised(units, peak: true)
    let start = Self.vectors(units, 6)
    var (plainSums, weightedSums) = (start, start)
    let done = NormalisedSquares.accumulate(
      left: start, normalised: normalised, plain: Vector(repeating: 1), weights: start, plainSums: &plainSums,
      weightedSums: &weightedSums, level: level)
    #expect(!done)
    #expect(plainSums == start && weightedSums == start)
  }
}
