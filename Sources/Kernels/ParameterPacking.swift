import KernelsBaseline

/// Where the stacked gate rows live in the flat parameter vector.
struct ParameterMap: Sendable {
  /// A run of rows with consecutive row-major `W`, `U` and `b`.
  struct Gate: Sendable {
    let firstRow: Int
    let rows: Int
    let input: Int
    let recurrent: Int
    let bias: Int
  }

  let gates: [Gate]
  let gain: Int?
  let shift: Int?
  let readout: Int
  let readoutBias: Int

  init(_ shape: NetworkShape) {
    var gates: [Gate] = []
    var offsets: [String: Int] = [:]
    var row = 0
    for block in shape.blocks {
      offsets[block.name] = block.offset
      guard block.name.hasPrefix("W") else { continue }
      let recurrent = block.offset + block.count
      let bias = recurrent + block.rows * shape.hiddenSize
      gates.append(
        Gate(firstRow: row, rows: block.rows, input: block.offset, recurrent: recurrent, bias: bias))
      row += block.rows
    }
    self.gates = gates
    gain = offsets["lnGain"]
    shift = offsets["lnBias"]
    readout = offsets["readoutWeight"] ?? 0
    readoutBias = offsets["readoutBias"] ?? 0
  }
}

/// How the rows of a packed matrix fall into blocks: first row and height of the block of every row.
private struct RowBlocks {
  private(set) var starts: [Int] = []
  private(set) var heights: [Int] = []

  var count: Int { starts.count }

  init(count: Int, level: CPULevel) {
    while starts.count < count {
      let start = starts.count
      let height = level.blockHeight(count - start)
      starts += Array(repeating: start, count: height)
      heights += Array(repeating: height, count: height)
    }
  }
}

/// The parameters of one call, repacked for the register tiles of a level.
final class ParameterPacking {
  private let shape: TileShape
  private let map: ParameterMap
  private let firstBlocks: RowBlocks
  private let secondBlocks: RowBlocks
  private let hiddenBlocks: RowBlocks
  private let storage: UnsafeMutablePointer<Float>
  private let offsets: [Int]
  private let count: Int

  init(shape: TileShape, map: ParameterMap, level: CPULevel) {
    self.shape = shape
    self.map = map
    let hidden = shape.hidden
    let second = shape.gateRows - shape.firstStageRows
    firstBlocks = RowBlocks(count: shape.firstStageRows, level: level)
    secondBlocks = RowBlocks(count: second, level: level)
    hiddenBlocks = RowBlocks(count: hidden, level: level)
    let sizes = [
      shape.firstStageRows * shape.width, second * shape.width, shape.gateRows,
      shape.firstStageRows * hidden, second * hidden, hidden, hidden, hidden,
    ]
    var offsets: [Int] = []
    var total = 0
    for size in sizes {
      offsets.append(total)
      total += (size + 15) / 16 * 16
    }
    self.offsets = offsets
    count = total
    storage = UnsafeMutableRawPointer.allocate(byteCount: 4 * total, alignment: 64)
      .bindMemory(to: Float.self, capacity: total)
    storage.initialize(repeating: 0, count: total)
  }

  deinit { storage.deallocate() }

  /// Repacks; O(parameters).
  func pack(_ parameters: UnsafePointer<Float>) -> PackedParameters {
    let first = storage + offsets[0]
    let second = storage + offsets[1]
    let bias = storage + offsets[2]
    let backward = storage + offsets[3]
    let backwardSecond = storage + offsets[4]
    let split = shape.firstStageRows
    for gate in map.gates {
      for index in 0..<gate.rows {
        let row = gate.firstRow + index
        let inFirst = row < split
        let local = inFirst ? row : row - split
        let blocks = inFirst ? firstBlocks : secondBlocks
        packForward(
          parameters + (gate.input + index * shape.inputs),
          parameters + (gate.recurrent + index * shape.hidden),
          row: local, of: blocks, into: inFirst ? first : second)
        packBackward(
          parameters + (gate.recurrent + index * shape.hidden), row: local, of: blocks.count,
          into: inFirst ? backward : backwardSecond)
        bias[row] = parameters[gate.bias + index]
      }
    }
    if let gain = map.gain, let shift = map.shift {
      (storage + offsets[5]).update(from: parameters + gain, count: shape.hidden)
      (storage + offsets[6]).update(from: parameters + shift, count: shape.hidden)
    }
    (storage + offsets[7]).update(from: parameters + map.readout, count: shape.hidden)
    return PackedParameters(
      forwardFirst: first, forwardSecond: second, bias: bias, backwardFirst: backward,
      backwardSecond: backwardSecond, gain: storage + offsets[5], shift: storage + offsets[6],
      readout: storage + offsets[7], readoutBias: parameters[map.readoutBias])
  }

  /// One row of `[W | U]` into its block `[depth][rows of the block]`.
  private func packForward(
    _ input: UnsafePointer<Float>, _ recurrent: UnsafePointer<Float>, row: Int, of blocks: RowBlocks,
    into target: UnsafeMutablePointer<Float>
  ) {
    let rows = blocks.heights[row]
    let start = blocks.starts[row]
    var place = target + (start * shape.width + (row - start))
    for index in 0..<shape.inputs {
      place.pointee = input[index]
      place += rows
    }
    for index in 0..<shape.hidden {
      place.pointee = recurrent[index]
      place += rows
    }
  }

  /// One row of `U` as depth index `row` of the transposed product.
  private func packBackward(
    _ recurrent: UnsafePointer<Float>, row: Int, of total: Int, into target: UnsafeMutablePointer<Float>
  ) {
    var unit = 0
    while unit < shape.hidden {
      let rows = hiddenBlocks.heights[unit]
      (target + (unit * total + row * rows)).update(from: recurrent + unit, count: rows)
      unit += rows
    }
  }
}

/// Writes the sums of a shard into the flat parameter layout, adding over lanes in lane order.
func unpackGradient(
  _ memory: TileMemory, shape: TileShape, map: ParameterMap, into gradient: UnsafeMutablePointer<Float>
) {
  func overLanes(_ source: UnsafePointer<Float>) -> Float {
    var sum: Float = 0
    for lane in 0..<shape.lanes { sum += source[lane] }
    return sum
  }
  for gate in map.gates {
    for index in 0..<gate.rows {
      let row = gate.firstRow + index
      let sums = memory.weightSum + row * shape.paddedWidth
      (gradient + (gate.input + index * shape.inputs)).update(from: sums, count: shape.inputs)
      (gradient + (gate.recurrent + index * shape.hidden)).update(
        from: sums + shape.inputs, count: shape.hidden)
      gradient[gate.bias + index] = overLanes(memory.biasSum + row * shape.lanes)
    }
  }
  for unit in 0..<shape.hidden {
    if let gain = map.gain, let shift = map.shift {
      gradient[gain + unit] = overLanes(memory.gainSum + unit * shape.lanes)
      gradient[shift + unit] = overLanes(memory.shiftSum + unit * shape.lanes)
    }
    gradient[map.readout + unit] = overLanes(memory.readoutSum + unit * shape.lanes)
  }
  gradient[map.readoutBias] = overLanes(memory.readoutBiasSum)
}
