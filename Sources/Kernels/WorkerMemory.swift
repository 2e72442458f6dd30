import Foundation
import KernelsBaseline

/// One worker's block of memory, laid out for a tile shape. Every pass writes what it reads, so nothing is set beforehand: the
/// workers share the time that the first touch of a page takes.
final class WorkerMemory {
  let memory: TileMemory
  private let base: UnsafeMutableRawPointer
  let sums: UnsafeMutableBufferPointer<Float>

  /// Floats of one chunk: gradients of the pre-activations, then the transposed rows.
  static func chunkSize(_ shape: TileShape) -> Int {
    shape.chunkSteps * shape.lanes * (shape.gateRows + shape.paddedWidth * (shape.cell == .gru ? 2 : 1))
  }

  /// - Parameters:
  ///   - slots: steps kept; the forward pass alone needs two.
  ///   - chunkPlaces: chunks that may wait for their weight gradient; none without a backward pass.
  init(shape: TileShape, slots: Int, slotMask: Int, chunkPlaces: Int) {
    let lanes = shape.lanes
    let state = shape.hidden * lanes
    let isGRU = shape.cell == .gru
    let sumSizes = [
      shape.gateRows * shape.paddedWidth, shape.gateRows * lanes, shape.layerNorm ? state : 0,
      shape.layerNorm ? state : 0, state, lanes,
    ]
    let sizes =
      [
        (slots + 1) * shape.recordSize,
        isGRU ? state : 0, state, state, isGRU ? state : 0,
        chunkPlaces * Self.chunkSize(shape), 0, 0, isGRU ? shape.width * lanes : 0,
      ] + sumSizes
    // Whole cache lines, so that no register load straddles two.
    var offsets: [Int] = []
    var total = 0
    for size in sizes {
      offsets.append(total)
      total += (size + 15) / 16 * 16
    }
    let doubles = total
    total += 2 * lanes
    let alignment = 1 << 21
    let byteCount = (4 * total + alignment - 1) / alignment * alignment
    base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
    #if os(Linux)
      // Large pages: the pass walks through all of it in both directions every step.
      _ = madvise(base, byteCount, MADV_HUGEPAGE)
    #endif
    #if DEBUG
      // Not-a-numbers: a pass that reads what it has not written fails its tests.
      base.initializeMemory(as: UInt8.self, repeating: 0xff, count: byteCount)
    #endif
    let start = base
    let floats = base.assumingMemoryBound(to: Float.self)
    // The three parts of a chunk lie side by side, the chunks one after the other.
    let gradientSize = shape.chunkSteps * shape.gateRows * lanes
    offsets[6] = offsets[5] + gradientSize
    offsets[7] = offsets[6] + shape.chunkSteps * shape.paddedWidth * lanes
    let places = offsets
    memory = TileMemory(
      slotMask: slotMask, float: { floats + places[$0] },
      double: (start + 4 * doubles).assumingMemoryBound(to: Double.self))
    let firstSum = places[9]
    sums = UnsafeMutableBufferPointer(start: floats + firstSum, count: doubles - firstSum)
  }

  deinit { base.deallocate() }
}
