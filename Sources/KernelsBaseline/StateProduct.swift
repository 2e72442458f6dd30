#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Rows and vectors of the register tile: as many accumulators as the registers of the level hold.
#if LEVEL_AVX512
  @inline(__always) var tileRows: Int { 12 }
  @inline(__always) var tileVectors: Int { 2 }
#elseif LEVEL_AVX2 || arch(arm64)
  @inline(__always) var tileRows: Int { 6 }
  @inline(__always) var tileVectors: Int { 1 }
#else
  @inline(__always) var tileRows: Int { 3 }
  @inline(__always) var tileVectors: Int { 1 }
#endif

/// Rows of the next block when `remaining` rows are left and a block holds at most `most`. The last two share their rows
/// evenly when the last alone would have too few sums under way to hide the latency of a fused product.
@inline(__always)
func blockHeight(_ remaining: Int, most: Int) -> Int {
  remaining > most && remaining < most + (most + 1) / 2 ? (remaining + 1) / 2 : min(most, remaining)
}

/// Rows of the next block of the packed weights of this level, `[block][depth][rows of the block]`.
@inline(never)
public func blockHeight(_ remaining: Int) -> Int { blockHeight(remaining, most: tileRows) }

/// What an output element starts from.
enum ProductStart {
  case zero
  case bias
  case output
}

/// `output = start + weights · operand`, with the operand in two row-contiguous parts.
struct StateProduct {
  /// Packed by blocks of `blockHeight` rows: both parts of a block, one after the other.
  var weights: UnsafePointer<Float>
  var rows: Int
  var first: UnsafePointer<Float>
  var firstDepth: Int
  var second: UnsafePointer<Float>
  var secondDepth: Int
  var bias: UnsafePointer<Float>
  var output: UnsafeMutablePointer<Float>
  /// Floats to fetch into the cache on the way.
  var ahead: UnsafePointer<Float>
  var aheadCount: Int

  /// Where a block stands: its first row and lane, and its packed weights.
  struct Place {
    var row: Int
    var lane: Int
    var weights: UnsafePointer<Float>
    var start: ProductStart
    var ahead: Prefetch
  }

  /// Two floating-point operations per row, depth and lane.
  @inline(never)
  func run(_ start: ProductStart, lanes: Int) {
    // Spread over the whole product: a line is asked for a few times rather than all lines at once.
    let iterations = max(1, rows / tileRows * firstDepth * (lanes == 32 ? 2 / tileVectors : 1))
    let stride = min(64, (4 * aheadCount + iterations - 1) / iterations)
    var place = Place(
      row: 0, lane: 0, weights: weights, start: start, ahead: Prefetch(address: ahead, stride: stride))
    let end = UnsafeRawPointer(ahead + aheadCount)
    while place.row < rows {
      let count = blockHeight(rows - place.row, most: tileRows)
      place.lane = 0
      while place.lane < lanes {
        if place.ahead.address >= end { place.ahead = Prefetch(address: place.weights, stride: 0) }
        runBlock(count, lanes, place)
        place.ahead.address += place.ahead.stride * firstDepth
        place.lane += lanes == 32 ? 16 * tileVectors : 16
      }
      place.weights += count * (firstDepth + secondDepth)
      place.row += count
    }
  }

  @inline(__always)
  func runBlock(_ count: Int, _ lanes: Int, _ at: Place) {
    switch count {
    case 1: rows1(lanes, at)
    case 2: rows2(lanes, at)
    case 3: rows3(lanes, at)
    #if LEVEL_AVX512 || LEVEL_AVX2 || arch(arm64)
      case 4: rows4(lanes, at)
      case 5: rows5(lanes, at)
      case 6: rows6(lanes, at)
    #endif
    #if LEVEL_AVX512
      case 7: rows7(lanes, at)
      case 8: rows8(lanes, at)
      case 9: rows9(lanes, at)
      case 10: rows10(lanes, at)
      case 11: rows11(lanes, at)
      case 12: rows12(lanes, at)
    #endif
    default: break
    }
  }

  // One function a size, so that every size is compiled on its own with its constants.
  @inline(never) func rows1(_ lanes: Int, _ at: Place) {
    lanes == 32 ? block(1, 32, at) : block(1, 16, at)
  }
  @inline(never) func rows2(_ lanes: Int, _ at: Place) {
    lanes == 32 ? block(2, 32, at) : block(2, 16, at)
  }
  @inline(never) func rows3(_ lanes: Int, _ at: Place) {
    lanes == 32 ? block(3, 32, at) : block(3, 16, at)
  }
  #if LEVEL_AVX512 || LEVEL_AVX2 || arch(arm64)
    @inline(never) func rows4(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(4, 32, at) : block(4, 16, at)
    }
    @inline(never) func rows5(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(5, 32, at) : block(5, 16, at)
    }
    @inline(never) func rows6(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(6, 32, at) : block(6, 16, at)
    }
  #endif
  #if LEVEL_AVX512
    @inline(never) func rows7(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(7, 32, at) : block(7, 16, at)
    }
    @inline(never) func rows8(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(8, 32, at) : block(8, 16, at)
    }
    @inline(never) func rows9(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(9, 32, at) : block(9, 16, at)
    }
    @inline(never) func rows10(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(10, 32, at) : block(10, 16, at)
    }
    @inline(never) func rows11(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(11, 32, at) : block(11, 16, at)
    }
    @inline(never) func rows12(_ lanes: Int, _ at: Place) {
      lanes == 32 ? block(12, 32, at) : block(12, 16, at)
    }
  #endif

  @inline(__always)
  func block(_ rows: Int, _ lanes: Int, _ at: Place) {
    let vectors = lanes == 32 ? tileVectors : 1
    let target = output + (at.row * lanes + at.lane)
    var tile = RegisterTile()
    switch at.start {
    case .zero: break
    case .bias: tile.fill(rows: rows, from: bias + at.row)
    case .output: tile.read(rows: rows, vectors: vectors, from: target, row: lanes)
    }
    tile.accumulate(
      rows: rows, vectors: vectors, depth: firstDepth, left: at.weights, leftRow: 1, leftStep: rows,
      right: first + at.lane, rightVector: 16, rightStep: lanes, ahead: at.ahead)
    tile.accumulate(
      rows: rows, vectors: vectors, depth: secondDepth, left: at.weights + rows * firstDepth, leftRow: 1,
      leftStep: rows, right: second + at.lane, rightVector: 16, rightStep: lanes)
    tile.write(rows: rows, vectors: vectors, to: target, row: lanes)
  }
}
