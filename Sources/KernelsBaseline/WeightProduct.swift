#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// The weight-gradient product of one chunk of time steps:
/// `sum[row][column] += Σ_step Σ_lane gradient[step][row][lane] · panel[column][step, lane]`.
struct WeightProduct {
  /// `[step][gateRows][lanes]`, first row of the block to compute.
  var gradient: UnsafePointer<Float>
  /// Distance between steps in `gradient`.
  var stepStride: Int
  var rows: Int
  /// `[column group][step·lanes][16]`.
  var panel: UnsafePointer<Float>
  /// Distance between column groups in `panel`.
  var groupStride: Int
  var groups: Int
  var steps: Int
  /// `[rows][16·groups]`.
  var sum: UnsafeMutablePointer<Float>

  @inline(never)
  func run(lanes: Int) {
    var group = 0
    while group < groups {
      #if LEVEL_AVX512
        // An odd number of groups ends with three at once: one alone would leave registers idle.
        let count = groups - group == 3 ? 3 : min(2, groups - group)
      #else
        let count = 1
      #endif
      let most = count == 3 ? 8 : tileRows
      var row = 0
      while row < rows {
        let height = blockHeight(rows - row, most: most)
        runBlock(height, count, lanes, row, group)
        row += height
      }
      group += count
    }
  }

  @inline(__always)
  func runBlock(_ height: Int, _ count: Int, _ lanes: Int, _ row: Int, _ group: Int) {
    #if LEVEL_AVX512
      if count == 2 {
        switch height {
        case 1: rows1by2(lanes, row, group)
        case 2: rows2by2(lanes, row, group)
        case 3: rows3by2(lanes, row, group)
        case 4: rows4by2(lanes, row, group)
        case 5: rows5by2(lanes, row, group)
        case 6: rows6by2(lanes, row, group)
        case 7: rows7by2(lanes, row, group)
        case 8: rows8by2(lanes, row, group)
        case 9: rows9by2(lanes, row, group)
        case 10: rows10by2(lanes, row, group)
        case 11: rows11by2(lanes, row, group)
        case 12: rows12by2(lanes, row, group)
        default: break
        }
        return
      }
      if count == 3 {
        switch height {
        case 1: rows1by3(lanes, row, group)
        case 2: rows2by3(lanes, row, group)
        case 3: rows3by3(lanes, row, group)
        case 4: rows4by3(lanes, row, group)
        case 5: rows5by3(lanes, row, group)
        case 6: rows6by3(lanes, row, group)
        case 7: rows7by3(lanes, row, group)
        case 8: rows8by3(lanes, row, group)
        default: break
        }
        return
      }
    #endif
    switch height {
    case 1: rows1by1(lanes, row, group)
    case 2: rows2by1(lanes, row, group)
    case 3: rows3by1(lanes, row, group)
    #if LEVEL_AVX512 || LEVEL_AVX2 || arch(arm64)
      case 4: rows4by1(lanes, row, group)
      case 5: rows5by1(lanes, row, group)
      case 6: rows6by1(lanes, row, group)
    #endif
    #if LEVEL_AVX512
      case 7: rows7by1(lanes, row, group)
      case 8: rows8by1(lanes, row, group)
      case 9: rows9by1(lanes, row, group)
      case 10: rows10by1(lanes, row, group)
      case 11: rows11by1(lanes, row, group)
      case 12: rows12by1(lanes, row, group)
    #endif
    default: break
    }
  }

  @inline(__always)
  func block(_ rows: Int, _ vectors: Int, _ lanes: Int, _ row: Int, _ group: Int) {
    let width = 16 * groups
    let target = sum + (row * width + 16 * group)
    var tile = RegisterTile()
    tile.read(rows: rows, vectors: vectors, from: target, row: width)
    var left = gradient + row * lanes
    var right = panel + group * groupStride
    var step = 0
    while step < steps {
      tile.accumulate(
        rows: rows, vectors: vectors, depth: lanes, left: left, leftRow: lanes, leftStep: 1,
        right: right, rightVector: groupStride, rightStep: 16)
      left += stepStride
      right += 16 * lanes
      step += 1
    }
    tile.write(rows: rows, vectors: vectors, to: target, row: width)
  }

  // One function a size, so that every size is compiled on its own with its constants.
  @inline(never) func rows1by1(_ lanes: Int, _ row: Int, _ group: Int) {
    lanes == 32 ? block(1, 1, 32, row, group) : block(1, 1, 16, row, group)
  }
  @inline(never) func rows2by1(_ lanes: Int, _ row: Int, _ group: Int) {
    lanes == 32 ? block(2, 1, 32, row, group) : block(2, 1, 16, row, group)
  }
  @inline(never) func rows3by1(_ lanes: Int, _ row: Int, _ group: Int) {
    lanes == 32 ? block(3, 1, 32, row, group) : block(3, 1, 16, row, group)
  }
  #if LEVEL_AVX512 || LEVEL_AVX2 || arch(arm64)
    @inline(never) func rows4by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(4, 1, 32, row, group) : block(4, 1, 16, row, group)
    }
    @inline(never) func rows5by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(5, 1, 32, row, group) : block(5, 1, 16, row, group)
    }
    @inline(never) func rows6by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(6, 1, 32, row, group) : block(6, 1, 16, row, group)
    }
  #endif
  #if LEVEL_AVX512
    @inline(never) func rows7by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(7, 1, 32, row, group) : block(7, 1, 16, row, group)
    }
    @inline(never) func rows8by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(8, 1, 32, row, group) : block(8, 1, 16, row, group)
    }
    @inline(never) func rows9by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(9, 1, 32, row, group) : block(9, 1, 16, row, group)
    }
    @inline(never) func rows10by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(10, 1, 32, row, group) : block(10, 1, 16, row, group)
    }
    @inline(never) func rows11by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(11, 1, 32, row, group) : block(11, 1, 16, row, group)
    }
    @inline(never) func rows12by1(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(12, 1, 32, row, group) : block(12, 1, 16, row, group)
    }
    @inline(never) func rows1by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(1, 2, 32, row, group) : block(1, 2, 16, row, group)
    }
    @inline(never) func rows2by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(2, 2, 32, row, group) : block(2, 2, 16, row, group)
    }
    @inline(never) func rows3by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(3, 2, 32, row, group) : block(3, 2, 16, row, group)
    }
    @inline(never) func rows4by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(4, 2, 32, row, group) : block(4, 2, 16, row, group)
    }
    @inline(never) func rows5by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(5, 2, 32, row, group) : block(5, 2, 16, row, group)
    }
    @inline(never) func rows6by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(6, 2, 32, row, group) : block(6, 2, 16, row, group)
    }
    @inline(never) func rows7by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(7, 2, 32, row, group) : block(7, 2, 16, row, group)
    }
    @inline(never) func rows8by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(8, 2, 32, row, group) : block(8, 2, 16, row, group)
    }
    @inline(never) func rows9by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(9, 2, 32, row, group) : block(9, 2, 16, row, group)
    }
    @inline(never) func rows10by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(10, 2, 32, row, group) : block(10, 2, 16, row, group)
    }
    @inline(never) func rows11by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(11, 2, 32, row, group) : block(11, 2, 16, row, group)
    }
    @inline(never) func rows12by2(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(12, 2, 32, row, group) : block(12, 2, 16, row, group)
    }
    @inline(never) func rows1by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(1, 3, 32, row, group) : block(1, 3, 16, row, group)
    }
    @inline(never) func rows2by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(2, 3, 32, row, group) : block(2, 3, 16, row, group)
    }
    @inline(never) func rows3by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(3, 3, 32, row, group) : block(3, 3, 16, row, group)
    }
    @inline(never) func rows4by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(4, 3, 32, row, group) : block(4, 3, 16, row, group)
    }
    @inline(never) func rows5by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(5, 3, 32, row, group) : block(5, 3, 16, row, group)
    }
    @inline(never) func rows6by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(6, 3, 32, row, group) : block(6, 3, 16, row, group)
    }
    @inline(never) func rows7by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(7, 3, 32, row, group) : block(7, 3, 16, row, group)
    }
    @inline(never) func rows8by3(_ lanes: Int, _ row: Int, _ group: Int) {
      lanes == 32 ? block(8, 3, 32, row, group) : block(8, 3, 16, row, group)
    }
  #endif
}
