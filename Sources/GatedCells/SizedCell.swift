/// A cell that can be built at any size, which is what an audit needs to find a smallest counterexample.
///
/// A new cell is one type: shapes, a parameter layout made in `init`, and one generic step. Jacobian, gradient, transport
/// split, training and audit follow from these. See `Examples/` for eight of them.
public protocol SizedCell: RecurrentCell {
  /// - Throws: ``CellError`` when a size is not positive.
  init(inputSize: Int, hiddenSize: Int) throws
}
