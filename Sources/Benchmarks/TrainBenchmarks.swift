import GatedCells
import Kernels
import Training

/// One network in training: its data, parameters and optimizer.
struct TrainStep {
  let engine: FusedEngine
  let batch: SequenceBatch
  let operations: Double
  let clip: Double
  private(set) var parameters: [Double]
  private var optimizer: OptimizerState

  init(_ cell: BuiltInCell, _ size: TrainingSize, layerNorm: Bool, threads: Int) throws {
    let configuration = try Self.configuration(cell, size, layerNorm: layerNorm)
    let state = try TrainingState(configuration)
    engine = try FusedEngine(configuration.network, steps: size.steps, threads: threads)
    batch = configuration.task.batch(.training, indices: Array(0..<size.batch))
    parameters = state.parameters
    optimizer = state.optimizer
    clip = configuration.clip
    operations = Self.shape(cell, size, layerNorm: layerNorm)
      .matrixOperations(batch: size.batch, steps: size.steps)
  }

  /// Forward, backward, clipping and AdamW.
  mutating func run() throws {
    let result = try engine.lossAndGradient(parameters: parameters, batch: batch)
    let norm = GradientClipping.norm(result.gradient)
    optimizer.update(
      &parameters, gradient: result.gradient, scale: GradientClipping.scale(norm: norm, limit: clip))
  }

  static func configuration(_ cell: BuiltInCell, _ size: TrainingSize, layerNorm: Bool) throws
    -> TrainingConfiguration
  {
    let lags = Array(Set([1, size.steps / 32, size.steps / 8, size.steps / 4].filter { $0 >= 1 })).sorted()
    return TrainingConfiguration(
      network: NetworkSpecification(
        cell: cell, inputSize: size.inputs, hiddenSize: size.hidden, layerNorm: layerNorm),
      task: try DelayedRegressionTask(
        steps: size.steps, inputSize: size.inputs, lags: lags, coefficients: lags.map { _ in 0.4 },
        noise: 0.3, seed: 1),
      initialisation: .constantGate(0.05),
      optimizer: .adamW(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 1e-4),
      learningRate: 1e-3, clip: 1, epochs: 1, sequences: size.batch, batchSize: size.batch,
      validationSequences: size.batch, seed: 1)
  }

  static func shape(_ cell: BuiltInCell, _ size: TrainingSize, layerNorm: Bool) -> NetworkShape {
    let kind: CellKind =
      switch cell {
      case .const: .const
      case .shared: .shared
      case .diag: .diag
      case .gru: .gru
      case .lstm: .lstm
      }
    return NetworkShape(
      cell: kind, inputSize: size.inputs, hiddenSize: size.hidden, layerNorm: layerNorm)
  }
}

/// Whole training steps against the matrix-product peak of the same run, and what the recorded step takes beside the fused
/// kernels.
enum TrainBenchmarks {
  static func run(_ options: BenchmarkOptions) throws -> [Measurement] {
    let peak = MatrixPeak.measure(threads: options.threads)
    var rows: [Measurement] = []
    if let peak { rows.append(KernelBenchmarks.peakRow(peak, threads: options.threads)) }
    let sizes = options.quick ? Array(options.sizes.prefix(2)) : options.sizes
    for size in sizes {
      for layerNorm in options.layerNorms {
        for cell in options.cells {
          var step = try TrainStep(cell, size, layerNorm: layerNorm, threads: options.threads)
          // At least a twentieth of a second a row, so that small steps are not judged on a moment.
          try step.run()
          let once = try Stopwatch.seconds { try step.run() }
          let runs = max(options.runs, options.quick ? 1 : min(200, Int(0.05 / once)))
          let time = try Stopwatch.spread(runs: runs, times: 1e3) { try step.run() }
          let rate = step.operations / time.median * 1e3
          rows.append(
            Measurement(
              layerNorm ? "\(cell.rawValue), layer norm" : cell.rawValue, setting: "\(size)", unit: "ms",
              value: time, rate: rate * 1e-9, rateUnit: "GFLOP/s",
              shareOfPeak: peak.map { rate / $0.median }))
        }
      }
    }
    for size in sizes.prefix(2) { rows += try RecordedStepBenchmarks.run(options, size) }
    return rows
  }
}
