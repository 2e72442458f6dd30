import KernelsBaseline

/// The raw view of one call that all workers read. Unchecked: the pointers stay valid until `run` returns,
/// and every worker writes only its own memory and the partial sums of shards it claimed.
struct Call: @unchecked Sendable {
  let tile: TileShape
  let map: ParameterMap
  let level: CPULevel
  let parameters: PackedParameters
  let inputs: UnsafePointer<Float>
  let targets: UnsafePointer<Float>?
  let predictions: UnsafeMutablePointer<Float>?
  let batch: Int
  let tiles: Int
  let shards: Int
  let memories: [TileMemory]
  let sums: [UnsafeMutableBufferPointer<Float>]
  let partials: [UnsafeMutablePointer<Float>]
  let shardErrors: UnsafeMutablePointer<Double>

  /// All tiles of one shard, in order.
  func runShard(_ shard: Int, worker: Int, queue: ChunkQueue?) {
    let memory = memories[worker]
    let trains = !partials.isEmpty
    if trains { sums[worker].update(repeating: 0) }
    for lane in 0..<tile.lanes { memory.squaredError[lane] = 0 }
    for index in (shard * tiles / shards)..<((shard + 1) * tiles / shards) {
      var plan = plan(tileIndex: index, memory: memory)
      level.forward(&plan)
      if trains { backward(&plan, queue) }
    }
    if trains { queue?.finish { addWeightGradient(memory, $0, $1) } }
    var error = 0.0
    for lane in 0..<tile.lanes { error += memory.squaredError[lane] }
    shardErrors[shard] = error
    if trains { unpackGradient(memory, shape: tile, map: map, into: partials[shard]) }
  }

  /// Helps the worker of a shard with its weight gradient until the shard is done.
  func assist(_ worker: Int, _ queue: ChunkQueue) {
    queue.assist { addWeightGradient(memories[worker], $0, $1) }
  }

  private func plan(tileIndex: Int, memory: TileMemory) -> TilePlan {
    let first = tileIndex * tile.lanes
    let job = TileJob(
      inputs: inputs + first * tile.steps * tile.inputs, targets: targets.map { $0 + first * tile.steps },
      predictions: predictions.map { $0 + first * tile.steps }, sequences: min(tile.lanes, batch - first),
      gradientScale: Float(2 / (Double(batch) * Double(tile.steps))))
    return TilePlan(shape: tile, parameters: parameters, memory: memory, job: job)
  }

  /// All chunks of a tile, from the last step to the first.
  private func backward(_ plan: inout TilePlan, _ queue: ChunkQueue?) {
    let memory = plan.memory
    level.beginBackward(&plan)
    var last = tile.steps - 1
    while last >= 0 {
      let count = min(tile.chunkSteps, last + 1)
      if let queue {
        let place = queue.reserve { addWeightGradient(memory, $0, $1) }
        plan.memory = memory.chunk(place, stride: chunkStride)
        level.backwardChunk(&plan, last: last, steps: count)
        queue.publish(steps: count)
      } else {
        level.backwardChunk(&plan, last: last, steps: count)
        level.addWeightGradient(&plan, steps: count)
      }
      last -= count
    }
    plan.memory = memory
  }

  private func addWeightGradient(_ memory: TileMemory, _ place: Int, _ steps: Int) {
    var plan = plan(tileIndex: 0, memory: memory.chunk(place, stride: chunkStride))
    level.addWeightGradient(&plan, steps: steps)
  }

  /// Floats from one chunk place to the next.
  private var chunkStride: Int { WorkerMemory.chunkSize(tile) }
}

extension TileMemory {
  /// The memory seen by the backward pass of the chunk in `place`.
  func chunk(_ place: Int, stride: Int) -> TileMemory {
    var result = self
    result.preGradient += place * stride
    result.panel += place * stride
    result.resetPanel += place * stride
    return result
  }
}
