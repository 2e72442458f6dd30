import GatedCells
import Numerics
import PropertyEngine
import Training

/// A batch for the fused engine, sequence by sequence, in numbers that single precision holds exactly.
struct FusedCase: Sendable, CustomStringConvertible {
  let specification: NetworkSpecification
  let sequences: [CellCase]

  var parameters: [Double] { sequences[0].parameters }
  var description: String { "\(sequences)" }

  /// Loss and gradient of the batch, or of one of its sequences.
  func run(_ system: SystemUnderTest, only index: Int? = nil) throws -> LossGradient {
    let chosen = index.map { [sequences[$0]] } ?? sequences
    return try system.training.fusedGradient(
      specification, parameters,
      SequenceBatch(
        inputs: chosen.flatMap { $0.inputs.map { Float($0) } },
        targets: chosen.flatMap { $0.targets.map { Float($0) } }, count: chosen.count,
        steps: chosen[0].steps, inputSize: specification.inputSize))
  }
}

/// Small batches of the built-in cells.
func fusedCases() -> Generator<FusedCase> {
  Generator { draw in
    let kind = BuiltInCell.allCases[try draw.index(below: BuiltInCell.allCases.count)]
    // A gate that single precision holds exactly.
    let specification = NetworkSpecification(
      cell: kind, inputSize: try draw.integer(in: 1...2), hiddenSize: try draw.integer(in: 1...3),
      layerNorm: try draw.bool(), constantGate: 0.25)
    let cell = try specification.makeCell()
    let steps = try draw.integer(in: 1...3)
    func rounded(_ count: Int) throws -> [Double] {
      try draw("values", tensors([count], scale: 0.8)).map { Double(Float($0)) }
    }
    let parameters = try rounded(RecurrentNetwork(cell: cell).parameterCount)
    let count = try draw.integer(in: 1...3)
    return FusedCase(
      specification: specification,
      sequences: try (0..<count).map { _ in
        CellCase(
          subject: .analytic(kind), cell: cell, layerNorm: specification.layerNorm, parameters: parameters,
          inputs: try rounded(steps * specification.inputSize), targets: try rounded(steps))
      })
  }
}
