import Foundation
import Synchronization

/// Loss and gradient of any recurrent network over whole sequences, by replaying a ``RowProgram``.
///
/// Tiles and shards are those of ``FusedNetwork``: the bits of every result depend on the shard count, the parameters and
/// the data, and on neither the number of threads nor the CPU level. An instance owns its threads and working memory and
/// is meant for one caller at a time.
public final class RowNetwork {
  public let program: RowProgram
  public let shards: Int
  public let threads: Int
  public let level: CPULevel

  private let pool: WorkerPool
  private var memory: Memory?

  /// What is kept from call to call.
  private struct Memory {
    let lanes: Int
    let slots: Int
    let trains: Bool
    let constants: RowConstants
    var workers: [RowWorker] = []
    var partials: [FloatBlock] = []
  }

  /// - Parameters:
  ///   - shards: partial sums of the gradient, 1...4096; results depend on it in the last bits.
  ///   - threads: 1...256, the caller's included.
  ///   - level: a level this machine supports.
  /// - Throws: `KernelError.outOfRange`, `KernelError.unsupportedLevel`.
  public init(
    _ program: RowProgram, shards: Int = 16, threads: Int = FusedNetwork.defaultThreads,
    level: CPULevel = .best
  ) throws {
    try FusedNetwork.check("shards", shards, 1...4096)
    try FusedNetwork.check("threads", threads, 1...256)
    guard CPULevel.supported.contains(level) else {
      throw KernelError.unsupportedLevel(level, supported: CPULevel.supported)
    }
    self.program = program
    self.shards = shards
    self.threads = threads
    self.level = level
    pool = WorkerPool(count: threads)
  }

  /// Mean squared error over batch and steps, and its gradient, which is overwritten.
  ///
  /// - Parameters:
  ///   - inputs: `[batch][steps][inputs]`.
  ///   - targets: `[batch][steps]`.
  /// - Throws: `KernelError.wrongLength`, `KernelError.outOfRange`.
  public func lossAndGradient(
    parameters: [Float], inputs: [Float], targets: [Float], batch: Int, steps: Int, gradient: inout [Float]
  ) throws -> Double {
    try check(parameters, inputs, targets, batch, steps)
    gradient = [Float](repeating: 0, count: program.parameterCount)
    let sum = gradient.withUnsafeMutableBufferPointer {
      run(parameters, inputs, targets, nil, batch, steps, gradient: $0)
    }
    return sum / (Double(batch) * Double(steps))
  }

  /// Outputs `[batch][steps]`.
  ///
  /// - Throws: `KernelError.wrongLength`, `KernelError.outOfRange`.
  public func predictions(parameters: [Float], inputs: [Float], batch: Int, steps: Int) throws -> [Float] {
    try check(parameters, inputs, nil, batch, steps)
    return [Float](unsafeUninitializedCapacity: batch * steps) { buffer, count in
      _ = run(parameters, inputs, nil, buffer.baseAddress, batch, steps, gradient: nil)
      count = batch * steps
    }
  }

  private func check(
    _ parameters: [Float], _ inputs: [Float], _ targets: [Float]?, _ batch: Int, _ steps: Int
  )
    throws
  {
    try FusedNetwork.check("batch", batch, 1...16_777_216)
    try FusedNetwork.check("steps", steps, 1...16_777_216)
    func check(_ name: String, _ count: Int, _ expected: Int, _ meaning: String) throws {
      guard count == expected else {
        throw KernelError.wrongLength(name: name, count: count, expected: expected, meaning: meaning)
      }
    }
    try check("parameters", parameters.count, program.parameterCount, "parameterCount of the program")
    try check("inputs", inputs.count, batch * steps * program.inputs, "batch · steps · inputs")
    if let targets { try check("targets", targets.count, batch * steps, "batch · steps") }
  }

  /// The memory for a tile width and a number of kept steps, made anew when these change.
  private func prepare(lanes: Int, slots: Int, trains: Bool, workers: Int, partials: Int) -> Memory {
    var memory = self.memory
    self.memory = nil
    if memory?.lanes != lanes || memory?.slots != slots || memory?.trains != trains { memory = nil }
    var made =
      memory
      ?? Memory(
        lanes: lanes, slots: slots, trains: trains,
        constants: RowConstants(program, lanes: lanes, level: level))
    while made.workers.count < workers {
      made.workers.append(
        RowWorker(program, lanes: lanes, slots: slots, chunkPlaces: trains ? ChunkQueue.capacity : 0))
    }
    while made.partials.count < partials { made.partials.append(FloatBlock(parts: [program.parameterCount])) }
    self.memory = made
    return made
  }

  /// Runs all tiles, writes the gradient where asked, and returns the sum of squared errors.
  private func run(
    _ parameters: [Float], _ inputs: [Float], _ targets: [Float]?,
    _ predictions: UnsafeMutablePointer<Float>?, _ batch: Int, _ steps: Int,
    gradient: UnsafeMutableBufferPointer<Float>?
  ) -> Double {
    let lanes = FusedNetwork.lanes(batch: batch)
    let tiles = (batch + lanes - 1) / lanes
    let active = min(shards, tiles)
    let trains = gradient != nil
    let memory = prepare(
      lanes: lanes, slots: trains ? steps : 1, trains: trains, workers: min(threads, active),
      partials: trains ? active : 0)
    var errors = [Double](repeating: 0, count: active)
    parameters.withUnsafeBufferPointer { parameters in
      inputs.withUnsafeBufferPointer { inputs in
        withPointer(targets) { targets in
          errors.withUnsafeMutableBufferPointer { errors in
            guard let parameters = parameters.baseAddress, let inputs = inputs.baseAddress,
              let errors = errors.baseAddress
            else { return }
            memory.constants.load(parameters)
            let call = RowCall(
              program: program, level: level, lanes: lanes, steps: steps, constants: memory.constants,
              workers: memory.workers, parameters: parameters, inputs: inputs, targets: targets,
              predictions: predictions, batch: batch, tiles: tiles, shards: active,
              partials: trains ? memory.partials.map(\.base) : [], shardErrors: errors)
            call.runPrologue(memory.workers[0])
            runShards(call, active)
          }
        }
      }
    }
    if let gradient {
      for shard in 0..<active {
        for index in gradient.indices { gradient[index] += memory.partials[shard].base[index] }
      }
    }
    return errors.reduce(0, +)
  }

  private func runShards(_ call: RowCall, _ active: Int) {
    let next = ShardCounter()
    let queues = threads > active ? (0..<active).map { _ in ChunkQueue() } : []
    pool.run { worker in
      if !queues.isEmpty {
        // A worker for every shard, the others assist.
        if worker < active {
          call.runShard(worker, worker: worker, queue: queues[worker])
        } else {
          call.assist(worker % active, queues[worker % active])
        }
        return
      }
      while true {
        let shard = next.claim()
        guard shard < active else { return }
        call.runShard(shard, worker: worker, queue: nil)
      }
    }
  }

  private func withPointer(_ values: [Float]?, _ body: (UnsafePointer<Float>?) -> Void) {
    guard let values else { return body(nil) }
    values.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
