import Numerics
import Testing

@Suite struct ScalarGraphTests {
  /// A formula with every operation, a block product and a long sum.
  private func formula<S: Scalar>(_ p: [S], _ x: [S]) -> [S] {
    let product = S.accumulateProduct(p, offset: 1, times: x, onto: [p[0], x[0]])
    let square = S.squareRoot(S.exp(product[0]) + S.one)
    let quotient = S.log(square) / (S.logistic(product[1]) + S(0.5))
    var sum = S.zero
    for _ in 0..<3 { for entry in x + product { sum = S.multiplyAdd(sum, entry, quotient) } }
    return [sum - S.tanh(-quotient), square * p[2]]
  }

  private let parameters = [0.3, -0.7, 1.1, 0.4, -0.2, 0.9, 0.6]
  private let point = [0.5, -1.25, 0.75]

  /// The values of a recording have the bits of the recorded code run on `Double`.
  @Test func evaluationRepeatsTheCode() {
    let graph = ScalarGraph()
    let results = formula(graph.parameters(7), graph.variables(0..<3)).map(\.operand)
    #expect(graph.evaluate(results, variables: point, parameters: parameters) == formula(parameters, point))
    #expect(graph.products.count == 1)
  }

  /// Adjoints, simplified and evaluated, are the derivatives of the reverse tape: in variables and single parameters as
  /// values, in the block as outer products.
  @Test func adjointsAreDerivatives() {
    let graph = ScalarGraph()
    let x = graph.variables(0..<3)
    let results = formula(graph.parameters(7), x).map(\.operand)
    let seeds = graph.variables(3..<5)
    let adjoints = GraphAdjoints(
      of: graph, seeds: Array(zip(results, seeds)), through: graph.cone(of: results))
    let block = adjoints.weightGradients
    let wanted =
      x.map { adjoints.values[$0.operand]?.operand ?? .constant(0) }
      + [0, 2].map { adjoints.values[.parameter($0)]?.operand ?? .constant(0) }
    let all = wanted + block.flatMap { $0.adjoint + $0.vector } + results
    graph.simplify(for: all)
    #expect(
      graph.nodes.contains { if case .sum(let terms) = $0 { terms.count > 8 } else { false } },
      "the long sum is one node")
    let values = graph.evaluate(all, variables: point + [2, -3], parameters: parameters)

    let tape = Tape()
    let p = parameters.map { tape.variable($0) }
    let y = point.map { tape.variable($0) }
    let outputs = formula(p, y)
    let exact = tape.adjoints(of: TapeScalar(2) * outputs[0] - TapeScalar(3) * outputs[1])
    // Values of order one through some sixty operations.
    let tolerance = 64 * 64 * 0x1p-53
    for index in 0..<3 { #expect(abs(values[index] - exact[y[index]]) <= tolerance) }
    #expect(block.count == 1 && block[0].offset == 1)
    let left = values[5..<7]
    let right = values[7..<10]
    var weights = [Double](repeating: 0, count: 7)
    weights[0] = values[3]
    weights[2] = values[4]
    for (row, a) in left.enumerated() {
      for (column, b) in right.enumerated() { weights[1 + 3 * row + column] += a * b }
    }
    for index in 0..<7 { #expect(abs(weights[index] - exact[p[index]]) <= tolerance) }
  }
}
