import Foundation
import Synchronization

/// Large blocks of working memory, kept when their owner goes so that the next network need not touch new pages: a page touched
/// for the first time costs as much as a few thousand operations, and far more on a virtual machine.
enum MemoryBlocks {
  private static let alignment = 1 << 21
  /// Bytes kept for later; more goes back to the system.
  private static let limit = 1 << 26
  private static let kept = Mutex<[Block]>([])

  /// An address and a length; numbers, so that they may rest in a lock.
  private struct Block {
    let address: UInt
    let byteCount: Int
  }

  /// A block for at least `byteCount` bytes with arbitrary content, and its length to give back with it.
  static func take(_ byteCount: Int) -> (memory: UnsafeMutableRawPointer, byteCount: Int) {
    // Powers of two, so that networks of similar size find each other's blocks; what is not touched costs nothing.
    var size = alignment
    while size < byteCount { size *= 2 }
    let known = kept.withLock { blocks in
      blocks.firstIndex { $0.byteCount == size }.map { blocks.remove(at: $0) }
    }
    if let known, let memory = UnsafeMutableRawPointer(bitPattern: known.address) { return (memory, size) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: alignment)
    #if os(Linux)
      // Large pages: a pass walks through all of it in both directions.
      _ = madvise(memory, size, MADV_HUGEPAGE)
    #endif
    return (memory, size)
  }

  /// Gives a block back.
  static func give(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
    let isKept = kept.withLock { blocks in
      guard blocks.reduce(byteCount, { $0 + $1.byteCount }) <= limit else { return false }
      blocks.append(Block(address: UInt(bitPattern: memory), byteCount: byteCount))
      return true
    }
    if !isKept { memory.deallocate() }
  }
}
