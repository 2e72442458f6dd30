/// The five cells of the paper, by name.
public enum BuiltInCell: String, Sendable, CaseIterable, Codable {
  case const, shared, diag, gru, lstm

  /// Finds a cell by its name.
  /// - Throws: ``CellError/unknownCell(_:known:)``.
  public init(named name: String) throws {
    guard let cell = BuiltInCell(rawValue: name) else {
      throw CellError.unknownCell(name, known: BuiltInCell.allCases.map(\.rawValue))
    }
    self = cell
  }

  /// The cell with the given shapes.
  /// - Parameter constantGate: The gate of the const cell; the others learn theirs.
  public func make(
    inputSize: Int, hiddenSize: Int, layerNorm: Bool = false, constantGate: Double = 0.05
  ) throws -> any AnalyticCell {
    switch self {
    case .const:
      try ConstGateCell(
        inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm, gate: constantGate)
    case .shared:
      try SharedGateCell(inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm)
    case .diag:
      try DiagGateCell(inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm)
    case .gru:
      try GRUCell(inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm)
    case .lstm:
      try LSTMCell(inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm)
    }
  }
}
