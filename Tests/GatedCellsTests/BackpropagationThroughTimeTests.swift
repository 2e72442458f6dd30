import GatedCells
import Numerics
import Testing

@Suite struct BackpropagationThroughTimeTests {
  /// Closed-form backpropagation through time equals the reverse tape in every parameter, for all five cells with and
  /// without layer normalisation.
  @Test func agreesWithTape() throws {
    for example in try RandomCase.all() {
      let closed = example.network.backpropagate(
        example.cell, example.parameters, inputs: example.inputs, targets: example.targets)
      let taped = AutomaticDerivatives.gradient(
        example.network, example.parameters, inputs: example.inputs, targets: example.targets)
      let scale = taped.gradient.map(abs).max() ?? 0
      #expect(
        distance(closed.gradient, taped.gradient) <= example.rounding(scale: scale),
        "\(example.cell.name)")
      #expect(abs(closed.loss - taped.loss) <= example.rounding(scale: taped.loss))
    }
  }

  /// Its projection on a random direction equals the dual-number and the complex-step derivative.
  @Test func agreesWithForwardModes() throws {
    for example in try RandomCase.all() {
      let gradient = example.network.backpropagate(
        example.cell, example.parameters, inputs: example.inputs, targets: example.targets
      ).gradient
      let projected = dot(gradient, example.direction)
      let scale = zip(gradient, example.direction).reduce(0) { $0 + abs($1.0 * $1.1) }
      let dual = AutomaticDerivatives.directionalDerivative(
        example.network, example.parameters, inputs: example.inputs, targets: example.targets,
        direction: example.direction)
      let complex = AutomaticDerivatives.complexStepDerivative(
        example.network, example.parameters, inputs: example.inputs, targets: example.targets,
        direction: example.direction)
      #expect(abs(projected - dual) <= example.rounding(scale: scale), "\(example.cell.name)")
      #expect(abs(projected - complex) <= example.rounding(scale: scale), "\(example.cell.name)")
    }
  }

  /// Central differences at two step sizes, extrapolated, agree within their own truncation and rounding error.
  @Test func agreesWithCentralDifferences() throws {
    for example in try RandomCase.all(8) {
      func loss(_ step: Double) -> Double {
        let moved = zip(example.parameters.values, example.direction).map { $0 + step * $1 }
        return example.network.loss(
          Parameters(moved), inputs: example.inputs, targets: example.targets)
      }
      func difference(_ step: Double) -> Double { (loss(step) - loss(-step)) / (2 * step) }
      let step = 0x1p-10
      let coarse = difference(2 * step)
      let fine = difference(step)
      let extrapolated = (4 * fine - coarse) / 3
      let exact = AutomaticDerivatives.directionalDerivative(
        example.network, example.parameters, inputs: example.inputs, targets: example.targets,
        direction: example.direction)
      // The two differences differ by 3/4 of the coarse truncation error; after extrapolation the error is smaller
      // by a factor of order step². Rounding: the loss is known to `rounding`, divided by the step.
      let truncation = abs(coarse - fine) * 0.05
      let rounding = example.rounding(scale: loss(0)) / step
      #expect(abs(extrapolated - exact) <= truncation + rounding, "\(example.cell.name)")
    }
  }
}
