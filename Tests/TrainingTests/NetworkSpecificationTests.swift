import Foundation
import GatedCells
import Testing
import Training

@Suite struct NetworkSpecificationTests {
  /// Every cell of the catalogue is built by its name and written as its name.
  @Test(arguments: CellCatalogue.all) func namesStandForCells(entry: CellCatalogue.Entry) throws {
    let specification = NetworkSpecification(cell: entry, inputSize: 2, hiddenSize: 3, layerNorm: false)
    let cell = try specification.makeCell()
    #expect(cell.name == entry.name && cell.inputSize == 2 && cell.hiddenSize == 3)
    let data = try JSONEncoder().encode(specification)
    #expect(String(decoding: data, as: UTF8.self).contains("\"cell\":\"\(entry.name)\""))
    #expect(try JSONDecoder().decode(NetworkSpecification.self, from: data) == specification)
  }

  /// The worked examples have no layer normalisation, and asking for it is refused rather than ignored.
  @Test func layerNormIsRefusedWhereThereIsNone() throws {
    let entry = try CellCatalogue.entry(named: "mingru")
    let specification = NetworkSpecification(cell: entry, inputSize: 1, hiddenSize: 1, layerNorm: true)
    #expect(throws: CellError.noLayerNorm(cell: "mingru")) { try specification.makeCell() }
  }

  /// The fused kernels refuse a cell that they do not have.
  @Test func kernelsNameTheirCells() throws {
    let entry = try CellCatalogue.entry(named: "indrnn")
    let specification = NetworkSpecification(cell: entry, inputSize: 1, hiddenSize: 1, layerNorm: false)
    let error = try #require(throws: TrainingError.self) { try FusedEngine(specification, steps: 4) }
    #expect(error.description.contains("indrnn; they hold const, shared, diag, gru, lstm"))
  }
}
