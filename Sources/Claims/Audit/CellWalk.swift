import GatedCells
import Numerics
import PropertyEngine

/// A small network of one cell on its way through a sequence: at most two units and three steps, so that what fails can be
/// worked through by hand.
struct CellWalk: Sendable, CustomStringConvertible {
  let subject: CellUnderTest
  let cell: any RecurrentCell
  let parameters: [Double]
  /// One row of inputs a step.
  let inputs: [[Double]]

  var description: String {
    if parameters.count > 200 {
      return "\(subject.name) with \(cell.hiddenSize) units and the given weights, inputs \(inputs)"
    }
    let blocks = cell.layout.blocks.map { "\($0.name) = \(Array(parameters[$0.range]))" }
    return "\(subject.name) with \(cell.hiddenSize) unit\(cell.hiddenSize == 1 ? "" : "s"), "
      + "inputs \(inputs), \(blocks.joined(separator: ", "))"
  }

  /// The point before each step, walking by the generic step.
  func points(_ parameters: [Double]) -> [StepPoint] {
    let view = Parameters(parameters)
    var state = [Double](repeating: 0, count: cell.stateSize)
    return inputs.map { input in
      let point = StepPoint(parameters: view, input: input, state: state)
      state = cell.step(view, input: input, state: state)
      return point
    }
  }

  var points: [StepPoint] { points(parameters) }

  /// Parameters without the coincidences of simple numbers: a fixed irregular offset is added to each.
  var generic: [Double] {
    parameters.enumerated().map { $1 + 0.1 + 0.05 * Double(($0 * 7 + 3) % 11) }
  }

  /// Walks of a network with the given weights on drawn inputs.
  static func cases(_ subject: CellUnderTest, _ cell: any RecurrentCell, parameters: [Double]) -> Generator<
    CellWalk
  > {
    Generator { draw in
      let steps = try draw.integer(in: 1...3)
      let inputs = try (0..<steps).map { _ in
        try draw("input", tensors([cell.inputSize], scale: 1))
      }
      return CellWalk(subject: subject, cell: cell, parameters: parameters, inputs: inputs)
    }
  }

  /// Walks of the one cell of a system that is being audited.
  static func cases(_ cells: [CellUnderTest]) -> Generator<CellWalk> {
    Generator { draw in
      let subject = cells[try draw.index(below: cells.count)]
      let inputSize = try draw.integer(in: 1...2)
      let cell = try subject.make(
        CellShape(inputSize: inputSize, hiddenSize: try draw.integer(in: 1...2), layerNorm: false))
      let steps = try draw.integer(in: 1...3)
      let inputs = try (0..<steps).map { _ in
        try draw("input", tensors([inputSize], scale: 1))
      }
      return CellWalk(
        subject: subject, cell: cell,
        parameters: try draw("parameters", tensors([cell.layout.count], scale: 1)), inputs: inputs)
    }
  }
}
