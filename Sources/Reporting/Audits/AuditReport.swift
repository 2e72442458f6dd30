import Claims
import GatedCells

/// The HTML report of an audit: one page with the table, failures and pictures, and a page for each claim.
public struct AuditReport: Sendable {
  /// A page with its name within the report's folder.
  public struct File: Sendable, Hashable {
    public let name: String
    public let text: String
  }

  public let audit: CellAudit
  /// The audited cells and the built-in ones, measured alike.
  public let portraits: [CellPortrait]
  public let command: String

  public init(_ audit: CellAudit, portraits: [CellPortrait], command: String) {
    self.audit = audit
    self.portraits = portraits
    self.command = command
  }

  /// `report.html` and `claims/ID.html` for every claim.
  public func files() -> [File] {
    [File(name: "report.html", text: page().html())]
      + audit.claims.map {
        File(name: "claims/\($0.id).html", text: ClaimPage(audit: audit, claim: $0).page().html())
      }
  }

  func page() -> ReportPage {
    ReportPage(
      title: "Audit of \(audit.cells.joined(separator: ", "))", lead: lead,
      facts: [
        .init("Claims", String(audit.claims.count)), .init("Cells", String(audit.cells.count)),
        .init("Profile", audit.profile), .init("Seed", String(audit.seed)),
        .init("False-alarm bound", NumberText.significant(audit.alarmSpent, digits: 2)),
      ],
      sections: [
        ReportSection("Claims", [.paragraph(legend)] + AuditTable.make(audit, links: true).map { .table($0) })
      ] + failures + pictures,
      footer: ReportText("Made by `\(command)`."))
  }

  private var lead: ReportText {
    let failing = Set(audit.failures.map(\.claim.id)).count
    if failing == 0 { return "Every one of \(audit.claims.count) claims came out as its verdict says." }
    let cells = audit.cells.filter { cell in audit.failures.contains { $0.system == cell } }
    return ReportText(
      "\(failing) of \(audit.claims.count) claims did not come out as their verdict says"
        + (cells.isEmpty ? "." : ": on \(cells.joined(separator: ", "))."))
  }

  private var legend: ReportText {
    "✓ came out as its verdict says, ✗ did not; the number is the largest error over its bound, where a claim measures one. An amended or refuted claim comes out when the search finds the counterexample to the published statement. The identifier leads to the statement, the evidence and the worst case."
  }

  private var failures: [ReportSection] {
    guard !audit.failures.isEmpty else { return [] }
    return [
      ReportSection(
        "What fails",
        audit.failures.flatMap { result -> [ReportBlock] in
          [
            .callout(
              .init(
                .fails,
                ReportText([
                  .link(result.claim.id, to: "claims/\(result.claim.id).html"),
                  .text(" on \(result.system): \(result.claim.title)."),
                ]))), .code(result.failureText(in: audit)),
          ]
        })
    ]
  }

  /// One set of charts for each audited cell that is not built in, beside the five; one set for the five alone otherwise.
  private var pictures: [ReportSection] {
    guard !portraits.isEmpty else { return [] }
    let builtIn = portraits.filter { BuiltInCell(rawValue: $0.name) != nil }
    let others = portraits.filter { BuiltInCell(rawValue: $0.name) == nil }
    let groups = others.isEmpty ? [builtIn] : others.map { [$0] + builtIn }
    return groups.map { group in
      let subject = BuiltInCell(rawValue: group[0].name) == nil ? group[0].name : "the built-in cells"
      let charts = RunCharts(
        results: RunResults(
          cells: group.map { $0.results(seed: audit.seed) }, taskLags: [2, 8], facts: [], command: command))
      return ReportSection(
        "Envelope, window and time scales: \(subject)",
        [
          .paragraph(
            "Networks of \(CellPortrait.units) units with \(CellPortrait.inputs) inputs, trained for \(CellPortrait.trainingSteps) steps of RMSprop on sequences of \(CellPortrait.steps) steps and measured on \(CellPortrait.sequences) fresh ones: a sketch, not a reproduction."
          ),
          .charts([
            .init(
              charts.envelopeSemilog, caption: "How much of a step's learning rate reaches back ℓ steps."),
            .init(charts.windows, caption: "Lags that can be learnt from N sequences at a ratio of 1."),
            .init(charts.timeScales, caption: "How long single units remember."),
          ]), .details(summary: "The same as a table", blocks: [.table(Self.table(group))]),
        ])
    }
  }

  /// Envelope by lag, one column a cell.
  public static func table(_ portraits: [CellPortrait]) -> ReportTable {
    let lags = portraits.first?.analysis.profile.lags.map(\.lag) ?? []
    return ReportTable(
      "Envelope f̂(ℓ)", columns: [.init("lag ℓ")] + portraits.map { .init($0.name) },
      rows: lags.indices.map { index in
        [.integer(lags[index])]
          + portraits.map { .number($0.analysis.profile.lags[index].envelope, digits: 3) }
      })
  }
}

extension AuditReport {
  /// The spread of the units' time scales.
  public static func timeScales(_ portrait: CellPortrait) -> ReportTable {
    let sorted = portrait.analysis.timeScales.map(\.value).sorted()
    func quantile(_ share: Double) -> ReportTable.Cell {
      sorted.isEmpty ? "n/a" : .number(sorted[Int(share * Double(sorted.count - 1))], digits: 3)
    }
    return ReportTable(
      "Time scales of \(sorted.count) units, in steps",
      columns: [.init("least"), .init("median"), .init("greatest")],
      rows: [[quantile(0), quantile(0.5), quantile(1)]])
  }

  /// The claims on a recording.
  public static func table(_ trace: TraceAudit) -> ReportTable {
    ReportTable(
      "Claims on the recording",
      columns: [.init("claim", .leading), .init("statement", .leading), .init("error / bound", .leading)],
      rows: trace.findings.map {
        [
          .init(ReportText($0.id)), .init(ReportText($0.title)),
          .init(
            ReportText(NumberText.significant($0.worst, digits: 2)), mark: $0.failure == nil ? .good : .bad),
        ]
      })
  }
}
