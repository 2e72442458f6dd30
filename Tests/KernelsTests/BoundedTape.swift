/// Reverse-mode differentiation over `Bounded`: the derivative rules of single operations only, so that it
/// shares no derivation with the hand-written backward pass it judges.
struct BoundedTape {
  private var values: [Bounded] = []
  /// Parents of node `i` are `edges[starts[i] ..< starts[i+1]]`.
  private var starts: [Int] = [0]
  private var edges: [(parent: Int, slope: Bounded)] = []

  subscript(node: Int) -> Bounded { values[node] }

  mutating func leaf(_ value: Double) -> Int { close(Bounded(value)) }

  private mutating func close(_ value: Bounded) -> Int {
    values.append(value)
    starts.append(edges.count)
    return values.count - 1
  }

  mutating func add(_ a: Int, _ b: Int) -> Int {
    edges.append((a, Bounded(1)))
    edges.append((b, Bounded(1)))
    return close(values[a] + values[b])
  }

  mutating func subtract(_ a: Int, _ b: Int) -> Int {
    edges.append((a, Bounded(1)))
    edges.append((b, Bounded(-1)))
    return close(values[a] - values[b])
  }

  mutating func multiply(_ a: Int, _ b: Int) -> Int {
    edges.append((a, values[b]))
    edges.append((b, values[a]))
    return close(values[a] * values[b])
  }

  /// `start + Σ left[i]·right[i]`.
  mutating func dot(_ left: Range<Int>, _ right: [Int], start: Int? = nil) -> Int {
    var value = 0.0
    var magnitude = 0.0
    var error = 0.0
    func take(_ term: Bounded) {
      value += term.value
      magnitude += abs(term.value)
      error += term.error
    }
    for (a, b) in zip(left, right) {
      edges.append((a, values[b]))
      edges.append((b, values[a]))
      let x = values[a]
      let y = values[b]
      take(
        Bounded(x.value * y.value, error: abs(x.value) * y.error + abs(y.value) * x.error + x.error * y.error)
      )
    }
    if let start {
      edges.append((start, Bounded(1)))
      take(values[start])
    }
    return close(.sum(value: value, magnitude: magnitude, error: error, terms: 2 * right.count + 1))
  }

  /// Mean of nodes.
  mutating func mean(_ nodes: [Int]) -> Int {
    let share = Bounded(1 / Double(nodes.count), error: Bounded.unitRoundoff / Double(nodes.count))
    var value = 0.0
    var magnitude = 0.0
    var error = 0.0
    for node in nodes {
      edges.append((node, share))
      value += values[node].value
      magnitude += abs(values[node].value)
      error += values[node].error
    }
    return close(.sum(value: value, magnitude: magnitude, error: error, terms: nodes.count) * share)
  }

  mutating func hyperbolicTangent(_ a: Int) -> Int {
    let result = values[a].hyperbolicTangent
    edges.append((a, Bounded(1) - result * result))
    return close(result)
  }

  mutating func logistic(_ a: Int) -> Int {
    let result = values[a].logistic
    edges.append((a, result * (Bounded(1) - result)))
    return close(result)
  }

  mutating func inverseSquareRoot(_ a: Int) -> Int {
    let result = values[a].inverseSquareRoot
    edges.append((a, Bounded(-0.5) * result * result * result))
    return close(result)
  }

  /// Derivatives of `Σ seed·node` with respect to the first `leaves` nodes.
  func gradient(seeds: [(node: Int, seed: Bounded)], leaves: Int) -> [Bounded] {
    var value = [Double](repeating: 0, count: values.count)
    var magnitude = value
    var error = value
    var terms = [Int](repeating: 0, count: values.count)
    func take(_ node: Int, _ term: Bounded) {
      value[node] += term.value
      magnitude[node] += abs(term.value)
      error[node] += term.error
      terms[node] += 1
    }
    func settled(_ node: Int) -> Bounded {
      .sum(value: value[node], magnitude: magnitude[node], error: error[node], terms: terms[node])
    }
    for seed in seeds { take(seed.node, seed.seed) }
    for node in stride(from: values.count - 1, through: 0, by: -1) where terms[node] > 0 {
      let adjoint = settled(node)
      for edge in edges[starts[node]..<starts[node + 1]] { take(edge.parent, edge.slope * adjoint) }
    }
    return (0..<leaves).map(settled)
  }
}
