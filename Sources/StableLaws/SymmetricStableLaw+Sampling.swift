import Numerics

extension SymmetricStableLaw {
  /// One variate, by the representation of Chambers, Mallows and Stuck (JASA 71, 1976, 340–344):
  /// X = σ sin(αV)/cos(V)^(1/α) · (cos((1−α)V)/W)^((1−α)/α), V uniform on (−π/2, π/2), W exponential.
  ///
  /// There is no singularity at α = 1 (X = tan V) or α = 2 (X = 2 sin V √W). All three trigonometric factors are computed
  /// from the distance δ = π/2 − |V| and the exact 2 − α, so the far tail keeps its relative accuracy for every α.
  /// A single variate costs as much as four; draw many by ``sample(_:using:)``.
  public func sample(using stream: inout RandomStream) -> Double {
    let (angle, wait) = (stream.next(), stream.next())
    return scale * standardVariates(SIMD4(repeating: angle), SIMD4(repeating: wait))[0]
  }

  /// `count` variates, those of as many calls of ``sample(using:)``, four at a time.
  public func sample(_ count: Int, using stream: inout RandomStream) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      let inFours = count & ~3
      for index in stride(from: 0, to: inFours, by: 4) {
        let (angles, waits) = stream.nextPairs()
        let variates = scale * standardVariates(angles, waits)
        for lane in 0..<4 { buffer[index + lane] = variates[lane] }
      }
      for index in inFours..<count { buffer[index] = sample(using: &stream) }
      initialized = count
    }
  }

  /// Variates of scale one, each from a word for the angle and one for the exponential number.
  @inline(__always)
  private func standardVariates(_ angles: SIMD4<UInt64>, _ waits: SIMD4<UInt64>) -> SIMD4<Double> {
    typealias Functions = ElementaryLanes
    typealias Words = SIMD4<UInt64>
    // Distance of |V| from π/2 in units of π: uniform on (0, 1/2), never zero; the lowest bit is the sign.
    let distance = Functions.number((angles &>> Words(repeating: 11)) | Words(repeating: 1)) * 0x1p-54
    let sign = (angles & Words(repeating: 1024)) &<< Words(repeating: 53)
    let uniform = Functions.number((waits &>> Words(repeating: 11)) | Words(repeating: 1)) * 0x1p-53
    let wait = -Functions.logarithm(uniform)
    let fromEnd = Double.pi * distance
    // sin(α(π/2 − δ)) = sin(αδ + (2 − α)π/2) and cos((1 − α)(π/2 − δ)) = sin((α − 1)δ + (2 − α)π/2): these arguments
    // are small exactly where the direct ones would lose all accuracy.
    let offset = (2 - tailIndex) * (0.5 * Double.pi)
    let turned = tailIndex * fromEnd + offset
    // Reflected at π/2, with the part of π that binary64 drops.
    let reflected = (Double.pi - turned) + 1.2246467991473532e-16
    let end = Functions.sine(fromEnd)
    let angle = Functions.sine(pointwiseMin(turned, reflected))
    let mean = Functions.sine((tailIndex - 1) * fromEnd + offset)
    // cos(V)^(−1/α) = cos(V)^(1−1/α)/cos(V) joins the two powers: one logarithm and one exponential.
    // One division serves both quotients; neither sine is below 10⁻¹⁷.
    let reciprocal = 1 / (end * mean)
    let power = Functions.logarithm(wait * (end * end) * reciprocal)
    let size = (angle * mean * reciprocal) * Functions.exponential(table.meanExponent * power)
    return Functions.lanes(Functions.words(size) ^ sign)
  }
}
