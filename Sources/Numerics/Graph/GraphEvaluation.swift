extension ScalarGraph {
  /// The values of `results` in double precision, with the roundings of the recorded code run on `Double`.
  ///
  /// - Parameters:
  ///   - variables: indexed by the numbers the variables were made with.
  ///   - parameters: the parameter vector.
  /// - Complexity: O(entries of all products + nodes).
  public func evaluate(_ results: [Operand], variables: [Double], parameters: [Double]) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(nodes.count)
    func value(_ operand: Operand) -> Double {
      switch operand {
      case .constant(let value): value
      case .parameter(let index): parameters[index]
      case .node(let index): values[index]
      }
    }
    for node in nodes {
      switch node {
      case .variable(let number): values.append(variables[number])
      case .unary(let operation, let x): values.append(operation.apply(value(x)))
      case .binary(let operation, let a, let b): values.append(operation.apply(value(a), value(b)))
      case .multiplyAdd(let a, let b, let c): values.append(value(a) * value(b) + value(c))
      case .sum(let terms): values.append(terms.reduce(0) { $0 + value($1) })
      case .productRow(let product, let row):
        var sum = value(products[product].start[row])
        for piece in products[product].pieces {
          let stride = piece.isTransposed ? piece.columns : 1
          let first = piece.offset + row * (piece.isTransposed ? 1 : piece.columns)
          for (index, factor) in piece.vector.enumerated() {
            sum += parameters[first + index * stride] * value(factor)
          }
        }
        values.append(sum)
      }
    }
    return results.map(value)
  }
}

extension ScalarGraph.Unary {
  func apply(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .exponential: .exp(x)
    case .logarithm: .log(x)
    case .hyperbolicTangent: .tanh(x)
    case .logistic: .logistic(x)
    case .squareRoot: .squareRoot(x)
    case .hyperbolicTangentSlope: 1 - x * x
    case .logisticSlope: x * (1 - x)
    }
  }
}

extension ScalarGraph.Binary {
  func apply(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }
}
