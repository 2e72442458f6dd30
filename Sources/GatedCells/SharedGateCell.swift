import Numerics

/// A leaky cell with one learned gate shared by all units: `s = σ(w·x + u·h + b) ∈ (0, 1)`.
///
/// Livi 2025, equations (61)–(62).
public struct SharedGateCell: VectorisedCell {
  public let name = "shared"
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
    gate = layout.appendAffine("s", inputs: inputSize, recurrent: hiddenSize, units: 1, isGate: true)
    self.layout = layout
  }

  @inlinable
  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let opening = S.logistic(parameters.affine(gate, input, recurrent)[0])
    return blend(
      gate: [S](repeating: opening, count: hiddenSize), kept: retained,
      candidate: candidate.activation(parameters, input, recurrent))
  }

  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func linearisation<Value: SequenceValue>(
    _ parameters: Parameters<Double>, input: [Value], state: [Value]
  ) -> StepLinearisation<Value> {
    let s = Value.logistics(parameters.affine(gate, input, state))[0]
    let linear = candidate.linearise(
      parameters, input, recurrent: state, scale: [Value](repeating: s, count: hiddenSize))
    let slope = s * (1 - s)
    let towards = (0..<hiddenSize).map { (linear.activation[$0] - state[$0]) * slope }
    return StepLinearisation(
      state: (0..<hiddenSize).map { (1 - s) * state[$0] + s * linear.activation[$0] },
      retention: [Value](repeating: 1 - s, count: hiddenSize),
      gates: [
        linear.gate(candidate, input: input, recurrent: state),
        GateSensitivity(
          affine: gate, memory: .column(towards), output: nil, input: input, recurrent: state,
          recurrentScale: nil),
      ], unitwise: linear.unitwise)
  }
}
