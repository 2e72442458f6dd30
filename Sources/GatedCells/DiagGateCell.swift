import Numerics

/// A leaky cell with one learned gate for each unit: `s = σ(W_s x + U_s h + b_s) ∈ (0, 1)^H`.
///
/// Livi 2025, equations (59)–(60).
public struct DiagGateCell: VectorisedCell {
  public let name = "diag"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  @usableFromInline let candidate: CandidateBlock
  @usableFromInline let gate: AffineBlock

  /// - Throws: ``CellError`` when a size is not positive.
  public init(inputSize: Int, hiddenSize: Int, layerNorm: Bool = false) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    candidate = CandidateBlock(
      "h", inputs: inputSize, units: hiddenSize, layerNorm: layerNorm, in: &layout)
    gate = layout.appendAffine(
      "s", inputs: inputSize, recurrent: hiddenSize, units: hiddenSize, isGate: true)
    self.layout = layout
  }

  @inlinable
  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    blend(
      gate: parameters.affine(gate, input, recurrent).map { S.logistic($0) }, kept: retained,
      candidate: candidate.activation(parameters, input, recurrent))
  }

  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func linearisation<Value: SequenceValue>(
    _ parameters: Parameters<Double>, input: [Value], state: [Value]
  ) -> StepLinearisation<Value> {
    let s = Value.logistics(parameters.affine(gate, input, state))
    let linear = candidate.linearise(parameters, input, recurrent: state, scale: s)
    let towards = logisticSlope(s) { linear.activation[$0] - state[$0] }
    return StepLinearisation(
      state: blend(gate: s, kept: state, candidate: linear.activation),
      retention: s.map { 1 - $0 },
      gates: [
        linear.gate(candidate, input: input, recurrent: state),
        GateSensitivity(
          affine: gate, memory: .diagonal(towards), output: nil, input: input, recurrent: state,
          recurrentScale: nil),
      ], unitwise: linear.unitwise)
  }
}
