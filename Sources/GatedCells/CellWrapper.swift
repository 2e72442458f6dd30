import Numerics

/// A cell that stands for another one and changes a part of it: shapes, layout and step are the original's unless the wrapper
/// writes its own.
public protocol CellWrapper: RecurrentCell {
  var original: any RecurrentCell { get }
}

extension CellWrapper {
  public var name: String { original.name }
  public var inputSize: Int { original.inputSize }
  public var hiddenSize: Int { original.hiddenSize }
  public var stateSize: Int { original.stateSize }
  public var output: Range<Int> { original.output }
  public var memory: Range<Int> { original.memory }
  public var layout: ParameterLayout { original.layout }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    original.step(parameters, input: input, retained: retained, recurrent: recurrent)
  }
}
