/// A recurrent network with diagonal hidden-to-hidden weights and fixed readout signs.
///
/// h_t = σ(w h_{t−1} + ⟨u, X_t⟩) in each of m neurons, h_0 = 0, and F_t = m^{−1/2} Σ_i c_i h_t^{(i)}.
/// Source: Cayci & Eryilmaz 2024 (arXiv 2402.12241), the model with W = diag(w).
public struct DiagonalNetwork: Sendable {
  public let activation: any SmoothActivation
  /// d, the length of an input vector.
  public let dimension: Int
  /// w: one retention weight a neuron, m of them.
  public var retention: [Double]
  /// u: m rows of d input weights, row-major.
  public var input: [Double]
  /// c: m fixed readout signs. Neuron i + m/2 is the mirror of neuron i.
  public let signs: [Double]

  public var width: Int { retention.count }

  /// - Throws: ``KernelRegimeError`` for an odd width or arrays of the wrong length.
  public init(
    activation: any SmoothActivation, dimension: Int, retention: [Double], input: [Double], signs: [Double]
  ) throws {
    try Check.evenWidth(retention.count)
    try Check.atLeast(1, "dimension", dimension)
    try Check.same("input weights", expected: retention.count * dimension, found: input.count)
    try Check.same("signs", expected: retention.count, found: signs.count)
    self.activation = activation
    self.dimension = dimension
    self.retention = retention
    self.input = input
    self.signs = signs
  }

  /// The readout scale 1/√m.
  public var scale: Double { 1 / Double(width).squareRoot() }

  public func neuron(_ index: Int) -> DiagonalNeuron {
    DiagonalNeuron(
      activation: activation, retention: retention[index],
      input: Array(input[index * dimension..<(index + 1) * dimension]))
  }

  /// F_1 … F_T for one sequence of T·d inputs, row-major. Time O(mTd), memory O(T).
  ///
  /// Mirrored pairs are added to each other first, so that the output of a symmetric initialisation is zero in
  /// floating point too, not only in exact arithmetic.
  public func outputs(_ sequence: [Double]) -> [Double] {
    let steps = sequence.count / dimension
    let half = width / 2
    var sums = [Double](repeating: 0, count: steps)
    for first in 0..<half {
      let states = neuron(first).states(sequence)
      let mirrored = neuron(first + half).states(sequence)
      for t in 0..<steps {
        sums[t] += signs[first] * states[t] + signs[first + half] * mirrored[t]
      }
    }
    return sums.map { $0 * scale }
  }

  /// The parameters of neuron `index` as one vector (w, u_1 … u_d).
  public func parameters(_ index: Int) -> [Double] {
    [retention[index]] + input[index * dimension..<(index + 1) * dimension]
  }

  /// Replaces the parameters of neuron `index` by (w, u_1 … u_d).
  public mutating func setParameters(_ index: Int, _ values: [Double]) {
    precondition(values.count == dimension + 1, "a neuron has \(dimension + 1) parameters")
    retention[index] = values[0]
    for k in 0..<dimension { input[index * dimension + k] = values[k + 1] }
  }
}
