import Claims
import Foundation
import GatedCells
import Numerics
import TensorFiles
import Testing

@Suite struct TrainedCellTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/weights")

  static func read(_ name: String) throws -> TensorFile {
    try TensorReader.read(path: folder.appendingPathComponent(name).path)
  }

  /// An nn.GRU and an nn.LSTM trained in PyTorch are read back from both formats, and their hidden states agree to 1e-12.
  @Test(arguments: [BuiltInCell.gru, .lstm], ["safetensors", "npz"])
  func statesOfPyTorchAreReproduced(kind: BuiltInCell, format: String) throws {
    let trained = try TrainedCell(try Self.read("\(kind.rawValue).\(format)"), kind: kind)
    let recorded = try Self.read("\(kind.rawValue)-states.npz")
    let inputs = try recorded.tensor("inputs", shape: [12, 3]).values
    let states = try recorded.tensor("states", shape: [12, 5]).values
    let network = RecurrentNetwork(cell: trained.cell)
    let ours: [[Double]] = network.states(Parameters(trained.parameters), inputs: inputs)
    for time in 0..<12 {
      for unit in 0..<5 {
        #expect(abs(ours[time][trained.cell.output][unit] - states[time * 5 + unit]) <= 1e-12)
      }
    }
  }

  /// What the theory presupposes of a cell holds at the trained weights.
  @Test(arguments: [BuiltInCell.gru, .lstm]) func trainedWeightsAudit(kind: BuiltInCell) throws {
    let trained = try TrainedCell(try Self.read("\(kind.rawValue).npz"), kind: kind)
    let audit = CellAudit.run([trained.subject], claims: trained.claims(), seed: 3)
    #expect(audit.isConfirmed, "\(AuditFailure(audit: audit))")
  }

  /// A file with several modules is read only when one is named; a name that is not there is told with what is.
  @Test func modulesAreChosenByName() throws {
    let tensors = try Self.read("gru.npz").tensors.values.filter { $0.name.hasPrefix("rnn.") }
    let both = try TensorFile(
      path: "seq2seq.npz",
      tensors: ["encoder", "decoder"].flatMap { name in
        tensors.map { Tensor(name: "\(name).\($0.name)", shape: $0.shape, values: $0.values) }
      })
    let error = try #require(throws: TensorFileError.self) { try TrainedCell(both, kind: .gru) }
    #expect(error.description.contains("decoder.rnn, encoder.rnn; name one with --module"))
    let chosen = try TrainedCell(both, kind: .gru, module: "encoder.rnn")
    #expect(chosen.cell.hiddenSize == 5)
    let absent = try #require(throws: TensorFileError.self) {
      try TrainedCell(both, kind: .gru, module: "attention")
    }
    #expect(absent.description.contains("there is no tensor \"attention.weight_ih_l0\""))
  }

  /// Modules with one linear map a gate are read, layer norm included, whatever stands before the names.
  @Test func gateModulesAreRead() throws {
    var tensors: [Tensor] = []
    for (index, gate) in ["z", "r", "h"].enumerated() {
      let value = Double(index + 1)
      tensors.append(Tensor(name: "cell.W\(gate).weight", shape: [2, 1], values: [value, value + 0.5]))
      tensors.append(Tensor(name: "cell.W\(gate).bias", shape: [2], values: [-value, 0.25]))
      tensors.append(Tensor(name: "cell.U\(gate).weight", shape: [2, 2], values: [value, 0, 0, 1]))
    }
    tensors.append(Tensor(name: "cell.ln_cand.weight", shape: [2], values: [1.5, 2]))
    tensors.append(Tensor(name: "cell.ln_cand.bias", shape: [2], values: [0.5, 0]))
    tensors.append(Tensor(name: "cell.out.weight", shape: [1, 2], values: [3, 4]))
    tensors.append(Tensor(name: "cell.out.bias", shape: [1], values: [5]))
    let trained = try TrainedCell(try TensorFile(path: "memory.npz", tensors: tensors), kind: .gru)
    #expect(
      trained.parameters == [
        1, 1.5, 1, 0, 0, 1, -1, 0.25, 2, 2.5, 2, 0, 0, 1, -2, 0.25, 3, 3.5, 3, 0, 0, 1, -3, 0.25, 1.5, 2, 0.5,
        0,
        3, 4, 5,
      ])
    #expect(trained.cell is GRUCell)
  }

  /// Wrong kinds, shapes and numbers are told with file, tensor and expectation.
  @Test func badWeightsAreNamed() throws {
    let file = try Self.read("gru.npz")
    #expect(throws: TensorFileError.self) { try TrainedCell(file, kind: .lstm) }
    var tensors = file.tensors
    tensors["rnn.weight_ih_l0"] = Tensor(
      name: "rnn.weight_ih_l0", shape: [15, 1], values: [.nan] + [Double](repeating: 0, count: 14))
    let error = try #require(throws: TensorFileError.self) {
      try TrainedCell(try TensorFile(path: "bad.npz", tensors: Array(tensors.values)), kind: .gru)
    }
    #expect(error.description.contains("bad.npz: tensor \"rnn.weight_ih_l0\" holds nan at position 0"))
  }

  /// A recording from PyTorch obeys the claims, and a wrong number in it is found.
  @Test func recordingsAreAudited() throws {
    let file = try Self.read("trace.npz")
    let audit = try TraceAudit(file)
    #expect(audit.isConfirmed && audit.findings.count == 3)
    for (name, index, claim) in [
      ("retention", 3, "TC-01"), ("written", 5, "TC-02"), ("adjoint", 2, "TC-03"),
    ] {
      var tensors = file.tensors
      let tensor = try file.tensor(name)
      var values = tensor.values
      values[index] += name == "retention" ? 1 : 1e-9
      tensors[name] = Tensor(name: name, shape: tensor.shape, values: values)
      let broken = try TraceAudit(try TensorFile(path: "broken.npz", tensors: Array(tensors.values)))
      #expect(broken.findings.contains { $0.id == claim && $0.failure != nil }, "\(name)")
    }
  }
}
