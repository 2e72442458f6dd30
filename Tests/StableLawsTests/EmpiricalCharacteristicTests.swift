import Foundation
import Testing

@testable import StableLaws

@Suite struct EmpiricalCharacteristicTests {
  /// On a geometric grid the covariance from powers of distances is that of the arguments themselves.
  @Test(arguments: [0.7, 1.1, 1.5, 2], [2, 4, 8])
  func geometricCovariance(tailIndex: Double, perOctave: Int) {
    let (octaves, scale) = (5, 1.3)
    let grid = (0..<perOctave * octaves).map { 0.09 * exp2(Double($0) / Double(perOctave)) }
    func exponent(_ t: Double) -> Double { pow(scale * t, tailIndex) }
    for part in [EmpiricalCharacteristic.Part.real, .imaginary] {
      let direct = EmpiricalCharacteristic.covariance(
        part, grid, tailIndex: tailIndex, scale: scale, ridge: 1e-10)
      let powers = EmpiricalCharacteristic.covariance(
        part, geometric: grid, perOctave: perOctave, tailIndex: tailIndex, scale: scale, ridge: 1e-10)
      for (j, t) in grid.enumerated() {
        for (k, s) in grid.enumerated() where k <= j {
          // An argument is off by 3u; a quotient of two by 6u, a sum by no more, their difference by 6u/(1 − 2^(−1/8)) < 72u; a
          // power of at most 2 doubles that and adds 4u. An entry follows an exponent at most at half its error, and has six
          // roundings of its own.
          let errors = 16 * exponent(t + s) + 148 * exponent(t - s) + 12 * (exponent(t) + exponent(s))
          let entry = direct[j * grid.count + k]
          #expect(
            abs(powers[j * grid.count + k] - entry) <= (0.5 * errors + 12 * abs(entry)) * 0x1p-53,
            "α = \(tailIndex), entry (\(j), \(k))")
        }
      }
    }
  }
}
