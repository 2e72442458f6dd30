import Claims
import PropertyEngine

/// The page of one claim: what it says, how it came out, and on what.
struct ClaimPage {
  let audit: CellAudit
  let claim: Claim

  private var results: [ClaimResult] { audit.results.filter { $0.claim.id == claim.id } }

  func page() -> ReportPage {
    ReportPage(
      title: "\(claim.id): \(claim.title)", lead: ReportText(claim.statement),
      facts: [
        .init("Verdict", claim.verdict.rawValue), .init("Source", claim.source),
        .init("Held against", claim.oracle), .init("Proof", claim.proof?.description ?? "none"),
      ],
      sections: [ReportSection("Verdict", verdict)]
        + results.map { result in
          ReportSection("On \(result.system)", result.checks.flatMap { blocks($0) })
        },
      footer: ReportText([.link("Back to the audit", to: "../report.html")]))
  }

  private var verdict: [ReportBlock] {
    let failing = results.filter { !$0.isConfirmed }.map(\.system)
    var blocks: [ReportBlock] = [
      .callout(
        failing.isEmpty
          ? .init(.holds, "Came out as its verdict says on \(results.map(\.system).joined(separator: ", ")).")
          : .init(.fails, "Did not come out as its verdict says on \(failing.joined(separator: ", ")).")),
      .paragraph(ReportText(meaning)),
    ]
    if let finding = claim.finding { blocks.append(.callout(.init(.caution, ReportText(finding)))) }
    return blocks
  }

  private var meaning: String {
    switch claim.verdict {
    case .proved: "Expected: the statement has a machine-checked proof, and holds on every case tried."
    case .holds: "Expected: the statement holds as it stands, on every case tried."
    case .amended:
      "Expected: the published statement is false or incomplete: a counterexample must be found, and the amended statement must hold."
    case .refuted: "Expected: the published statement is false: a counterexample must be found."
    }
  }

  private func blocks(_ check: CheckResult) -> [ReportBlock] {
    let outcome = check.outcome
    let expected =
      check.expectation == .holds ? "must hold on every case" : "must have a counterexample, as published"
    var blocks: [ReportBlock] = [
      .table(
        ReportTable(
          "\(outcome.name) — \(expected)",
          columns: [
            .init("came out", .leading), .init("status", .leading), .init("cases"),
            .init("worst error / bound"), .init("false-alarm bound"),
          ],
          rows: [
            [
              .init(
                check.isConfirmed ? "as it is to" : "otherwise", mark: check.isConfirmed ? .good : .bad),
              .init(ReportText(outcome.status.rawValue)), .integer(outcome.cases),
              .number(
                outcome.worst.filter { $0.name == ClaimRunner.errorOverBound }.map(\.value).max() ?? .nan,
                digits: 3), .number(outcome.alarmSpent, digits: 2),
            ]
          ], narrowForm: .records))
    ]
    if let example = outcome.counterexample {
      blocks.append(.paragraph("Smallest counterexample:"))
      blocks.append(.code(([example.message] + example.values.map(Self.line)).joined(separator: "\n")))
    } else if let problem = outcome.problem {
      blocks.append(.paragraph(ReportText(problem)))
    }
    if let worst = outcome.worst.first {
      blocks.append(
        .details(
          summary: "Worst case tried: \(worst.name) \(NumberText.significant(worst.value, digits: 3))",
          blocks: [.code(worst.values.map(Self.line).joined(separator: "\n"))]))
    }
    blocks.append(.details(summary: "Statistics of the run", blocks: [.code(statistics(outcome))]))
    return blocks
  }

  /// Without the duration, so that the same audit gives the same bytes.
  private func statistics(_ outcome: PropertyOutcome) -> String {
    outcome.statisticsText.split(separator: "\n").map { line in
      line.hasPrefix("rejected ")
        ? "rejected \(outcome.rejected), duplicates \(outcome.duplicates)" : String(line)
    }.joined(separator: "\n")
  }

  private static func line(_ value: PrintedValue) -> String {
    value.name.isEmpty ? value.text : "\(value.name) = \(value.text)"
  }
}
