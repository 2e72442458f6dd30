import Numerics
import PropertyEngine
import StableLaws

/// What claims about noise, detection and windows draw.
enum NoiseDraws {
  /// The relative error of one rounding.
  static let unit = 0x1p-53

  /// Tail indices for which averages concentrate well enough to compute with: κ at most 21.
  static let tailIndices = reals(in: 1.05...2)
  /// Allowed errors of a test.
  static let errors = magnitudes(in: 1e-4...0.45)
  /// Scales and signals of any unit of measure.
  static let scales = magnitudes(in: 1e-3...1e3)

  /// Laws of scale one.
  static func laws(_ tailIndices: ClosedRange<Double> = 1.05...2) -> Generator<SymmetricStableLaw> {
    reals(in: tailIndices).map { try SymmetricStableLaw(tailIndex: $0) }
  }
}

extension Draw {
  /// Holds a value within a derived bound of what is expected, and reports how much of the bound was used.
  func within(
    _ actual: Double, _ expected: Double, bound: Double, _ note: String = "", fileID: String = #fileID,
    line: Int = #line
  ) throws {
    maximise(abs(actual - expected) / bound, ClaimRunner.errorOverBound)
    try close(actual, expected, within: bound, note, fileID: fileID, line: line)
  }
}

extension Draw {
  /// A recorded seed for samplers of the system under test.
  func seed() throws -> UInt64 { UInt64(try self("seed", integers(in: 0...0xFFFF_FFFF, spread: .uniform))) }
}

extension SymmetricStableLaw {
  /// Draws from the law by the real sampler, where not the sampler but what uses its draws is judged.
  func draws(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: "claims.draws")
    return sample(count, using: &stream)
  }
}
