import Numerics

/// The candidate of a cell, `tanh(LN(W x + U m + b))`, with layer normalisation if it was asked for.
public struct CandidateBlock: Sendable, Hashable {
  public let affine: AffineBlock
  public let normalisation: NormalisationBlock?

  /// Appends the candidate's blocks to `layout`.
  public init(
    _ name: String, inputs: Int, units: Int, layerNorm: Bool, in layout: inout ParameterLayout
  ) {
    affine = layout.appendAffine(name, inputs: inputs, recurrent: units, units: units, isGate: false)
    normalisation = layerNorm ? layout.appendNormalisation(name, units: units) : nil
  }

  /// The candidate's value.
  @inlinable
  public func activation<S: Scalar>(_ parameters: Parameters<S>, _ input: [S], _ recurrent: [S])
    -> [S]
  {
    var preactivation = parameters.affine(affine, input, recurrent)
    if let normalisation {
      preactivation = LayerNormalisation.apply(preactivation, normalisation, parameters)
    }
    return preactivation.map { S.tanh($0) }
  }

  /// The candidate and its derivatives, each row multiplied by `scale` (what the cell multiplies the candidate by).
  func linearise<Value: SequenceValue>(
    _ parameters: Parameters<Double>, _ input: [Value], recurrent: [Value], scale: [Value]
  ) -> Linearisation<Value> {
    let preactivation = parameters.affine(affine, input, recurrent)
    func slope(_ activation: [Value]) -> [Value] {
      activation.indices.map { scale[$0] * (1 - activation[$0] * activation[$0]) }
    }
    guard let normalisation else {
      let activation = Value.hyperbolicTangents(preactivation)
      return Linearisation(activation: activation, sensitivity: .diagonal(slope(activation)), unitwise: [])
    }
    let (normalised, inverseDeviation) = LayerNormalisation.normalise(preactivation)
    let gain = parameters.vector(normalisation.gain)
    let shift = parameters.vector(normalisation.shift)
    let activation = Value.hyperbolicTangents(
      gain.indices.map { gain[$0] * normalised[$0] + Value.spread(shift[$0]) })
    let slopes = slope(activation)
    let rows = NormalisedRows(
      left: gain.indices.map { gain[$0] * slopes[$0] * inverseDeviation }, normalised: normalised)
    return Linearisation(
      activation: activation, sensitivity: .normalised(rows),
      unitwise: [
        UnitwiseSensitivity(block: normalisation.gain, memory: hadamard(slopes, normalised)),
        UnitwiseSensitivity(block: normalisation.shift, memory: slopes),
      ])
  }

  /// The candidate at one point: its value and what it contributes to the memory coordinates.
  struct Linearisation<Value: SequenceValue> {
    let activation: [Value]
    let sensitivity: RowSensitivity<Value>
    let unitwise: [UnitwiseSensitivity<Value>]

    /// The candidate's part in a step's linearisation, for a cell whose output is its memory.
    func gate(
      _ block: CandidateBlock, input: [Value], recurrent: [Value], recurrentScale: [Value]? = nil
    ) -> GateSensitivity<Value> {
      GateSensitivity(
        affine: block.affine, memory: sensitivity, output: nil, input: input, recurrent: recurrent,
        recurrentScale: recurrentScale)
    }
  }
}
