import KernelRegime

/// The report of a kernel-regime experiment: descent against its theorems, movement against radii, linearisation against
/// width, and the growth of the constants.
public struct KernelReport: Sendable {
  private let result: KernelExperimentResult

  public init(_ result: KernelExperimentResult) { self.result = result }

  /// Both theorems in a table for a terminal.
  public func table() -> ReportTable {
    ReportTable(
      "Average loss against its bound",
      columns: [
        .init("descent", .leading), .init("first loss"), .init("average loss"), .init("bound"),
        .init("floor 2Z"), .init("iterations covered"), .init("movement"), .init("radius"),
        .init("verdict", .leading),
      ],
      rows: [("projected", result.projected), ("plain", result.plain)].map { name, run in
        let last = max(0, run.coveredIterations - 1)
        return [
          .init(ReportText(name)), .number(run.losses.first ?? .nan),
          .number(run.runningAverage[last]), .number((run.bound[last] ?? nil) ?? .nan),
          .number(run.floor ?? .nan), .integer(run.coveredIterations),
          .number(run.jointMovement[last]), .number((run.jointRadius[last] ?? nil) ?? .nan),
          .init(
            ReportText(
              run.coveredIterations == 0
                ? "no theorem"
                : run.holds ? (run.isInformative ? "informative" : "vacuous") : "VIOLATED"),
            mark: run.coveredIterations == 0 ? .neutral : run.holds ? .good : .bad),
        ]
      })
  }

  /// The linearisation error over widths.
  public func linearisationTable() -> ReportTable {
    ReportTable(
      "Linearisation error against β ρ²/(2√m)",
      columns: [
        .init("width"), .init("moves", .leading), .init("error"), .init("bound"), .init("bound / error"),
        .init("√m · error"),
      ],
      rows: result.linearisation.map {
        [
          .integer($0.width), .init(ReportText($0.direction.rawValue)), .number($0.error),
          .number($0.bound), .number($0.bound / $0.error), .number($0.scaledError),
        ]
      })
  }

  /// The whole page.
  public func page(command: String) -> ReportPage {
    let configuration = result.configuration
    return ReportPage(
      title: "Gradient descent in the kernel regime",
      lead: ReportText(lead),
      facts: [
        .init("activation", configuration.activation), .init("width m", "\(configuration.width)"),
        .init("length T", "\(configuration.steps)"), .init("α", NumberText.significant(result.spread)),
        .init("α_m", NumberText.significant(result.retentionBound)),
        .init("σ₁α_m", NumberText.significant(result.ratio)), .init("regime", result.regime.rawValue),
        .init("Λ", NumberText.significant(result.totalLipschitz)),
        .init("step η", NumberText.significant(result.stepSize)), .init("seed", "\(configuration.seed)"),
      ],
      sections: [
        ReportSection(
          "Descent",
          result.warnings.map { .callout(.init(.caution, ReportText($0))) } + [
            .table(table()),
            .charts([
              .init(loss("Projected descent", result.projected)), .init(loss("Plain descent", result.plain)),
            ]),
          ]),
        ReportSection(
          "Movement of the weights",
          [
            .charts([
              .init(movement("Projected descent", result.projected)),
              .init(movement("Plain descent", result.plain)),
            ])
          ]),
        ReportSection(
          "Linearisation", [.table(linearisationTable()), .charts([.init(linearisation)])]),
        ReportSection(
          "Growth of the constants",
          [
            .paragraph(
              "The bound on the squared gradient grows as the regime says; what neurons at initialisation do is another matter."
            ),
            .charts([.init(growth)]),
          ]),
      ], footer: ReportText("Made by `\(command)`"))
  }

  private var lead: String {
    let run = result.projected
    let last = max(0, run.coveredIterations - 1)
    guard run.coveredIterations > 0, let bound = run.bound[last] else {
      return "The theorem's conditions are not met at this width: no bound applies."
    }
    return "After \(run.coveredIterations) iterations the average loss of projected descent is "
      + "\(NumberText.significant(run.runningAverage[last])), within its bound "
      + "\(NumberText.significant(bound))\(run.isInformative ? "" : ", which is above the initial loss and says nothing")."
  }

  private func iterations(_ count: Int) -> [Double] { (1...max(1, count)).map(Double.init) }

  private func loss(_ title: String, _ run: KernelExperimentResult.DescentReport) -> Chart {
    let x = iterations(run.losses.count)
    return Chart(
      title: title, horizontal: ChartAxis("iterations", scale: .log10, reach: .data),
      vertical: ChartAxis("squared loss", scale: .log10),
      series: [
        ChartSeries("loss", x: x, y: run.losses, style: .numbered(0)),
        ChartSeries("average", x: x, y: run.runningAverage, style: .numbered(1)),
        ChartSeries("bound", x: x, y: run.bound.map { $0 ?? .nan }, style: .numbered(2)),
      ])
  }

  private func movement(_ title: String, _ run: KernelExperimentResult.DescentReport) -> Chart {
    let x = iterations(run.losses.count)
    return Chart(
      title: title, horizontal: ChartAxis("iterations", scale: .log10, reach: .data),
      vertical: ChartAxis("√m · largest movement of a neuron", scale: .log10),
      series: [
        ChartSeries("movement", x: x, y: run.jointMovement, style: .numbered(0)),
        ChartSeries("radius", x: x, y: run.jointRadius.map { $0 ?? .nan }, style: .numbered(2)),
      ])
  }

  private var linearisation: Chart {
    let directions = Linearisation.Direction.allCases
    var series = directions.enumerated().map { index, direction in
      let rows = result.linearisation.filter { $0.direction == direction }
      return ChartSeries(
        direction.rawValue, x: rows.map { Double($0.width) }, y: rows.map(\.error), style: .numbered(index))
    }
    let rows = result.linearisation.filter { $0.direction == directions[0] }
    series.append(
      ChartSeries(
        "bound", x: rows.map { Double($0.width) }, y: rows.map(\.bound), style: .numbered(directions.count)))
    return Chart(
      title: "Error of the linearised network", horizontal: ChartAxis("width m", scale: .log10),
      vertical: ChartAxis("error at the last step", scale: .log10), series: series)
  }

  private var growth: Chart {
    let x = result.growth.map { Double($0.step) }
    return Chart(
      title: "Squared gradient of one neuron", horizontal: ChartAxis("length t", reach: .data),
      vertical: ChartAxis("‖∇h_t‖²", scale: .log10),
      series: [
        ChartSeries("bound L_t²", x: x, y: result.growth.map(\.squaredLipschitz), style: .numbered(2)),
        ChartSeries("largest", x: x, y: result.growth.map(\.largestSquaredGradient), style: .numbered(3)),
        ChartSeries("mean", x: x, y: result.growth.map(\.meanSquaredGradient), style: .numbered(0)),
        ChartSeries("median", x: x, y: result.growth.map(\.medianSquaredGradient), style: .numbered(1)),
      ])
  }
}
