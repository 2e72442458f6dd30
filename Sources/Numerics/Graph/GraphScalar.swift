/// A number that stands for a node, a parameter or a constant of a ``ScalarGraph``; arithmetic on it records.
public struct GraphScalar: Scalar {
  public let operand: ScalarGraph.Operand
  let graph: ScalarGraph?

  init(_ operand: ScalarGraph.Operand, in graph: ScalarGraph) {
    self.operand = operand
    self.graph = graph
  }

  public init(_ value: Double) {
    operand = .constant(value)
    graph = nil
  }

  private var constant: Double? {
    if case .constant(let value) = operand { value } else { nil }
  }

  private static func unary(
    _ operation: ScalarGraph.Unary, _ x: Self, _ value: (Double) -> Double
  ) -> Self {
    guard let graph = x.graph else { return Self(x.constant.map(value) ?? .nan) }
    return Self(graph.node(.unary(operation, x.operand)), in: graph)
  }

  private static func binary(
    _ operation: ScalarGraph.Binary, _ lhs: Self, _ rhs: Self, _ value: (Double, Double) -> Double
  ) -> Self {
    guard let graph = lhs.graph ?? rhs.graph else {
      return Self(value(lhs.constant ?? .nan, rhs.constant ?? .nan))
    }
    return Self(graph.node(.binary(operation, lhs.operand, rhs.operand)), in: graph)
  }

  public static prefix func - (x: Self) -> Self { unary(.negate, x, -) }

  public static func + (lhs: Self, rhs: Self) -> Self {
    if lhs.constant == 0 { return rhs }
    if rhs.constant == 0 { return lhs }
    return binary(.add, lhs, rhs, +)
  }
  public static func - (lhs: Self, rhs: Self) -> Self {
    if rhs.constant == 0 { return lhs }
    return binary(.subtract, lhs, rhs, -)
  }
  public static func * (lhs: Self, rhs: Self) -> Self {
    if lhs.constant == 1 { return rhs }
    if rhs.constant == 1 { return lhs }
    return binary(.multiply, lhs, rhs, *)
  }
  public static func / (lhs: Self, rhs: Self) -> Self {
    if rhs.constant == 1 { return lhs }
    return binary(.divide, lhs, rhs, /)
  }

  public static func exp(_ x: Self) -> Self { unary(.exponential, x, Double.exp) }
  public static func log(_ x: Self) -> Self { unary(.logarithm, x, Double.log) }
  public static func tanh(_ x: Self) -> Self { unary(.hyperbolicTangent, x, Double.tanh) }
  public static func logistic(_ x: Self) -> Self { unary(.logistic, x, Double.logistic) }
  public static func squareRoot(_ x: Self) -> Self { unary(.squareRoot, x, Double.squareRoot) }

  /// The derivative of tanh where it has the value `y`, `1 − y²`.
  static func hyperbolicTangentSlope(_ y: Self) -> Self {
    unary(.hyperbolicTangentSlope, y) { 1 - $0 * $0 }
  }
  /// The derivative of the logistic function where it has the value `y`, `y (1 − y)`.
  static func logisticSlope(_ y: Self) -> Self {
    unary(.logisticSlope, y) { $0 * (1 - $0) }
  }

  /// One operation when the matrix is a block of parameters and the vector depends on variables; entry by entry
  /// otherwise.
  public static func accumulateProduct(
    _ entries: [Self], offset: Int, times vector: [Self], onto start: [Self]
  ) -> [Self] {
    let recorded = block(entries, offset: offset, count: start.count * vector.count)
    guard let (first, graph) = recorded, vector.contains(where: { graph.isVariable($0.operand) }) else {
      return accumulateEntries(entries, offset: offset, times: vector, onto: start)
    }
    let piece = ScalarGraph.Piece(
      offset: first, rows: start.count, columns: vector.count, isTransposed: false,
      vector: vector.map(\.operand))
    return graph.product(piece, onto: start.map(\.operand)).map { Self($0, in: graph) }
  }

  /// The first parameter and the graph of `count` entries that are parameters one after the other.
  private static func block(_ entries: [Self], offset: Int, count: Int) -> (Int, ScalarGraph)? {
    guard count > 0, case .parameter(let first) = entries[offset].operand, let graph = entries[offset].graph
    else { return nil }
    for index in 0..<count where entries[offset + index].operand != .parameter(first + index) { return nil }
    return (first, graph)
  }
}
