/// What can be wrong with a request for a cell or a network.
public enum CellError: Error, Equatable, CustomStringConvertible {
  case sizeNotPositive(what: String, value: Int)
  case gateOutsideUnitInterval(Double)
  case unknownCell(String, known: [String])
  case noLayerNorm(cell: String)
  case parameterCount(expected: Int, got: Int)
  case shape(what: String, expected: Int, got: Int)

  public var description: String {
    switch self {
    case .sizeNotPositive(let what, let value):
      "\(what) is \(value); it must be at least 1"
    case .gateOutsideUnitInterval(let value):
      "the constant gate is \(value); it must lie strictly between 0 and 1"
    case .unknownCell(let name, let known):
      "there is no cell called \"\(name)\"; choose from \(known.joined(separator: ", "))"
    case .noLayerNorm(let cell):
      "the cell \(cell) has no layer normalisation; build it without, or choose from "
        + BuiltInCell.allCases.map(\.rawValue).joined(separator: ", ")
    case .parameterCount(let expected, let got):
      "the network has \(expected) parameters, but \(got) were given"
    case .shape(let what, let expected, let got):
      "\(what) has \(got) entries; it must have \(expected)"
    }
  }

  static func checkSizes(inputSize: Int, hiddenSize: Int) throws(CellError) {
    guard inputSize >= 1 else { throw .sizeNotPositive(what: "the input size", value: inputSize) }
    guard hiddenSize >= 1 else {
      throw .sizeNotPositive(what: "the hidden size", value: hiddenSize)
    }
  }
}
