import Kernels
import Numerics

/// Turns nodes of a graph into row instructions: nodes that do the same to neighbouring rows become one instruction on all
/// of them.
///
/// One scheduler makes one program; where earlier programs left what this one reads is told by ``places``.
struct RowScheduler {
  typealias Operand = ScalarGraph.Operand

  let graph: ScalarGraph
  /// The row of every operand known so far.
  var places: [Operand: RowPlace]
  /// Rows that nodes must be left in.
  var wanted: [Int: RowPlace] = [:]
  /// Nodes to keep in the record rather than in ``space``.
  var kept: Set<Int> = []
  /// Where everything else goes.
  let space: RowSpace
  /// Rows in use by space.
  var used: [RowSpace: Int]
  var packedWeights: [RowProgram.PackedWeights]
  private(set) var instructions: [RowInstruction] = []

  init(
    _ graph: ScalarGraph, places: [Operand: RowPlace], space: RowSpace, used: [RowSpace: Int],
    packedWeights: [RowProgram.PackedWeights] = []
  ) {
    self.graph = graph
    self.places = places
    self.space = space
    self.used = used
    self.packedWeights = packedWeights
  }

  /// New rows.
  mutating func allocate(_ rows: Int, in space: RowSpace) -> RowPlace {
    let first = used[space, default: 0]
    used[space] = first + rows
    return RowPlace(space, first)
  }

  /// Schedules all nodes whose place is not known yet, level by level: a node's level is one more than the highest among
  /// the nodes it reads.
  mutating func schedule(_ nodes: [Int]) {
    let open = nodes.filter { places[.node($0)] == nil }
    var level: [Int: Int] = [:]
    var levels: [[Int]] = []
    for index in open {
      if case .productRow(let product, _) = graph.nodes[index],
        let first = level[graph.products[product].firstNode]
      {
        level[index] = first
        levels[first].append(index)
        continue
      }
      var own = 0
      for case .node(let operand) in graph.operands(of: index) { own = max(own, (level[operand] ?? -1) + 1) }
      level[index] = own
      if own == levels.count { levels.append([]) }
      levels[own].append(index)
    }
    for nodes in levels { schedule(level: nodes) }
  }

  private mutating func schedule(level nodes: [Int]) {
    var groups: [Group: [Int]] = [:]
    for index in nodes {
      switch graph.nodes[index] {
      case .variable: preconditionFailure("variable \(index) has no place")
      case .productRow(let product, let row): if row == 0 { schedule(graph.products[product]) }
      case .sum(let terms): schedule(sum: terms, index)
      case .unary, .binary, .multiplyAdd:
        let group = Group(
          operation: RowOperation(graph.nodes[index]), wanted: wanted[index]?.space,
          isKept: kept.contains(index))
        groups[group, default: []].append(index)
      }
    }
    for (group, nodes) in groups.sorted(by: { $0.key < $1.key }) { schedule(group, nodes) }
  }

  /// What nodes have in common that may become one instruction.
  private struct Group: Hashable, Comparable {
    let operation: RowOperation
    let wanted: RowSpace?
    let isKept: Bool

    static func < (a: Self, b: Self) -> Bool { a.key < b.key }

    private var key: (Int, Int, Int) { (operation.rawValue, wanted?.rawValue ?? -1, isKept ? 1 : 0) }
  }

  private mutating func schedule(_ group: Group, _ nodes: [Int]) {
    // A column of places for every operand; the wanted place is one more, which has to step.
    let columns = nodes.map { index in
      (wanted[index].map { [$0] } ?? []) + graph.nodes[index].operands.map { place($0) }
    }
    let order = nodes.indices.sorted { a, b in
      for (x, y) in zip(columns[a], columns[b]) where x != y { return x.key < y.key }
      return nodes[a] < nodes[b]
    }
    for run in Runs.split(order.map { columns[$0] }, steps: group.wanted == nil ? 0 : 1) {
      let members = run.range.map { nodes[order[$0]] }
      let target =
        group.wanted == nil
        ? allocate(members.count, in: group.isKept ? .record : space) : run.places[0]
      let operands = group.wanted == nil ? run.places[...] : run.places.dropFirst()
      instructions.append(
        RowInstruction(
          group.operation, rows: members.count, target: target, a: operands[operands.startIndex],
          b: operands.dropFirst().first, c: operands.dropFirst(2).first))
      for (row, index) in members.enumerated() { places[.node(index)] = target.row(row) }
    }
  }

  private mutating func schedule(sum terms: [Operand], _ index: Int) {
    let target = wanted[index] ?? allocate(1, in: kept.contains(index) ? .record : space)
    let rows = terms.map { place($0) }.sorted { $0.key < $1.key }
    for (number, run) in Runs.split(rows.map { [$0] }, steps: 1).enumerated() {
      instructions.append(
        RowInstruction(
          number == 0 ? .sum : .addSum, rows: run.range.count, target: target, a: run.places[0]))
    }
    places[.node(index)] = target
  }

  private mutating func schedule(_ product: ScalarGraph.Product) {
    let nodes = (0..<product.rows).map { product.firstNode + $0 }
    let desired = nodes.map { wanted[$0] }
    let isWanted = nodes.indices.allSatisfy { desired[$0] != nil && desired[$0] == desired[0]?.row($0) }
    let isKept = nodes.contains { kept.contains($0) }
    let target =
      isWanted ? desired[0] ?? RowPlace(space, 0) : allocate(product.rows, in: isKept ? .record : space)
    for (row, index) in nodes.enumerated() { places[.node(index)] = target.row(row) }

    var operation = RowOperation.productOntoTarget
    var firstParameter = 0
    if product.start.allSatisfy({ $0 == .constant(0) }) {
      operation = .product
    } else if let first = product.parameterStart {
      operation = .productOntoParameters
      firstParameter = first
    } else {
      copy(product.start, to: target)
    }
    for pair in stride(from: 0, to: product.pieces.count, by: 2) {
      let pieces = product.pieces[pair..<min(pair + 2, product.pieces.count)]
      let vectors = pieces.map { contiguous($0.vector) }
      var instruction = RowInstruction(
        operation, rows: product.rows, target: target, a: vectors[0], b: vectors.last)
      instruction.depthA = product.pieces[pair].vector.count
      instruction.depthB = pieces.count == 2 ? product.pieces[pair + 1].vector.count : 0
      instruction.start = firstParameter
      instruction.weights = pack(
        pieces.map {
          .init(offset: $0.offset, rows: $0.rows, columns: $0.columns, isTransposed: $0.isTransposed)
        })
      instructions.append(instruction)
      operation = .productOntoTarget
    }
  }

  private mutating func pack(_ blocks: [RowProgram.Weights]) -> Int {
    let place =
      packedWeights.last.map { $0.place + $0.blocks.reduce(0) { $0 + $1.rows * $1.columns } } ?? 0
    packedWeights.append(.init(place: place, blocks: blocks))
    return place
  }

  /// The place of an operand that is known.
  func place(_ operand: Operand) -> RowPlace {
    guard let place = places[operand] else { preconditionFailure("\(operand) has no place") }
    return place
  }

  /// The first of neighbouring rows that hold `operands` in order; copies them where they do not.
  mutating func contiguous(_ operands: [Operand]) -> RowPlace {
    let first = place(operands[0])
    if operands.indices.allSatisfy({ place(operands[$0]) == first.row($0) }) { return first }
    let target = allocate(operands.count, in: space)
    copy(operands, to: target)
    return target
  }

  /// Leaves `operands` in rows from `target` on.
  mutating func copy(_ operands: [Operand], to target: RowPlace) {
    for run in Runs.split(operands.map { [place($0)] }, steps: 0)
    where run.places[0] != target.row(run.range.lowerBound) {
      instructions.append(
        RowInstruction(
          .copy, rows: run.range.count, target: target.row(run.range.lowerBound), a: run.places[0]))
    }
  }

  /// Adds `operands` to rows from `target` on.
  mutating func accumulate(_ operands: [Operand], onto target: RowPlace) {
    for run in Runs.split(operands.map { [place($0)] }, steps: 0) {
      let rows = target.row(run.range.lowerBound)
      instructions.append(
        RowInstruction(.add, rows: run.range.count, target: rows, a: rows, b: run.places[0]))
    }
  }
}

extension RowPlace {
  var key: (Int, Int) { (space.rawValue, row) }

  func row(_ offset: Int) -> RowPlace { RowPlace(space, row + offset) }
}

extension ScalarGraph.Product {
  /// The first parameter, when the product starts from neighbouring parameters in order.
  var parameterStart: Int? {
    guard case .parameter(let first) = start[0] else { return nil }
    return start.indices.allSatisfy { start[$0] == .parameter(first + $0) } ? first : nil
  }
}

extension RowOperation {
  /// The instruction for an elementwise node.
  init(_ node: ScalarGraph.Node) {
    self =
      switch node {
      case .unary(.negate, _): .negate
      case .unary(.exponential, _): .exponential
      case .unary(.logarithm, _): .logarithm
      case .unary(.hyperbolicTangent, _): .hyperbolicTangent
      case .unary(.logistic, _): .logistic
      case .unary(.squareRoot, _): .squareRoot
      case .unary(.hyperbolicTangentSlope, _): .hyperbolicTangentSlope
      case .unary(.logisticSlope, _): .logisticSlope
      case .binary(.add, _, _): .add
      case .binary(.subtract, _, _): .subtract
      case .binary(.multiply, _, _): .multiply
      case .binary(.divide, _, _): .divide
      case .multiplyAdd: .multiplyAdd
      case .variable, .sum, .productRow: preconditionFailure("\(node) is not done element by element")
      }
  }
}
