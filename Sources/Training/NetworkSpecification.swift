import GatedCells

/// Which network: everything that its shapes and dynamics depend on, apart from the parameters.
public struct NetworkSpecification: Sendable, Hashable, Codable {
  public var cell: CellCatalogue.Entry
  public var inputSize: Int
  public var hiddenSize: Int
  /// Whether the candidate is layer-normalised; allowed for the built-in cells only.
  public var layerNorm: Bool
  /// The gate of the const cell, and the initial opening under ``Initialisation/constantGate(_:)``.
  public var constantGate: Double

  public init(
    cell: CellCatalogue.Entry, inputSize: Int, hiddenSize: Int, layerNorm: Bool, constantGate: Double = 0.05
  ) {
    self.cell = cell
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.layerNorm = layerNorm
    self.constantGate = constantGate
  }

  /// A network of one of the paper's cells.
  public init(
    cell: BuiltInCell, inputSize: Int, hiddenSize: Int, layerNorm: Bool, constantGate: Double = 0.05
  ) {
    self.init(
      cell: CellCatalogue.Entry(cell), inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm,
      constantGate: constantGate)
  }

  /// The cell.
  /// - Throws: ``CellError`` when a size or the gate is not allowed, or the cell has no layer normalisation.
  public func makeCell() throws -> any RecurrentCell {
    guard let builtIn = cell.builtIn else {
      guard !layerNorm else { throw CellError.noLayerNorm(cell: cell.name) }
      return try cell.make(inputSize, hiddenSize)
    }
    return try builtIn.make(
      inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm, constantGate: constantGate)
  }
}
