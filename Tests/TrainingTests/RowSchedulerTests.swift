import GatedCells
import Kernels
import Testing

@testable import Training

@Suite struct RowSchedulerTests {
  /// A product that starts from neighbouring biases adds them on its way: the forward pass holds such a product of several
  /// rows, and no bias of its gates is spread over the lanes beforehand.
  @Test(arguments: ["diag", "gru", "lstm"]) func biasesAreAddedByTheProduct(name: String) throws {
    let entry = try #require(CellCatalogue.all.first { $0.name == name })
    let cell = try LaneSubject(entry: entry, layerNorm: false).cell(2, 3)
    let program = try RowCompiler.compile(RecurrentNetwork(cell: cell))
    let products = (program.prologue + program.forward).filter { $0.operation == .productOntoParameters }
    #expect(products.contains { $0.rows > 1 })
    for product in products where product.rows > 1 {
      let biases = product.start..<product.start + product.rows
      #expect(!program.spreadParameters.contains { biases.contains($0) })
    }
  }
}
