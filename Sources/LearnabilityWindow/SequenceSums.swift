import Kernels

/// What up to eight sequences contribute to the lag profile, a lane each: for each lag and unit, sums over time.
struct SequenceSums: Sendable {
  typealias Vector = SIMD8<Double>

  /// The number of sequences, which fill the first lanes.
  let count: Int
  /// `Σ_t |μ_{t,ℓ}|`, `lags × units`.
  let rate: [Vector]
  /// `Σ_t |Γ_{t,ℓ}|`.
  let transport: [Vector]
  /// `Σ_t μ_{t,ℓ} ζ_{t,ℓ}`.
  let projected: [Vector]
  /// `Σ_t ζ_{t,ℓ}`.
  let sensitivity: [Vector]
  /// For pooled sampling: the values of `Σ_q o_q μ ζ` at the kept times, by lag; empty otherwise.
  let pooled: [[Vector]]
  /// The number of times summed over, by lag: `T − ℓ`.
  let times: [Int]

  /// The lanes that hold sequences.
  var filledLanes: SIMDMask<SIMD8<Int64>> {
    SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7) .< SIMD8(repeating: Int64(count))
  }

  /// - Parameters:
  ///   - count: The lanes of the trace that hold sequences.
  ///   - orientation: Signs, `lags × units`, for pooled samples; nil while they are being learnt.
  init(
    _ trace: SequenceTrace<Vector>, count: Int, _ configuration: DiagnosticConfiguration,
    orientation: [Double]?
  ) {
    let lags = configuration.lags
    let pools = orientation != nil && configuration.sampling == .pooled
    let stride = max(1, trace.steps / DiagnosticConfiguration.pooledSamplesPerSequence)
    let sums = LagTransport(
      steps: trace.steps, parts: trace.units, rowLength: trace.rowLength, lags: lags,
      retention: trace.retention, coupling: trace.coupling,
      blocks: trace.twoBlock.map(LagTransport.Blocks.init), firstOrder: configuration.order == .first,
      baseRate: trace.baseRate, sensitivity: trace.sensitivity, errorSlope: trace.errorSlope,
      readout: trace.readout, signs: orientation ?? [], keepEvery: pools ? stride : 0)
    self.count = count
    rate = sums.rate
    transport = sums.transport
    projected = sums.projected
    sensitivity = sums.sensitivity
    pooled = sums.kept
    times = lags.map { trace.steps - $0 }
  }
}

extension LagTransport.Blocks {
  fileprivate init(_ blocks: SequenceTrace<SIMD8<Double>>.TwoBlock) {
    self.init(
      expression: blocks.expression, memoryToOutput: blocks.memoryToOutput,
      outputToMemory: blocks.outputToMemory, outputToOutput: blocks.outputToOutput)
  }
}
