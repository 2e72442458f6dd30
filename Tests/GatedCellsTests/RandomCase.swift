import GatedCells
import Numerics

/// A random small network with a sequence to run it on.
struct RandomCase {
  let network: RecurrentNetwork
  let cell: any AnalyticCell
  let parameters: Parameters<Double>
  let inputs: [Double]
  let targets: [Double]
  let direction: [Double]

  init(_ kind: BuiltInCell, layerNorm: Bool, seed: UInt64) throws {
    var stream = RandomStream(seed: seed, purpose: "test.\(kind.rawValue).\(layerNorm)")
    let inputSize = 1 + stream.integer(below: 3)
    let hiddenSize = 1 + stream.integer(below: 5)
    let steps = 1 + stream.integer(below: 6)
    cell = try kind.make(
      inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm, constantGate: 0.3)
    network = RecurrentNetwork(cell: cell)
    parameters = Parameters(stream.normals(network.parameterCount).map { 0.7 * $0 })
    inputs = stream.normals(steps * inputSize)
    targets = stream.normals(steps)
    direction = stream.unitVector(network.parameterCount)
  }

  /// Every derivative here is a chain of at most `T` steps of inner products of length `H + D + 1` followed by a dozen
  /// elementwise operations, each with relative error at most 2u (libm: 2 ulp). The standard forward bound
  /// (Higham, lemma 3.1) is `γ_n · Σ|terms|`; `amplification` bounds the sum of absolute terms relative to
  /// the result's scale by the product over steps of the absolute Jacobian row sums, at most `(1 + 3·H)` each.
  func rounding(scale: Double) -> Double {
    let width = cell.hiddenSize + cell.inputSize + 13
    let steps = targets.count
    let operations = Double(2 * width * steps)
    return operations * 0x1p-53 * (scale + 1) * Double(1 + 3 * cell.hiddenSize) * 4
  }

  static func all(_ count: UInt64 = 25) throws -> [RandomCase] {
    try BuiltInCell.allCases.flatMap { kind in
      try [false, true].flatMap { layerNorm in
        try (0..<count).map { try RandomCase(kind, layerNorm: layerNorm, seed: $0) }
      }
    }
  }
}

/// The largest absolute difference of two vectors.
func distance(_ lhs: [Double], _ rhs: [Double]) -> Double {
  precondition(lhs.count == rhs.count)
  return zip(lhs, rhs).map { abs($0 - $1) }.max() ?? 0
}

func dot(_ lhs: [Double], _ rhs: [Double]) -> Double {
  zip(lhs, rhs).reduce(0) { $0 + $1.0 * $1.1 }
}
