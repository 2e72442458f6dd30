import Claims
import Foundation
import GatedCells
import Numerics
import Reporting
import Testing

/// The code of the guides, word for word; the last test holds the two against each other.
// swift-format-ignore
struct InputGatedCell: SizedCell {
  let name = "input-gated"
  let inputSize: Int
  let hiddenSize: Int
  let layout: ParameterLayout
  let gateWeights, gateBias: ParameterBlock
  let candidate: AffineBlock

  init(inputSize: Int, hiddenSize: Int) throws {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    var layout = ParameterLayout()
    gateWeights = layout.append("W_s", rows: hiddenSize, columns: inputSize, role: .inputWeights, isGate: true)
    gateBias = layout.append("b_s", rows: hiddenSize, role: .bias, isGate: true)
    candidate = layout.appendCandidate("h", inputs: inputSize, units: hiddenSize)
    self.layout = layout
  }

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    let s = parameters.affine(gateWeights, input, gateBias).map { S.logistic($0) }
    let g = parameters.affine(candidate, input, recurrent).map { S.tanh($0) }
    return blend(gate: s, kept: retained, candidate: g)
  }
}

@Suite struct GuideTests {
  @Test func inputGatedCellKeepsTheTheory() throws {
    try audit(InputGatedCell(inputSize: 1, hiddenSize: 1))
  }

  @Test func handWrittenRetentionIsRight() throws {
    var cell = CellUnderTest.derived(from: InputGatedCell.self)
    let derived = cell.diagonal
    cell.diagonal = { cell, point in
      var split = try derived(cell, point)
      guard let own = cell as? InputGatedCell else { return split }
      let s = point.parameters.affine(own.gateWeights, point.input, own.gateBias)
      split.retention = s.map { 1 - Double.logistic($0) }
      return split
    }
    try audit(cell)
  }

  @Test func theAuditIsAValue() throws {
    let audit = CellAudit.run([try .named("mgu")], profile: .dev, seed: 0)
    for result in audit.results where !result.isConfirmed {
      print(result.failureText(in: audit))
    }
    #expect(audit.isConfirmed)
  }

  @Test func inputGatedCellHasPictures() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("input-gated").path
    let result = try audit(InputGatedCell(inputSize: 1, hiddenSize: 1))
    try AuditReport(result, of: InputGatedCell.self).write(to: folder)
    print("open \(folder)/report.html")
  }

  /// Every block of code in the guides stands in this file, or in the manifest of the package that uses this one in
  /// `ci/consumer`, so that what they show compiles and passes.
  @Test(arguments: ["AuditYourOwnCell", "ReadAReport"]) func guidesShowThisCode(guide: String) throws {
    let here = URL(fileURLWithPath: #filePath)
    func lines(_ text: some StringProtocol) -> String {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let manifest = root.appendingPathComponent("ci/consumer/Package.swift.template")
    let code = try [here, manifest].map { lines(try String(contentsOf: $0, encoding: .utf8)) }.joined()
    let text = try String(
      contentsOf: root.appendingPathComponent("Sources/Claims/Claims.docc/\(guide).md"), encoding: .utf8)
    let blocks = text.components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(!blocks.isEmpty)
    for block in blocks { #expect(code.contains(lines(block)), "\(block)") }
  }
}
