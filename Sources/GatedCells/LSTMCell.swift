import Numerics

/// The long short-term memory: `c' = f ⊙ c + i ⊙ g`, `h' = o ⊙ tanh c'`, state `(h, c)`.
///
/// Livi 2025, equations (36)–(46); Hochreiter & Schmidhuber 1997, Gers et al. 2000. The retention path is the
/// forget path `f ⊙ c`; memory is `c`, output is `h`.
public struct LSTMCell: AnalyticCell {
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

  public func linearise(_ parameters: Parameters<Double>, input: [Double], state: [Double])
    -> StepLinearisation
  {
    let hidden = Array(state[output])
    let i = parameters.affine(inputGate, input, hidden).map { Double.logistic($0) }
    let f = parameters.affine(forgetGate, input, hidden).map { Double.logistic($0) }
    let o = parameters.affine(outputGate, input, hidden).map { Double.logistic($0) }
    let linear = candidate.linearise(parameters, input, recurrent: hidden, scale: i)
    var next = state
    var visible = f
    var outputSlope = o
    var inputSlope = i
    var forgetSlope = f
    for unit in 0..<hiddenSize {
      let before = state[hiddenSize + unit]
      let memory = f[unit] * before + i[unit] * linear.activation[unit]
      let squashed = Double.tanh(memory)
      next[hiddenSize + unit] = memory
      next[unit] = o[unit] * squashed
      visible[unit] = o[unit] * (1 - squashed * squashed)
      outputSlope[unit] = squashed * o[unit] * (1 - o[unit])
      inputSlope[unit] = linear.activation[unit] * i[unit] * (1 - i[unit])
      forgetSlope[unit] = before * f[unit] * (1 - f[unit])
    }
    /// A gate that acts on the memory acts on the output through `∂h'/∂c' = o ⊙ (1 − tanh² c')`.
    func throughMemory(_ affine: AffineBlock, _ rows: RowSensitivity) -> GateSensitivity {
      GateSensitivity(
        affine: affine, memory: rows, output: rows.scalingRows(by: visible), input: input,
        recurrent: hidden, recurrentScale: nil)
    }
    return StepLinearisation(
      state: next, retention: f, expression: hadamard(visible, f),
      gates: [
        throughMemory(inputGate, .diagonal(inputSlope)),
        throughMemory(forgetGate, .diagonal(forgetSlope)),
        throughMemory(candidate.affine, linear.sensitivity),
        GateSensitivity(
          affine: outputGate, memory: nil, output: .diagonal(outputSlope), input: input,
          recurrent: hidden, recurrentScale: nil),
      ],
      unitwise: linear.unitwise.map {
        UnitwiseSensitivity(
          block: $0.block, memory: $0.memory, output: hadamard($0.memory, visible))
      })
  }
}
