import Numerics

/// A loss with its gradient in the flat parameter vector.
public struct LossGradient: Sendable, Hashable {
  public var loss: Double
  public var gradient: [Double]

  public init(loss: Double, gradient: [Double]) {
    self.loss = loss
    self.gradient = gradient
  }
}

/// A forward pass with everything that later diagnostics need.
public struct LinearisedTrajectory: Sendable {
  /// One entry a step.
  public let steps: [StepLinearisation<Double>]
  /// The readout after each step.
  public let predictions: [Double]
}

extension RecurrentNetwork {
  /// Runs the network forward from the zero state and keeps each step's linearisation.
  ///
  /// - Throws: ``CellError`` when shapes do not fit.
  /// - Complexity: O(T · H · (H + D)) time.
  public func linearisedTrajectory(
    _ cell: some AnalyticCell, _ parameters: Parameters<Double>, inputs: [Double]
  ) -> LinearisedTrajectory {
    var state = [Double](repeating: 0, count: cell.stateSize)
    var steps: [StepLinearisation<Double>] = []
    var predictions: [Double] = []
    for start in stride(from: 0, to: inputs.count, by: cell.inputSize) {
      let input = Array(inputs[start..<start + cell.inputSize])
      let step = cell.linearise(parameters, input: input, state: state)
      state = step.state
      predictions.append(readout(parameters, state: state))
      steps.append(step)
    }
    return LinearisedTrajectory(steps: steps, predictions: predictions)
  }

  /// The mean squared error of one sequence and its gradient, by backpropagation through time over the closed-form
  /// step linearisations: `∂E/∂θ = Σ_t λ_tᵀ B_t`, `λ_{t−1} = J_tᵀ λ_t + ∂E_{t−1}/∂s_{t−1}` (Livi 2025, equations (3)–(4)).
  public func backpropagate(
    _ cell: some AnalyticCell, _ parameters: Parameters<Double>, inputs: [Double],
    targets: [Double]
  ) -> LossGradient {
    let trajectory = linearisedTrajectory(cell, parameters, inputs: inputs)
    var gradient = [Double](repeating: 0, count: parameterCount)
    var adjoint = [Double](repeating: 0, count: cell.stateSize)
    var loss = 0.0
    let weight = 1 / Double(targets.count)
    for time in targets.indices.reversed() {
      let step = trajectory.steps[time]
      let error = trajectory.predictions[time] - targets[time]
      loss += error * error * weight
      let slope = 2 * error * weight
      gradient[readoutBias.offset] += slope
      for (unit, coordinate) in cell.output.enumerated() {
        gradient[readoutWeights.offset + unit] += slope * step.state[coordinate]
        adjoint[coordinate] += slope * parameters.values[readoutWeights.offset + unit]
      }
      adjoint = step.pullBack(cell, parameters, adjoint: adjoint, gradient: &gradient)
    }
    return LossGradient(loss: loss, gradient: gradient)
  }
}
