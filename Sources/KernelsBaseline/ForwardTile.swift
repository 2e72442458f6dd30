#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Runs one tile through all time steps, filling the memory that the backward pass reads, adding the
/// squared errors and writing predictions where asked.
@inline(never)
public func forwardTile(_ plan: UnsafePointer<TilePlan>) {
  let shape = plan.pointee.shape
  let memory = plan.pointee.memory
  let job = plan.pointee.job
  let stateSize = shape.hidden * shape.lanes
  let stateOffset = shape.inputs * shape.lanes
  clear(memory.records + stateOffset, stateSize)
  if shape.cell == .lstm { clear(memory.records + shape.cellOffset, stateSize) }
  var step = 0
  while step < shape.steps {
    let record = memory.records + (step & memory.slotMask) * shape.recordSize
    let next = memory.records + ((step + 1) & memory.slotMask) * shape.recordSize
    gatherInputs(
      job.inputs + step * shape.inputs, inputs: shape.inputs, sequenceStride: shape.steps * shape.inputs,
      sequences: job.sequences, lanes: shape.lanes, into: record)
    forwardStep(plan, record, next)
    readOut(plan, step, next + stateOffset, record + shape.outputOffset)
    step += 1
  }
}

@inline(__always)
func clear(_ pointer: UnsafeMutablePointer<Float>, _ count: Int) {
  var index = 0
  while index < count {
    store(spread(0), pointer + index)
    index += 16
  }
}

@inline(never)
func forwardStep(
  _ plan: UnsafePointer<TilePlan>, _ record: UnsafeMutablePointer<Float>,
  _ nextRecord: UnsafeMutablePointer<Float>
) {
  let shape = plan.pointee.shape
  let parameters = plan.pointee.parameters
  let memory = plan.pointee.memory
  let lanes = shape.lanes
  let stateSize = shape.hidden * lanes
  let state = record + shape.inputs * lanes
  let next = nextRecord + shape.inputs * lanes
  let gates = record + shape.gatesOffset
  StateProduct(
    weights: parameters.forwardFirst, rows: shape.firstStageRows, first: record, firstDepth: shape.width,
    second: record, secondDepth: 0, bias: parameters.bias, output: gates,
    ahead: nextRecord, aheadCount: memory.slotMask == 1 ? 0 : shape.recordSize
  ).run(.bias, lanes: lanes)
  let candidate = gates + shape.candidateRow * lanes

  if shape.cell == .gru {
    var at = 0
    while at < stateSize {
      store(logistic(load(gates + at)), gates + at)
      let reset = logistic(load(gates + stateSize + at))
      store(reset, gates + stateSize + at)
      store(reset * load(state + at), memory.resetState + at)
      at += 16
    }
    StateProduct(
      weights: parameters.forwardSecond, rows: shape.hidden, first: record, firstDepth: shape.inputs,
      second: memory.resetState, secondDepth: shape.hidden, bias: parameters.bias + 2 * shape.hidden,
      output: candidate, ahead: record, aheadCount: 0
    ).run(.bias, lanes: lanes)
  }
  if shape.layerNorm {
    layerNormForward(
      rows: shape.hidden, lanes: lanes, preActivation: candidate,
      normalised: record + shape.normalisedOffset, inverseDeviation: record + shape.inverseOffset,
      gain: parameters.gain, shift: parameters.shift)
  }

  switch shape.cell {
  case .const:
    let gate = spread(shape.constGate)
    blend(stateSize, candidate, state, next) { _ in gate }
  case .shared:
    let gateRow = gates + stateSize
    var lane = 0
    while lane < lanes {
      store(logistic(load(gateRow + lane)), gateRow + lane)
      lane += 16
    }
    let mask = lanes - 1
    blend(stateSize, candidate, state, next) { load(gateRow + ($0 & mask)) }
  case .diag:
    let gate = gates + stateSize
    blend(stateSize, candidate, state, next) {
      let value = logistic(load(gate + $0))
      store(value, gate + $0)
      return value
    }
  case .gru:
    blend(stateSize, candidate, state, next) { load(gates + $0) }
  case .lstm:
    let cell = record + shape.cellOffset
    let nextCell = nextRecord + shape.cellOffset
    var at = 0
    while at < stateSize {
      let input = logistic(load(gates + at))
      let forget = logistic(load(gates + stateSize + at))
      let output = logistic(load(gates + 2 * stateSize + at))
      let proposal = hyperbolicTangent(load(candidate + at))
      let value = fused(forget, load(cell + at), input * proposal)
      store(input, gates + at)
      store(forget, gates + stateSize + at)
      store(output, gates + 2 * stateSize + at)
      store(proposal, candidate + at)
      store(value, nextCell + at)
      store(output * hyperbolicTangent(value), next + at)
      at += 16
    }
  }
}

/// `next = state + gate·(tanh(candidate) - state)`, keeping the activated candidate.
@inline(__always)
func blend(
  _ count: Int, _ candidate: UnsafeMutablePointer<Float>, _ state: UnsafePointer<Float>,
  _ next: UnsafeMutablePointer<Float>, _ gate: (_ at: Int) -> Lanes
) {
  var at = 0
  while at < count {
    let proposal = hyperbolicTangent(load(candidate + at))
    store(proposal, candidate + at)
    let previous = load(state + at)
    store(fused(gate(at), proposal - previous, previous), next + at)
    at += 16
  }
}

/// Output `w·h' + b` of one step, its error, and the gradient of the loss with respect to it.
@inline(never)
func readOut(
  _ plan: UnsafePointer<TilePlan>, _ step: Int, _ state: UnsafePointer<Float>,
  _ output: UnsafeMutablePointer<Float>
) {
  let shape = plan.pointee.shape
  let parameters = plan.pointee.parameters
  let memory = plan.pointee.memory
  let job = plan.pointee.job
  let lanes = shape.lanes
  var lane = 0
  while lane < lanes {
    var even = spread(parameters.readoutBias)
    var odd = spread(0)
    var row = 0
    while row < shape.hidden {
      let next = fused(spread(parameters.readout[row]), load(state + (row * lanes + lane)), even)
      even = odd
      odd = next
      row += 1
    }
    store(even + odd, output + lane)
    lane += 16
  }
  if let predictions = job.predictions {
    lane = 0
    while lane < job.sequences {
      predictions[lane * shape.steps + step] = output[lane]
      lane += 1
    }
  }
  if let targets = job.targets {
    lane = 0
    while lane < job.sequences {
      let error = output[lane] - targets[lane * shape.steps + step]
      memory.squaredError[lane] += Double(error) * Double(error)
      output[lane] = error * job.gradientScale
      lane += 1
    }
    while lane < lanes {
      output[lane] = 0
      lane += 1
    }
  }
}
