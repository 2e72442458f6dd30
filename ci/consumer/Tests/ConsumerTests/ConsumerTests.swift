import Claims
import GatedCells
import LearnabilityWindow
import Numerics
import PropertyTesting
import Reporting
import StableLaws
import Testing
import TheoryOracles

/// A cell of one's own: a leak that the input opens, and a candidate without squashing.
struct MyCell: SizedCell {
  let name = "my-cell"
  let inputSize: Int
  let hiddenSize: Int
  let layout: ParameterLayout
  let gate, candidate: AffineBlock

  init(inputSize: Int = 1, hiddenSize: Int = 1) throws {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    gate = layout.appendGate("s", inputs: inputSize, units: hiddenSize)
    candidate = layout.appendCandidate("h", inputs: inputSize, units: hiddenSize)
    self.layout = layout
  }

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    blend(
      gate: parameters.affine(gate, input, recurrent).map { S.logistic($0) }, kept: retained,
      candidate: parameters.affine(candidate, input, recurrent))
  }
}

@Suite struct ConsumerTests {
  @Test func myCellKeepsTheTheory() throws { try audit(MyCell()) }

  @Test func myCellHasPictures() throws {
    let report = try AuditReport(audit(MyCell()), of: MyCell.self)
    #expect(report.files().contains { $0.name == "report.html" && $0.text.contains("my-cell") })
  }

  @Test func brokenCellsAreFound() throws {
    #expect(throws: AuditFailure.self) { try audit(IndRNN(inputSize: 1, hiddenSize: 1)) }
  }

  @Test func theOtherProductsAreThere() throws {
    property { draw in
      let alpha = try draw("alpha", reals(in: 1.2...1.9))
      let law = try SymmetricStableLaw(tailIndex: alpha, scale: 1)
      try close(law.tail(0), 0.5, within: 1e-12)
    }
  }
}
