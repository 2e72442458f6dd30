import KernelsBaseline
import Synchronization

/// Memory and packed parameters of a network for one tile width, kept from call to call.
final class Workspace {
  let tile: TileShape
  let trains: Bool
  let packing: ParameterPacking
  private(set) var workers: [WorkerMemory] = []
  private(set) var partials: [UnsafeMutablePointer<Float>] = []
  private let parameterCount: Int

  init(tile: TileShape, trains: Bool, packing: ParameterPacking, parameterCount: Int) {
    self.tile = tile
    self.trains = trains
    self.packing = packing
    self.parameterCount = parameterCount
  }

  deinit {
    for partial in partials { partial.deallocate() }
  }

  func reserve(workers count: Int, partials partialCount: Int) {
    while workers.count < count {
      // Two alternating slots are enough when nothing is read back.
      workers.append(
        WorkerMemory(
          shape: tile, slots: trains ? tile.steps : 2, slotMask: trains ? Int.max : 1,
          chunkPlaces: trains ? ChunkQueue.capacity : 0))
    }
    while partials.count < partialCount {
      let partial = UnsafeMutablePointer<Float>.allocate(capacity: parameterCount)
      partial.initialize(repeating: 0, count: parameterCount)
      partials.append(partial)
    }
  }
}

/// Hands out shards, each once.
final class ShardCounter: Sendable {
  private let next = Atomic<Int>(0)

  func claim() -> Int { next.add(1, ordering: .relaxed).oldValue }
}

extension FusedNetwork {
  static func check(_ name: String, _ value: Int, _ allowed: ClosedRange<Int>) throws {
    guard allowed.contains(value) else {
      throw KernelError.outOfRange(
        name: name, value: "\(value)", allowed: "\(allowed.lowerBound)...\(allowed.upperBound)")
    }
  }

  func checkLengths(parameters: [Float], inputs: [Float], targets: [Float]?, batch: Int) throws {
    try Self.check("batch", batch, 1...16_777_216)
    func check(_ name: String, _ array: [Float], _ expected: Int, _ meaning: String) throws {
      guard array.count == expected else {
        throw KernelError.wrongLength(name: name, count: array.count, expected: expected, meaning: meaning)
      }
    }
    try check("parameters", parameters, shape.parameterCount, "parameterCount of the shape")
    try check("inputs", inputs, batch * steps * shape.inputSize, "batch · steps · inputSize")
    if let targets { try check("targets", targets, batch * steps, "batch · steps") }
  }

  /// Sequences of one tile: wide tiles make the best use of registers, narrow ones waste less on small batches.
  static func lanes(batch: Int) -> Int { batch >= 64 ? 32 : 16 }

  /// The workspace for a batch, made anew when the tile width changes; passes with and without a gradient, which take turns in
  /// training, each keep their own.
  private func workspace(lanes: Int, trains: Bool) -> Workspace {
    if let kept = workspaces[trains], kept.tile.lanes == lanes { return kept }
    workspaces[trains] = nil
    let cell: TileCell =
      switch shape.cell {
      case .const: .const
      case .shared: .shared
      case .diag: .diag
      case .gru: .gru
      case .lstm: .lstm
      }
    let tile = TileShape(
      cell: cell, inputs: shape.inputSize, hidden: shape.hiddenSize, lanes: lanes, steps: steps,
      layerNorm: shape.layerNorm, constGate: shape.constGate)
    let made = Workspace(
      tile: tile, trains: trains,
      packing: ParameterPacking(shape: tile, map: map, level: level),
      parameterCount: shape.parameterCount)
    workspaces[trains] = made
    return made
  }

  /// Runs all tiles, writes the gradient where asked, and returns the sum of squared errors.
  func run(
    parameters: [Float], inputs: [Float], targets: [Float]?, predictions: UnsafeMutablePointer<Float>?,
    batch: Int, gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    let lanes = Self.lanes(batch: batch)
    let workspace = workspace(lanes: lanes, trains: gradient != nil)
    let tiles = (batch + lanes - 1) / lanes
    let activeShards = min(shards, tiles)
    let workers = min(threads, activeShards)
    workspace.reserve(workers: workers, partials: gradient == nil ? 0 : activeShards)
    var errors = [Double](repeating: 0, count: activeShards)
    errors.withUnsafeMutableBufferPointer { errors in
      parameters.withUnsafeBufferPointer { parameters in
        inputs.withUnsafeBufferPointer { inputs in
          withPointer(targets) { targets in
            guard let parameters = parameters.baseAddress, let inputs = inputs.baseAddress,
              let errors = errors.baseAddress
            else { return }
            let call = Call(
              tile: workspace.tile, map: map, level: level, parameters: workspace.packing.pack(parameters),
              inputs: inputs, targets: targets, predictions: predictions, batch: batch, tiles: tiles,
              shards: activeShards, memories: workspace.workers.map(\.memory),
              sums: workspace.workers.map(\.sums), partials: gradient == nil ? [] : workspace.partials,
              shardErrors: errors)
            let next = ShardCounter()
            let queues =
              gradient != nil && threads >= activeShards ? (0..<activeShards).map { _ in ChunkQueue() } : []
            pool.run { worker in
              if !queues.isEmpty {
                // A worker for every shard; who has none, or has finished it, assists the others.
                if worker < activeShards { call.runShard(worker, worker: worker, queue: queues[worker]) }
                for next in 1...activeShards {
                  let shard = (worker + next) % activeShards
                  if shard != worker { call.assist(shard, queues[shard]) }
                }
                return
              }
              guard worker < workers else { return }
              while true {
                let shard = next.claim()
                guard shard < activeShards else { return }
                call.runShard(shard, worker: worker, queue: nil)
              }
            }
          }
        }
      }
    }
    if let gradient {
      let count = shape.parameterCount
      gradient.update(from: workspace.partials[0], count: count)
      for shard in 1..<max(1, activeShards) { add(workspace.partials[shard], to: gradient, count: count) }
    }
    return errors.reduce(0, +)
  }

  private func withPointer(_ values: [Float]?, _ body: (UnsafePointer<Float>?) -> Void) {
    guard let values else { return body(nil) }
    values.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  private func add(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
    for index in 0..<count { target[index] += source[index] }
  }
}
