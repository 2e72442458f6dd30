import Numerics

/// Derivatives obtained from a cell's step alone, by running it over other scalars. They need nothing from the cell's
/// author and serve as independent witnesses of every closed form.
public enum AutomaticDerivatives {
  /// The split one-step Jacobian, by `2 · stateSize` evaluations on dual numbers.
  public static func jacobian(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, input: [Double], state: [Double]
  ) -> JacobianSplit {
    let constants = lift(parameters)
    let inputs = input.map { Dual<Double>($0) }
    let frozen = state.map { Dual<Double>($0) }
    let size = cell.stateSize
    var retention = Matrix(rows: size, columns: size)
    var coupling = Matrix(rows: size, columns: size)
    for column in 0..<size {
      var moved = frozen
      moved[column].tangent = 1
      let along = cell.step(constants, input: inputs, retained: moved, recurrent: frozen)
      let across = cell.step(constants, input: inputs, retained: frozen, recurrent: moved)
      for row in 0..<size {
        retention[row, column] = along[row].tangent
        coupling[row, column] = across[row].tangent
      }
    }
    return JacobianSplit(retention: retention, coupling: coupling)
  }

  /// `J v + B w`: the change of the state after one step for a change `tangent` of the state before it and a
  /// change `direction` of the parameters, by one evaluation on dual numbers.
  public static func pushForward(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, input: [Double],
    state: [Double], tangent: [Double], direction: [Double]
  ) -> [Double] {
    let moved = Parameters(
      zip(parameters.values, direction).map { Dual(Double($0), tangent: $1) })
    let before = zip(state, tangent).map { Dual(Double($0), tangent: $1) }
    return cell.step(moved, input: input.map { Dual<Double>($0) }, state: before).map(\.tangent)
  }

  /// The loss of one sequence and its gradient in every parameter, by the reverse tape.
  ///
  /// - Complexity: O(T · H · (H + D)) time and memory, about 20 ns and 24 bytes an operation.
  public static func gradient(
    _ network: RecurrentNetwork, _ parameters: Parameters<Double>, inputs: [Double],
    targets: [Double]
  ) -> LossGradient {
    let tape = Tape()
    let variables = parameters.values.map { tape.variable($0) }
    let loss = network.loss(Parameters(variables), inputs: inputs, targets: targets)
    let adjoints = tape.adjoints(of: loss)
    return LossGradient(loss: loss.value, gradient: variables.map { adjoints[$0] })
  }

  /// The derivative of the loss along `direction`, by dual numbers.
  public static func directionalDerivative(
    _ network: RecurrentNetwork, _ parameters: Parameters<Double>, inputs: [Double],
    targets: [Double], direction: [Double]
  ) -> Double {
    let moved = Parameters(
      zip(parameters.values, direction).map { Dual(Double($0), tangent: $1) })
    return network.loss(moved, inputs: inputs, targets: targets).tangent
  }

  /// The derivative of the loss along `direction`, by the complex step `Im L(θ + i h w)/h` with h = 2⁻³⁰⁰:
  /// the truncation error is O(h²), far below rounding.
  public static func complexStepDerivative(
    _ network: RecurrentNetwork, _ parameters: Parameters<Double>, inputs: [Double],
    targets: [Double], direction: [Double]
  ) -> Double {
    let step = 0x1p-300
    let moved = Parameters(
      zip(parameters.values, direction).map { Complex($0, step * $1) })
    return network.loss(moved, inputs: inputs, targets: targets).imaginary / step
  }

  private static func lift(_ parameters: Parameters<Double>) -> Parameters<Dual<Double>> {
    Parameters<Dual<Double>>(parameters.values.map { Dual<Double>($0) })
  }
}
