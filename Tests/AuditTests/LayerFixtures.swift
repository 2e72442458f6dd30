import Claims
import Foundation
import GatedCells
import Numerics
import TensorFiles
import Testing

/// Modules of several layers, two directions or one map a gate, with the hidden states that PyTorch computes.
enum LayerFixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/layers")

  private static func read(_ name: String) throws -> TensorFile {
    try TensorReader.read(path: folder.appendingPathComponent(name).path)
  }

  /// The same file with some tensors taken out and others put in.
  static func read(_ name: String, without: [String] = [], with added: [Tensor] = []) throws -> TensorFile {
    let out = Set(without + added.map(\.name))
    return try TensorFile(
      path: name, tensors: read(name).tensors.values.filter { !out.contains($0.name) } + added)
  }

  /// Holds the states of a trained cell against those recorded under a name, to 1e-12.
  static func expectStates(_ trained: TrainedCell, _ name: String) throws {
    let recorded = try read("states.npz")
    let inputs = try recorded.tensor("inputs", shape: [9, 3]).values
    let expected = try recorded.tensor(name, shape: [9, 4]).values
    let network = RecurrentNetwork(cell: trained.cell)
    let states: [[Double]] = network.states(Parameters(trained.parameters), inputs: inputs)
    for (time, state) in states.enumerated() {
      for (unit, value) in state[trained.cell.output].enumerated() {
        #expect(abs(value - expected[time * 4 + unit]) <= 1e-12, "\(name) at step \(time), unit \(unit)")
      }
    }
  }
}
