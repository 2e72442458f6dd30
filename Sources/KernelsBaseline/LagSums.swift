#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

// Index arithmetic wraps: checks for overflow would take a third of the instructions of the inner loops.

/// A window of consecutive steps as a map of ``LagWalk``: the latest step acts first. For one block only `retention` and
/// `coupling` matter.
private struct LagWindow {
  var retention: Doubles
  var coupling: Doubles
  var expression: Doubles
  var outputToMemory: Doubles

  /// One step.
  @inline(__always)
  init(_ plan: LagPlan, _ step: Int, twoBlock: Bool) {
    retention = plan.retention[step]
    coupling = plan.coupling[step]
    let none = Doubles(repeating: 0)
    expression = twoBlock ? plan.expression[step] : none
    outputToMemory = twoBlock ? plan.outputToMemory[step] : none
  }

  /// The window that ends at `step`, from the table of one length.
  @inline(__always)
  init(_ table: LagPlan.Column, _ steps: Int, at step: Int, twoBlock: Bool) {
    retention = table[step]
    coupling = table[steps &+ step]
    let none = Doubles(repeating: 0)
    expression = twoBlock ? table[2 &* steps &+ step] : none
    outputToMemory = twoBlock ? table[3 &* steps &+ step] : none
  }

  /// Lengthens the window by one step, earlier in time.
  @inline(__always)
  mutating func prepend(_ step: LagWindow, twoBlock: Bool) {
    var next = step.coupling * retention + step.retention * coupling
    if twoBlock {
      next += step.expression * outputToMemory
      expression = step.retention * expression
      outputToMemory = step.outputToMemory * retention
    }
    coupling = next
    retention = step.retention * retention
  }

  @inline(__always)
  func store(_ table: LagPlan.Sums, _ steps: Int, at step: Int, twoBlock: Bool) {
    table[step] = retention
    table[steps &+ step] = coupling
    if twoBlock {
      table[2 &* steps &+ step] = expression
      table[3 &* steps &+ step] = outputToMemory
    }
  }
}

/// The product of a window of steps, restricted to each unit's own coordinates: value and first-order part.
private struct LagWalk {
  var memory = Doubles(repeating: 1)
  var memoryPart = Doubles(repeating: 0)
  var outputPart = Doubles(repeating: 0)

  /// The walk before any step; with an output block, after the latest: the window's end is the output, which passes its row on and
  /// vanishes itself.
  @inline(__always)
  init(_ plan: LagPlan, start time: Int, twoBlock: Bool) {
    guard twoBlock else { return }
    memory = plan.expression[time]
    memoryPart = plan.memoryToOutput[time]
    outputPart = plan.outputToOutput[time]
  }

  /// The walk that ends at `time`, as far back as it has got.
  @inline(__always)
  init(_ plan: LagPlan, at time: Int, twoBlock: Bool) {
    memory = plan.walks[time]
    memoryPart = plan.walks[plan.steps &+ time]
    if twoBlock { outputPart = plan.walks[2 &* plan.steps &+ time] }
  }

  @inline(__always)
  func store(_ plan: LagPlan, at time: Int, twoBlock: Bool) {
    plan.walks[time] = memory
    plan.walks[plan.steps &+ time] = memoryPart
    if twoBlock { plan.walks[2 &* plan.steps &+ time] = outputPart }
  }

  /// Multiplies by a window of earlier steps.
  @inline(__always)
  mutating func prepend(_ window: LagWindow, twoBlock: Bool) {
    var next = memoryPart * window.retention + memory * window.coupling
    if twoBlock {
      next += outputPart * window.expression
      outputPart = memory * window.outputToMemory
    }
    memoryPart = next
    memory = memory * window.retention
  }
}

@inline(__always)
private func magnitudes(_ value: Doubles) -> Doubles {
  let pattern = unsafeBitCast(value, to: SIMD8<UInt64>.self)
  return unsafeBitCast(pattern & SIMD8<UInt64>(repeating: 0x7fff_ffff_ffff_ffff), to: Doubles.self)
}

/// Sums over all times of transport, rate and statistic for each lag, in the order of time.
@inline(never)
public func lagSums(_ plan: UnsafePointer<LagPlan>) {
  let plan = plan.pointee
  if plan.twoBlock { lagSums(plan, twoBlock: true) } else { lagSums(plan, twoBlock: false) }
}

/// The windows of `length` steps that end at each step which has so many before it.
@inline(__always)
private func fillWindows(_ plan: LagPlan, _ length: Int, _ table: LagPlan.Sums, twoBlock: Bool) {
  var step = length &- 1
  while step < plan.steps {
    var window = LagWindow(plan, step, twoBlock: twoBlock)
    var back = 1
    while back < length {
      window.prepend(LagWindow(plan, step &- back, twoBlock: twoBlock), twoBlock: twoBlock)
      back &+= 1
    }
    window.store(table, plan.steps, at: step, twoBlock: twoBlock)
    step &+= 1
  }
}

/// From one lag to the next every walk takes one window, of the same length for all; a lag's sums stay in registers meanwhile.
@inline(__always)
private func lagSums(_ plan: LagPlan, twoBlock: Bool) {
  var number = 0
  while number < plan.windowCount {
    fillWindows(
      plan, plan.windowLengths[number], plan.windows + 4 &* plan.steps &* number, twoBlock: twoBlock)
    number &+= 1
  }
  var time = 0
  while time < plan.steps {
    LagWalk(plan, start: time, twoBlock: twoBlock).store(plan, at: time, twoBlock: twoBlock)
    time &+= 1
  }
  var index = 0
  while index < plan.lagCount {
    if plan.windowOfLag[index] >= 0 {
      addLag(plan, index, moves: true, twoBlock: twoBlock)
    } else {
      addLag(plan, index, moves: false, twoBlock: twoBlock)
    }
    index &+= 1
  }
}

/// The terms of one lag at every time that it reaches back from.
///
/// - Parameter moves: Whether a window leads to the lag.
@inline(__always)
private func addLag(_ plan: LagPlan, _ index: Int, moves: Bool, twoBlock: Bool) {
  let lag = plan.lags[index]
  let number = moves ? plan.windowOfLag[index] : 0
  let table = LagPlan.Column(plan.windows + 4 &* plan.steps &* number)
  let length = moves ? plan.windowLengths[number] : 0
  var (rates, transport) = (plan.rateSums[index], plan.transportSums[index])
  var (projected, sensitivities) = (plan.projectedSums[index], plan.sensitivitySums[index])
  var time = lag
  while time < plan.steps {
    let start = time &- lag
    var walk = LagWalk(plan, at: time, twoBlock: twoBlock)
    if moves {
      walk.prepend(
        LagWindow(table, plan.steps, at: start &+ length, twoBlock: twoBlock), twoBlock: twoBlock)
      walk.store(plan, at: time, twoBlock: twoBlock)
    }
    let factor = walk.memory + walk.memoryPart
    let rate = plan.baseRate[start] * factor
    let statistic = plan.errorSignal[time] * plan.sensitivity[start]
    rates += magnitudes(rate)
    transport += magnitudes(factor)
    projected += rate * statistic
    sensitivities += statistic
    if plan.keepEvery > 0 && time % plan.keepEvery == 0 {
      let times = (plan.steps &+ plan.keepEvery &- 1) / plan.keepEvery
      let at = index &* times &+ time / plan.keepEvery
      plan.kept[at] = plan.kept[at] + plan.signs[index] * rate * statistic
    }
    time &+= 1
  }
  (plan.rateSums[index], plan.transportSums[index]) = (rates, transport)
  (plan.projectedSums[index], plan.sensitivitySums[index]) = (projected, sensitivities)
}
