import Numerics

/// The GRU with its reset gate after the product, as cuDNN and PyTorch have it:
/// `n = tanh(W x + b + r ⊙ (U h + b_U))`, `h' = z ⊙ h + (1 − z) ⊙ n`.
///
/// Cho et al. 2014 in the form of Chetlur et al. 2014 (arXiv 1410.0759). Here z keeps: the retention path is `z ⊙ h`.
public struct ResetAfterGRU: SizedCell {
  public let name = "reset-after-gru"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let reset, update: AffineBlock
  let inputWeights, inputBias, recurrentWeights, recurrentBias: ParameterBlock

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    reset = layout.appendGate("r", inputs: inputSize, units: hiddenSize)
    update = layout.appendGate("z", inputs: inputSize, units: hiddenSize)
    inputWeights = layout.append("W_n", rows: hiddenSize, columns: inputSize, role: .inputWeights)
    inputBias = layout.append("b_n", rows: hiddenSize, role: .bias)
    recurrentWeights = layout.append("U_n", rows: hiddenSize, columns: hiddenSize, role: .recurrentWeights)
    recurrentBias = layout.append("b_Un", rows: hiddenSize, role: .bias)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let r = parameters.affine(reset, input, recurrent).map { S.logistic($0) }
    let z = parameters.affine(update, input, recurrent).map { S.logistic($0) }
    let driven = parameters.affine(inputWeights, input, inputBias)
    let product = hadamard(r, parameters.affine(recurrentWeights, recurrent, recurrentBias))
    let n = (0..<hiddenSize).map { S.tanh(driven[$0] + product[$0]) }
    return blend(retention: z, kept: retained, candidate: n)
  }
}
