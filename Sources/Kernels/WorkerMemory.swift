import Foundation
import KernelsBaseline

/// One worker's block of memory, laid out for a tile shape; zero on creation.
final class WorkerMemory {
  let memory: TileMemory
  private let base: UnsafeMutableRawPointer
  let sums: UnsafeMutableBufferPointer<Float>
  let byteCount: Int

  /// - Parameter slots: steps kept; the forward pass alone needs two.
  init(shape: TileShape, slots: Int, slotMask: Int) {
    let lanes = shape.lanes
    let state = shape.hidden * lanes
    let isGRU = shape.cell == .gru
    let panel = shape.paddedWidth * shape.chunkSteps * lanes
    let sumSizes = [
      shape.gateRows * shape.paddedWidth, shape.gateRows * lanes, shape.layerNorm ? state : 0,
      shape.layerNorm ? state : 0, state, lanes,
    ]
    let sizes =
      [
        (slots + 1) * shape.recordSize,
        isGRU ? state : 0, state, state, isGRU ? state : 0,
        shape.chunkSteps * shape.gateRows * lanes, panel, isGRU ? panel : 0,
        isGRU ? shape.width * lanes : 0,
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
    byteCount = (4 * total + alignment - 1) / alignment * alignment
    base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: alignment)
    #if os(Linux)
      // Large pages: the pass walks through all of it in both directions every step.
      _ = madvise(base, byteCount, MADV_HUGEPAGE)
    #endif
    base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    let start = base
    let floats = base.assumingMemoryBound(to: Float.self)
    memory = TileMemory(
      slotMask: slotMask, float: { floats + offsets[$0] },
      double: (start + 4 * doubles).assumingMemoryBound(to: Double.self))
    let firstSum = offsets[9]
    sums = UnsafeMutableBufferPointer(start: floats + firstSum, count: doubles - firstSum)
  }

  deinit { base.deallocate() }
}
