import Numerics

/// An average with its standard error.
public struct MonteCarloEstimate: Sendable, Hashable {
  public let value: Double
  public let standardError: Double
  public let count: Int
}

/// The neural tangent kernel κ_t(X, X′) = E⟨∇_θ h_t(X; θ), ∇_θ h_t(X′; θ)⟩ under the initial law.
public enum TangentKernel {
  /// The kernel of a finite network, (1/m) Σ_i ⟨g_t^{(i)}(X), g_t^{(i)}(X′)⟩ = ⟨∇F_t(X), ∇F_t(X′)⟩, for t = 1 … T.
  ///
  /// Under the symmetric initialisation only m/2 terms are independent. Time O(mTd).
  public static func finiteWidth(_ network: DiagonalNetwork, _ first: [Double], _ second: [Double])
    -> [Double]
  {
    let steps = first.count / network.dimension
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: steps)
    for i in 0..<network.width {
      let neuron = network.neuron(i)
      for (t, product) in products(neuron, first, second).enumerated() {
        sums[t].add(network.signs[i] * network.signs[i] * product)
      }
    }
    return sums.map { $0.value / Double(network.width) }
  }

  /// The infinite-width kernel by `count` independent neurons. Time O(count·Td).
  public static func monteCarlo(
    activation: any SmoothActivation, law: InitialLaw, _ first: [Double], _ second: [Double], count: Int,
    seed: UInt64
  ) throws -> [MonteCarloEstimate] {
    try Check.atLeast(2, "sample count", count)
    let steps = first.count / law.dimension
    var mean = [Double](repeating: 0, count: steps)
    var squares = [Double](repeating: 0, count: steps)
    for (index, node) in law.samples(count: count, seed: seed).enumerated() {
      let neuron = DiagonalNeuron(activation: activation, retention: node.retention, input: node.input)
      for (t, product) in products(neuron, first, second).enumerated() {
        let change = product - mean[t]
        mean[t] += change / Double(index + 1)
        squares[t] += change * (product - mean[t])
      }
    }
    return (0..<steps).map { t in
      let variance = squares[t] / Double(count - 1)
      return MonteCarloEstimate(
        value: mean[t], standardError: (variance / Double(count)).squareRoot(), count: count)
    }
  }

  /// The infinite-width kernel by the trapezoidal rule, d ≤ 2: no sampling error.
  public static func quadrature(
    activation: any SmoothActivation, law: InitialLaw, _ first: [Double], _ second: [Double],
    spacing: Double = 0.125
  ) throws -> [Double] {
    var sums = [Double](repeating: 0, count: first.count / law.dimension)
    for node in try law.grid(spacing: spacing) {
      let neuron = DiagonalNeuron(activation: activation, retention: node.retention, input: node.input)
      for (t, product) in products(neuron, first, second).enumerated() { sums[t] += node.weight * product }
    }
    return sums
  }

  /// The n·T × n·T matrix ⟨∇F_s(X_i), ∇F_t(X_j)⟩ of a finite network: symmetric, positive semidefinite.
  public static func gram(_ network: DiagonalNetwork, _ inputs: [[Double]]) -> Matrix {
    let steps = (inputs.first?.count ?? 0) / network.dimension
    let size = inputs.count * steps
    var matrix = Matrix(rows: size, columns: size)
    for i in 0..<network.width {
      let features = inputs.flatMap { network.neuron(i).gradients($0) }
      for row in 0..<size {
        for column in 0...row {
          matrix[row, column] += dot(features[row], features[column]) / Double(network.width)
        }
      }
    }
    for row in 0..<size { for column in 0..<row { matrix[column, row] = matrix[row, column] } }
    return matrix
  }

  private static func products(_ neuron: DiagonalNeuron, _ first: [Double], _ second: [Double]) -> [Double] {
    zip(neuron.gradients(first), neuron.gradients(second)).map { dot($0, $1) }
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
