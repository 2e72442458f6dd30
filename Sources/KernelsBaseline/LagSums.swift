#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Index arithmetic wraps: checks for overflow would take a third of the instructions of the inner loops. Each kind of walk is
// compiled on its own: with a flag in the loop the compiler takes vectors to single numbers and back.

private typealias Four = LagPlan.Vector

/// Times that go through all lags together: what they read stays in the nearest cache from one lag to the next.
@inline(__always) private var blockLength: Int { 64 }

/// `a·b + c` with one rounding: an instruction from AVX2 on, a call for each lane without.
@inline(__always)
private func fused(_ a: Four, _ b: Four, _ c: Four) -> Four { c.addingProduct(a, b) }

@inline(__always)
private func magnitudes(_ value: Four) -> Four {
  let pattern = unsafeBitCast(value, to: SIMD4<UInt64>.self)
  return unsafeBitCast(pattern & SIMD4<UInt64>(repeating: 0x7fff_ffff_ffff_ffff), to: Four.self)
}

/// The product of a window of steps, restricted to each unit's own coordinates: value and first-order part of its memory.
private protocol LagWalk {
  /// A window of consecutive steps as a map of walks, the latest step first.
  associatedtype Window: LagWindow
  var memory: Four { get }
  var memoryPart: Four { get }
  /// The walk that ends at `time`, as short as its kind allows.
  init(_ plan: LagPlan, start time: Int)
  /// The walk that ends at `time`, as far back as it has got.
  init(_ plan: LagPlan, at time: Int)
  func store(_ plan: LagPlan, at time: Int)
  /// Multiplies by a window of earlier steps.
  mutating func prepend(_ window: Window)
}

private protocol LagWindow {
  /// One step.
  init(_ plan: LagPlan, step: Int)
  /// The window of a table that ends at `step`.
  init(_ plan: LagPlan, table: LagPlan.Sums, at step: Int)
  func store(_ plan: LagPlan, table: LagPlan.Sums, at step: Int)
  /// Lengthens the window by one step, earlier in time.
  mutating func prepend(_ step: Self)
}

/// The walk of a cell whose output is its memory: `memory` and `memoryPart` in ε of `∏ (A + ε B)`.
private struct MemoryWalk: LagWalk {
  var memory: Four
  var memoryPart: Four

  @inline(__always)
  init(_ plan: LagPlan, start time: Int) {
    memory = Four(repeating: 1)
    memoryPart = Four(repeating: 0)
  }

  @inline(__always)
  init(_ plan: LagPlan, at time: Int) {
    memory = plan.walks[time]
    memoryPart = plan.walks[plan.stride &+ time]
  }

  @inline(__always)
  func store(_ plan: LagPlan, at time: Int) {
    plan.walks[time] = memory
    plan.walks[plan.stride &+ time] = memoryPart
  }

  @inline(__always)
  mutating func prepend(_ window: Window) {
    memoryPart = fused(memoryPart, window.retention, memory * window.coupling)
    memory *= window.retention
  }

  struct Window: LagWindow {
    var retention: Four
    var coupling: Four

    @inline(__always)
    init(_ plan: LagPlan, step: Int) {
      retention = plan.retention[step]
      coupling = plan.coupling[step]
    }

    @inline(__always)
    init(_ plan: LagPlan, table: LagPlan.Sums, at step: Int) {
      retention = table[step]
      coupling = table[plan.stride &+ step]
    }

    @inline(__always)
    func store(_ plan: LagPlan, table: LagPlan.Sums, at step: Int) {
      table[step] = retention
      table[plan.stride &+ step] = coupling
    }

    @inline(__always)
    mutating func prepend(_ step: Window) {
      coupling = fused(step.retention, coupling, step.coupling * retention)
      retention *= step.retention
    }
  }
}

/// The walk of a cell with output and memory. Its end is the output, which passes its row on and vanishes itself, so that it starts
/// after the latest step.
private struct OutputWalk: LagWalk {
  var memory: Four
  var memoryPart: Four
  var outputPart: Four

  @inline(__always)
  init(_ plan: LagPlan, start time: Int) {
    memory = plan.expression[time]
    memoryPart = plan.memoryToOutput[time]
    outputPart = plan.outputToOutput[time]
  }

  @inline(__always)
  init(_ plan: LagPlan, at time: Int) {
    memory = plan.walks[time]
    memoryPart = plan.walks[plan.stride &+ time]
    outputPart = plan.walks[2 &* plan.stride &+ time]
  }

  @inline(__always)
  func store(_ plan: LagPlan, at time: Int) {
    plan.walks[time] = memory
    plan.walks[plan.stride &+ time] = memoryPart
    plan.walks[2 &* plan.stride &+ time] = outputPart
  }

  @inline(__always)
  mutating func prepend(_ window: Window) {
    let throughMemory = fused(memoryPart, window.retention, memory * window.coupling)
    memoryPart = fused(outputPart, window.expression, throughMemory)
    outputPart = memory * window.outputToMemory
    memory *= window.retention
  }

  struct Window: LagWindow {
    var retention: Four
    var coupling: Four
    var expression: Four
    var outputToMemory: Four

    @inline(__always)
    init(_ plan: LagPlan, step: Int) {
      retention = plan.retention[step]
      coupling = plan.coupling[step]
      expression = plan.expression[step]
      outputToMemory = plan.outputToMemory[step]
    }

    @inline(__always)
    init(_ plan: LagPlan, table: LagPlan.Sums, at step: Int) {
      retention = table[step]
      coupling = table[plan.stride &+ step]
      expression = table[2 &* plan.stride &+ step]
      outputToMemory = table[3 &* plan.stride &+ step]
    }

    @inline(__always)
    func store(_ plan: LagPlan, table: LagPlan.Sums, at step: Int) {
      table[step] = retention
      table[plan.stride &+ step] = coupling
      table[2 &* plan.stride &+ step] = expression
      table[3 &* plan.stride &+ step] = outputToMemory
    }

    @inline(__always)
    mutating func prepend(_ step: Window) {
      let throughMemory = fused(step.retention, coupling, step.coupling * retention)
      coupling = fused(step.expression, outputToMemory, throughMemory)
      expression *= step.retention
      outputToMemory = step.outputToMemory * retention
      retention *= step.retention
    }
  }
}

/// Sums over all times of transport, rate and statistic for each lag, in the order of time.
@inline(never)
public func lagSums(_ plan: UnsafePointer<LagPlan>) {
  if plan.pointee.twoBlock { outputLagSums(plan) } else { memoryLagSums(plan) }
}

@inline(never)
private func memoryLagSums(_ plan: UnsafePointer<LagPlan>) { lagSums(plan.pointee, MemoryWalk.self) }

@inline(never)
private func outputLagSums(_ plan: UnsafePointer<LagPlan>) { lagSums(plan.pointee, OutputWalk.self) }

/// From one lag to the next every walk takes one window, of the same length for all.
@inline(__always)
private func lagSums<Walk: LagWalk>(_ plan: LagPlan, _ walk: Walk.Type) {
  var number = 0
  while number < plan.windowCount {
    fillWindows(plan, number, walk)
    number &+= 1
  }
  var time = 0
  while time < plan.steps {
    Walk(plan, start: time).store(plan, at: time)
    time &+= 1
  }
  var block = 0
  while block < plan.steps {
    let end = min(block &+ blockLength, plan.steps)
    var index = 0
    while index < plan.lagCount {
      addLag(plan, index, max(block, plan.lags[index]), end, walk)
      index &+= 1
    }
    block = end
  }
}

/// The windows of one length that end at each step which has so many before it.
@inline(__always)
private func fillWindows<Walk: LagWalk>(_ plan: LagPlan, _ number: Int, _ walk: Walk.Type) {
  let length = plan.windowLengths[number]
  let table = plan.windows + 4 &* plan.stride &* number
  var step = length &- 1
  while step < plan.steps {
    var window = Walk.Window(plan, step: step)
    var back = 1
    while back < length {
      window.prepend(Walk.Window(plan, step: step &- back))
      back &+= 1
    }
    window.store(plan, table: table, at: step)
    step &+= 1
  }
}

/// The terms of one lag at a block of times; its sums stay in registers meanwhile.
@inline(__always)
private func addLag<Walk: LagWalk>(
  _ plan: LagPlan, _ index: Int, _ from: Int, _ end: Int, _ walk: Walk.Type
) {
  let lag = plan.lags[index]
  var sums = LagTerms(plan, index)
  var time = from
  if plan.windowOfLag[index] < 0 {
    // The shortest walk is as long as the lag already.
    while time < end {
      sums.add(LagTerm(plan, time, lag, Walk(plan, at: time)))
      time &+= 1
    }
  } else {
    let number = plan.windowOfLag[index]
    let table = plan.windows + 4 &* plan.stride &* number
    let length = plan.windowLengths[number]
    while time < end {
      var walk = Walk(plan, at: time)
      walk.prepend(Walk.Window(plan, table: table, at: time &- lag &+ length))
      walk.store(plan, at: time)
      sums.add(LagTerm(plan, time, lag, walk))
      time &+= 1
    }
  }
  sums.store(plan, index)
  if plan.keepEvery > 0 { keepTerms(plan, index, from, end, walk) }
}

/// Adds the weighted terms of one lag at the kept times of a block, whose walks are as far back as the lag.
@inline(__always)
private func keepTerms<Walk: LagWalk>(
  _ plan: LagPlan, _ index: Int, _ from: Int, _ end: Int, _ walk: Walk.Type
) {
  let times = (plan.steps &+ plan.keepEvery &- 1) / plan.keepEvery
  let kept = plan.kept + index &* times
  var number = (from &+ plan.keepEvery &- 1) / plan.keepEvery
  while number &* plan.keepEvery < end {
    let time = number &* plan.keepEvery
    let term = LagTerm(plan, time, plan.lags[index], Walk(plan, at: time))
    kept[number] = fused(plan.weights[index] * term.rate, term.statistic, kept[number])
    number &+= 1
  }
}

/// What one time contributes to the sums of one lag.
private struct LagTerm {
  let factor: Four
  let rate: Four
  let statistic: Four

  @inline(__always)
  init(_ plan: LagPlan, _ time: Int, _ lag: Int, _ walk: some LagWalk) {
    factor = walk.memory + walk.memoryPart
    rate = plan.baseRate[time &- lag] * factor
    statistic = plan.errorSlope[time] * plan.sensitivity[time &- lag]
  }
}

/// The sums of one lag.
private struct LagTerms {
  private var rates: Four
  private var transport: Four
  private var projected: Four
  private var sensitivities: Four

  @inline(__always)
  init(_ plan: LagPlan, _ index: Int) {
    rates = plan.rateSums[index]
    transport = plan.transportSums[index]
    projected = plan.projectedSums[index]
    sensitivities = plan.sensitivitySums[index]
  }

  @inline(__always)
  func store(_ plan: LagPlan, _ index: Int) {
    plan.rateSums[index] = rates
    plan.transportSums[index] = transport
    plan.projectedSums[index] = projected
    plan.sensitivitySums[index] = sensitivities
  }

  @inline(__always)
  mutating func add(_ term: LagTerm) {
    rates += magnitudes(term.rate)
    transport += magnitudes(term.factor)
    projected = fused(term.rate, term.statistic, projected)
    sensitivities += term.statistic
  }
}
