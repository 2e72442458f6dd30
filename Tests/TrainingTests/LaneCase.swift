import GatedCells
import Kernels
import Numerics
import Testing

@testable import Training

/// A small network with data, and the exact gradient with the rounding that single precision is allowed.
struct LaneCase: CustomStringConvertible {
  let cell: any RecurrentCell
  let batch: SequenceBatch
  let parameters: [Double]
  let predictions: [Rounded]
  let loss: Rounded
  let gradient: [Rounded]

  /// Weights are uniform on ±1/columns, so that worst-case bounds do not explode over the steps; vectors on ±1, gains
  /// on 1 ± ½. Where there are gains, input weights are uniform on ±2, so that no deviation is small. All are numbers of single precision, so that both sides start from the same.
  init(_ cell: any RecurrentCell, batch count: Int, steps: Int, seed: UInt64) {
    self.cell = cell
    let network = RecurrentNetwork(cell: cell)
    var stream = RandomStream(seed: seed, purpose: "lanes.case.\(cell.name)")
    func uniform(_ scale: Double) -> Float { Float((2 * stream.uniform() - 1) * scale) }
    let isNormalised = network.layout.blocks.contains { $0.role == .shift }
    parameters = network.layout.blocks.flatMap { block in
      let scale = isNormalised && block.role == .inputWeights && !block.isGate ? 2 : 1 / Double(block.columns)
      return (0..<block.count).map { _ in
        Double(block.role == .gain ? 1 + uniform(0.5) : uniform(scale))
      }
    }
    batch = SequenceBatch(
      inputs: (0..<count * steps * cell.inputSize).map { _ in uniform(1) },
      targets: (0..<count * steps).map { _ in uniform(1) }, count: count, steps: steps,
      inputSize: cell.inputSize)
    let tape = RoundingTape()
    let variables = parameters.map { tape.variable($0) }
    let view = Parameters(variables)
    var predictions: [Rounded] = []
    var loss = RoundingScalar.zero
    for sequence in 0..<count {
      let states: [[RoundingScalar]] = network.states(view, inputs: batch.inputs(of: sequence))
      for (state, target) in zip(states, batch.targets(of: sequence)) {
        let output = network.readout(view, state: state)
        predictions.append(output.value)
        let error = output - RoundingScalar(target)
        loss = loss + error * error
      }
    }
    loss = loss * RoundingScalar(1 / Double(count * steps))
    self.predictions = predictions
    self.loss = loss.value
    gradient = tape.gradient(of: loss, in: variables)
  }

  var description: String {
    "\(cell.name), \(cell.inputSize) inputs, \(cell.hiddenSize) units, \(batch.count) sequences of \(batch.steps)"
  }

  /// What a program gives beyond the allowed rounding; nil when all is within.
  func complaint(_ program: RowProgram) throws -> String? {
    let network = try RowNetwork(program, threads: 1)
    var own: [Float] = []
    let parameters = parameters.map { Float($0) }
    let ownLoss = try network.lossAndGradient(
      parameters: parameters, inputs: batch.inputs, targets: batch.targets, batch: batch.count,
      steps: batch.steps, gradient: &own)
    let outputs = try network.predictions(
      parameters: parameters, inputs: batch.inputs, batch: batch.count, steps: batch.steps)
    func compare(_ name: String, _ got: Double, _ exact: Rounded) -> String? {
      abs(got - exact.value) <= exact.error
        ? nil : "\(name) of \(self): \(got), exactly \(exact.value) ± \(exact.error)"
    }
    for index in outputs.indices {
      if let text = compare("output \(index)", Double(outputs[index]), predictions[index]) { return text }
    }
    for index in own.indices {
      if let text = compare("derivative \(index)", Double(own[index]), gradient[index]) { return text }
    }
    return compare("loss", ownLoss, loss)
  }

  /// The size of the error bound of the gradient beside the gradient.
  var looseness: Double {
    let size = gradient.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    return gradient.reduce(0) { $0 + $1.error * $1.error }.squareRoot() / size
  }
}

/// A cell of the catalogue, or a built-in one with layer normalisation.
struct LaneSubject: Sendable, CustomTestStringConvertible {
  let entry: CellCatalogue.Entry
  let layerNorm: Bool

  static let all = CellCatalogue.all.flatMap { entry in
    (entry.builtIn == nil ? [false] : [false, true]).map { LaneSubject(entry: entry, layerNorm: $0) }
  }

  var testDescription: String { entry.name + (layerNorm ? ", layer norm" : "") }

  func cell(_ inputs: Int, _ units: Int) throws -> any RecurrentCell {
    try NetworkSpecification(
      cell: entry, inputSize: inputs, hiddenSize: units, layerNorm: layerNorm, constantGate: 0.3
    ).makeCell()
  }
}
