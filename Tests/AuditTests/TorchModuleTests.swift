import Claims
import GatedCells
import TensorFiles
import Testing

@Suite struct TorchModuleTests {
  /// Every layer of a stacked module has the hidden states that PyTorch computes, so each is driven by those below it.
  @Test(arguments: [(BuiltInCell.gru, 0), (.gru, 1), (.gru, 2), (.lstm, 0), (.lstm, 1)])
  func everyLayerAgreesWithPyTorch(kind: BuiltInCell, layer: Int) throws {
    let name = "\(kind.rawValue)-layers"
    let trained = try TrainedCell(LayerFixtures.read("\(name).safetensors"), kind: kind, layer: layer)
    try LayerFixtures.expectStates(trained, "\(name)-\(layer)")
    #expect(trained.layout.contains("layer \(layer) of 0 to"))
  }

  /// The contract holds for a layer that other layers drive.
  @Test(arguments: [BuiltInCell.gru, .lstm]) func drivenLayersAudit(kind: BuiltInCell) throws {
    let trained = try TrainedCell(
      LayerFixtures.read("\(kind.rawValue)-layers.safetensors"), kind: kind, layer: 1)
    let audit = CellAudit.run([trained.subject], claims: trained.claims(), seed: 5)
    #expect(audit.isConfirmed, "\(AuditFailure(audit: audit))")
  }

  /// Only the last layer is read by the readout of the file.
  @Test func theReadoutReadsTheLastLayer() throws {
    let file = try LayerFixtures.read("gru-layers.safetensors")
    let weights = try file.tensor("out.weight").values
    let last = try TrainedCell(file, kind: .gru, layer: 2).parameters
    #expect(Array(last.suffix(5).prefix(4)) == weights)
    let first = try TrainedCell(file, kind: .gru, layer: 0).parameters
    #expect(Array(first.suffix(5)) == [0.5, 0.5, 0.5, 0.5, 0])
  }

  /// A module in two directions is read forward, and says so; its upper layers read the future and are refused.
  @Test func theForwardDirectionIsRead() throws {
    let file = try LayerFixtures.read("gru-two-ways.npz")
    let trained = try TrainedCell(file, kind: .gru)
    try LayerFixtures.expectStates(trained, "gru-two-ways-0")
    #expect(trained.layout.contains("forward direction (the backward one is not read)"))
    let error = try #require(throws: TensorFileError.self) { try TrainedCell(file, kind: .gru, layer: 1) }
    #expect(error.description.contains("expected --layer 0"))
  }

  /// A layer that is not there, a projection, and the other kind of cell are told with what is expected.
  @Test func whatIsNotReadIsTold() throws {
    func message(_ file: TensorFile, _ kind: BuiltInCell, layer: Int = 0) throws -> String {
      try #require(throws: TensorFileError.self) { try TrainedCell(file, kind: kind, layer: layer) }
        .description
    }
    let file = try LayerFixtures.read("lstm-layers.safetensors")
    #expect(
      try message(file, .lstm, layer: 2).contains("2 layers, so that --layer goes from 0 to 1; it was 2"))
    #expect(try message(file, .gru).contains("those of an nn.LSTM; expected 3, or --cell lstm"))
    #expect(try message(LayerFixtures.read("gru-layers.safetensors"), .lstm).contains("or --cell gru"))
    let projection = Tensor(name: "rnn.weight_hr_l0", shape: [1, 4], values: [0, 0, 0, 0])
    let projected = try LayerFixtures.read(
      "lstm-layers.safetensors", with: [projection])
    #expect(try message(projected, .lstm).contains("projects its output"))
  }
}
