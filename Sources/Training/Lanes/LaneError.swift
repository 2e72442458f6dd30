/// Why a cell's step cannot be replayed over many sequences at a time.
public enum LaneError: Error, Equatable, CustomStringConvertible {
  case stateSize(cell: String, expected: Int, got: Int)
  case stepLooksAtValues(cell: String, recorded: Double, direct: Double)

  public var description: String {
    switch self {
    case .stateSize(let cell, let expected, let got):
      "the step of \"\(cell)\" gives \(got) numbers; its stateSize is \(expected)"
    case .stepLooksAtValues(let cell, let recorded, let direct):
      """
      the step of "\(cell)" gives \(direct) at a random point, its recording \(recorded): it chooses its way by values or \
      types, which a recording cannot follow. Write it with the operations of Scalar alone, or train it in double \
      precision, where ReferenceEngine takes one sequence at a time
      """
    }
  }
}
