import GatedCells
import Numerics

/// Everything about one sequence that transport and matched statistic need, per step and unit.
struct SequenceTrace: Sendable {
  let steps: Int
  let units: Int
  let retention: UnitLanes
  let coupling: UnitLanes
  let twoBlock: TwoBlock?
  /// Base rates Λ of each step.
  let baseRate: UnitLanes
  /// The projected sensitivity of each step.
  let sensitivity: UnitLanes
  /// `δ_t = ∂E_t/∂h_t` of each step.
  let errorSignal: UnitLanes

  struct TwoBlock: Sendable {
    let expression: UnitLanes
    let memoryToOutput: UnitLanes
    let outputToMemory: UnitLanes
    let outputToOutput: UnitLanes
  }

  init(
    _ network: RecurrentNetwork, _ cell: some RecurrentCell, _ parameters: Parameters<Double>,
    inputs: [Double], targets: [Double], preconditioner: [Double], direction: Parameters<Double>,
    sensitivity kind: DiagnosticConfiguration.Sensitivity
  ) {
    let trajectory = network.linearise(parameters, inputs: inputs)
    steps = targets.count
    units = cell.hiddenSize
    let empty = UnitLanes(units: units, steps: steps)
    var retention = empty
    var coupling = empty
    var blocks = (empty, empty, empty, empty)
    var baseRate = empty
    var sensitivity = empty
    var errorSignal = empty
    var hasBlocks = false
    var total: [Double]?
    let readout = parameters.vector(network.readoutWeights)
    for (time, step) in trajectory.steps.enumerated() {
      let split = step.diagonalSplit(parameters)
      retention.append(split.retention)
      coupling.append(split.memoryToMemory)
      if let part = split.twoBlock {
        hasBlocks = true
        blocks.0.append(part.expression)
        blocks.1.append(part.memoryToOutput)
        blocks.2.append(part.outputToMemory)
        blocks.3.append(part.outputToOutput)
      }
      baseRate.append(BaseRate.rayleigh(step, preconditioner: preconditioner))
      let change = step.pushForward(
        cell, parameters, tangent: kind == .total ? total : nil, direction: direction)
      total = change
      sensitivity.append(Array(change[kind == .total ? cell.output : cell.memory]))
      let slope = 2 * (trajectory.predictions[time] - targets[time])
      errorSignal.append(readout.map { slope * $0 })
    }
    self.retention = retention
    self.coupling = coupling
    twoBlock =
      hasBlocks
      ? TwoBlock(
        expression: blocks.0, memoryToOutput: blocks.1, outputToMemory: blocks.2,
        outputToOutput: blocks.3) : nil
    self.baseRate = baseRate
    self.sensitivity = sensitivity
    self.errorSignal = errorSignal
  }
}
