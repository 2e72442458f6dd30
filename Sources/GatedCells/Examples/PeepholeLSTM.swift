import Numerics

/// An LSTM whose gates see the memory: `i, f = σ(W x + U h + p ⊙ c)`, `o = σ(W x + U h + p ⊙ c')`.
///
/// Gers & Schmidhuber 2000. The retention path is `f ⊙ c`; the peepholes read the memory as part of the coupling.
public struct PeepholeLSTM: SizedCell {
  public let name = "peephole-lstm"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let inputGate, forgetGate, outputGate, candidate: AffineBlock
  let inputPeephole, forgetPeephole, outputPeephole: ParameterBlock

  public var stateSize: Int { 2 * hiddenSize }

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    inputGate = layout.appendGate("i", inputs: inputSize, units: hiddenSize)
    forgetGate = layout.appendGate("f", inputs: inputSize, units: hiddenSize)
    outputGate = layout.appendGate("o", inputs: inputSize, units: hiddenSize)
    candidate = layout.appendCandidate("g", inputs: inputSize, units: hiddenSize)
    inputPeephole = layout.append("p_i", rows: hiddenSize, role: .bias, isGate: true)
    forgetPeephole = layout.append("p_f", rows: hiddenSize, role: .bias, isGate: true)
    outputPeephole = layout.append("p_o", rows: hiddenSize, role: .bias, isGate: true)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let hidden = Array(recurrent[output])
    let seen = Array(recurrent[memory])
    func gate(_ affine: AffineBlock, _ peephole: ParameterBlock, _ memory: [S]) -> [S] {
      zip(parameters.affine(affine, input, hidden), hadamard(parameters.vector(peephole), memory))
        .map { S.logistic($0 + $1) }
    }
    let i = gate(inputGate, inputPeephole, seen)
    let f = gate(forgetGate, forgetPeephole, seen)
    let g = parameters.affine(candidate, input, hidden).map { S.tanh($0) }
    let kept = hadamard(f, Array(retained[memory]))
    let next = (0..<hiddenSize).map { kept[$0] + i[$0] * g[$0] }
    let o = gate(outputGate, outputPeephole, next)
    return hadamard(o, next.map { S.tanh($0) }) + next
  }
}
