#if LEVEL_AVX512 || LEVEL_AVX2
  import KernelsBaseline
#endif

/// The product of a window of steps, restricted to each unit's own coordinates: value and first-order part of its memory.
protocol LagWalk {
  /// A window of consecutive steps as a map of walks, the latest step first.
  associatedtype Window: LagWindow
  var memory: FourDoubles { get }
  var memoryPart: FourDoubles { get }
  /// The walk that ends at `time`, as short as its kind allows.
  init(_ plan: LagPlan, start time: Int)
  /// The walk that ends at `time`, as far back as it has got.
  init(_ plan: LagPlan, at time: Int)
  func store(_ plan: LagPlan, at time: Int)
  /// Multiplies by a window of earlier steps.
  mutating func prepend(_ window: Window)
}

protocol LagWindow {
  /// One step.
  init(_ plan: LagPlan, step: Int)
  /// The window of a table that ends at `step`.
  init(_ plan: LagPlan, table: LagPlan.Sums, at step: Int)
  func store(_ plan: LagPlan, table: LagPlan.Sums, at step: Int)
  /// Lengthens the window by one step, earlier in time.
  mutating func prepend(_ step: Self)
}

/// The walk of a cell whose output is its memory: `memory` and `memoryPart` in ε of `∏ (A + ε B)`.
struct MemoryWalk: LagWalk {
  var memory: FourDoubles
  var memoryPart: FourDoubles

  @inline(__always)
  init(_ plan: LagPlan, start time: Int) {
    memory = FourDoubles(repeating: 1)
    memoryPart = FourDoubles(repeating: 0)
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
    var retention: FourDoubles
    var coupling: FourDoubles

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
struct OutputWalk: LagWalk {
  var memory: FourDoubles
  var memoryPart: FourDoubles
  var outputPart: FourDoubles

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
    var retention: FourDoubles
    var coupling: FourDoubles
    var expression: FourDoubles
    var outputToMemory: FourDoubles

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
