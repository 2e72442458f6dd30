/// A block of the flat parameter vector: a row-major matrix, or a vector (`columns == 1`).
public struct ParameterBlock: Sendable, Hashable {
  public let name: String
  public let offset: Int
  public let rows: Int
  public let columns: Int

  public var count: Int { rows * columns }
}

/// Cell and sizes of a network: one recurrent layer and the scalar readout `y = w·h' + b`.
///
/// The parameters are one flat vector of row-major blocks, in this order (`D` inputs, `H` units):
///
/// | cell | blocks |
/// |---|---|
/// | const | `W`[H×D] `U`[H×H] `b`[H], `lnGain` `lnBias` |
/// | shared | `W U b`, `lnGain lnBias`, `Ws`[1×D] `Us`[1×H] `bs`[1] |
/// | diag | `W U b`, `lnGain lnBias`, `Ws`[H×D] `Us`[H×H] `bs`[H] |
/// | gru | `Wz Uz bz`, `Wr Ur br`, `Wh Uh bh`, `lnGain lnBias` |
/// | lstm | `Wi Ui bi`, `Wf Uf bf`, `Wo Uo bo`, `Wg Ug bg`, `lnGain lnBias` |
///
/// and last the readout `w`[H] `b`[1]. `lnGain` and `lnBias` (H each) exist with layer norm only.
public struct NetworkShape: Sendable, Hashable {
  public let cell: CellKind
  /// `D`.
  public let inputSize: Int
  /// `H`.
  public let hiddenSize: Int
  /// Layer norm on the candidate pre-activation: biased variance, 10⁻⁵ inside the root.
  public let layerNorm: Bool
  /// The fixed gate `s` of the const cell; the other cells do not use it.
  public let constGate: Float

  public init(
    cell: CellKind, inputSize: Int, hiddenSize: Int, layerNorm: Bool = false, constGate: Float = 0.5
  ) {
    self.cell = cell
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.layerNorm = layerNorm
    self.constGate = constGate
  }

  /// Number of floats in the parameter vector.
  public var parameterCount: Int {
    guard let last = blocks.last else { return 0 }
    return last.offset + last.count
  }

  /// All blocks in the order of the flat vector.
  public var blocks: [ParameterBlock] {
    var result: [ParameterBlock] = []
    var offset = 0
    func add(_ name: String, _ rows: Int, _ columns: Int) {
      result.append(ParameterBlock(name: name, offset: offset, rows: rows, columns: columns))
      offset += rows * columns
    }
    func addGate(_ suffix: String, _ rows: Int) {
      add("W" + suffix, rows, inputSize)
      add("U" + suffix, rows, hiddenSize)
      add("b" + suffix, rows, 1)
    }
    func addNorm() {
      guard layerNorm else { return }
      add("lnGain", hiddenSize, 1)
      add("lnBias", hiddenSize, 1)
    }
    switch cell {
    case .const, .shared, .diag:
      addGate("", hiddenSize)
      addNorm()
      if cell == .shared { addGate("s", 1) }
      if cell == .diag { addGate("s", hiddenSize) }
    case .gru:
      for suffix in ["z", "r", "h"] { addGate(suffix, hiddenSize) }
      addNorm()
    case .lstm:
      for suffix in ["i", "f", "o", "g"] { addGate(suffix, hiddenSize) }
      addNorm()
    }
    add("readoutWeight", hiddenSize, 1)
    add("readoutBias", 1, 1)
    return result
  }

  /// Floating-point operations of the matrix products of one forward and backward pass
  /// (a fused multiply-add counts two).
  public func matrixOperations(batch: Int, steps: Int) -> Double {
    let gateRows: Double =
      switch cell {
      case .const: Double(hiddenSize)
      case .shared: Double(hiddenSize + 1)
      case .diag: Double(2 * hiddenSize)
      case .gru: Double(3 * hiddenSize)
      case .lstm: Double(4 * hiddenSize)
      }
    let columns = Double(2 * (inputSize + hiddenSize) + hiddenSize)
    return 2 * Double(batch) * Double(steps) * gateRows * columns
  }
}
