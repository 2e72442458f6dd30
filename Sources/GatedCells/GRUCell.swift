import Numerics

/// The gated recurrent unit of the paper, with the reset gate before the product:
/// `z = σ(·)`, `r = σ(·)`, `g = tanh(W x + U (r ⊙ h) + b)`, `h' = (1 − z) ⊙ h + z ⊙ g`.
///
/// Livi 2025, equations (47)–(58); Cho et al. 2014.
public struct GRUCell: AnalyticCell {
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

  public func linearise(_ parameters: Parameters<Double>, input: [Double], state: [Double])
    -> StepLinearisation
  {
    let z = parameters.affine(update, input, state).map { Double.logistic($0) }
    let r = parameters.affine(reset, input, state).map { Double.logistic($0) }
    let resetState = hadamard(r, state)
    let linear = candidate.linearise(parameters, input, recurrent: resetState, scale: z)
    let towards = z.indices.map { (linear.activation[$0] - state[$0]) * z[$0] * (1 - z[$0]) }
    return StepLinearisation(
      state: blend(gate: z, kept: state, candidate: linear.activation),
      retention: z.map { 1 - $0 },
      gates: [
        GateSensitivity(
          affine: update, memory: .diagonal(towards), output: nil, input: input, recurrent: state,
          recurrentScale: nil),
        GateSensitivity(
          affine: reset, memory: resetSensitivity(parameters, linear.sensitivity, r, state),
          output: nil, input: input, recurrent: state, recurrentScale: nil),
        linear.gate(candidate, input: input, recurrent: resetState, recurrentScale: r),
      ], unitwise: linear.unitwise)
  }

  /// `∂h'/∂a_r = C U_h D(h ⊙ r')`, where C is the candidate's sensitivity: every unit sees every reset gate.
  private func resetSensitivity(
    _ parameters: Parameters<Double>, _ candidateRows: RowSensitivity, _ r: [Double],
    _ state: [Double]
  ) -> RowSensitivity {
    let block = candidate.affine.recurrent
    var product: Matrix
    switch candidateRows {
    case .normalised(let rows):
      product = rows.product(block, parameters)
    case .diagonal(let entries):
      product = Matrix(rows: hiddenSize, columns: hiddenSize, elements: parameters.vector(block))
      for row in 0..<hiddenSize {
        for column in 0..<hiddenSize { product.elements[row * hiddenSize + column] *= entries[row] }
      }
    case .column, .dense:
      product =
        candidateRows.matrix
        * Matrix(rows: hiddenSize, columns: hiddenSize, elements: parameters.vector(block))
    }
    let slope = (0..<hiddenSize).map { state[$0] * r[$0] * (1 - r[$0]) }
    for row in 0..<hiddenSize {
      for column in 0..<hiddenSize { product.elements[row * hiddenSize + column] *= slope[column] }
    }
    return .dense(product)
  }
}
