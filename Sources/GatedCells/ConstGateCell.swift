import Numerics

/// A leaky cell with one fixed gate: `h' = (1 − s) h + s tanh(W x + U h + b)`.
///
/// Livi 2025, equations (63)–(64). With `U = 0` its transport is `(1 − s)^ℓ` exactly.
public struct ConstGateCell: VectorisedCell {
  public let name = "const"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  /// The gate s, in (0, 1).
  public let gate: Double
  @usableFromInline let candidate: CandidateBlock

  /// - Throws: ``CellError`` when a size is not positive or the gate is outside (0, 1).
  public init(inputSize: Int, hiddenSize: Int, layerNorm: Bool = false, gate: Double = 0.05) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    guard gate > 0, gate < 1 else { throw CellError.gateOutsideUnitInterval(gate) }
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.gate = gate
    var layout = ParameterLayout()
    candidate = CandidateBlock(
      "h", inputs: inputSize, units: hiddenSize, layerNorm: layerNorm, in: &layout)
    self.layout = layout
  }

  @inlinable
  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    blend(
      gate: [S](repeating: S(gate), count: hiddenSize), kept: retained,
      candidate: candidate.activation(parameters, input, recurrent))
  }

  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func linearisation<Value: SequenceValue>(
    _ parameters: Parameters<Double>, input: [Value], state: [Value]
  ) -> StepLinearisation<Value> {
    let linear = candidate.linearise(
      parameters, input, recurrent: state, scale: [Value](repeating: .spread(gate), count: hiddenSize))
    return StepLinearisation(
      state: (0..<hiddenSize).map { (1 - gate) * state[$0] + gate * linear.activation[$0] },
      retention: [Value](repeating: .spread(1 - gate), count: hiddenSize),
      gates: [linear.gate(candidate, input: input, recurrent: state)], unitwise: linear.unitwise)
  }
}
