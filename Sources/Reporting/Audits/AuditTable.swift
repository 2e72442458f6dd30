import Claims

/// The one table of an audit: claims by cell.
public enum AuditTable {
  /// A row for each claim: its verdict, then for each cell whether the claim came out as the verdict says, and the largest
  /// error over its bound where a bound was measured.
  public static func make(_ audit: CellAudit, links: Bool = false) -> ReportTable {
    let systems = systems(of: audit)
    return ReportTable(
      "Claims by cell",
      columns: [.init("claim", .leading), .init("statement", .leading), .init("verdict", .leading)]
        + systems.map { .init($0) },
      rows: audit.claims.map { claim in
        let id: ReportText =
          links ? ReportText([.link(claim.id, to: "claims/\(claim.id).html")]) : ReportText(claim.id)
        return [.init(id), .init(ReportText(claim.title)), .init(ReportText(claim.verdict.rawValue))]
          + systems.map { cell(audit.result(claim, $0)) }
      })
  }

  /// The columns: audited cells, then the theory when claims about it were run.
  static func systems(of audit: CellAudit) -> [String] {
    let hasTheory = audit.results.contains { $0.system == CellAudit.theory }
    return (audit.cells.isEmpty ? [] : audit.cells) + (hasTheory ? [CellAudit.theory] : [])
  }

  static func cell(_ result: ClaimResult?) -> ReportTable.Cell {
    guard let result else { return "" }
    let ratio = result.worstErrorOverBound.map { NumberText.significant($0, digits: 2) } ?? ""
    if result.isConfirmed { return .init(ReportText(ratio), mark: .good) }
    return .init(ReportText(ratio.isEmpty ? "fails" : "fails \(ratio)"), mark: .bad)
  }
}
