#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// The product of a window of steps, restricted to each unit's own coordinates: value and first-order part.
private struct LagWalk {
  var memory = Doubles(repeating: 1)
  var memoryPart = Doubles(repeating: 0)
  var outputPart = Doubles(repeating: 0)

  /// Multiplies by one more step, the latest one when `first`.
  @inline(__always)
  mutating func prepend(_ plan: LagPlan, _ step: Int, twoBlock: Bool, first: Bool) {
    if twoBlock && first {
      // The window's end is the output, which passes its row on and vanishes itself.
      memory = plan.expression[step]
      memoryPart = plan.memoryToOutput[step]
      outputPart = plan.outputToOutput[step]
      return
    }
    let retention = plan.retention[step]
    if twoBlock {
      let through = outputPart * plan.expression[step] + memoryPart * retention
      outputPart = memory * plan.outputToMemory[step]
      memoryPart = through + memory * plan.coupling[step]
    } else {
      memoryPart = memoryPart * retention + memory * plan.coupling[step]
    }
    memory = memory * retention
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

/// Four times walk together, so that their chains of products overlap and each sum is fetched once for all four.
@inline(__always)
private func lagSums(_ plan: LagPlan, twoBlock: Bool) {
  var time = 0
  while time < plan.steps {
    var (a, b, c, d) = (LagWalk(), LagWalk(), LagWalk(), LagWalk())
    var length = 0
    var index = 0
    let together = time + 4 <= plan.steps
    while together && index < plan.lagCount && plan.lags[index] <= time {
      let lag = plan.lags[index]
      if length == 0 {
        a.prepend(plan, time, twoBlock: twoBlock, first: true)
        b.prepend(plan, time + 1, twoBlock: twoBlock, first: true)
        c.prepend(plan, time + 2, twoBlock: twoBlock, first: true)
        d.prepend(plan, time + 3, twoBlock: twoBlock, first: true)
        length = 1
      }
      while length < lag {
        let step = time - length
        a.prepend(plan, step, twoBlock: twoBlock, first: false)
        b.prepend(plan, step + 1, twoBlock: twoBlock, first: false)
        c.prepend(plan, step + 2, twoBlock: twoBlock, first: false)
        d.prepend(plan, step + 3, twoBlock: twoBlock, first: false)
        length += 1
      }
      let p = LagTerms(plan, a, time, lag)
      let q = LagTerms(plan, b, time + 1, lag)
      let r = LagTerms(plan, c, time + 2, lag)
      let s = LagTerms(plan, d, time + 3, lag)
      plan.rateSums[index] =
        plan.rateSums[index] + magnitudes(p.rate) + magnitudes(q.rate) + magnitudes(r.rate)
        + magnitudes(s.rate)
      plan.transportSums[index] =
        plan.transportSums[index] + magnitudes(p.factor) + magnitudes(q.factor) + magnitudes(r.factor)
        + magnitudes(s.factor)
      plan.projectedSums[index] =
        plan.projectedSums[index] + p.rate * p.sensitivity + q.rate * q.sensitivity
        + r.rate * r.sensitivity + s.rate * s.sensitivity
      plan.sensitivitySums[index] =
        plan.sensitivitySums[index] + p.sensitivity + q.sensitivity + r.sensitivity + s.sensitivity
      if plan.keepEvery > 0 {
        p.keep(plan, time, index)
        q.keep(plan, time + 1, index)
        r.keep(plan, time + 2, index)
        s.keep(plan, time + 3, index)
      }
      index += 1
    }
    // Lags that reach before the sequence for some of the four, and the last times.
    finishWalk(plan, a, time, length, index, twoBlock: twoBlock)
    if together {
      finishWalk(plan, b, time + 1, length, index, twoBlock: twoBlock)
      finishWalk(plan, c, time + 2, length, index, twoBlock: twoBlock)
      finishWalk(plan, d, time + 3, length, index, twoBlock: twoBlock)
    }
    time += together ? 4 : 1
  }
}

@inline(__always)
private func finishWalk(
  _ plan: LagPlan, _ start: LagWalk, _ time: Int, _ done: Int, _ from: Int, twoBlock: Bool
) {
  var walk = start
  var length = done
  var index = from
  while index < plan.lagCount && plan.lags[index] <= time {
    let lag = plan.lags[index]
    while length < lag {
      walk.prepend(plan, time - length, twoBlock: twoBlock, first: length == 0)
      length += 1
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
