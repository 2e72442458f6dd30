import Numerics

/// An LSTM that forgets exactly as much as it takes in: `c' = f ⊙ c + (1 − f) ⊙ g`, `h' = o ⊙ tanh c'`.
///
/// Greff et al. 2017 (arXiv 1503.04069), the variant with coupled input and forget gates.
public struct CoupledGateLSTM: SizedCell {
  public let name = "coupled-lstm"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let forgetGate, outputGate, candidate: AffineBlock

  public var stateSize: Int { 2 * hiddenSize }

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    forgetGate = layout.appendGate("f", inputs: inputSize, units: hiddenSize)
    outputGate = layout.appendGate("o", inputs: inputSize, units: hiddenSize)
    candidate = layout.appendCandidate("g", inputs: inputSize, units: hiddenSize)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let hidden = Array(recurrent[output])
    let f = parameters.affine(forgetGate, input, hidden).map { S.logistic($0) }
    let o = parameters.affine(outputGate, input, hidden).map { S.logistic($0) }
    let g = parameters.affine(candidate, input, hidden).map { S.tanh($0) }
    let next = blend(retention: f, kept: Array(retained[memory]), candidate: g)
    return hadamard(o, next.map { S.tanh($0) }) + next
  }
}
