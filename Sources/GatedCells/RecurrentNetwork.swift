import Numerics

/// A cell followed by a linear readout `ŷ_t = w·h_t + b`, with one flat parameter vector: the cell's blocks, then `w`, then `b`.
public struct RecurrentNetwork: Sendable {
  public let cell: any RecurrentCell
  /// The cell's blocks and the readout's.
  public let layout: ParameterLayout
  public let readoutWeights: ParameterBlock
  public let readoutBias: ParameterBlock

  public var parameterCount: Int { layout.count }

  public init(cell: any RecurrentCell) {
    self.cell = cell
    var layout = cell.layout
    readoutWeights = layout.append("w_out", rows: 1, columns: cell.hiddenSize, role: .inputWeights)
    readoutBias = layout.append("b_out", rows: 1, role: .bias)
    self.layout = layout
  }

  /// Checks that a parameter vector and a sequence fit this network.
  /// - Throws: ``CellError`` naming what does not fit.
  public func validate(parameters: Int, inputs: Int, targets: Int) throws(CellError) {
    guard parameters == parameterCount else {
      throw .parameterCount(expected: parameterCount, got: parameters)
    }
    guard inputs == targets * cell.inputSize else {
      throw .shape(what: "the input sequence", expected: targets * cell.inputSize, got: inputs)
    }
  }

  /// The states after each step, from the zero state.
  /// - Parameter inputs: `T × D` numbers, one row a step.
  public func states<S: Scalar>(_ parameters: Parameters<S>, inputs: [Double]) -> [[S]] {
    func run(_ cell: some RecurrentCell) -> [[S]] {
      var state = [S](repeating: .zero, count: cell.stateSize)
      return stride(from: 0, to: inputs.count, by: cell.inputSize).map { start in
        let input = inputs[start..<start + cell.inputSize].map { S($0) }
        state = cell.step(parameters, input: input, state: state)
        return state
      }
    }
    return run(cell)
  }

  /// The readout of one state.
  public func readout<S: Scalar>(_ parameters: Parameters<S>, state: [S]) -> S {
    var sum = parameters.values[readoutBias.offset]
    for (unit, coordinate) in cell.output.enumerated() {
      sum = S.multiplyAdd(
        sum, parameters.values[readoutWeights.offset + unit], state[coordinate])
    }
    return sum
  }

  /// The mean over time of the squared error, for one sequence.
  public func loss<S: Scalar>(_ parameters: Parameters<S>, inputs: [Double], targets: [Double])
    -> S
  {
    var sum = S.zero
    for (state, target) in zip(states(parameters, inputs: inputs), targets) {
      let error = readout(parameters, state: state) - S(target)
      sum = S.multiplyAdd(sum, error, error)
    }
    return sum * S(1 / Double(targets.count))
  }
}
