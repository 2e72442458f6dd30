import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles

/// One-unit steps, the oldest first, with the retentions and couplings as plain numbers, the newest first.
struct ScalarSteps: Sendable, CustomStringConvertible {
  /// `a_j`, index 0 nearest to the observation.
  let retentions: [Double]
  /// `b_j`, in the same order.
  let couplings: [Double]

  var description: String { "a \(retentions) b \(couplings)" }
  var count: Int { retentions.count }

  /// As the implementation takes them.
  var splits: [DiagonalSplit<Double>] {
    zip(retentions, couplings).reversed().map { DiagonalSplit(retention: [$0], memoryToMemory: [$1]) }
  }

  /// Factors at lags 1, 2, … at the last step.
  func factors(_ system: SystemUnderTest) -> [(zeroth: Double, correction: Double, total: Double)] {
    system.transport.factors(splits, count - 1, Array(1...count)).map {
      ($0[0].zeroth, $0[0].correction, $0[0].total)
    }
  }

  /// `Σ` of the absolute terms of Γ at lags 0, 1, 2, …: what rounding is relative to.
  var magnitudes: [Double] {
    get throws {
      try TransportClosedForms.scalarTransport(retentions: retentions, gateTerms: couplings.map(abs))
    }
  }
}

/// Retentions in [0, 1] and couplings in a range; `coupling` may depend on the retention.
func scalarSteps(
  retention: ClosedRange<Double> = 0...1, count: ClosedRange<Int> = 1...12,
  _ coupling: @escaping @Sendable (Draw, _ retention: Double) throws -> Double
) -> Generator<ScalarSteps> {
  arrays(
    of: Generator { draw in
      let a = try draw.real(in: retention)
      return (a, try coupling(draw, a))
    }, count: count
  ).map { steps in ScalarSteps(retentions: steps.map { $0.0 }, couplings: steps.map { $0.1 }) }
}

/// Couplings of either sign, up to one.
func signedSteps(count: ClosedRange<Int> = 1...12) -> Generator<ScalarSteps> {
  scalarSteps(count: count) { draw, _ in try draw.real(in: -1...1) }
}

/// A gate that does not change: `a = 1 − s`, `b = s w`.
struct ConstantSteps: Sendable, CustomStringConvertible {
  let gate: Double
  let weight: Double
  let count: Int

  var description: String { "s=\(gate) w=\(weight) lags=\(count)" }
  var steps: ScalarSteps {
    ScalarSteps(
      retentions: [Double](repeating: 1 - gate, count: count),
      couplings: [Double](repeating: gate * weight, count: count))
  }
}

func constantSteps(weight: ClosedRange<Double>, count: ClosedRange<Int> = 2...60) -> Generator<ConstantSteps>
{
  Generator { draw in
    ConstantSteps(
      gate: try draw.real(in: 0.02...0.9), weight: try draw.real(in: weight),
      count: try draw.integer(in: count))
  }
}

/// Dense splits of one size, the oldest first, entries in [−1, 1].
func denseSplits(size: ClosedRange<Int> = 1...3, count: ClosedRange<Int> = 1...5) -> Generator<
  [JacobianSplit]
> {
  Generator { draw in
    let size = try draw.integer(in: size)
    let matrix = arrays(of: reals(in: -1...1), count: size * size).map {
      Matrix(rows: size, columns: size, elements: $0)
    }
    return try draw(
      "steps",
      arrays(
        of: pairs(matrix, matrix).map { JacobianSplit(retention: $0.0, coupling: $0.1) }, count: count))
  }
}

extension [JacobianSplit] {
  /// The retention parts as oracles take them: arrays of rows, the newest first.
  var zerothRows: [[[Double]]] { reversed().map(\.retention.rowArrays) }
  /// The couplings likewise.
  var couplingRows: [[[Double]]] { reversed().map(\.coupling.rowArrays) }
  /// Rounding of a product of these, or of one coupling in it, for sums of absolute terms of the given size: each of the
  /// `2 n l` operations on a path rounds once, in either evaluation.
  func rounding(_ magnitude: Double) -> Double {
    roundings(4 * (first?.retention.rows ?? 0) * count + 8) * magnitude + 0x1p-1000
  }
  /// The largest absolute row sum of the product of `|A| + |B|`.
  var magnitude: Double {
    get throws {
      let absolute = zip(zerothRows, couplingRows).map { a, b in
        zip(a, b).map { zip($0, $1).map { abs($0) + abs($1) } }
      }
      return try TransportClosedForms.denseProduct(absolute).map { $0.reduce(0, +) }.max() ?? 0
    }
  }
}
