extension ScalarGraph {
  /// The numbers of all nodes that `results` depend on, in increasing order. `isGiven` nodes are included, what lies
  /// behind them is not.
  public func cone(of results: [Operand], isGiven: (Int) -> Bool = { _ in false }) -> [Int] {
    var reached = [Bool](repeating: false, count: nodes.count)
    var waiting: [Int] = []
    func reach(_ operand: Operand) {
      guard case .node(let index) = operand, !reached[index] else { return }
      reached[index] = true
      waiting.append(index)
    }
    results.forEach(reach)
    var expanded = Set<Int>()
    while let index = waiting.popLast() {
      if isGiven(index) { continue }
      if case .productRow(let product, _) = nodes[index] {
        // A product is computed as a whole.
        guard expanded.insert(product).inserted else { continue }
        for row in 0..<products[product].rows { reach(.node(products[product].firstNode + row)) }
      }
      operands(of: index).forEach(reach)
    }
    return reached.indices.filter { reached[$0] }
  }

  /// Rewrites long chains of additions as sums, and products that are only added to something as fused multiply-adds.
  /// Values change by rounding only; node numbers stay.
  ///
  /// - Parameter results: everything that will be asked of the graph.
  public func simplify(for results: [Operand]) {
    let alive = cone(of: results)
    var uses = useCounts(alive, results)
    for index in alive.reversed() {
      guard case .binary(.add, _, _) = nodes[index], uses[index] > 0 else { continue }
      let (terms, inner) = chain(index, uses)
      // Shorter chains stay additions, which units can do side by side.
      guard terms.count > 8 else { continue }
      nodes[index] = .sum(terms)
      for partial in inner { uses[partial] = 0 }
    }
    for index in alive where uses[index] > 0 {
      guard case .binary(.add, let a, let b) = nodes[index] else { continue }
      if let (x, y) = lonelyProduct(a, uses) {
        nodes[index] = .multiplyAdd(x, y, b)
      } else if let (x, y) = lonelyProduct(b, uses) {
        nodes[index] = .multiplyAdd(x, y, a)
      }
    }
  }

  private func useCounts(_ alive: [Int], _ results: [Operand]) -> [Int] {
    var uses = [Int](repeating: 0, count: nodes.count)
    func use(_ operand: Operand) {
      if case .node(let index) = operand { uses[index] += 1 }
    }
    results.forEach(use)
    for index in alive {
      if case .productRow(_, row: 1...) = nodes[index] { continue }
      operands(of: index).forEach(use)
    }
    return uses
  }

  /// The terms of `((t₀ + t₁) + t₂) + …` that ends at `index`, as far as nothing else uses the partial sums, and these.
  private func chain(_ index: Int, _ uses: [Int]) -> (terms: [Operand], partial: [Int]) {
    var terms: [Operand] = []
    var partial: [Int] = []
    var current = index
    while case .binary(.add, let left, let right) = nodes[current] {
      terms.append(right)
      guard case .node(let next) = left, uses[next] == 1, case .binary(.add, _, _) = nodes[next] else {
        terms.append(left)
        break
      }
      partial.append(next)
      current = next
    }
    return (terms.reversed(), partial)
  }

  private func lonelyProduct(_ operand: Operand, _ uses: [Int]) -> (Operand, Operand)? {
    guard case .node(let index) = operand, uses[index] == 1,
      case .binary(.multiply, let x, let y) = nodes[index]
    else { return nil }
    return (x, y)
  }
}
