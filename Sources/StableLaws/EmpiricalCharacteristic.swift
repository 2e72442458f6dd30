import Foundation

/// The empirical characteristic function of a standardised sample on a grid, and its sampling covariance under the model.
struct EmpiricalCharacteristic {
  /// Arguments t, in units of 1/scale of the standardisation.
  let grid: [Double]
  /// Means of cos(t (x − centre)/scale).
  private(set) var cosines: [Double]
  /// Means of sin(t (x − centre)/scale).
  private(set) var sines: [Double]

  /// An arbitrary grid: one cosine and sine for every sample and argument.
  init(_ sample: StableSample, centre: Double, scale: Double, grid: [Double]) {
    self.grid = grid
    cosines = grid.map { _ in 0 }
    sines = grid.map { _ in 0 }
    let reciprocal = 1 / scale
    for index in grid.indices {
      let t = grid[index]
      var c = 0.0
      var s = 0.0
      sample.forEach { value, weight in
        let angle = t * ((value - centre) * reciprocal)
        c += weight * Foundation.cos(angle)
        s += weight * Foundation.sin(angle)
      }
      cosines[index] = c / Double(sample.count)
      sines[index] = s / Double(sample.count)
    }
  }

  /// The geometric grid lowest·2^(j/perOctave), `octaves` octaves long. Only the lowest octave is computed by the
  /// library's functions; the rest follows by doubling the angle, which loses two bits an octave, far below sampling error.
  init(_ sample: StableSample, centre: Double, scale: Double, lowest: Double, perOctave: Int, octaves: Int) {
    let base = (0..<perOctave).map { lowest * Foundation.exp2(Double($0) / Double(perOctave)) }
    var grid = [Double](repeating: 0, count: perOctave * octaves)
    for octave in 0..<octaves {
      for j in 0..<perOctave { grid[octave * perOctave + j] = base[j] * Double(1 << octave) }
    }
    var c = [Double](repeating: 0, count: grid.count)
    var s = c
    let reciprocal = 1 / scale
    c.withUnsafeMutableBufferPointer { c in
      s.withUnsafeMutableBufferPointer { s in
        sample.forEach { value, weight in
          let z = (value - centre) * reciprocal
          for j in 0..<perOctave {
            let angle = base[j] * z
            var cosine = Foundation.cos(angle)
            var sine = Foundation.sin(angle)
            var index = j
            for _ in 0..<octaves {
              c[index] += weight * cosine
              s[index] += weight * sine
              index += perOctave
              (cosine, sine) = (1 - 2 * sine * sine, 2 * sine * cosine)
            }
          }
        }
      }
    }
    self.grid = grid
    let n = Double(sample.count)
    cosines = c.map { $0 / n }
    sines = s.map { $0 / n }
  }

  /// |φ̂(t)|².
  var squaredModuli: [Double] { zip(cosines, sines).map { $0 * $0 + $1 * $1 } }

  /// n times the covariance matrix of the cosines (`.real`) or sines (`.imaginary`) under the law exp(−(σ|t|)^α):
  /// ½[φ(t+s) + φ(t−s)] − φ(t)φ(s) and ½[φ(t−s) − φ(t+s)]. A relative ridge keeps it positive definite in binary64.
  enum Part { case real, imaginary }
  static func covariance(_ part: Part, _ grid: [Double], tailIndex: Double, scale: Double, ridge: Double)
    -> [Double]
  {
    func exponent(_ t: Double) -> Double { Foundation.pow(scale * t.magnitude, tailIndex) }
    return covariance(part, grid.map(exponent), ridge: ridge) { j, k in
      (exponent(grid[j] + grid[k]), exponent(grid[j] - grid[k]))
    }
  }

  /// The same on a geometric grid, where `(t ± s)^α` is a power of s times one that depends on the distance in the grid only: three
  /// powers an argument in place of two a pair.
  static func covariance(
    _ part: Part, geometric grid: [Double], perOctave: Int, tailIndex: Double, scale: Double, ridge: Double
  ) -> [Double] {
    let single = grid.map { Foundation.pow(scale * $0, tailIndex) }
    let octave = Foundation.log(2) / Double(perOctave)
    let sums = grid.indices.map { Foundation.pow(Foundation.exp(octave * Double($0)) + 1, tailIndex) }
    let differences = grid.indices.map { Foundation.pow(Foundation.expm1(octave * Double($0)), tailIndex) }
    return covariance(part, single, ridge: ridge) { j, k in
      (single[k] * sums[j - k], single[k] * differences[j - k])
    }
  }

  /// - Parameters:
  ///   - single: The exponents `(σt)^α` of the arguments.
  ///   - pair: Those of sum and difference of arguments j ≥ k.
  @inline(__always)
  private static func covariance(
    _ part: Part, _ single: [Double], ridge: Double, pair: (Int, Int) -> (sum: Double, difference: Double)
  ) -> [Double] {
    let size = single.count
    var result = [Double](repeating: 0, count: size * size)
    for j in 0..<size {
      for k in 0...j {
        let (sum, difference) = pair(j, k)
        let product = single[j] + single[k]
        // The exponents nearly cancel for small arguments; the matrix would lose its positivity without expm1.
        let value =
          part == .real
          ? 0.5 * Foundation.exp(-product)
            * (Foundation.expm1(product - sum) + Foundation.expm1(product - difference))
          : 0.5 * Foundation.exp(-sum) * Foundation.expm1(sum - difference)
        result[j * size + k] = j == k ? value * (1 + ridge) : value
        result[k * size + j] = result[j * size + k]
      }
    }
    return result
  }
}
