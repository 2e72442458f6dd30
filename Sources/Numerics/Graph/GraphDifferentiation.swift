/// Derivatives of a recorded computation as further nodes of the same graph.
public struct GraphAdjoints {
  /// The gradient of one block of parameters: the sum of `adjoint · vectorᵀ` over all runs of the graph.
  public struct WeightGradient: Sendable {
    /// The first parameter of the block.
    public let offset: Int
    /// One entry a row.
    public let adjoint: [ScalarGraph.Operand]
    /// One entry a column.
    public let vector: [ScalarGraph.Operand]
  }

  /// The derivative of the seeded quantity with respect to everything it was pulled back to.
  public private(set) var values: [ScalarGraph.Operand: GraphScalar] = [:]
  public private(set) var weightGradients: [WeightGradient] = []
  private let graph: ScalarGraph

  /// Reverse accumulation (Griewank & Walther 2008, chapter 3) through the nodes with the given numbers.
  ///
  /// Nodes that are not among them are treated as independent variables. Weights of products get
  /// ``weightGradients``; everything else gets an entry in ``values``.
  ///
  /// - Parameters:
  ///   - seeds: what the derivative is of: `Σ seed · operand`.
  ///   - nodes: node numbers in increasing order.
  /// - Complexity: O(edges of these nodes), and a small multiple of that in new nodes.
  public init(
    of graph: ScalarGraph, seeds: [(operand: ScalarGraph.Operand, seed: GraphScalar)], through nodes: [Int]
  ) {
    self.graph = graph
    for (operand, seed) in seeds { add(seed, to: operand) }
    for index in nodes.reversed() {
      if case .productRow(let product, let row) = graph.nodes[index] {
        // The rows are neighbours, so at the first all adjoints of all of them are known.
        if row == 0 { pullBack(graph.products[product]) }
      } else if let adjoint = values[.node(index)] {
        pullBack(graph.nodes[index], value: GraphScalar(.node(index), in: graph), adjoint)
      }
    }
  }

  private mutating func add(_ change: GraphScalar, to operand: ScalarGraph.Operand) {
    if case .constant = operand { return }
    values[operand] = values[operand].map { $0 + change } ?? change
  }

  private mutating func subtract(_ change: GraphScalar, from operand: ScalarGraph.Operand) {
    if case .constant = operand { return }
    values[operand] = values[operand].map { $0 - change } ?? -change
  }

  private func scalar(_ operand: ScalarGraph.Operand) -> GraphScalar {
    if case .constant(let value) = operand { GraphScalar(value) } else { GraphScalar(operand, in: graph) }
  }

  private mutating func pullBack(_ node: ScalarGraph.Node, value: GraphScalar, _ adjoint: GraphScalar) {
    switch node {
    case .variable: break
    case .unary(let operation, let x):
      switch operation {
      case .negate: subtract(adjoint, from: x)
      case .exponential: add(adjoint * value, to: x)
      case .logarithm: add(adjoint / scalar(x), to: x)
      case .hyperbolicTangent: add(adjoint * .hyperbolicTangentSlope(value), to: x)
      case .logistic: add(adjoint * .logisticSlope(value), to: x)
      case .squareRoot: add(adjoint * GraphScalar(0.5) / value, to: x)
      case .hyperbolicTangentSlope, .logisticSlope:
        preconditionFailure("derivatives of derivatives are not recorded")
      }
    case .binary(let operation, let a, let b):
      switch operation {
      case .add:
        add(adjoint, to: a)
        add(adjoint, to: b)
      case .subtract:
        add(adjoint, to: a)
        subtract(adjoint, from: b)
      case .multiply:
        add(adjoint * scalar(b), to: a)
        add(adjoint * scalar(a), to: b)
      case .divide:
        let quotient = adjoint / scalar(b)
        add(quotient, to: a)
        subtract(quotient * value, from: b)
      }
    case .multiplyAdd(let a, let b, let c):
      add(adjoint * scalar(b), to: a)
      add(adjoint * scalar(a), to: b)
      add(adjoint, to: c)
    case .sum(let terms):
      for term in terms { add(adjoint, to: term) }
    case .productRow:
      preconditionFailure("the rows of a product are pulled back together")
    }
  }

  private mutating func pullBack(_ product: ScalarGraph.Product) {
    let rows = (0..<product.rows).map { values[.node(product.firstNode + $0)] }
    guard rows.contains(where: { $0 != nil }) else { return }
    let adjoint = rows.map { $0?.operand ?? .constant(0) }
    for (row, start) in product.start.enumerated() {
      if let change = rows[row] { add(change, to: start) }
    }
    for piece in product.pieces {
      precondition(!piece.isTransposed, "derivatives of derivatives are not recorded")
      weightGradients.append(
        WeightGradient(offset: piece.offset, adjoint: adjoint, vector: piece.vector))
      let transpose = ScalarGraph.Piece(
        offset: piece.offset, rows: piece.rows, columns: piece.columns, isTransposed: true, vector: adjoint)
      let before = piece.vector.map { values[$0]?.operand ?? .constant(0) }
      let after = graph.product(transpose, onto: before)
      for (column, operand) in piece.vector.enumerated() {
        if case .constant = operand { continue }
        values[operand] = GraphScalar(after[column], in: graph)
      }
    }
  }
}
