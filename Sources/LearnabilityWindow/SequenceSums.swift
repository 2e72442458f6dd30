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
    let zeros = [UnitLanes.Vector](repeating: .zero, count: lags.count * parts)
    var rate = zeros
    var transport = zeros
    var projected = zeros
    var sensitivity = zeros
    var signs = UnitLanes(units: trace.units, steps: lags.count)
    if let orientation { for row in orientation { signs.append(row) } }
    let pools = orientation != nil && configuration.sampling == .pooled
    var pooled = [[Double]](repeating: [], count: pools ? lags.count : 0)
    let stride = max(1, trace.steps / DiagnosticConfiguration.pooledSamplesPerSequence)

    for time in 0..<trace.steps {
      var walk = TransportWalk(trace, time: time, order: configuration.order)
      for (index, lag) in lags.enumerated() {
        if lag > time { break }
        walk.extend(to: lag)
        var statistic = UnitLanes.Vector.zero
        for part in 0..<parts {
          let factor = walk.factor(part)
          let mu = trace.baseRate[time - lag, part] * factor
          let zeta = trace.errorSignal[time, part] * trace.sensitivity[time - lag, part]
          let slot = index * parts + part
          rate[slot] += mu.magnitudes
          transport[slot] += factor.magnitudes
          projected[slot] += mu * zeta
          sensitivity[slot] += zeta
          if pools { statistic += signs[index, part] * mu * zeta }
        }
        if pools, time % stride == 0 { pooled[index].append(statistic.sum()) }
      }
    }

    func rows(_ vectors: [UnitLanes.Vector]) -> [[Double]] {
      lags.indices.map {
        UnitLanes.unpack(vectors[$0 * parts..<($0 + 1) * parts], units: trace.units)
      }
    }
    self.rate = rows(rate)
    self.transport = rows(transport)
    self.projected = rows(projected)
    self.sensitivity = rows(sensitivity)
    self.pooled = pooled
    times = lags.map { trace.steps - $0 }
  }
}

/// The vector form of ``DiagonalTransport``, over the lanes of one trace.
private struct TransportWalk {
  private let trace: SequenceTrace
  private let time: Int
  private let keepsFirstOrder: Bool
  private var length = 0
  private var output: [UnitLanes.Vector]
  private var memory: [UnitLanes.Vector]
  private var outputPart: [UnitLanes.Vector]
  private var memoryPart: [UnitLanes.Vector]

  init(_ trace: SequenceTrace, time: Int, order: DiagnosticConfiguration.Order) {
    self.trace = trace
    self.time = time
    keepsFirstOrder = order == .first
    let parts = trace.retention.vectorsPerStep
    let zeros = [UnitLanes.Vector](repeating: .zero, count: parts)
    let ones = [UnitLanes.Vector](repeating: .one, count: parts)
    output = trace.twoBlock == nil ? zeros : ones
    memory = trace.twoBlock == nil ? ones : zeros
    outputPart = zeros
    memoryPart = zeros
  }

  mutating func extend(to lag: Int) {
    while length < lag {
      let step = time - length
      if let blocks = trace.twoBlock {
        for part in memory.indices { prepend(blocks, step, part) }
      } else {
        for part in memory.indices {
          let retention = trace.retention[step, part]
          if keepsFirstOrder {
            memoryPart[part] =
              memoryPart[part] * retention + memory[part] * trace.coupling[step, part]
          }
          memory[part] *= retention
        }
      }
      length += 1
    }
  }

  func factor(_ part: Int) -> UnitLanes.Vector { memory[part] + memoryPart[part] }

  private mutating func prepend(_ blocks: SequenceTrace.TwoBlock, _ step: Int, _ part: Int) {
    let retention = trace.retention[step, part]
    let expression = blocks.expression[step, part]
    let (o, m) = (output[part], memory[part])
    if keepsFirstOrder {
      let nextOutputPart =
        o * blocks.outputToOutput[step, part] + m * blocks.outputToMemory[step, part]
      let through = outputPart[part] * expression + memoryPart[part] * retention
      memoryPart[part] =
        through + o * blocks.memoryToOutput[step, part] + m * trace.coupling[step, part]
      outputPart[part] = nextOutputPart
    }
    memory[part] = o * expression + m * retention
    output[part] = .zero
  }
}
