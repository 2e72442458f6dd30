import Foundation

/// Textbook copies of the five recurrent cells, kept apart from every production code path.
///
/// Source: Livi 2025, appendix B. Parameters come as one flat vector of row-major blocks in the order of ``layout``; the
/// matrices `W` act on the input, `U` on the old hidden state. With layer normalisation the candidate's pre-activation `a`
/// becomes `gain ⊙ (a − mean)/√(variance + 10⁻⁵) + bias`, variance without Bessel's correction.
public struct CellOracle: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case const, shared, diag, gru, lstm
  }

  /// One parameter block: name, rows, columns.
  public struct Block: Sendable, Equatable {
    public let name: String
    public let rows: Int
    public let columns: Int
  }

  public let kind: Kind
  public let hidden: Int
  public let inputs: Int
  public let hasLayerNorm: Bool
  /// The gate of the `const` cell; unused by the others.
  public let constantGate: Double
  /// Blocks by name, each as rows.
  let blocks: [String: [[Double]]]

  static let layerNormEpsilon = 1e-5

  /// Length of the state: h, or h followed by c for the LSTM.
  public var stateWidth: Int { kind == .lstm ? 2 * hidden : hidden }

  /// - Parameters:
  ///   - constantGate: s with `0 ≤ s ≤ 1`; only the `const` cell reads it.
  ///   - flat: cell parameters in the order of ``layout(kind:hidden:inputs:hasLayerNorm:)``; further entries (a readout)
  ///     are ignored.
  public init(
    kind: Kind, hidden: Int, inputs: Int, hasLayerNorm: Bool, constantGate: Double = 0, flat: [Double]
  ) throws(OracleError) {
    try OracleError.require(hidden > 0 && inputs > 0, "cell shape", (hidden, inputs), "positive")
    try OracleError.require(constantGate >= 0 && constantGate <= 1, "gate", constantGate, "between 0 and 1")
    let layout = Self.layout(kind: kind, hidden: hidden, inputs: inputs, hasLayerNorm: hasLayerNorm)
    let size = layout.reduce(0) { $0 + $1.rows * $1.columns }
    try OracleError.require(flat.count >= size, "number of parameters", flat.count, "at least \(size)")
    var blocks: [String: [[Double]]] = [:]
    var offset = 0
    for block in layout {
      blocks[block.name] = (0..<block.rows).map { row in
        Array(flat[(offset + row * block.columns)..<(offset + (row + 1) * block.columns)])
      }
      offset += block.rows * block.columns
    }
    self.kind = kind
    self.hidden = hidden
    self.inputs = inputs
    self.hasLayerNorm = hasLayerNorm
    self.constantGate = constantGate
    self.blocks = blocks
  }

  /// The cell's blocks in storage order.
  public static func layout(kind: Kind, hidden: Int, inputs: Int, hasLayerNorm: Bool) -> [Block] {
    func affine(_ suffix: String, _ rows: Int) -> [Block] {
      [
        Block(name: "W" + suffix, rows: rows, columns: inputs),
        Block(name: "U" + suffix, rows: rows, columns: hidden),
        Block(name: "b" + suffix, rows: rows, columns: 1),
      ]
    }
    let norm =
      hasLayerNorm
      ? [Block(name: "lnGain", rows: hidden, columns: 1), Block(name: "lnBias", rows: hidden, columns: 1)]
      : []
    return switch kind {
    case .const: affine("", hidden) + norm
    case .shared: affine("", hidden) + norm + affine("s", 1)
    case .diag: affine("", hidden) + norm + affine("s", hidden)
    case .gru: affine("z", hidden) + affine("r", hidden) + affine("h", hidden) + norm
    case .lstm: affine("i", hidden) + affine("f", hidden) + affine("o", hidden) + affine("g", hidden) + norm
    }
  }

  /// A block as rows; empty for a name the cell does not have.
  func matrix(_ name: String) -> [[Double]] { blocks[name] ?? [] }

  /// A column block as a vector.
  func vector(_ name: String) -> [Double] { matrix(name).map { $0[0] } }

  /// `W x + U h + b` of the gate with the given suffix.
  func affine(_ suffix: String, _ x: [Double], _ h: [Double]) -> [Double] {
    let w = matrix("W" + suffix)
    let u = matrix("U" + suffix)
    let b = vector("b" + suffix)
    return b.indices.map { row in
      var sum = b[row]
      for column in x.indices { sum += w[row][column] * x[column] }
      for column in h.indices { sum += u[row][column] * h[column] }
      return sum
    }
  }

  static func logistic(_ a: Double) -> Double { 1 / (1 + exp(-a)) }

  /// The layer-normalised vector, or the vector itself in a cell without normalisation.
  func normalised(_ a: [Double]) -> [Double] {
    guard hasLayerNorm else { return a }
    let (unit, _) = Self.standardised(a)
    let gain = vector("lnGain")
    let bias = vector("lnBias")
    return unit.indices.map { gain[$0] * unit[$0] + bias[$0] }
  }

  /// `(a − mean)/σ` and `σ = √(variance + 10⁻⁵)`.
  static func standardised(_ a: [Double]) -> (unit: [Double], deviation: Double) {
    let mean = a.reduce(0, +) / Double(a.count)
    let variance = a.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(a.count)
    let deviation = (variance + layerNormEpsilon).squareRoot()
    return (a.map { ($0 - mean) / deviation }, deviation)
  }

  func requireShapes(_ input: [Double], _ state: [Double]) throws(OracleError) {
    try OracleError.requireSameCount(input.count, inputs, "input")
    try OracleError.requireSameCount(state.count, stateWidth, "state")
  }
}
