import Numerics

/// A leaky network whose every unit learns its own constant leak: `h' = (1 − s) ⊙ h + s ⊙ tanh(W x + U h + b)`,
/// `s = σ(λ)` with one parameter λ a unit.
///
/// Jaeger et al. 2007, with trained leaks. The gates depend on neither input nor state.
public struct LeakyUnit: SizedCell {
  public let name = "leaky"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let candidate: AffineBlock
  let leak: ParameterBlock

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    candidate = layout.appendCandidate("h", inputs: inputSize, units: hiddenSize)
    leak = layout.append("leak", rows: hiddenSize, role: .bias, isGate: true)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let s = parameters.vector(leak).map { S.logistic($0) }
    let g = parameters.affine(candidate, input, recurrent).map { S.tanh($0) }
    return blend(gate: s, kept: retained, candidate: g)
  }
}
