/// A computation recorded once as a graph of scalar operations, so that it can be differentiated as a whole and replayed
/// on many numbers at a time.
///
/// Record by running generic code on ``GraphScalar``. Equal operations on equal operands are one node; operations on
/// constants alone are done at once, in double precision. Nodes are numbered in order of recording, so every node
/// depends only on nodes with smaller numbers. A graph belongs to one thread while it grows.
public final class ScalarGraph {
  /// What an operation reads.
  public enum Operand: Hashable, Sendable {
    case constant(Double)
    /// An entry of the parameter vector; it has no node of its own.
    case parameter(Int)
    case node(Int)
  }

  /// Operations on one operand. The two slopes are derivatives in terms of the function's value.
  public enum Unary: Hashable, Sendable {
    case negate, exponential, logarithm, hyperbolicTangent, logistic, squareRoot
    /// `1 − y²`, the derivative of tanh where it has the value y.
    case hyperbolicTangentSlope
    /// `y (1 − y)`, the derivative of the logistic function where it has the value y.
    case logisticSlope
  }

  public enum Binary: Hashable, Sendable {
    case add, subtract, multiply, divide
  }

  public enum Node: Hashable, Sendable {
    /// A free variable; what the number means is up to whoever records.
    case variable(Int)
    case unary(Unary, Operand)
    case binary(Binary, Operand, Operand)
    /// `a·b + c`.
    case multiplyAdd(Operand, Operand, Operand)
    /// The sum of many operands, in any order.
    case sum([Operand])
    /// One entry of the vector `products[product]`.
    case productRow(product: Int, row: Int)
  }

  /// A block of the parameter vector, row-major, or its transpose, times a vector.
  public struct Piece: Hashable, Sendable {
    /// The parameter at row 0, column 0.
    public let offset: Int
    public let rows: Int
    public let columns: Int
    /// Whether it is the transpose that multiplies the vector.
    public let isTransposed: Bool
    /// `columns` operands, or `rows` for a transpose.
    public let vector: [Operand]
  }

  /// `start + Σ piece`, a matrix–vector product.
  public struct Product: Hashable, Sendable {
    public let start: [Operand]
    public let pieces: [Piece]
    /// The node of row 0; the other rows follow.
    public let firstNode: Int

    public var rows: Int { start.count }
  }

  public internal(set) var nodes: [Node] = []
  public private(set) var products: [Product] = []
  private var known: [Node: Int] = [:]
  private var variability: [Bool] = []

  public init() {}

  /// Free variables with the given numbers.
  public func variables(_ numbers: Range<Int>) -> [GraphScalar] {
    numbers.map { GraphScalar(node(.variable($0)), in: self) }
  }

  /// The parameters `0 ..< count`.
  public func parameters(_ count: Int) -> [GraphScalar] {
    (0..<count).map { GraphScalar(.parameter($0), in: self) }
  }

  /// The node, recorded when it is new.
  func node(_ node: Node) -> Operand {
    if let index = known[node] { return .node(index) }
    known[node] = nodes.count
    if case .variable = node {
      variability.append(true)
    } else {
      variability.append(node.operands.contains(where: isVariable))
    }
    nodes.append(node)
    return .node(nodes.count - 1)
  }

  /// Whether the operand depends on a variable, not on parameters and constants alone.
  public func isVariable(_ operand: Operand) -> Bool {
    if case .node(let index) = operand { variability[index] } else { false }
  }

  /// Records `start + M v` of a vector that depends on variables. A start that is itself a whole product takes the new piece in: gates that add several
  /// products become one.
  func product(_ piece: Piece, onto start: [Operand]) -> [Operand] {
    var pieces = [piece]
    var base = start
    if let earlier = wholeProduct(start) {
      pieces = products[earlier].pieces + pieces
      base = products[earlier].start
    }
    let product = Product(start: base, pieces: pieces, firstNode: nodes.count)
    products.append(product)
    for row in base.indices {
      nodes.append(.productRow(product: products.count - 1, row: row))
      variability.append(true)
    }
    return base.indices.map { .node(product.firstNode + $0) }
  }

  /// The product whose rows, all and in order, are `operands`.
  private func wholeProduct(_ operands: [Operand]) -> Int? {
    guard case .node(let first)? = operands.first, case .productRow(let product, row: 0) = nodes[first],
      products[product].rows == operands.count,
      operands.indices.allSatisfy({ operands[$0] == .node(first + $0) })
    else { return nil }
    return product
  }
}

extension ScalarGraph.Node {
  /// What the node reads; for a row of a product, ask the product.
  public var operands: [ScalarGraph.Operand] {
    switch self {
    case .variable, .productRow: []
    case .unary(_, let a): [a]
    case .binary(_, let a, let b): [a, b]
    case .multiplyAdd(let a, let b, let c): [a, b, c]
    case .sum(let terms): terms
    }
  }
}

extension ScalarGraph {
  /// All that node `index` reads. For a row of a product that is everything the whole product reads.
  public func operands(of index: Int) -> [Operand] {
    guard case .productRow(let product, _) = nodes[index] else { return nodes[index].operands }
    return products[product].start + products[product].pieces.flatMap(\.vector)
  }
}
