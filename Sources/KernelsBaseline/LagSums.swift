#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Index arithmetic wraps: checks for overflow would take a third of the instructions of the inner loops. Each kind of walk is
// compiled on its own: with a flag in the loop the compiler takes vectors to single numbers and back.

/// Times that go through all lags together: what they read stays in the nearest cache from one lag to the next.
@inline(__always) private var blockLength: Int { 64 }

@inline(__always)
private func magnitudes(_ value: FourDoubles) -> FourDoubles {
  let pattern = unsafeBitCast(value, to: SIMD4<UInt64>.self)
  return unsafeBitCast(pattern & SIMD4<UInt64>(repeating: 0x7fff_ffff_ffff_ffff), to: FourDoubles.self)
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
  let factor: FourDoubles
  let rate: FourDoubles
  let statistic: FourDoubles

  @inline(__always)
  init(_ plan: LagPlan, _ time: Int, _ lag: Int, _ walk: some LagWalk) {
    factor = walk.memory + walk.memoryPart
    rate = plan.baseRate[time &- lag] * factor
    statistic = plan.errorSlope[time] * plan.sensitivity[time &- lag]
  }
}

/// The sums of one lag.
private struct LagTerms {
  private var rates: FourDoubles
  private var transport: FourDoubles
  private var projected: FourDoubles
  private var sensitivities: FourDoubles

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
