import Numerics

/// The GRU stripped of its recurrent weights: `z = σ(W_z x + b_z)`, `h' = (1 − z) ⊙ h + z ⊙ (W x + b)`.
///
/// Feng et al. 2024 (arXiv 2410.01201). Its coupling is zero: zeroth-order transport is exact.
public struct MinGRU: SizedCell {
  public let name = "mingru"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let gateWeights, gateBias, weights, bias: ParameterBlock

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    gateWeights = layout.append(
      "W_z", rows: hiddenSize, columns: inputSize, role: .inputWeights, isGate: true)
    gateBias = layout.append("b_z", rows: hiddenSize, role: .bias, isGate: true)
    weights = layout.append("W", rows: hiddenSize, columns: inputSize, role: .inputWeights)
    bias = layout.append("b", rows: hiddenSize, role: .bias)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let z = parameters.affine(gateWeights, input, gateBias).map { S.logistic($0) }
    return blend(gate: z, kept: retained, candidate: parameters.affine(weights, input, bias))
  }
}
