import Numerics

/// A diagonal state space whose step size depends on the input: `Δ = softplus(W_Δ x + b_Δ)`, `a = exp(−Δ eᵏ)`,
/// `h' = a ⊙ h + (1 − a) ⊙ (W x + b)`.
///
/// The selective recurrence of Gu & Dao 2023 (arXiv 2312.00752) with one real state a unit and zero-order hold. Its
/// coupling is zero, as the gates do not see the state.
public struct DiagonalStateSpace: SizedCell {
  public let name = "diagonal-ssm"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  let stepWeights, stepBias, rate, weights, bias: ParameterBlock

  public init(inputSize: Int, hiddenSize: Int) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    stepWeights = layout.append(
      "W_step", rows: hiddenSize, columns: inputSize, role: .inputWeights, isGate: true)
    stepBias = layout.append("b_step", rows: hiddenSize, role: .bias, isGate: true)
    rate = layout.append("log_rate", rows: hiddenSize, role: .bias, isGate: true)
    weights = layout.append("W", rows: hiddenSize, columns: inputSize, role: .inputWeights)
    bias = layout.append("b", rows: hiddenSize, role: .bias)
    self.layout = layout
  }

  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    // softplus(x) = −log σ(−x), which overflows at neither end.
    let size = parameters.affine(stepWeights, input, stepBias).map { -S.log(S.logistic(-$0)) }
    let decay = zip(size, parameters.vector(rate)).map { S.exp(-($0 * S.exp($1))) }
    return blend(
      retention: decay, kept: retained, candidate: parameters.affine(weights, input, bias))
  }
}
