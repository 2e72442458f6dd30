#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Prepares the backward pass of a tile that `forwardTile` has just run.
@inline(never)
public func beginBackward(_ plan: UnsafePointer<TilePlan>) {
  let stateSize = plan.pointee.shape.hidden * plan.pointee.shape.lanes
  clear(plan.pointee.memory.stateGradient, stateSize)
  clear(plan.pointee.memory.cellGradient, stateSize)
}

/// Runs `steps ≤ chunkSteps` steps backwards from step `last` on and leaves what the weight gradient needs in
/// `preGradient` and the panels; all other gradients go to the sums of the shard.
@inline(never)
public func backwardChunk(_ plan: UnsafePointer<TilePlan>, last: Int, steps: Int) {
  var place = 0
  while place < steps {
    backwardStep(plan, last - place, place)
    place += 1
  }
}

/// One step back: gradients of the pre-activations into place `place` of the chunk, and the gradient of the
/// state before the step.
@inline(never)
func backwardStep(_ plan: UnsafePointer<TilePlan>, _ step: Int, _ place: Int) {
  let shape = plan.pointee.shape
  let parameters = plan.pointee.parameters
  let memory = plan.pointee.memory
  let lanes = shape.lanes
  let stateSize = shape.hidden * lanes
  let record = memory.records + step * shape.recordSize
  let state = record + shape.inputs * lanes
  let gradient = memory.preGradient + place * shape.gateRows * lanes
  let candidateGradient = gradient + shape.candidateRow * lanes

  addReadoutGradient(plan, step, state + shape.recordSize)
  backwardCell(plan, step, gradient)
  if shape.layerNorm {
    layerNormBackward(
      rows: shape.hidden, lanes: lanes, gradient: candidateGradient,
      normalised: record + shape.normalisedOffset, inverseDeviation: record + shape.inverseOffset,
      gain: parameters.gain, gainSum: memory.gainSum, shiftSum: memory.shiftSum)
  }

  let groupStride = shape.chunkSteps * lanes * 16
  transposeRows(
    record, rows: shape.width, lanes: lanes, into: memory.panel + place * lanes * 16, groupStride: groupStride
  )
  if shape.cell == .gru {
    StateProduct(
      weights: parameters.backwardSecond, rows: shape.hidden, first: candidateGradient,
      firstDepth: shape.hidden,
      second: candidateGradient, secondDepth: 0, bias: parameters.bias, output: memory.resetGradient,
      ahead: candidateGradient, aheadCount: 0
    ).run(.zero, lanes: lanes)
    backwardReset(
      stateSize, reset: record + (shape.gatesOffset + stateSize), state: state,
      resetGradient: memory.resetGradient, stateGradient: memory.stateGradient,
      preGradient: gradient + stateSize, resetState: memory.resetRows + shape.inputs * lanes)
    copy(record, memory.resetRows, shape.inputs * lanes)
    transposeRows(
      memory.resetRows, rows: shape.width, lanes: lanes, into: memory.resetPanel + place * lanes * 16,
      groupStride: groupStride)
  }
  // Nothing reads the gradient of the constant initial state.
  if step > 0 {
    StateProduct(
      weights: parameters.backwardFirst, rows: shape.hidden, first: gradient,
      firstDepth: shape.firstStageRows,
      second: gradient, secondDepth: 0, bias: parameters.bias, output: memory.stateGradient,
      ahead: record - shape.recordSize, aheadCount: shape.recordSize
    ).run(shape.cell == .lstm ? .zero : .output, lanes: lanes)
  }
}

@inline(__always)
func copy(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
  var at = 0
  while at < count {
    store(load(source + at), target + at)
    at += 16
  }
}

/// Adds the readout's part to the state gradient, and the readout's own gradient to its sums.
@inline(never)
func addReadoutGradient(_ plan: UnsafePointer<TilePlan>, _ step: Int, _ state: UnsafePointer<Float>) {
  let shape = plan.pointee.shape
  let readout = plan.pointee.parameters.readout
  let memory = plan.pointee.memory
  let lanes = shape.lanes
  var lane = 0
  while lane < lanes {
    let output = load(memory.records + (step * shape.recordSize + shape.outputOffset + lane))
    store(load(memory.readoutBiasSum + lane) + output, memory.readoutBiasSum + lane)
    var row = 0
    while row < shape.hidden {
      let at = row * lanes + lane
      store(fused(output, load(state + at), load(memory.readoutSum + at)), memory.readoutSum + at)
      store(fused(output, spread(readout[row]), load(memory.stateGradient + at)), memory.stateGradient + at)
      row += 1
    }
    lane += 16
  }
}

/// Gradients of the pre-activations from that of the new state; leaves in `stateGradient` what reaches the
/// previous state directly, past the weights.
@inline(never)
func backwardCell(_ plan: UnsafePointer<TilePlan>, _ step: Int, _ gradient: UnsafeMutablePointer<Float>) {
  let shape = plan.pointee.shape
  let memory = plan.pointee.memory
  let lanes = shape.lanes
  let stateSize = shape.hidden * lanes
  let record = memory.records + step * shape.recordSize
  let state = record + shape.inputs * lanes
  let gates = record + shape.gatesOffset
  let stateGradient = memory.stateGradient
  let one = spread(1)
  var at = 0
  switch shape.cell {
  case .const:
    let gate = spread(shape.constGate)
    let kept = one - gate
    while at < stateSize {
      let incoming = load(stateGradient + at)
      let proposal = load(gates + at)
      store(gate * incoming * (one - proposal * proposal), gradient + at)
      store(kept * incoming, stateGradient + at)
      at += 16
    }
  case .shared:
    var lane = 0
    while lane < lanes {
      let gate = load(gates + (stateSize + lane))
      let kept = one - gate
      var even = spread(0)
      var odd = spread(0)
      at = lane
      while at < stateSize {
        let incoming = load(stateGradient + at)
        let proposal = load(gates + at)
        store(gate * incoming * (one - proposal * proposal), gradient + at)
        store(kept * incoming, stateGradient + at)
        let next = fused(incoming, proposal - load(state + at), even)
        even = odd
        odd = next
        at += lanes
      }
      store((even + odd) * (gate * kept), gradient + (stateSize + lane))
      lane += 16
    }
  case .diag:
    while at < stateSize {
      let incoming = load(stateGradient + at)
      let proposal = load(gates + at)
      let gate = load(gates + (stateSize + at))
      let kept = one - gate
      store(gate * incoming * (one - proposal * proposal), gradient + at)
      store(incoming * (proposal - load(state + at)) * (gate * kept), gradient + (stateSize + at))
      store(kept * incoming, stateGradient + at)
      at += 16
    }
  case .gru:
    while at < stateSize {
      let incoming = load(stateGradient + at)
      let update = load(gates + at)
      let proposal = load(gates + (2 * stateSize + at))
      let kept = one - update
      store(update * incoming * (one - proposal * proposal), gradient + (2 * stateSize + at))
      store(incoming * (proposal - load(state + at)) * (update * kept), gradient + at)
      store(kept * incoming, stateGradient + at)
      at += 16
    }
  case .lstm:
    let cell = record + shape.cellOffset
    let nextCell = cell + shape.recordSize
    let cellGradient = memory.cellGradient
    while at < stateSize {
      let incoming = load(stateGradient + at)
      let input = load(gates + at)
      let forget = load(gates + (stateSize + at))
      let output = load(gates + (2 * stateSize + at))
      let proposal = load(gates + (3 * stateSize + at))
      let squashed = hyperbolicTangent(load(nextCell + at))
      let inner = fused(incoming * output, one - squashed * squashed, load(cellGradient + at))
      store(inner * proposal * (input * (one - input)), gradient + at)
      store(inner * load(cell + at) * (forget * (one - forget)), gradient + (stateSize + at))
      store(incoming * squashed * (output * (one - output)), gradient + (2 * stateSize + at))
      store(inner * input * (one - proposal * proposal), gradient + (3 * stateSize + at))
      store(inner * forget, cellGradient + at)
      at += 16
    }
  }
}

/// GRU: the reset gate's share, from the gradient of `r⊙h`; recomputes `r⊙h` for the weight gradient.
@inline(never)
func backwardReset(
  _ count: Int, reset: UnsafePointer<Float>, state: UnsafePointer<Float>, resetGradient: UnsafePointer<Float>,
  stateGradient: UnsafeMutablePointer<Float>, preGradient: UnsafeMutablePointer<Float>,
  resetState: UnsafeMutablePointer<Float>
) {
  let one = spread(1)
  var at = 0
  while at < count {
    let gate = load(reset + at)
    let previous = load(state + at)
    let incoming = load(resetGradient + at)
    store(incoming * previous * (gate * (one - gate)), preGradient + at)
    store(fused(incoming, gate, load(stateGradient + at)), stateGradient + at)
    store(gate * previous, resetState + at)
    at += 16
  }
}

/// Adds the chunk's `Σ dp [x|h]ᵀ` and `Σ dp` to the sums of the shard.
@inline(never)
public func addWeightGradient(_ plan: UnsafePointer<TilePlan>, steps: Int) {
  let shape = plan.pointee.shape
  let memory = plan.pointee.memory
  let lanes = shape.lanes
  let stepStride = shape.gateRows * lanes
  let groupStride = shape.chunkSteps * lanes * 16
  WeightProduct(
    gradient: memory.preGradient, stepStride: stepStride, rows: shape.firstStageRows, panel: memory.panel,
    groupStride: groupStride, groups: shape.paddedWidth / 16, steps: steps, sum: memory.weightSum
  ).run(lanes: lanes)
  if shape.cell == .gru {
    WeightProduct(
      gradient: memory.preGradient + shape.firstStageRows * lanes, stepStride: stepStride, rows: shape.hidden,
      panel: memory.resetPanel, groupStride: groupStride, groups: shape.paddedWidth / 16, steps: steps,
      sum: memory.weightSum + shape.firstStageRows * shape.paddedWidth
    ).run(lanes: lanes)
  }
  var at = 0
  while at < stepStride {
    var sum = load(memory.biasSum + at)
    var step = 0
    while step < steps {
      sum += load(memory.preGradient + (step * stepStride + at))
      step += 1
    }
    store(sum, memory.biasSum + at)
    at += 16
  }
}
