import Numerics

/// The long short-term memory: `c' = f ⊙ c + i ⊙ g`, `h' = o ⊙ tanh c'`, state `(h, c)`.
///
/// Livi 2025, equations (36)–(46); Hochreiter & Schmidhuber 1997, Gers et al. 2000. The retention path is the
/// forget path `f ⊙ c`; memory is `c`, output is `h`.
public struct LSTMCell: VectorisedCell {
  public let name = "lstm"
  public let inputSize: Int
  public let hiddenSize: Int
  public let layout: ParameterLayout
  @usableFromInline let inputGate: AffineBlock
  @usableFromInline let forgetGate: AffineBlock
  @usableFromInline let outputGate: AffineBlock
  @usableFromInline let candidate: CandidateBlock

  public var stateSize: Int { 2 * hiddenSize }

  /// - Throws: ``CellError`` when a size is not positive.
  public init(inputSize: Int, hiddenSize: Int, layerNorm: Bool = false) throws {
    try CellError.checkSizes(inputSize: inputSize, hiddenSize: hiddenSize)
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    inputGate = layout.appendAffine(
      "i", inputs: inputSize, recurrent: hiddenSize, units: hiddenSize, isGate: true)
    forgetGate = layout.appendAffine(
      "f", inputs: inputSize, recurrent: hiddenSize, units: hiddenSize, isGate: true)
    outputGate = layout.appendAffine(
      "o", inputs: inputSize, recurrent: hiddenSize, units: hiddenSize, isGate: true)
    candidate = CandidateBlock(
      "g", inputs: inputSize, units: hiddenSize, layerNorm: layerNorm, in: &layout)
    self.layout = layout
  }

  @inlinable
  public func step<S: Scalar>(
    _ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]
  ) -> [S] {
    let hidden = Array(recurrent[output])
    let i = parameters.affine(inputGate, input, hidden).map { S.logistic($0) }
    let f = parameters.affine(forgetGate, input, hidden).map { S.logistic($0) }
    let o = parameters.affine(outputGate, input, hidden).map { S.logistic($0) }
    let g = candidate.activation(parameters, input, hidden)
    var next = retained
    for unit in 0..<hiddenSize {
      let memory = f[unit] * retained[hiddenSize + unit] + i[unit] * g[unit]
      next[hiddenSize + unit] = memory
      next[unit] = o[unit] * S.tanh(memory)
    }
    return next
  }

  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func linearisation<Value: SequenceValue>(
    _ parameters: Parameters<Double>, input: [Value], state: [Value]
  ) -> StepLinearisation<Value> {
    let hidden = Array(state[output])
    let i = Value.logistics(parameters.affine(inputGate, input, hidden))
    let f = Value.logistics(parameters.affine(forgetGate, input, hidden))
    let o = Value.logistics(parameters.affine(outputGate, input, hidden))
    let linear = candidate.linearise(parameters, input, recurrent: hidden, scale: i)
    let before = state[memory]
    let cellState = f.indices.map { f[$0] * before[memory.lowerBound + $0] + i[$0] * linear.activation[$0] }
    let squashed = Value.hyperbolicTangents(cellState)
    func throughMemory(_ affine: AffineBlock, _ rows: RowSensitivity<Value>) -> GateSensitivity<Value> {
      GateSensitivity(
        affine: affine, memory: rows, output: nil, input: input, recurrent: hidden, recurrentScale: nil)
    }
    return StepLinearisation(
      state: hadamard(o, squashed) + cellState, retention: f,
      exposure: o.indices.map { o[$0] * (1 - squashed[$0] * squashed[$0]) },
      gates: [
        throughMemory(inputGate, .diagonal(logisticSlope(i) { linear.activation[$0] })),
        throughMemory(forgetGate, .diagonal(logisticSlope(f) { before[memory.lowerBound + $0] })),
        throughMemory(candidate.affine, linear.sensitivity),
        GateSensitivity(
          affine: outputGate, memory: nil, output: .diagonal(logisticSlope(o) { squashed[$0] }), input: input,
          recurrent: hidden, recurrentScale: nil),
      ], unitwise: linear.unitwise)
  }
}
