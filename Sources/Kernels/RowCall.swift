import KernelsBaseline

/// The raw view of one call that all workers read. Unchecked: the pointers stay valid until `run` returns, and every worker
/// writes only its own memory and the partial sums of shards it claimed.
struct RowCall: @unchecked Sendable {
  let program: RowProgram
  let level: CPULevel
  let lanes: Int
  let steps: Int
  let constants: RowConstants
  let workers: [RowWorker]
  let parameters: UnsafePointer<Float>
  let inputs: UnsafePointer<Float>
  let targets: UnsafePointer<Float>?
  let predictions: UnsafeMutablePointer<Float>?
  let batch: Int
  let tiles: Int
  let shards: Int
  /// One gradient a shard; none for a forward pass alone.
  let partials: [UnsafeMutablePointer<Float>]
  let shardErrors: UnsafeMutablePointer<Double>

  private var trains: Bool { !partials.isEmpty }

  /// All tiles of one shard, in order.
  func runShard(_ shard: Int, worker index: Int, queue: ChunkQueue?) {
    let worker = workers[index]
    worker.clearSums()
    withBases(worker) { memory in
      for tile in (shard * tiles / shards)..<((shard + 1) * tiles / shards) {
        forward(tile, worker, memory)
        if trains { backward(worker, memory, queue) }
      }
      if trains {
        queue?.finish { addWeightGradient(worker, $0, $1) }
        run(program.epilogue, memory)
        collect(worker, memory, into: partials[shard])
      }
    }
    shardErrors[shard] = (0..<lanes).reduce(0) { $0 + worker.squaredError[$1] }
  }

  /// Helps the worker of a shard with its weight gradient until the shard is done.
  func assist(_ index: Int, _ queue: ChunkQueue) {
    if trains { queue.assist { addWeightGradient(workers[index], $0, $1) } }
  }

  /// The part of the program that depends on parameters alone.
  func runPrologue(_ worker: RowWorker) { withBases(worker) { run(program.prologue, $0) } }

  private func withBases(_ worker: RowWorker, _ body: (inout RowMemory) -> Void) {
    // By raw value of `RowSpace`.
    var bases = [
      constants.rows, worker.record, worker.record, worker.scratch, worker.adjoints.0, worker.adjoints.1,
      worker.record, worker.sums,
    ]
    bases.withUnsafeMutableBufferPointer {
      guard let base = $0.baseAddress else { return }
      var memory = RowMemory(bases: base, weights: constants.weights, parameters: parameters)
      body(&memory)
    }
  }

  private func run(_ instructions: [RowInstruction], _ memory: RowMemory) {
    instructions.withUnsafeBufferPointer {
      guard let first = $0.baseAddress else { return }
      var memory = memory
      level.runRows(first, $0.count, &memory, lanes: lanes)
    }
  }

  private func enter(_ step: Int, _ worker: RowWorker, _ memory: RowMemory) -> UnsafeMutablePointer<Float> {
    // Without a backward pass two records take turns.
    let stride = program.recordRows * lanes
    let now = trains ? step : step & 1
    let next = trains ? step + 1 : (step + 1) & 1
    memory.bases[RowSpace.record.rawValue] = worker.record + now * stride
    memory.bases[RowSpace.next.rawValue] = worker.record + next * stride
    return worker.record + now * stride
  }

  private func pointer(_ place: RowPlace, _ memory: RowMemory) -> UnsafeMutablePointer<Float> {
    memory.bases[place.space.rawValue] + place.row * lanes
  }

  private func forward(_ tile: Int, _ worker: RowWorker, _ memory: RowMemory) {
    let first = tile * lanes
    let sequences = min(lanes, batch - first)
    let scale = Float(2 / (Double(batch) * Double(steps)))
    (worker.record + program.inputs * lanes).update(repeating: 0, count: program.stateRows * lanes)
    for step in 0..<steps {
      let record = enter(step, worker, memory)
      level.gatherRows(
        inputs + (first * steps + step) * program.inputs, inputs: program.inputs,
        sequenceStride: steps * program.inputs, sequences: sequences, lanes: lanes, into: record)
      run(program.forward, memory)
      let output = pointer(program.prediction, memory)
      let slope = record + program.slopeRow * lanes
      for lane in 0..<sequences {
        let place = (first + lane) * steps + step
        if let predictions { predictions[place] = output[lane] }
        guard let targets else { continue }
        let error = output[lane] - targets[place]
        worker.squaredError[lane] += Double(error) * Double(error)
        slope[lane] = error * scale
      }
      for lane in sequences..<lanes { slope[lane] = 0 }
    }
  }

  /// All chunks of a tile, from the last step to the first.
  private func backward(_ worker: RowWorker, _ memory: RowMemory, _ queue: ChunkQueue?) {
    var (incoming, outgoing) = worker.adjoints
    incoming.update(repeating: 0, count: program.stateRows * lanes)
    var last = steps - 1
    while last >= 0 {
      let count = min(worker.chunkSteps, last + 1)
      let place = queue?.reserve { addWeightGradient(worker, $0, $1) } ?? 0
      for index in 0..<count {
        _ = enter(last - index, worker, memory)
        memory.bases[RowSpace.incoming.rawValue] = incoming
        memory.bases[RowSpace.outgoing.rawValue] = outgoing
        memory.bases[RowSpace.chunk.rawValue] = worker.chunk(place) + index * program.chunkRows * lanes
        run(program.backward, memory)
        for (number, vector) in program.vectors.enumerated() {
          level.fillPanel(
            pointer(vector.place, memory), rows: vector.rows, lanes: lanes, place: index,
            capacity: worker.chunkSteps, panel: worker.panel(number, place))
        }
        swap(&incoming, &outgoing)
      }
      if let queue { queue.publish(steps: count) } else { addWeightGradient(worker, place, count) }
      last -= count
    }
  }

  private func addWeightGradient(_ worker: RowWorker, _ place: Int, _ steps: Int) {
    var sum = worker.weightSums
    for gradient in program.weightGradients {
      level.addRowGradient(
        gradient: worker.chunk(place) + gradient.adjoint * lanes, stepRows: program.chunkRows,
        rows: gradient.rows, panel: worker.panel(gradient.vector, place), capacity: worker.chunkSteps,
        columns: gradient.columns, steps: steps, sum: sum, lanes: lanes)
      sum += gradient.rows * RowWorker.padded(gradient.columns)
    }
  }

  /// Writes the sums of a shard into the flat parameter layout, adding over lanes in lane order.
  private func collect(_ worker: RowWorker, _ memory: RowMemory, into partial: UnsafeMutablePointer<Float>) {
    partial.update(repeating: 0, count: program.parameterCount)
    var sum = worker.weightSums
    for gradient in program.weightGradients {
      let width = RowWorker.padded(gradient.columns)
      for row in 0..<gradient.rows {
        let target = partial + (gradient.offset + row * gradient.columns)
        for column in 0..<gradient.columns { target[column] += sum[row * width + column] }
      }
      sum += gradient.rows * width
    }
    for (parameter, place) in program.parameterGradients {
      let row = pointer(place, memory)
      for lane in 0..<lanes { partial[parameter] += row[lane] }
    }
  }
}
