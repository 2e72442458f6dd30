import Kernels

/// What one sequence contributes to the lag profile: for each lag and unit, sums over time.
struct SequenceSums: Sendable {
  /// `Σ_t |μ_{t,ℓ}|`, `lags × units`.
  var rate: [[Double]]
  /// `Σ_t |Γ_{t,ℓ}|`.
  var transport: [[Double]]
  /// `Σ_t μ_{t,ℓ} ζ_{t,ℓ}`.
  var projected: [[Double]]
  /// `Σ_t ζ_{t,ℓ}`.
  var sensitivity: [[Double]]
  /// For pooled sampling: the values of `Σ_q o_q μ ζ` at the kept times, by lag; empty otherwise.
  var pooled: [[Double]]
  /// The number of times summed over, by lag: `T − ℓ`.
  let times: [Int]

  /// - Parameter orientation: Signs by lag and unit for pooled samples; nil while they are being learnt.
  init(_ trace: SequenceTrace, _ configuration: DiagnosticConfiguration, orientation: [[Double]]?) {
    let parts = trace.retention.vectorsPerStep
    let lags = configuration.lags
    var signs = UnitLanes(units: trace.units, steps: lags.count)
    if let orientation { for row in orientation { signs.append(row) } }
    let pools = orientation != nil && configuration.sampling == .pooled
    let stride = max(1, trace.steps / DiagnosticConfiguration.pooledSamplesPerSequence)
    let sums = LagTransport(
      steps: trace.steps, parts: parts, lags: lags, retention: trace.retention.vectors,
      coupling: trace.coupling.vectors, blocks: trace.twoBlock.map(LagTransport.Blocks.init),
      firstOrder: configuration.order == .first, baseRate: trace.baseRate.vectors,
      sensitivity: trace.sensitivity.vectors, errorSignal: trace.errorSignal.vectors,
      signs: signs.vectors, keepEvery: pools ? stride : 0)

    func rows(_ vectors: [UnitLanes.Vector]) -> [[Double]] {
      lags.indices.map {
        UnitLanes.unpack(vectors[$0 * parts..<($0 + 1) * parts], units: trace.units)
      }
    }
    rate = rows(sums.rate)
    transport = rows(sums.transport)
    projected = rows(sums.projected)
    sensitivity = rows(sums.sensitivity)
    pooled = sums.kept
    times = lags.map { trace.steps - $0 }
  }
}

extension LagTransport.Blocks {
  fileprivate init(_ blocks: SequenceTrace.TwoBlock) {
    self.init(
      expression: blocks.expression.vectors, memoryToOutput: blocks.memoryToOutput.vectors,
      outputToMemory: blocks.outputToMemory.vectors, outputToOutput: blocks.outputToOutput.vectors)
  }
}
