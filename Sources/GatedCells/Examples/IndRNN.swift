import Numerics

/// The independently recurrent network: `h' = tanh(W x + u ⊙ h + b)`, each unit seeing of the state only itself.
///
/// Li et al. 2018 (arXiv 1803.04831). The retention path is the whole recurrence; its factor `u (1 − h'²)` is bounded by
/// |u| and lies in [0, 1] only for weights in [0, 1], which nothing in the cell enforces: an audit says so.
public struct IndRNN: SizedCell {
  public let name = "indrnn"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let weights, recurrentWeights, bias: ParameterBlock

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    weights = layout.append("W", rows: hiddenSize, columns: inputSize, role: .inputWeights)
    // A gain starts at one: memory as long as the squashing allows.
    recurrentWeights = layout.append("u", rows: hiddenSize, role: .gain)
    bias = layout.append("b", rows: hiddenSize, role: .bias)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let driven = parameters.affine(weights, input, bias)
    let kept = hadamard(parameters.vector(recurrentWeights), retained)
    return (0..<hiddenSize).map { S.tanh(driven[$0] + kept[$0]) }
  }
}
