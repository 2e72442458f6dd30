import Numerics

/// The gated recurrent unit of the paper, with the reset gate before the product:
/// `z = σ(·)`, `r = σ(·)`, `g = tanh(W x + U (r ⊙ h) + b)`, `h' = (1 − z) ⊙ h + z ⊙ g`.
///
/// Livi 2025, equations (47)–(58); Cho et al. 2014.
public struct GRUCell: VectorisedCell {
  public let name = "gru"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  @usableFromInline let update: AffineBlock
  @usableFromInline let reset: AffineBlock
  @usableFromInline let candidate: CandidateBlock

  /// - Throws: ``CellError`` when a size is not positive.
  public init(inputSize: Int, hiddenSize: Int, layerNorm: Bool = false) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    update = layout.appendAffine(
      "z", inputs: inputSize, recurrent: hiddenSize, units: hiddenSize, isGate: true)
    reset = layout.appendAffine(
      "r", inputs: inputSize, recurrent: hiddenSize, units: hiddenSize, isGate: true)
    candidate = CandidateBlock(
      "h", inputs: inputSize, units: hiddenSize, layerNorm: layerNorm, in: &layout)
    self.layout = layout
  }

  @inlinable
  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let opening = parameters.affine(update, input, recurrent).map { S.logistic($0) }
    let kept = parameters.affine(reset, input, recurrent).map { S.logistic($0) }
    return blend(
      gate: opening, kept: retained,
      candidate: candidate.activation(parameters, input, hadamard(kept, recurrent)))
  }

  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func linearisation<Value: SequenceValue>(
    _ parameters: Parameters<Double>, input: [Value], state: [Value]
  ) -> StepLinearisation<Value> {
    let z = Value.logistics(parameters.affine(update, input, state))
    let r = Value.logistics(parameters.affine(reset, input, state))
    let resetState = hadamard(r, state)
    let linear = candidate.linearise(parameters, input, recurrent: resetState, scale: z)
    let towards = logisticSlope(z) { linear.activation[$0] - state[$0] }
    return StepLinearisation(
      state: blend(gate: z, kept: state, candidate: linear.activation),
      retention: z.map { 1 - $0 },
      gates: [
        GateSensitivity(
          affine: update, memory: .diagonal(towards), output: nil, input: input, recurrent: state,
          recurrentScale: nil),
        GateSensitivity(
          affine: reset,
          // Every unit sees every reset gate: `∂h'/∂a_r = C U_h D(h ⊙ r')`, with C the candidate's sensitivity.
          memory: .throughReset(
            DeflatedRows(
              linear.sensitivity, times: candidate.affine.recurrent, parameters,
              inner: logisticSlope(r) { state[$0] })),
          output: nil, input: input, recurrent: state, recurrentScale: nil),
        linear.gate(candidate, input: input, recurrent: resetState, recurrentScale: r),
      ], unitwise: linear.unitwise)
  }
}
