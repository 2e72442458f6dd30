import GatedCells
import Kernels
import Numerics

/// Makes the row program of a recorded network.
///
/// The record of a step keeps what is dear to compute and needed backwards (products, elementary functions, quotients,
/// long sums); sums and products of these are computed again on the way back.
struct RowCompiler {
  typealias Operand = ScalarGraph.Operand

  private let recorded: RecordedNetwork
  private let graph: ScalarGraph
  private var program: RowProgram
  /// Places that hold in every program.
  private var shared: [Operand: RowPlace] = [:]
  private var used: [RowSpace: Int] = [:]

  // The nodes of each program, in order.
  private let prologue: [Int]
  private let forward: [Int]
  private let backward: [Int]
  private let epilogue: [Int]
  /// Forward nodes that the record keeps for the way back.
  private let kept: Set<Int>

  /// The program of a network.
  static func compile(_ network: RecurrentNetwork) throws(LaneError) -> RowProgram {
    var compiler = RowCompiler(try RecordedNetwork.record(network), network)
    compiler.placeConstants()
    compiler.schedulePrologue()
    let places = compiler.scheduleForward()
    compiler.scheduleBackward(places)
    compiler.scheduleEpilogue()
    return compiler.program
  }

  private init(_ recorded: RecordedNetwork, _ network: RecurrentNetwork) {
    self.recorded = recorded
    let graph = recorded.graph
    self.graph = graph
    program = RowProgram(
      inputs: recorded.inputs.count, stateRows: recorded.state.count, parameterCount: network.parameterCount)
    func isConstant(_ index: Int) -> Bool { !graph.isVariable(.node(index)) }
    forward = graph.cone(of: recorded.next + [recorded.prediction], isGiven: isConstant)
    var dear = Set(forward.filter { graph.nodes[$0].isDear })
    for case .node(let index) in recorded.next { dear.insert(index) }
    backward = graph.cone(
      of: recorded.adjoint + recorded.increments
        + recorded.weightGradients.flatMap { $0.adjoint + $0.vector }
    ) { isConstant($0) || dear.contains($0) }
    for case .node(let index) in recorded.next { dear.remove(index) }
    kept = dear.intersection(backward)
    epilogue = graph.cone(of: recorded.parameterGradients.map(\.gradient), isGiven: isConstant)
    prologue = graph.cone(
      of: (forward + backward + epilogue).filter(isConstant).map { .node($0) })
  }

  /// Gives rows to all constants and parameters that instructions read.
  private mutating func placeConstants() {
    var read = Set(recorded.increments + recorded.adjoint + recorded.next + [recorded.prediction])
    for gradient in recorded.weightGradients { read.formUnion(gradient.adjoint + gradient.vector) }
    read.formUnion(recorded.parameterGradients.map(\.gradient))
    for index in Set(prologue + forward + backward + epilogue) {
      guard case .productRow(let number, let row) = graph.nodes[index] else {
        read.formUnion(graph.nodes[index].operands)
        continue
      }
      if row > 0 { continue }
      let product = graph.products[number]
      read.formUnion(product.pieces.flatMap(\.vector))
      if product.parameterStart == nil { read.formUnion(product.start) }
    }
    for operand in read.sorted(by: <) {
      switch operand {
      case .constant(let value): program.constants.append(Float(value))
      case .parameter(let index): program.spreadParameters.append(index)
      case .node: continue
      }
      shared[operand] = RowPlace(.shared, program.constants.count + program.spreadParameters.count - 1)
    }
    used[.shared] = shared.count
  }

  private func scheduler(_ places: [Operand: RowPlace] = [:], _ space: RowSpace = .scratch) -> RowScheduler {
    RowScheduler(
      graph, places: shared.merging(places) { $1 }, space: space, used: used,
      packedWeights: program.packedWeights)
  }

  private mutating func schedulePrologue() {
    var scheduler = scheduler([:], .shared)
    scheduler.schedule(prologue)
    program.prologue = scheduler.instructions
    program.sharedRows = scheduler.used[.shared] ?? 0
    for index in prologue { shared[.node(index)] = scheduler.place(.node(index)) }
  }

  /// Leaves the places of everything that the record holds.
  private mutating func scheduleForward() -> [Operand: RowPlace] {
    var held: [Operand: RowPlace] = [:]
    for (variables, first) in [(recorded.inputs, 0), (recorded.state, program.inputs)] {
      for (row, variable) in graph.variables(variables).enumerated() {
        held[variable.operand] = RowPlace(.record, first + row)
      }
    }
    program.slopeRow = program.inputs + program.stateRows
    used[.record] = program.slopeRow + 1
    var scheduler = scheduler(held)
    scheduler.kept = kept
    for (row, operand) in recorded.next.enumerated() {
      guard case .node(let index) = operand, held[operand] == nil else { continue }
      let place = RowPlace(.next, program.inputs + row)
      if scheduler.wanted[index] == nil { scheduler.wanted[index] = place }
    }
    let wanted = scheduler.wanted
    scheduler.schedule(forward)
    scheduler.copy(recorded.next, to: RowPlace(.next, program.inputs))
    program.prediction = scheduler.place(recorded.prediction)
    program.forward = scheduler.instructions
    program.packedWeights = scheduler.packedWeights
    program.recordRows = scheduler.used[.record] ?? 0
    program.scratchRows = scheduler.used[.scratch] ?? 0
    for index in kept { held[.node(index)] = scheduler.place(.node(index)) }
    for (index, place) in wanted { held[.node(index)] = place }
    held[graph.variables(recorded.slope..<recorded.slope + 1)[0].operand] = RowPlace(
      .record, program.slopeRow)
    return held
  }

  private mutating func scheduleBackward(_ held: [Operand: RowPlace]) {
    var places = held
    for (row, variable) in graph.variables(recorded.carried).enumerated() {
      places[variable.operand] = RowPlace(.incoming, row)
    }
    var scheduler = scheduler(places)
    func want(_ operands: [Operand], at first: RowPlace) {
      for (row, operand) in operands.enumerated() {
        guard case .node(let index) = operand, places[operand] == nil, scheduler.wanted[index] == nil else {
          continue
        }
        scheduler.wanted[index] = first.row(row)
      }
    }
    want(recorded.adjoint, at: RowPlace(.outgoing, 0))
    var chunk: [[Operand]: RowPlace] = [:]
    for gradient in recorded.weightGradients where chunk[gradient.adjoint] == nil {
      let place = scheduler.allocate(gradient.adjoint.count, in: .chunk)
      chunk[gradient.adjoint] = place
      want(gradient.adjoint, at: place)
    }
    scheduler.schedule(backward)
    scheduler.copy(recorded.adjoint, to: RowPlace(.outgoing, 0))
    scheduler.accumulate(recorded.increments, onto: RowPlace(.sums, 0))
    for (adjoint, place) in chunk.sorted(by: { $0.value.row < $1.value.row }) {
      scheduler.copy(adjoint, to: place)
    }
    var vectors: [RowProgram.Vector: Int] = [:]
    for gradient in recorded.weightGradients {
      let vector = RowProgram.Vector(
        place: scheduler.contiguous(gradient.vector), rows: gradient.vector.count)
      let number = vectors[vector] ?? vectors.count
      vectors[vector] = number
      program.weightGradients.append(
        .init(
          offset: gradient.offset, rows: gradient.adjoint.count, columns: gradient.vector.count,
          adjoint: chunk[gradient.adjoint]?.row ?? 0, vector: number))
    }
    program.vectors = vectors.sorted { $0.value < $1.value }.map(\.key)
    program.backward = scheduler.instructions
    program.packedWeights = scheduler.packedWeights
    program.chunkRows = scheduler.used[.chunk] ?? 0
    program.scratchRows = max(program.scratchRows, scheduler.used[.scratch] ?? 0)
    program.sumRows = recorded.sums.count
  }

  private mutating func scheduleEpilogue() {
    var places: [Operand: RowPlace] = [:]
    for (row, variable) in graph.variables(recorded.sums).enumerated() {
      places[variable.operand] = RowPlace(.sums, row)
    }
    var scheduler = scheduler(places)
    scheduler.schedule(epilogue)
    program.epilogue = scheduler.instructions
    program.scratchRows = max(program.scratchRows, scheduler.used[.scratch] ?? 0)
    program.parameterGradients = recorded.parameterGradients.map {
      ($0.parameter, scheduler.place($0.gradient))
    }
  }
}

extension ScalarGraph.Node {
  /// Whether it is cheaper to keep the value than to compute it again.
  fileprivate var isDear: Bool {
    switch self {
    case .variable, .multiplyAdd, .binary(.add, _, _), .binary(.subtract, _, _), .binary(.multiply, _, _),
      .unary(.negate, _), .unary(.hyperbolicTangentSlope, _), .unary(.logisticSlope, _):
      false
    case .unary, .binary(.divide, _, _), .sum, .productRow: true
    }
  }
}
