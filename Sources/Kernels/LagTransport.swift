import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Sums over time of diagonal transport, for every lag and unit of eight sequences.
///
/// Arrays hold eight sequences a vector: a row of vectors a step, of which the first `parts` belong to the parts (units). Sums are
/// added in the order of time; the bits are the same on every level.
public struct LagTransport: Sendable {
  public typealias Vector = SIMD8<Double>

  /// The blocks that a cell with output and memory has beside its memory's own.
  public struct Blocks: Sendable {
    let expression, memoryToOutput, outputToMemory, outputToOutput: [Vector]

    public init(
      expression: [Vector], memoryToOutput: [Vector], outputToMemory: [Vector],
      outputToOutput: [Vector]
    ) {
      self.expression = expression
      self.memoryToOutput = memoryToOutput
      self.outputToMemory = outputToMemory
      self.outputToOutput = outputToOutput
    }
  }

  /// Sums of `|μ|`, `|Γ|`, `μζ` and `ζ`: `lags × parts` vectors each.
  public private(set) var rate, transport, projected, sensitivity: [Vector]
  /// `Σ_q o_q μ ζ` at every `keepEvery`-th time that the lag reaches back from, by lag; empty when none are kept.
  public private(set) var kept: [[Vector]] = []

  /// The length of rows to choose for a number of parts: odd, because rows a power of two apart would share a few sets of the
  /// caches.
  public static func rowLength(parts: Int) -> Int { parts | 1 }

  /// - Parameters:
  ///   - rowLength: Vectors from one step to the next in the arrays, at least `parts`; see ``rowLength(parts:)``.
  ///   - coupling: First-order couplings; read only when `firstOrder`.
  ///   - lags: Increasing, each in `1 ..< steps`.
  ///   - errorSlope: The derivative of each step's error in its prediction, `steps` vectors.
  ///   - readout: What the prediction makes of each part: its error signal is `readout · errorSlope`.
  ///   - signs: `lags × parts` numbers; read only when `keepEvery` is positive.
  /// - Precondition: The arrays have the lengths that the sizes say.
  /// - Complexity: O(steps · parts · (lags + sum of the distinct distances between lags)).
  public init(
    steps: Int, parts: Int, rowLength: Int, lags: [Int], retention: [Vector], coupling: [Vector],
    blocks: Blocks?, firstOrder: Bool, baseRate: [Vector], sensitivity: [Vector], errorSlope: [Vector],
    readout: [Double],
    signs: [Double], keepEvery: Int, level: CPULevel = .best
  ) {
    precondition(
      zip([0] + lags, lags).allSatisfy { $0 < $1 } && (lags.last ?? 0) < max(steps, 1),
      "lags \(lags) do not increase within 1..<\(steps)")
    precondition(
      keepEvery <= 0 || signs.count == lags.count * parts, "\(signs.count) signs do not fit")
    precondition(
      readout.count == parts && errorSlope.count == steps && rowLength >= parts,
      "\(readout.count) weights, \(errorSlope.count) slopes and rows of \(rowLength) do not fit \(steps) × \(parts)"
    )
    let zeros = [Vector](repeating: .zero, count: lags.count * parts)
    (rate, transport, projected, self.sensitivity) = (zeros, zeros, zeros, zeros)
    var memory = LagMemory(
      steps: steps, lags: lags, twoBlock: blocks != nil, keepEvery: keepEvery)
    memory.fill(.errorSlope, from: errorSlope, part: 0, rowLength: 1, level: level)
    for part in 0..<parts {
      func fill(_ column: LagMemory.Column, _ source: [Vector]) {
        memory.fill(column, from: source, part: part, rowLength: rowLength, level: level)
      }
      fill(.retention, retention)
      fill(.baseRate, baseRate)
      fill(.sensitivity, sensitivity)
      if firstOrder { fill(.coupling, coupling) }
      if let blocks {
        fill(.expression, blocks.expression)
        if firstOrder {
          fill(.memoryToOutput, blocks.memoryToOutput)
          fill(.outputToMemory, blocks.outputToMemory)
          fill(.outputToOutput, blocks.outputToOutput)
        }
      }
      let weight = readout[part]
      memory.run(
        weights: keepEvery > 0 ? lags.indices.map { weight * signs[$0 * parts + part] } : [], level: level)
      for index in lags.indices {
        let at = index * parts + part
        rate[at] = memory.sum(.rate, index)
        transport[at] = memory.sum(.transport, index)
        projected[at] = weight * memory.sum(.projected, index)
        self.sensitivity[at] = weight * memory.sum(.sensitivity, index)
      }
    }
    if keepEvery > 0 {
      kept = lags.enumerated().map { index, lag in
        (0..<memory.times).compactMap { $0 * keepEvery < lag ? nil : memory.kept(index, $0) }
      }
    }
  }
}
