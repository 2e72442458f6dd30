/// Every cell of this package by name: the five of the paper and the worked examples.
public struct CellCatalogue: Sendable {
  /// A cell that can be built by name; two are equal when their names are.
  public struct Entry: Sendable {
    public let name: String
    /// The built-in cell, or nil for a worked example.
    public let builtIn: BuiltInCell?
    /// Builds it without layer normalisation.
    public let make: @Sendable (_ inputSize: Int, _ hiddenSize: Int) throws -> any RecurrentCell

    /// Whether it can be built with layer normalisation in its candidate; the worked examples cannot.
    public var allowsLayerNorm: Bool { builtIn != nil }
  }

  /// The built-in cells first, in the order of the paper, then the examples.
  public static let all: [Entry] =
    BuiltInCell.allCases.map { Entry($0) } + [
      example(PeepholeLSTM.self), example(CoupledGateLSTM.self), example(MinimalGatedUnit.self),
      example(ResetAfterGRU.self), example(LeakyUnit.self), example(IndRNN.self), example(MinGRU.self),
      example(DiagonalStateSpace.self),
    ]

  /// Finds a cell by its name.
  /// - Throws: ``CellError/unknownCell(_:known:)``.
  public static func entry(named name: String) throws(CellError) -> Entry {
    guard let entry = all.first(where: { $0.name == name }) else {
      throw .unknownCell(name, known: all.map(\.name))
    }
    return entry
  }

  private static func example<Cell: SizedCell>(_ type: Cell.Type) -> Entry {
    let name = (try? Cell(inputSize: 1, hiddenSize: 1).name) ?? String(describing: type)
    return Entry(name: name, builtIn: nil) { try Cell(inputSize: $0, hiddenSize: $1) }
  }
}
