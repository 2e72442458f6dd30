#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

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
    coupling = table[steps + step]
    let none = Doubles(repeating: 0)
    expression = twoBlock ? table[2 * steps + step] : none
    outputToMemory = twoBlock ? table[3 * steps + step] : none
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
    table[steps + step] = coupling
    if twoBlock {
      table[2 * steps + step] = expression
      table[3 * steps + step] = outputToMemory
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
  init(_ plan: LagPlan, _ time: Int, twoBlock: Bool) {
    guard twoBlock else { return }
    memory = plan.expression[time]
    memoryPart = plan.memoryToOutput[time]
    outputPart = plan.outputToOutput[time]
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

/// The terms that one time adds to the sums of one lag.
private struct LagTerms {
  let factor: Doubles
  let rate: Doubles
  let sensitivity: Doubles

  @inline(__always)
  init(_ plan: LagPlan, _ walk: LagWalk, _ time: Int, _ lag: Int) {
    factor = walk.memory + walk.memoryPart
    rate = plan.baseRate[time - lag] * factor
    sensitivity = plan.errorSignal[time] * plan.sensitivity[time - lag]
  }

  @inline(__always)
  func keep(_ plan: LagPlan, _ time: Int, _ index: Int) {
    if plan.keepEvery > 0 && time % plan.keepEvery == 0 {
      let times = (plan.steps + plan.keepEvery - 1) / plan.keepEvery
      let at = index * times + time / plan.keepEvery
      plan.kept[at] = plan.kept[at] + plan.signs[index] * rate * sensitivity
    }
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
  var step = length - 1
  while step < plan.steps {
    var window = LagWindow(plan, step, twoBlock: twoBlock)
    var back = 1
    while back < length {
      window.prepend(LagWindow(plan, step - back, twoBlock: twoBlock), twoBlock: twoBlock)
      back += 1
    }
    window.store(table, plan.steps, at: step, twoBlock: twoBlock)
    step += 1
  }
}

/// From one lag to the next a walk takes one window, the same length at every time. Four times walk together, so that their
/// chains of products overlap and each sum is fetched once for all four.
@inline(__always)
private func lagSums(_ plan: LagPlan, twoBlock: Bool) {
  var number = 0
  while number < plan.windowCount {
    fillWindows(
      plan, plan.windowLengths[number], plan.windows + 4 * plan.steps * number, twoBlock: twoBlock)
    number += 1
  }
  var time = 0
  while time < plan.steps {
    var a = LagWalk(plan, time, twoBlock: twoBlock)
    if time + 4 <= plan.steps {
      var index = 0
      var b = LagWalk(plan, time + 1, twoBlock: twoBlock)
      var c = LagWalk(plan, time + 2, twoBlock: twoBlock)
      var d = LagWalk(plan, time + 3, twoBlock: twoBlock)
      while index < plan.lagCount && plan.lags[index] <= time {
        let lag = plan.lags[index]
        let number = plan.windowOfLag[index]
        if number >= 0 {
          let table = LagPlan.Column(plan.windows + 4 * plan.steps * number)
          let step = time - lag + plan.windowLengths[number]
          a.prepend(LagWindow(table, plan.steps, at: step, twoBlock: twoBlock), twoBlock: twoBlock)
          b.prepend(
            LagWindow(table, plan.steps, at: step + 1, twoBlock: twoBlock), twoBlock: twoBlock)
          c.prepend(
            LagWindow(table, plan.steps, at: step + 2, twoBlock: twoBlock), twoBlock: twoBlock)
          d.prepend(
            LagWindow(table, plan.steps, at: step + 3, twoBlock: twoBlock), twoBlock: twoBlock)
        }
        let p = LagTerms(plan, a, time, lag)
        let q = LagTerms(plan, b, time + 1, lag)
        let r = LagTerms(plan, c, time + 2, lag)
        let s = LagTerms(plan, d, time + 3, lag)
        plan.rateSums[index] =
          plan.rateSums[index] + magnitudes(p.rate) + magnitudes(q.rate) + magnitudes(r.rate)
          + magnitudes(s.rate)
        plan.transportSums[index] =
          plan.transportSums[index] + magnitudes(p.factor) + magnitudes(q.factor)
          + magnitudes(r.factor)
          + magnitudes(s.factor)
        plan.projectedSums[index] =
          plan.projectedSums[index] + p.rate * p.sensitivity + q.rate * q.sensitivity
          + r.rate * r.sensitivity + s.rate * s.sensitivity
        plan.sensitivitySums[index] =
          plan.sensitivitySums[index] + p.sensitivity + q.sensitivity + r.sensitivity
          + s.sensitivity
        if plan.keepEvery > 0 {
          p.keep(plan, time, index)
          q.keep(plan, time + 1, index)
          r.keep(plan, time + 2, index)
          s.keep(plan, time + 3, index)
        }
        index += 1
      }
      // Lags that reach before the sequence for some of the four.
      finishWalk(plan, a, time, index, twoBlock: twoBlock)
      finishWalk(plan, b, time + 1, index, twoBlock: twoBlock)
      finishWalk(plan, c, time + 2, index, twoBlock: twoBlock)
      finishWalk(plan, d, time + 3, index, twoBlock: twoBlock)
      time += 4
    } else {
      finishWalk(plan, a, time, 0, twoBlock: twoBlock)
      time += 1
    }
  }
}

@inline(__always)
private func finishWalk(_ plan: LagPlan, _ start: LagWalk, _ time: Int, _ from: Int, twoBlock: Bool) {
  var walk = start
  var index = from
  while index < plan.lagCount && plan.lags[index] <= time {
    let lag = plan.lags[index]
    let number = plan.windowOfLag[index]
    if number >= 0 {
      let table = LagPlan.Column(plan.windows + 4 * plan.steps * number)
      let step = time - lag + plan.windowLengths[number]
      walk.prepend(LagWindow(table, plan.steps, at: step, twoBlock: twoBlock), twoBlock: twoBlock)
    }
    let terms = LagTerms(plan, walk, time, lag)
    plan.rateSums[index] = plan.rateSums[index] + magnitudes(terms.rate)
    plan.transportSums[index] = plan.transportSums[index] + magnitudes(terms.factor)
    plan.projectedSums[index] = plan.projectedSums[index] + terms.rate * terms.sensitivity
    plan.sensitivitySums[index] = plan.sensitivitySums[index] + terms.sensitivity
    terms.keep(plan, time, index)
    index += 1
  }
}
