import GatedCells
import Numerics

/// One step of a network with its readout, recorded as a graph, and the step backwards derived from it.
///
/// The variables are numbered: inputs, state before the step, adjoint of the state after it, derivative of the loss in the
/// prediction, and the sums over time that the adjoints of all parameters and of what depends on parameters alone add to.
struct RecordedNetwork {
  typealias Operand = ScalarGraph.Operand

  let graph: ScalarGraph
  let inputs: Range<Int>
  let state: Range<Int>
  let carried: Range<Int>
  let slope: Int
  let sums: Range<Int>

  /// The state after the step, and the prediction from it.
  let next: [Operand]
  let prediction: Operand
  /// The adjoint of the state before the step.
  let adjoint: [Operand]
  /// What the step adds to each sum.
  let increments: [Operand]
  let weightGradients: [GraphAdjoints.WeightGradient]
  /// Derivatives in single parameters once all steps are done, from the sums.
  let parameterGradients: [(parameter: Int, gradient: Operand)]

  /// - Throws: ``LaneError`` when the recorded step is not the step.
  static func record(_ network: RecurrentNetwork) throws(LaneError) -> RecordedNetwork {
    let cell = network.cell
    let graph = ScalarGraph()
    let inputs = 0..<cell.inputSize
    let state = inputs.upperBound..<inputs.upperBound + cell.stateSize
    let carried = state.upperBound..<state.upperBound + cell.stateSize
    let slope = carried.upperBound
    let before = graph.variables(state)
    let parameters = Parameters(graph.parameters(network.parameterCount))
    let after = cell.step(parameters, input: graph.variables(inputs), state: before)
    guard after.count == cell.stateSize else {
      throw LaneError.stateSize(cell: cell.name, expected: cell.stateSize, got: after.count)
    }
    let next = after.map(\.operand)
    let prediction = network.readout(parameters, state: after).operand
    try check(graph, network, next + [prediction])

    let forward = graph.cone(of: next + [prediction])
    let step = GraphAdjoints(
      of: graph,
      seeds: Array(zip(next + [prediction], graph.variables(carried.lowerBound..<slope + 1))),
      through: forward.filter { graph.isVariable(.node($0)) })
    let constant = step.values.keys.filter { !graph.isVariable($0) }.sorted(by: <)
    let sums = slope + 1..<slope + 1 + constant.count
    let total = GraphAdjoints(
      of: graph, seeds: Array(zip(constant, graph.variables(sums))),
      through: forward.filter { !graph.isVariable(.node($0)) })
    let parameterGradients = total.values.compactMap { operand, gradient in
      if case .parameter(let index) = operand { (parameter: index, gradient: gradient.operand) } else { nil }
    }.sorted { $0.parameter < $1.parameter }
    let recorded = RecordedNetwork(
      graph: graph, inputs: inputs, state: state, carried: carried, slope: slope, sums: sums, next: next,
      prediction: prediction, adjoint: before.map { step.values[$0.operand]?.operand ?? .constant(0) },
      increments: constant.compactMap { step.values[$0]?.operand },
      weightGradients: step.weightGradients, parameterGradients: parameterGradients)
    graph.simplify(for: recorded.roots)
    return recorded
  }

  /// Everything that is asked of the graph.
  private var roots: [Operand] {
    next + [prediction] + adjoint + increments + weightGradients.flatMap { $0.adjoint + $0.vector }
      + parameterGradients.map(\.gradient)
  }

  /// The recording and the step itself give the same numbers in double precision at random points. They do unless the step
  /// looks at its values, say at the type or at a number behind it, and goes another way for some of them.
  private static func check(_ graph: ScalarGraph, _ network: RecurrentNetwork, _ results: [Operand])
    throws(LaneError)
  {
    let cell = network.cell
    var stream = RandomStream(seed: 0, purpose: "lanes.check.\(cell.name)")
    for scale in [0, 0.1, 1, 1, 1, 10, 100] {
      let parameters = stream.normals(network.parameterCount).map { scale * $0 }
      let input = stream.normals(cell.inputSize).map { scale * $0 }
      let state = stream.normals(cell.stateSize).map { scale * $0 }
      let recorded = graph.evaluate(results, variables: input + state, parameters: parameters)
      let after: [Double] = cell.step(Parameters(parameters), input: input, state: state)
      let direct = after + [network.readout(Parameters(parameters), state: after)]
      for (a, b) in zip(recorded, direct) where a != b && !(a.isNaN && b.isNaN) {
        throw .stepLooksAtValues(cell: cell.name, recorded: a, direct: b)
      }
    }
  }
}

extension ScalarGraph.Operand {
  /// Constants, then parameters, then nodes, each by number.
  static func < (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.constant(let a), .constant(let b)): a < b
    case (.parameter(let a), .parameter(let b)), (.node(let a), .node(let b)): a < b
    case (.constant, _), (.parameter, .node): true
    default: false
    }
  }
}
