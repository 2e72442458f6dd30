#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// Runs instructions in order on rows of 16 or 32 lanes.
@inline(never)
public func runRows(
  _ instructions: UnsafePointer<RowInstruction>, _ count: Int, _ memory: UnsafePointer<RowMemory>, lanes: Int
) {
  var index = 0
  while index < count {
    let run = RowRun(instruction: instructions + index, memory: memory, lanes: lanes)
    switch instructions[index].operation {
    case .copy: run.unary { $0 }
    case .negate: run.unary { spread(0) - $0 }
    case .exponential: run.unary { exponential($0) }
    case .logarithm: run.unary { wholeLogarithm($0) }
    case .hyperbolicTangent: run.unary { hyperbolicTangent($0) }
    case .logistic: run.unary { logistic($0) }
    case .squareRoot: run.unary { $0.squareRoot() }
    case .hyperbolicTangentSlope: run.unary { spread(1) - $0 * $0 }
    case .logisticSlope: run.unary { $0 * (spread(1) - $0) }
    case .add: run.binary { $0 + $1 }
    case .subtract: run.binary { $0 - $1 }
    case .multiply: run.binary { $0 * $1 }
    case .divide: run.binary { $0 / $1 }
    case .multiplyAdd: run.ternary { fused($0, $1, $2) }
    case .sum: run.sum(adding: false)
    case .addSum: run.sum(adding: true)
    case .product: run.product(.zero)
    case .productOntoParameters: run.product(.bias)
    case .productOntoTarget: run.product(.output)
    }
    index += 1
  }
}

/// One instruction on its way.
struct RowRun {
  var instruction: UnsafePointer<RowInstruction>
  var memory: UnsafePointer<RowMemory>
  var lanes: Int

  @inline(__always)
  func pointer(_ place: RowPlace) -> UnsafeMutablePointer<Float> {
    memory.pointee.bases[place.space.rawValue] + place.row * lanes
  }

  @inline(__always)
  func unary(_ body: (Lanes) -> Lanes) {
    let target = pointer(instruction.pointee.target)
    let a = pointer(instruction.pointee.a)
    if instruction.pointee.a.stride == 1 {
      let count = instruction.pointee.rows * lanes
      var at = 0
      while at < count {
        store(body(load(a + at)), target + at)
        at += 16
      }
    } else {
      eachRow { at, lane in store(body(load(a + lane)), target + at) }
    }
  }

  @inline(__always)
  func binary(_ body: (Lanes, Lanes) -> Lanes) {
    let target = pointer(instruction.pointee.target)
    let a = pointer(instruction.pointee.a)
    let b = pointer(instruction.pointee.b)
    switch (instruction.pointee.a.stride, instruction.pointee.b.stride) {
    case (1, 1):
      let count = instruction.pointee.rows * lanes
      var at = 0
      while at < count {
        store(body(load(a + at), load(b + at)), target + at)
        at += 16
      }
    case (1, _): eachRow { at, lane in store(body(load(a + at), load(b + lane)), target + at) }
    case (_, 1): eachRow { at, lane in store(body(load(a + lane), load(b + at)), target + at) }
    default: eachRow { at, lane in store(body(load(a + lane), load(b + lane)), target + at) }
    }
  }

  @inline(__always)
  func ternary(_ body: (Lanes, Lanes, Lanes) -> Lanes) {
    let target = pointer(instruction.pointee.target)
    let a = pointer(instruction.pointee.a)
    let b = pointer(instruction.pointee.b)
    let c = pointer(instruction.pointee.c)
    let strides = (instruction.pointee.a.stride, instruction.pointee.b.stride, instruction.pointee.c.stride)
    if strides == (1, 1, 1) {
      let count = instruction.pointee.rows * lanes
      var at = 0
      while at < count {
        store(body(load(a + at), load(b + at), load(c + at)), target + at)
        at += 16
      }
    } else {
      // All bits of a stride of 1, none of a stride of 0.
      let maskA = -strides.0
      let maskB = -strides.1
      let maskC = -strides.2
      eachRow { at, lane in
        let row = at - lane
        store(
          body(
            load(a + (lane + row & maskA)), load(b + (lane + row & maskB)), load(c + (lane + row & maskC))),
          target + at)
      }
    }
  }

  /// Calls `body` for every register of the target with its place there and the place within its row.
  @inline(__always)
  func eachRow(_ body: (_ at: Int, _ lane: Int) -> Void) {
    var row = 0
    while row < instruction.pointee.rows {
      var lane = 0
      while lane < lanes {
        body(row * lanes + lane, lane)
        lane += 16
      }
      row += 1
    }
  }

  @inline(__always)
  func sum(adding: Bool) {
    let target = pointer(instruction.pointee.target)
    let a = pointer(instruction.pointee.a)
    var lane = 0
    while lane < lanes {
      let total = sumOverRows(instruction.pointee.rows) { load(a + ($0 * lanes + lane)) }
      store(adding ? load(target + lane) + total : total, target + lane)
      lane += 16
    }
  }

  @inline(__always)
  func product(_ start: ProductStart) {
    let own = instruction.pointee
    let a = pointer(own.a)
    StateProduct(
      weights: memory.pointee.weights + own.weights, rows: own.rows, first: a, firstDepth: own.depthA,
      second: pointer(own.b), secondDepth: own.depthB, bias: memory.pointee.parameters + own.start,
      output: pointer(own.target), ahead: a, aheadCount: 0
    ).run(start, lanes: lanes)
  }
}

/// The logarithm of every float: −∞ of zero, NaN of negative numbers, subnormal numbers scaled first.
@inline(__always)
func wholeLogarithm(_ x: Lanes) -> Lanes {
  let tiny = x .< spread(0x1p-126)
  let scaled = x.replacing(with: x * spread(0x1p24), where: tiny)
  var result = logarithm(scaled)
  result.replace(with: result - spread(24 * 0.693147181), where: tiny)
  result.replace(with: spread(-.infinity), where: x .== spread(0))
  result.replace(with: spread(.infinity), where: x .== spread(.infinity))
  // Also where x is NaN, which compares false.
  return result.replacing(with: spread(.nan), where: .!(x .>= spread(0)))
}

/// The gradient of a block of weights over the steps of a chunk.
///
/// - Parameters:
///   - gradient: `[step][stepRows][lanes]`, at the first row of the product.
///   - panel: `[group of sixteen columns][capacity·lanes][16]`.
///   - sum: `[rows][16·groups]`, added to.
@inline(never)
public func addRowGradient(
  gradient: UnsafePointer<Float>, stepRows: Int, rows: Int, panel: UnsafePointer<Float>, capacity: Int,
  columns: Int, steps: Int, sum: UnsafeMutablePointer<Float>, lanes: Int
) {
  WeightProduct(
    gradient: gradient, stepStride: stepRows * lanes, rows: rows, panel: panel,
    groupStride: capacity * lanes * 16, groups: (columns + 15) / 16, steps: steps, sum: sum
  ).run(lanes: lanes)
}

/// Transposes rows of one step into its place of a panel.
@inline(never)
public func fillPanel(
  _ source: UnsafePointer<Float>, rows: Int, lanes: Int, place: Int, capacity: Int,
  panel: UnsafeMutablePointer<Float>
) {
  transposeRows(
    source, rows: rows, lanes: lanes, into: panel + place * lanes * 16, groupStride: capacity * lanes * 16)
}

/// Inputs of one step, `[sequence][sequenceStride]`, to `[inputs][lanes]`.
@inline(never)
public func gatherRows(
  _ source: UnsafePointer<Float>, inputs: Int, sequenceStride: Int, sequences: Int, lanes: Int,
  into target: UnsafeMutablePointer<Float>
) {
  gatherInputs(
    source, inputs: inputs, sequenceStride: sequenceStride, sequences: sequences, lanes: lanes, into: target)
}
