/// Entries stand for their names: in option lists, in run settings and in checkpoints.
extension CellCatalogue.Entry: RawRepresentable, CaseIterable, Hashable, Codable {
  public static var allCases: [Self] { CellCatalogue.all }

  public var rawValue: String { name }

  /// Nil when no cell of the catalogue has the name.
  public init?(rawValue: String) {
    guard let entry = try? CellCatalogue.entry(named: rawValue) else { return nil }
    self = entry
  }

  public init(_ cell: BuiltInCell) {
    self.init(name: cell.rawValue, builtIn: cell) { try cell.make(inputSize: $0, hiddenSize: $1) }
  }

  public static func == (lhs: Self, rhs: Self) -> Bool { lhs.name == rhs.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// - Throws: ``CellError/unknownCell(_:known:)`` for a name that the catalogue does not have.
  public init(from decoder: any Decoder) throws {
    self = try CellCatalogue.entry(named: decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
