import Claims
import GatedCells

extension AuditReport {
  /// The report of an audit from a test: portraits of the cell beside the built-in ones.
  ///
  /// ```swift
  /// try AuditReport(audit(MyCell(inputSize: 1, hiddenSize: 1)), of: MyCell.self).write(to: "audit")
  /// ```
  /// - Complexity: six small networks are trained, a second or two each.
  /// - Throws: `CellError` for sizes the cell refuses, `TrainingError` when a loss stops being finite.
  public init<Cell: SizedCell>(_ audit: CellAudit, of type: Cell.Type) throws {
    let own = try Cell(inputSize: 1, hiddenSize: 1).name
    var portraits = [
      try CellPortrait.paint(own, seed: audit.seed) { try Cell(inputSize: $0, hiddenSize: $1) }
    ]
    for cell in BuiltInCell.allCases {
      portraits.append(
        try CellPortrait.paint(cell.rawValue, seed: audit.seed) {
          try cell.make(inputSize: $0, hiddenSize: $1)
        })
    }
    self.init(audit, portraits: portraits, command: "swift test")
  }

  /// Writes `report.html` and a page for each claim.
  public func write(into directory: RunDirectory) throws(OutputError) {
    for file in files() { try AtomicOutput.write(file.text, to: directory.file(file.name)) }
  }

  /// Writes the report to a folder that is new, empty, or holds an earlier report, which it replaces.
  public func write(to path: String) throws(OutputError) {
    try write(into: RunDirectory(preparing: path, policy: .force))
  }
}
