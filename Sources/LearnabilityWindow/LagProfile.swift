import GatedCells
import Numerics
import Training

/// What a trained network's transport looks like lag by lag, before any statistics of noise.
public struct LagProfile: Sendable, Hashable {
  /// One lag's averages over sequences and time.
  public struct Lag: Sendable, Hashable {
    public let lag: Int
    /// The envelope `f = Σ_q ⟨|μ^(q)|⟩` (Livi 2025, equation (8)).
    public let envelope: Double
    /// The part that gates alone make, `μ Σ_q ⟨|Γ^(q)|⟩` (equation (9)).
    public let gates: Double
    /// The rest, due to the optimizer's adaptation; it may be negative.
    public var adaptation: Double { envelope - gates }
    /// `⟨|μ^(q)|⟩` of every unit.
    public let unitRates: [Double]
    /// `m_q = ⟨ζ^(q)⟩` of every unit (equation (12)).
    public let unitMeans: [Double]
    /// The matched statistic's samples: one a sequence, or pooled over time.
    public let samples: [Double]

    public init(
      lag: Int, envelope: Double, gates: Double, unitRates: [Double], unitMeans: [Double], samples: [Double]
    ) {
      self.lag = lag
      self.envelope = envelope
      self.gates = gates
      self.unitRates = unitRates
      self.unitMeans = unitMeans
      self.samples = samples
    }
  }

  /// In increasing order.
  public let lags: [Lag]

  /// A profile from given averages.
  public init(lags: [Lag]) { self.lags = lags }

  /// Runs the diagnostics on a trained network.
  ///
  /// Sequences are made when used and reduced in a fixed order, so memory does not grow with their number beyond one
  /// number per sequence and lag, and the result does not depend on threads. The first half of the sequences
  /// learns each unit's orientation `sgn Σ μ ζ`; the second half is measured with it, so that a signal of zero gives a
  /// statistic of mean zero. The envelope uses all sequences.
  ///
  /// - Parameter progress: Called with the number of sequences done.
  /// - Throws: ``WindowError`` for a configuration that does not fit the task.
  public init(
    _ state: TrainingState, _ configuration: DiagnosticConfiguration,
    progress: (Int) -> Void = { _ in }
  ) throws {
    try self.init(
      cell: try state.configuration.network.makeCell(), parameters: state.parameters,
      preconditioner: state.preconditioner, learningRate: state.configuration.learningRate,
      task: state.configuration.task, configuration, progress: progress)
  }

  /// Runs the diagnostics on any cell: in closed form where it has one, by automatic derivatives where it exists only as
  /// its generic step.
  ///
  /// - Parameters:
  ///   - parameters: Of the network ``RecurrentNetwork`` makes of the cell.
  ///   - preconditioner: The diagonal of the optimizer's live preconditioner, one entry a parameter.
  ///   - learningRate: The global rate μ, for the part of the envelope that gates alone make.
  /// - Throws: ``WindowError`` for a configuration that does not fit the task, `CellError` for a parameter vector that does
  ///   not fit the cell.
  public init(
    cell: any RecurrentCell, parameters values: [Double], preconditioner: [Double], learningRate: Double,
    task: DelayedRegressionTask, _ configuration: DiagnosticConfiguration, progress: (Int) -> Void = { _ in }
  ) throws {
    try configuration.validate(steps: task.steps)
    let network = RecurrentNetwork(cell: cell)
    try network.validate(
      parameters: values.count, inputs: task.steps * task.inputSize, targets: task.steps)
    try network.validate(
      parameters: preconditioner.count, inputs: task.steps * task.inputSize, targets: task.steps)
    var stream = RandomStream(seed: configuration.seed, purpose: "diagnostics.direction")
    let readoutCount = network.parameterCount - cell.layout.count
    let direction = Parameters(
      stream.unitVector(cell.layout.count) + [Double](repeating: 0, count: readoutCount))
    let parameters = Parameters(values).keepingColumnMeans(
      of: cell.layout.blocks.filter { $0.role == .recurrentWeights })
    let measures = TraceMeasures(
      preconditioner: preconditioner, direction: direction, sensitivity: configuration.sensitivity)

    var totals = ProfileSums(lags: configuration.lags.count, units: cell.hiddenSize)
    let learning = configuration.sequences / 2
    var orientation: [Double]?
    for start in stride(from: 0, to: configuration.sequences, by: Self.chunk) {
      // A chunk never straddles the halves: the orientation is complete before it is applied.
      var pending = start..<min(start + Self.chunk, configuration.sequences)
      while !pending.isEmpty {
        let limit = pending.lowerBound < learning ? min(learning, pending.upperBound) : pending.upperBound
        if pending.lowerBound >= learning, orientation == nil { orientation = totals.orientation }
        let batch = task.batch(.diagnostics, indices: Array(pending.lowerBound..<limit))
        let signs = orientation
        let width = SequenceTrace<SIMD8<Double>>.width
        let parts = ParallelShards.map(count: (batch.count + width - 1) / width) { group in
          let sequences = group * width..<min((group + 1) * width, batch.count)
          return SequenceSums(
            SequenceTrace(network, parameters, batch, sequences, measures), count: sequences.count,
            configuration,
            orientation: signs)
        }
        for part in parts { totals.add(part, orientation: signs) }
        progress(limit)
        pending = limit..<pending.upperBound
      }
    }
    lags = totals.finish(configuration, learningRate: learningRate)
  }

  /// Sequences in flight at once.
  private static let chunk = 128
}

/// Sums over sequences.
private struct ProfileSums {
  private typealias Vector = SequenceSums.Vector

  private let units: Int
  /// `lags × units` each.
  private var rate, transport, projected, sensitivity: [Double]
  private var samples: [[Double]]
  private var times: [Int]

  init(lags: Int, units: Int) {
    self.units = units
    let zeros = [Double](repeating: 0, count: lags * units)
    (rate, transport, projected, sensitivity) = (zeros, zeros, zeros, zeros)
    samples = [[Double]](repeating: [], count: lags)
    times = [Int](repeating: 0, count: lags)
  }

  /// The sign of each unit's summed contribution so far, `lags × units`; +1 for exactly zero.
  var orientation: [Double] { projected.map { $0 < 0 ? -1 : 1 } }

  mutating func add(_ part: SequenceSums, orientation: [Double]?) {
    let filled = part.filledLanes
    for at in rate.indices {
      rate[at] += Self.total(part.rate[at], filled)
      transport[at] += Self.total(part.transport[at], filled)
      projected[at] += Self.total(part.projected[at], filled)
      sensitivity[at] += Self.total(part.sensitivity[at], filled)
    }
    for lag in times.indices {
      times[lag] += part.count * part.times[lag]
      guard let orientation else { continue }
      if part.pooled.isEmpty {
        var value = Vector.zero
        for at in lag * units..<(lag + 1) * units { value += orientation[at] * part.projected[at] }
        value /= Double(part.times[lag])
        for lane in 0..<part.count { samples[lag].append(value[lane]) }
      } else {
        for lane in 0..<part.count { samples[lag] += part.pooled[lag].map { $0[lane] } }
      }
    }
  }

  /// The sum of the lanes that hold sequences, by halves: always in one order.
  @inline(__always)
  private static func total(_ vector: Vector, _ filled: SIMDMask<SIMD8<Int64>>) -> Double {
    let kept = Vector.zero.replacing(with: vector, where: filled)
    let four = kept.lowHalf + kept.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  func finish(_ configuration: DiagnosticConfiguration, learningRate: Double) -> [LagProfile.Lag] {
    configuration.lags.indices.map { index in
      let count = Double(times[index])
      let range = index * units..<(index + 1) * units
      let unitRates = rate[range].map { $0 / count }
      return LagProfile.Lag(
        lag: configuration.lags[index], envelope: unitRates.reduce(0, +),
        gates: learningRate * transport[range].reduce(0) { $0 + $1 / count },
        unitRates: unitRates, unitMeans: sensitivity[range].map { $0 / count },
        samples: samples[index])
    }
  }
}
