import Claims

/// The tables of an audit: claims by cell, and claims about the theory alone.
public enum AuditTable {
  /// What a column says of a claim.
  private enum Judgement {
    /// Mark and largest error over its bound on one system.
    case full(String)
    /// The mark alone.
    case mark(String)
    /// The largest error over its bound on any of several systems.
    case worst([String])
  }

  /// A row for each claim: its verdict, then for each cell whether the claim came out as the verdict says, and the largest
  /// error over its bound where a bound was measured. Of the two tables those that have rows.
  public static func make(_ audit: CellAudit, links: Bool = false) -> [ReportTable] {
    let cells = table(audit, .cells, audit.cells.map { .full($0) }, links: links)
    let theory = table(audit, .theory, [.full(CellAudit.theory)], links: links)
    return [cells, theory].filter { !$0.rows.isEmpty }
  }

  /// The same for a terminal `width` columns wide.
  ///
  /// Where the numbers of all cells leave no room for the statement, cells have marks only, and the row's largest error stands in
  /// a column of its own. Where even marks leave none, the cells are spread over several tables.
  public static func make(_ audit: CellAudit, width: Int) -> [ReportTable] {
    let whole = make(audit)
    let cells = table(audit, .cells, audit.cells.map { .full($0) })
    guard !cells.rows.isEmpty, room(cells, width) < statementWithNumbers else { return whole }
    var groups: [[String]] = []
    for cell in audit.cells {
      let longer = (groups.last ?? []) + [cell]
      if groups.isEmpty || room(compact(audit, longer), width) < statementWithMarks {
        groups.append([cell])
      } else {
        groups[groups.count - 1] = longer
      }
    }
    return groups.map { compact(audit, $0) } + whole.dropFirst()
  }

  /// Columns that a statement needs to be readable beside numbers, and beside marks: most take two lines then.
  private static let statementWithNumbers = 26
  private static let statementWithMarks = 20

  /// What a table leaves its statement of a width.
  private static func room(_ table: ReportTable, _ width: Int) -> Int {
    let natural = table.naturalWidth(ofColumn: 1)
    return width - (natural.table - natural.column)
  }

  private static func compact(_ audit: CellAudit, _ cells: [String]) -> ReportTable {
    table(audit, .cells, cells.map { .mark($0) } + [.worst(cells)])
  }

  private static func table(
    _ audit: CellAudit, _ scope: ClaimScope, _ judgements: [Judgement], links: Bool = false
  ) -> ReportTable {
    ReportTable(
      scope == .cells ? "Claims by cell" : "Claims about the theory",
      columns: [.init("claim", .leading), .init("statement", .leading), .init("verdict", .leading)]
        + judgements.map { .init(title($0)) },
      rows: audit.claims.filter { $0.scope == scope }.map { claim in
        let id: ReportText =
          links ? ReportText([.link(claim.id, to: "claims/\(claim.id).html")]) : ReportText(claim.id)
        return [.init(id), .init(ReportText(claim.title)), .init(ReportText(claim.verdict.rawValue))]
          + judgements.map { cell(audit, claim, $0) }
      }, narrowForm: .records)
  }

  private static func title(_ judgement: Judgement) -> String {
    switch judgement {
    case .full(let system), .mark(let system): system
    case .worst: "worst"
    }
  }

  private static func cell(_ audit: CellAudit, _ claim: Claim, _ judgement: Judgement) -> ReportTable.Cell {
    switch judgement {
    case .full(let system):
      guard let result = audit.result(claim, system) else { return "" }
      let ratio = number(result.worstErrorOverBound)
      if result.isConfirmed { return .init(ReportText(ratio), mark: .good) }
      return .init(ReportText(ratio.isEmpty ? "fails" : "fails \(ratio)"), mark: .bad)
    case .mark(let system):
      guard let result = audit.result(claim, system) else { return "" }
      return .init("", mark: result.isConfirmed ? .good : .bad)
    case .worst(let systems):
      return .init(
        ReportText(number(systems.compactMap { audit.result(claim, $0)?.worstErrorOverBound }.max())))
    }
  }

  private static func number(_ ratio: Double?) -> String {
    ratio.map { NumberText.significant($0, digits: 2) } ?? ""
  }
}
