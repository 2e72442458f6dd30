/// Whether the squared loss adds the steps of a sequence or averages them.
public enum TimeAggregation: String, Sendable, Codable, CaseIterable {
  case sum, mean

  /// The weight of one step: 1, or 1/T.
  public func weight(steps: Int) -> Double { self == .sum ? 1 : 1 / Double(steps) }
}

/// n input sequences of T vectors in d dimensions, and n·T real targets.
public struct SequenceTask: Sendable {
  public let dimension: Int
  public let steps: Int
  /// n arrays of T·d numbers, row-major in time.
  public let inputs: [[Double]]
  /// n arrays of T numbers.
  public let targets: [[Double]]
  public let aggregation: TimeAggregation
  /// The longest input vector; the bounds hold when it is at most one.
  public let longestInput: Double

  public var sequences: Int { inputs.count }

  /// - Parameter allowsLongInputs: Accept ‖X_t‖ > 1; then ``longestInput`` says that the bounds do not apply.
  /// - Throws: ``KernelRegimeError/inputTooLong(sequence:step:norm:)`` unless allowed, and shape errors.
  public init(
    dimension: Int, inputs: [[Double]], targets: [[Double]], aggregation: TimeAggregation = .sum,
    allowsLongInputs: Bool = false
  ) throws {
    try Check.atLeast(1, "dimension", dimension)
    try Check.atLeast(1, "number of sequences", inputs.count)
    try Check.same("targets", expected: inputs.count, found: targets.count)
    let steps = targets[0].count
    try Check.atLeast(1, "steps", steps)
    var longest = 0.0
    for (index, sequence) in inputs.enumerated() {
      try Check.same("targets of sequence \(index)", expected: steps, found: targets[index].count)
      try Check.same("inputs of sequence \(index)", expected: steps * dimension, found: sequence.count)
      for t in 0..<steps {
        let square = sequence[t * dimension..<(t + 1) * dimension].reduce(0) { $0 + $1 * $1 }
        // A vector divided by its own norm may exceed one by (d + 3) half-ulps; that much is not too long.
        guard allowsLongInputs || square <= 1 + Double(dimension + 3) * Double.ulpOfOne else {
          throw KernelRegimeError.inputTooLong(sequence: index, step: t + 1, norm: square.squareRoot())
        }
        longest = max(longest, square.squareRoot())
      }
    }
    self.dimension = dimension
    self.steps = steps
    self.inputs = inputs
    self.targets = targets
    self.aggregation = aggregation
    longestInput = longest
  }

  /// R = (1/n) Σ_j Σ_t ω (F_{j,t} − Y_{j,t})², with ω = 1 (sum) or 1/T (mean).
  public func loss(of network: DiagonalNetwork) -> Double {
    loss(outputs: inputs.map(network.outputs))
  }

  /// The loss of given outputs, n arrays of T.
  public func loss(outputs: [[Double]]) -> Double {
    var total = 0.0
    for (outputs, targets) in zip(outputs, targets) {
      for t in 0..<steps { total += (outputs[t] - targets[t]) * (outputs[t] - targets[t]) }
    }
    return total * aggregation.weight(steps: steps) / Double(sequences)
  }

  /// ∇R as m vectors (∂w, ∂u): (2ω/n) Σ_j Σ_t (F − Y)(c_i/√m) g_t. The plain form, by sensitivities; time O(nmTd).
  public func lossGradient(of network: DiagonalNetwork) -> [[Double]] {
    let weight = 2 * aggregation.weight(steps: steps) / Double(sequences)
    var gradient = [[Double]](
      repeating: [Double](repeating: 0, count: dimension + 1), count: network.width)
    for (sequence, targets) in zip(inputs, targets) {
      let outputs = network.outputs(sequence)
      for i in 0..<network.width {
        let sensitivities = network.neuron(i).gradients(sequence)
        for t in 0..<steps {
          let factor = weight * (outputs[t] - targets[t]) * network.signs[i] * network.scale
          for k in 0...dimension { gradient[i][k] += factor * sensitivities[t][k] }
        }
      }
    }
    return gradient
  }
}
