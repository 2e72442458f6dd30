import GatedCells
import Numerics
import PropertyEngine

/// A small random network of one of a system's cells, with a sequence to run it on.
struct CellCase: Sendable, CustomStringConvertible {
  let subject: CellUnderTest
  let cell: any RecurrentCell
  let layerNorm: Bool
  let parameters: [Double]
  /// `T × D` numbers.
  let inputs: [Double]
  let targets: [Double]

  var network: RecurrentNetwork { RecurrentNetwork(cell: cell) }
  var steps: Int { targets.count }

  var description: String {
    "\(subject.name)\(layerNorm ? " with layer norm" : "") D=\(cell.inputSize) H=\(cell.hiddenSize)"
      + " parameters \(parameters) inputs \(inputs) targets \(targets)"
  }

  func input(_ time: Int) -> [Double] {
    Array(inputs[time * cell.inputSize..<(time + 1) * cell.inputSize])
  }

  /// The state before each step and after the last, by the generic step.
  var states: [[Double]] {
    let view = Parameters(parameters)
    var states = [[Double](repeating: 0, count: cell.stateSize)]
    for time in 0..<steps {
      states.append(genericStep(cell, view, input(time), states[time], states[time]))
    }
    return states
  }

  /// The point of each step.
  var points: [StepPoint] {
    let states = states
    return (0..<steps).map {
      StepPoint(parameters: Parameters(parameters), input: input($0), state: states[$0])
    }
  }

  /// The derivatives of each step, with the rounding of the steps before in the state's balls.
  var derivatives: [StepDerivatives] {
    let view = Parameters(parameters.map { Bounded($0) })
    var state = [Bounded](repeating: .zero, count: cell.stateSize)
    return points.enumerated().map { time, point in
      let before = state
      state = genericStep(cell, view, input(time).map { Bounded($0) }, before, before)
      return StepDerivatives(cell: cell, point: point, state: before)
    }
  }

  /// The loss over any scalar, with the given parameters.
  func loss<S: Scalar>(_ values: [S]) -> S {
    let view = Parameters(values)
    let network = network
    var state = [S](repeating: .zero, count: cell.stateSize)
    var sum = S.zero
    for time in 0..<steps {
      state = genericStep(cell, view, input(time).map { S($0) }, state, state)
      var prediction = values[network.readoutBias.offset]
      for (unit, coordinate) in cell.output.enumerated() {
        prediction = prediction + values[network.readoutWeights.offset + unit] * state[coordinate]
      }
      let error = prediction - S(targets[time])
      sum = sum + error * error
    }
    return sum * S(1 / Double(steps))
  }

  /// The loss and its derivative along `direction`, as balls. With `radius` the derivative's ball holds its values at
  /// all parameters `θ + s · direction`, `|s| ≤ radius`.
  func directionalDerivative<Charge>(
    _ direction: [Double], radius: Double = 0, charge: Charge.Type = DoubleRounding.self
  ) -> Dual<BoundedReal<Charge>> {
    loss(
      zip(parameters, direction).map {
        Dual(BoundedReal<Charge>($0, radius: radius * abs($1)), tangent: BoundedReal<Charge>($1))
      })
  }
}

/// One step of a cell over any scalar. The built-in cells are named so that the compiler specialises their steps.
func genericStep<S: Scalar>(
  _ cell: any RecurrentCell, _ parameters: Parameters<S>, _ input: [S], _ retained: [S], _ recurrent: [S]
) -> [S] {
  switch cell {
  case let cell as ConstGateCell:
    cell.step(parameters, input: input, retained: retained, recurrent: recurrent)
  case let cell as SharedGateCell:
    cell.step(parameters, input: input, retained: retained, recurrent: recurrent)
  case let cell as DiagGateCell:
    cell.step(parameters, input: input, retained: retained, recurrent: recurrent)
  case let cell as GRUCell:
    cell.step(parameters, input: input, retained: retained, recurrent: recurrent)
  case let cell as LSTMCell:
    cell.step(parameters, input: input, retained: retained, recurrent: recurrent)
  default:
    cell.step(parameters, input: input, retained: retained, recurrent: recurrent)
  }
}

/// Networks of the system's cells: sizes within the given ranges, parameters and data of order one.
func cellCases(
  _ cells: [CellUnderTest], hidden: ClosedRange<Int> = 1...3, inputs: ClosedRange<Int> = 1...2,
  steps: ClosedRange<Int> = 1...4, layerNorm: Bool? = nil
) -> Generator<CellCase> {
  Generator { draw in
    let subject = cells[try draw.index(below: cells.count)]
    let normalised = try draw.bool(forced: subject.hasLayerNorm ? layerNorm : false)
    let shape = CellShape(
      inputSize: try draw.integer(in: inputs), hiddenSize: try draw.integer(in: hidden),
      layerNorm: normalised)
    let cell = try subject.make(shape)
    let count = try draw.integer(in: steps)
    return CellCase(
      subject: subject, cell: cell, layerNorm: normalised,
      parameters: try draw("parameters", tensors([RecurrentNetwork(cell: cell).parameterCount], scale: 0.8)),
      inputs: try draw("inputs", tensors([count * shape.inputSize], scale: 1)),
      targets: try draw("targets", tensors([count], scale: 1)))
  }
}

/// One step of a network, and a direction to differentiate in.
func stepCases(
  _ cells: [CellUnderTest], hidden: ClosedRange<Int> = 1...3, layerNorm: Bool? = nil
) -> Generator<CellCase> {
  cellCases(cells, hidden: hidden, steps: 2...2, layerNorm: layerNorm)
}
