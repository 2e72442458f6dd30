import Foundation
import KernelsBaseline

/// Floats in one aligned block, zero on creation, whose parts begin at whole cache lines.
final class FloatBlock {
  let base: UnsafeMutablePointer<Float>
  private let offsets: [Int]

  init(parts: [Int], large: Bool = false) {
    var offsets: [Int] = []
    var total = 0
    for part in parts {
      offsets.append(total)
      total += (part + 15) / 16 * 16
    }
    self.offsets = offsets
    let alignment = large ? 1 << 21 : 64
    let byteCount = max(1, (4 * total + alignment - 1) / alignment) * alignment
    let raw = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
    #if os(Linux)
      // Large pages: a pass walks through all of it in both directions.
      if large { _ = madvise(raw, byteCount, MADV_HUGEPAGE) }
    #endif
    raw.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    base = raw.bindMemory(to: Float.self, capacity: byteCount / 4)
  }

  deinit { base.deallocate() }

  subscript(part: Int) -> UnsafeMutablePointer<Float> { base + offsets[part] }
}

/// What all workers of a call read: shared rows and packed weights.
final class RowConstants {
  let memory: FloatBlock
  private let program: RowProgram
  private let lanes: Int
  private let level: CPULevel

  var rows: UnsafeMutablePointer<Float> { memory[0] }
  var weights: UnsafeMutablePointer<Float> { memory[1] }

  init(_ program: RowProgram, lanes: Int, level: CPULevel) {
    self.program = program
    self.lanes = lanes
    self.level = level
    memory = FloatBlock(parts: [program.sharedRows * lanes, program.packedCount])
    for (row, value) in program.constants.enumerated() { spread(value, over: row) }
  }

  /// Takes new parameters in; O(parameters). The prologue comes after.
  func load(_ parameters: UnsafePointer<Float>) {
    for (index, parameter) in program.spreadParameters.enumerated() {
      spread(parameters[parameter], over: program.constants.count + index)
    }
    for packed in program.packedWeights { pack(packed, parameters) }
  }

  private func spread(_ value: Float, over row: Int) {
    (rows + row * lanes).update(repeating: value, count: lanes)
  }

  /// `[block of rows][column][row of the block]`, the blocks of both weights in turns.
  private func pack(_ packed: RowProgram.PackedWeights, _ parameters: UnsafePointer<Float>) {
    var target = weights + packed.place
    let height = packed.blocks[0].height
    var first = 0
    while first < height {
      let count = level.blockHeight(height - first)
      for block in packed.blocks {
        // Strides of a row and of a column of what multiplies.
        let (down, across) = block.isTransposed ? (1, block.columns) : (block.columns, 1)
        let corner = parameters + (block.offset + first * down)
        for column in 0..<block.depth {
          for row in 0..<count { target[row] = corner[row * down + column * across] }
          target += count
        }
      }
      first += count
    }
  }
}

/// One worker's memory for a program.
final class RowWorker {
  /// Time steps whose weight gradient is made at once.
  let chunkSteps: Int
  let slots: Int
  private let program: RowProgram
  private let lanes: Int
  private let memory: FloatBlock
  private let errors: UnsafeMutablePointer<Double>

  /// - Parameters:
  ///   - slots: steps kept.
  ///   - chunkPlaces: chunks that may wait for their weight gradient; none without a backward pass.
  init(_ program: RowProgram, lanes: Int, slots: Int, chunkPlaces: Int) {
    self.program = program
    self.lanes = lanes
    self.slots = slots
    chunkSteps = 128 / lanes
    let state = program.stateRows * lanes
    memory = FloatBlock(
      parts: [
        (slots + 1) * program.recordRows * lanes, program.scratchRows * lanes, state, state,
        chunkPlaces * Self.chunkSize(program, lanes: lanes), program.sumRows * lanes,
        Self.weightSize(program),
      ], large: true)
    errors = .allocate(capacity: lanes)
    errors.initialize(repeating: 0, count: lanes)
  }

  deinit { errors.deallocate() }

  var record: UnsafeMutablePointer<Float> { memory[0] }
  var scratch: UnsafeMutablePointer<Float> { memory[1] }
  /// Two places for the adjoint of the state, used in turns.
  var adjoints: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) { (memory[2], memory[3]) }
  var sums: UnsafeMutablePointer<Float> { memory[5] }
  /// The weight gradients of the shard, `[rows][columns rounded up to sixteen]` each.
  var weightSums: UnsafeMutablePointer<Float> { memory[6] }
  /// Squared errors by lane.
  var squaredError: UnsafeMutablePointer<Double> { errors }

  /// Adjoints of one chunk, `[step][chunk rows][lanes]`; the panels of all vectors follow.
  func chunk(_ place: Int) -> UnsafeMutablePointer<Float> {
    memory[4] + place * Self.chunkSize(program, lanes: lanes)
  }

  func panel(_ vector: Int, _ place: Int) -> UnsafeMutablePointer<Float> {
    let before = program.vectors[..<vector].reduce(0) { $0 + Self.padded($1.rows) }
    return chunk(place) + (program.chunkRows * lanes + before * lanes) * chunkSteps
  }

  func clearSums() {
    sums.update(repeating: 0, count: program.sumRows * lanes)
    weightSums.update(repeating: 0, count: Self.weightSize(program))
    squaredError.update(repeating: 0, count: lanes)
  }

  static func padded(_ columns: Int) -> Int { (columns + 15) / 16 * 16 }

  private static func chunkSize(_ program: RowProgram, lanes: Int) -> Int {
    128 * (program.chunkRows + program.vectors.reduce(0) { $0 + padded($1.rows) })
  }

  private static func weightSize(_ program: RowProgram) -> Int {
    program.weightGradients.reduce(0) { $0 + $1.rows * padded($1.columns) }
  }
}
