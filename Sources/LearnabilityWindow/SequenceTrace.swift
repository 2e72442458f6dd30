import GatedCells
import Kernels
import Numerics

/// Everything about one sequence, or about eight side by side, that transport and matched statistic need: `steps × units` values
/// of each kind where nothing else is said, in rows of ``rowLength`` values a step.
struct SequenceTrace<Value: SequenceValue>: Sendable {
  let steps: Int
  let units: Int
  /// Values from one step to the next; what is behind the units is zero.
  let rowLength: Int
  var retention: [Value] = []
  var coupling: [Value] = []
  var twoBlock: TwoBlock?
  /// Base rates Λ of each step.
  var baseRate: [Value] = []
  /// The projected sensitivity of each step.
  var sensitivity: [Value] = []
  /// The derivative of each step's error in its prediction, one value a step: `δ_t = ∂E_t/∂h_t` is this times the readout.
  var errorSlope: [Value] = []
  /// The readout's weights, one a unit.
  let readout: [Double]

  struct TwoBlock: Sendable {
    var expression: [Value] = []
    var memoryToOutput: [Value] = []
    var outputToMemory: [Value] = []
    var outputToOutput: [Value] = []
  }

  /// Runs the network forward from the zero state and keeps what is needed of each step's linearisation.
  ///
  /// - Parameters:
  ///   - inputs: `steps × D` values.
  ///   - targets: One value a step.
  init<Step: LinearisedStep<Value>>(
    _ network: RecurrentNetwork, _ parameters: Parameters<Double>, inputs: [Value], targets: [Value],
    _ measures: TraceMeasures, linearise: (_ input: [Value], _ state: [Value]) -> Step
  ) {
    let cell = network.cell
    steps = targets.count
    units = cell.hiddenSize
    rowLength = LagTransport.rowLength(parts: units)
    let behind = [Value](repeating: .spread(0), count: rowLength - units)
    func append(_ row: [Value], to column: inout [Value]) {
      column += row
      column += behind
    }
    let weights = network.readoutWeights
    readout = Array(parameters.values[weights.range])
    for column in [\Self.retention, \.coupling, \.baseRate, \.sensitivity] {
      self[keyPath: column].reserveCapacity(steps * rowLength)
    }
    var state = [Value](repeating: .spread(0), count: cell.stateSize)
    var total: [Value]?
    for time in 0..<steps {
      let step = linearise(Array(inputs[time * cell.inputSize..<(time + 1) * cell.inputSize]), state)
      state = step.state
      let split = step.diagonalSplit(parameters)
      append(split.retention, to: &retention)
      append(split.memoryToMemory, to: &coupling)
      if let part = split.twoBlock {
        var blocks = twoBlock ?? TwoBlock(capacity: steps * rowLength)
        // The blocks must not be shared while they grow.
        twoBlock = nil
        append(part.expression, to: &blocks.expression)
        append(part.memoryToOutput, to: &blocks.memoryToOutput)
        append(part.outputToMemory, to: &blocks.outputToMemory)
        append(part.outputToOutput, to: &blocks.outputToOutput)
        twoBlock = blocks
      }
      append(BaseRate.rayleigh(step, preconditioner: measures.preconditioner), to: &baseRate)
      switch measures.sensitivity {
      case .immediate:
        append(step.immediateMemoryChange(measures.direction), to: &sensitivity)
      case .total:
        let change = step.pushForward(cell, parameters, tangent: total, direction: measures.direction)
        append(Array(change[cell.output]), to: &sensitivity)
        total = change
      }
      var prediction = [Value.spread(parameters.values[network.readoutBias.offset])]
      Value.accumulate(
        parameters.values, offset: weights.offset, rows: 1, columns: units, times: Array(state[cell.output]),
        onto: &prediction)
      errorSlope.append(2 * (prediction[0] - targets[time]))
    }
  }
}

extension SequenceTrace.TwoBlock {
  /// Empty, with room for `capacity` values of each kind.
  init(capacity: Int) {
    self.init()
    for column in [\Self.expression, \.memoryToOutput, \.outputToMemory, \.outputToOutput] {
      self[keyPath: column].reserveCapacity(capacity)
    }
  }
}

/// What is measured along a trajectory.
struct TraceMeasures: Sendable {
  /// The diagonal of the optimizer's preconditioner, one entry a parameter.
  let preconditioner: [Double]
  /// The direction that sensitivities are projected on.
  let direction: Parameters<Double>
  let sensitivity: DiagnosticConfiguration.Sensitivity
}

extension SequenceTrace<SIMD8<Double>> {
  /// At most this many sequences go side by side.
  static var width: Int { 8 }

  /// The traces of up to eight sequences, a lane each; the last lanes stay zero when there are fewer.
  init(packing traces: [SequenceTrace<Double>]) {
    func packed(_ values: (SequenceTrace<Double>) -> [Double]) -> [Value] {
      Value.interleave(traces.map(values))
    }
    steps = traces[0].steps
    units = traces[0].units
    rowLength = traces[0].rowLength
    retention = packed(\.retention)
    coupling = packed(\.coupling)
    baseRate = packed(\.baseRate)
    sensitivity = packed(\.sensitivity)
    errorSlope = packed(\.errorSlope)
    readout = traces[0].readout
    if traces[0].twoBlock != nil {
      func block(_ values: KeyPath<SequenceTrace<Double>.TwoBlock, [Double]>) -> [Value] {
        packed { $0.twoBlock?[keyPath: values] ?? [] }
      }
      twoBlock = TwoBlock(
        expression: block(\.expression), memoryToOutput: block(\.memoryToOutput),
        outputToMemory: block(\.outputToMemory), outputToOutput: block(\.outputToOutput))
    }
  }
}

extension SIMD8<Double> {
  /// Up to eight rows of one length as the lanes of vectors; missing rows are zero.
  static func interleave(_ rows: [[Double]]) -> [SIMD8<Double>] {
    var result = [SIMD8<Double>](repeating: .zero, count: rows[0].count)
    for (lane, row) in rows.enumerated() {
      for index in row.indices { result[index][lane] = row[index] }
    }
    return result
  }
}
