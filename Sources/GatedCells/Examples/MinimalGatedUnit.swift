import Numerics

/// One gate for everything: `f = σ(·)`, `h' = (1 − f) ⊙ h + f ⊙ tanh(W x + U (f ⊙ h) + b)`.
///
/// Zhou et al. 2016 (arXiv 1603.09420). The retention path is the leak `(1 − f) ⊙ h`.
public struct MinimalGatedUnit: SizedCell {
  public let name = "mgu"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let gate, candidate: AffineBlock

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    gate = layout.appendGate("f", inputs: inputSize, units: hiddenSize)
    candidate = layout.appendCandidate("h", inputs: inputSize, units: hiddenSize)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let f = parameters.affine(gate, input, recurrent).map { S.logistic($0) }
    let g = parameters.affine(candidate, input, hadamard(f, recurrent)).map { S.tanh($0) }
    return blend(gate: f, kept: retained, candidate: g)
  }
}
