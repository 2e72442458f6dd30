import GatedCells
import Kernels
import Training

/// Forward and backward pass of recorded generic steps beside the fused kernels, in turns: the built-in cells against their
/// own kernels, the worked examples against those of the cell with the nearest number of weights.
enum RecordedStepBenchmarks {
  static func run(_ options: BenchmarkOptions, _ size: TrainingSize) throws -> [Measurement] {
    var rows: [Measurement] = []
    for layerNorm in options.layerNorms {
      for cell in options.cells { rows.append(try row(CellCatalogue.Entry(cell), size, layerNorm, options)) }
    }
    guard options.layerNorms.contains(false) else { return rows }
    for entry in CellCatalogue.all where entry.builtIn == nil {
      rows.append(try row(entry, size, false, options))
    }
    return rows
  }

  private static func row(
    _ entry: CellCatalogue.Entry, _ size: TrainingSize, _ layerNorm: Bool, _ options: BenchmarkOptions
  ) throws -> Measurement {
    let kernels = try entry.builtIn ?? nearest(entry, size)
    let step = try TrainStep(kernels, size, layerNorm: layerNorm, threads: options.threads)
    let cell = try NetworkSpecification(
      cell: entry, inputSize: size.inputs, hiddenSize: size.hidden, layerNorm: layerNorm
    ).makeCell()
    let recorded = try LaneEngine(cell, threads: options.threads)
    let parameters = Initialisation.constantGate(0.05).parameters(
      for: RecurrentNetwork(cell: cell), seed: 1)
    let result = try Stopwatch.duel(runs: max(options.runs, 3), times: 1e3) {
      _ = try step.engine.lossAndGradient(parameters: step.parameters, batch: step.batch)
    } against: {
      _ = try recorded.lossAndGradient(parameters: parameters, batch: step.batch)
    }
    return Measurement(
      "fused pass, \(kernels.rawValue)\(layerNorm ? ", layer norm" : "")", setting: "\(size)", unit: "ms",
      value: result.value, rate: step.operations / result.value.median * 1e-6, rateUnit: "GFLOP/s",
      ratio: result.ratio, against: "recorded \(entry.name)")
  }

  /// The built-in cell whose number of weights has the ratio to this one's that is nearest to one.
  private static func nearest(_ entry: CellCatalogue.Entry, _ size: TrainingSize) throws -> BuiltInCell {
    let weights = try weights(entry.make(size.inputs, size.hidden))
    var best = (cell: BuiltInCell.const, factor: Double.infinity)
    for cell in BuiltInCell.allCases {
      let own = Double(try Self.weights(cell.make(inputSize: size.inputs, hiddenSize: size.hidden)))
      let factor = max(own / Double(weights), Double(weights) / own)
      if factor < best.factor { best = (cell, factor) }
    }
    return best.cell
  }

  private static func weights(_ cell: any RecurrentCell) -> Int {
    cell.layout.blocks.reduce(0) { $0 + ($1.columns > 1 ? $1.count : 0) }
  }
}
