import GatedCells

/// Which network: everything that its shapes and dynamics depend on, apart from the parameters.
public struct NetworkSpecification: Sendable, Hashable, Codable {
  public var cell: BuiltInCell
  public var inputSize: Int
  public var hiddenSize: Int
  public var layerNorm: Bool
  /// The gate of the const cell, and the initial opening under ``Initialisation/constantGate(_:)``.
  public var constantGate: Double

  public init(
    cell: BuiltInCell, inputSize: Int, hiddenSize: Int, layerNorm: Bool, constantGate: Double = 0.05
  ) {
    self.cell = cell
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.layerNorm = layerNorm
    self.constantGate = constantGate
  }

  /// The cell.
  /// - Throws: ``CellError`` when a size or the gate is not allowed.
  public func makeCell() throws -> any AnalyticCell {
    try cell.make(
      inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm, constantGate: constantGate)
  }
}
