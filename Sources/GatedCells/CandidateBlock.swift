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
  func linearise(
    _ parameters: Parameters<Double>, _ input: [Double], recurrent: [Double], scale: [Double]
  ) -> Linearisation {
    let preactivation = parameters.affine(affine, input, recurrent)
    guard let normalisation else {
      let activation = preactivation.map { Double.tanh($0) }
      let slope = activation.indices.map { scale[$0] * (1 - activation[$0] * activation[$0]) }
      return Linearisation(activation: activation, sensitivity: .diagonal(slope), unitwise: [])
    }
    let (centred, inverseDeviation) = LayerNormalisation.centre(preactivation)
    let normalised = centred.map { $0 * inverseDeviation }
    let gain = parameters.vector(normalisation.gain)
    let shift = parameters.vector(normalisation.shift)
    let activation = gain.indices.map { Double.tanh(gain[$0] * normalised[$0] + shift[$0]) }
    let slope = activation.indices.map { scale[$0] * (1 - activation[$0] * activation[$0]) }
    let rows = NormalisedRows(
      left: gain.indices.map { slope[$0] * gain[$0] * inverseDeviation }, normalised: normalised)
    return Linearisation(
      activation: activation, sensitivity: .normalised(rows),
      unitwise: [
        UnitwiseSensitivity(
          block: normalisation.gain, memory: hadamard(slope, normalised), output: nil),
        UnitwiseSensitivity(block: normalisation.shift, memory: slope, output: nil),
      ])
  }

  /// The candidate at one point: its value and what it contributes to the memory coordinates.
  struct Linearisation {
    let activation: [Double]
    let sensitivity: RowSensitivity
    let unitwise: [UnitwiseSensitivity]

    /// The candidate's part in a step's linearisation, for a cell whose output is its memory.
    func gate(
      _ block: CandidateBlock, input: [Double], recurrent: [Double], recurrentScale: [Double]? = nil
    ) -> GateSensitivity {
      GateSensitivity(
        affine: block.affine, memory: sensitivity, output: nil, input: input, recurrent: recurrent,
        recurrentScale: recurrentScale)
    }
  }
}
