/// The report of a reproduction run: `report.html`.
public struct RunReport: Sendable {
  private let results: RunResults
  private let charts: RunCharts

  public init(_ results: RunResults) {
    self.results = results
    charts = RunCharts(results: results)
  }

  /// The page, a function of the results alone.
  public func page() -> ReportPage {
    ReportPage(
      title: "Learnability windows of \(counted(results.cells.count, "recurrent cell"))",
      lead: ReportText(lead),
      facts: headline, sections: [overview, envelopes, windows, statistics, timeScales, training] + settings,
      footer: ReportText("Made by `\(results.command)`."))
  }

  /// The page as HTML.
  public func html() -> String { page().html() }

  /// The table of the run, for the report and for a terminal.
  public func table() -> ReportTable {
    let largest = largestSampleCount
    return ReportTable(
      seedCount > 1
        ? "Means over \(seedCount) seeds; medians over lags or units" : "Medians over lags or units",
      columns: [
        .init("cell", .leading), .init("R²"), .init("window" + (largest.map { " at N = \($0)" } ?? "")),
        .init("decay rate"), .init("R² exp."), .init("exponent"), .init("R² power"),
        .init("better fit", .leading),
        .init("α̂"), .init("τ (steps)"),
      ],
      rows: results.cells.map { cell in
        let exponential = cell.seeds.compactMap(\.exponentialFit)
        let power = cell.seeds.compactMap(\.powerFit)
        return [
          .init(ReportText(cell.name)), .number(mean(cell.seeds.map { finalRSquared($0) }), digits: 3),
          .init(ReportText(windowText(cell))), .number(mean(exponential.map(\.rate)), digits: 3),
          .number(mean(exponential.map(\.rSquared)), digits: 3), .number(mean(power.map(\.rate)), digits: 3),
          .number(mean(power.map(\.rSquared)), digits: 3), .init(ReportText(betterFit(cell) ?? "n/a")),
          .number(mean(cell.seeds.map { SeedSpread.median($0.tailIndex) }), digits: 3),
          .number(SeedSpread.median(cell.seeds.flatMap(\.timeScales)), digits: 3),
        ]
      })
  }

  // MARK: sections

  private var overview: ReportSection {
    var blocks: [ReportBlock] = [.table(table())]
    let censored = results.cells.filter { reachesLongestLag($0) }.map(\.name)
    if !censored.isEmpty, let longest = charts.longestLag {
      blocks.append(
        .callout(
          .init(
            .caution,
            ReportText(
              "The window of \(listed(censored)) reaches lag \(longest), the longest that was measured; "
                + "it may be longer. Measure longer lags to see its end."))))
    }
    let untrained = results.cells.filter { !(mean($0.seeds.map { finalRSquared($0) }) > 0) }.map(\.name)
    if !untrained.isEmpty {
      blocks.append(
        .callout(
          .init(
            .caution,
            ReportText(
              "\(listed(untrained)) explained none of the variance of fresh data: the figures describe a network "
                + "that has not learnt the task."))))
    }
    return ReportSection("Overview", blocks)
  }

  private var envelopes: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph(
        "The envelope f̂(ℓ) sums over units how strongly an error at one time still moves the parameters through the state ℓ steps before. How fast it falls decides how many sequences a lag needs."
      ),
      .charts([
        .init(
          charts.envelopeSemilog, caption: ReportText("Exponential decay is a straight line here." + bandNote)
        ),
        .init(charts.envelopeLogLog, caption: ReportText("A power law is a straight line here." + bandNote)),
      ]),
    ]
    if let share = charts.gateShare {
      blocks.append(
        .charts([
          .init(
            share, caption: "What the optimizer adds: 1 where every unit learns at the global rate.")
        ]))
    }
    return ReportSection("Envelopes", blocks)
  }

  private var windows: ReportSection {
    var blocks: [ReportBlock] = [
      .paragraph("The window H_N is the longest lag at which N sequences suffice to detect the signal."),
      .charts([.init(charts.windows, caption: bandNote.isEmpty ? nil : ReportText(bandNote))]),
    ]
    let gaps = results.cells.compactMap { cell -> String? in
      let most = cell.seeds.flatMap(\.gapCounts).max() ?? 0
      return most > 0 ? "\(cell.name) up to \(counted(most, "lag"))" : nil
    }
    if !gaps.isEmpty {
      blocks.append(
        .callout(
          .init(
            .caution,
            ReportText(
              "Detectable lags need not form an interval. Below the window there are lags that are not detectable: "
                + gaps.joined(separator: ", ") + "."))))
    }
    if !results.taskLags.isEmpty {
      blocks.append(
        .paragraph(
          ReportText("The task asks for lags \(results.taskLags.map(String.init).joined(separator: ", ")).")))
    }
    return ReportSection("Windows", blocks)
  }

  private var statistics: ReportSection {
    let unreliable = results.cells.compactMap { cell -> String? in
      let count = cell.seeds.reduce(0) { $0 + $1.unreliableLags }
      return count > 0 ? "\(cell.name) \(count) of \(cell.seeds.reduce(0) { $0 + $1.lags.count })" : nil
    }
    let warning = ReportBlock.callout(
      .init(
        .caution,
        ReportText(
          "Some lags have no reliable estimate of the noise, or a tail index of at most 1, at which averages do not concentrate: "
            + unreliable.joined(separator: ", ") + ".")))
    return ReportSection(
      "Noise",
      [
        .paragraph(
          "The matched statistic is modelled as a symmetric stable law with tail index α̂ and scale σ̂; the window follows from both. At α̂ = 2 the noise is Gaussian, below it single sequences can dominate the mean."
        ),
        .charts([.init(charts.tailIndex), .init(charts.noiseScale)]),
      ] + (unreliable.isEmpty ? [] : [warning]))
  }

  private var timeScales: ReportSection {
    let undecayed = results.cells.compactMap { cell -> String? in
      let scales = cell.seeds.flatMap(\.timeScales)
      let count = scales.count { !($0.isFinite && $0 > 0) }
      return count > 0 ? "\(cell.name) \(count) of \(scales.count)" : nil
    }
    var blocks: [ReportBlock] = [.charts([.init(charts.timeScales)])]
    if !undecayed.isEmpty {
      blocks.append(
        .paragraph(
          ReportText(
            "Units whose effective learning rate does not decay with the lag, so that no time scale exists: "
              + undecayed.joined(separator: ", ") + ".")))
    }
    return ReportSection("Time scales", blocks)
  }

  private var training: ReportSection {
    ReportSection("Training", [.charts([.init(charts.loss), .init(charts.rSquared)])])
  }

  /// Every setting of the run, folded away.
  private var settings: [ReportSection] {
    guard results.facts.count > headline.count else { return [] }
    let table = ReportTable(
      "Settings", columns: [.init("setting", .leading), .init("value", .leading)],
      rows: results.facts.map { [.init(ReportText($0.label)), .init(ReportText($0.value))] })
    return [
      ReportSection("Settings", [.details(summary: "All settings of the run", blocks: [.table(table)])])
    ]
  }

  /// The facts short enough for the head of the page: a list of lags would push the findings out of sight.
  private var headline: [ReportPage.Fact] {
    Array(results.facts.filter { $0.value.count <= 12 && $0.label.count <= 12 }.prefix(12))
  }

  // MARK: words

  /// The finding in a sentence or two, from the numbers.
  var lead: String {
    guard let largest = largestSampleCount else { return "The run holds no windows." }
    let windows = results.cells.map { (name: $0.name, window: meanWindow($0)) }.filter { $0.window.isFinite }
    guard let widest = windows.max(by: { $0.window < $1.window }),
      let narrowest = windows.min(by: { $0.window < $1.window })
    else { return "The run holds no windows." }
    let longest = windows.filter { $0.window == widest.window }
    let shortest = windows.filter { $0.window == narrowest.window }
    var text = "With \(largest) sequences "
    if windows.count > 1, widest.window > narrowest.window {
      text +=
        "the window is longest for \(listed(longest.map(\.name))), \(steps(widest)), and shortest for "
        + "\(listed(shortest.map(\.name))), \(steps(narrowest))."
    } else if windows.count > 1 {
      text += "every cell has a window of \(steps(widest))."
    } else {
      text += "the window of \(widest.name) is \(steps(widest))."
    }
    return text + fitSentence
  }

  /// Which law fits which envelopes better; empty when there are no fits.
  private var fitSentence: String {
    let exponential = results.cells.filter { betterFit($0) == "exponential" }.map(\.name)
    let power = results.cells.filter { betterFit($0) == "power law" }.map(\.name)
    func cells(_ names: [String]) -> String {
      names.count == results.cells.count && names.count > 1 ? "every cell" : listed(names)
    }
    switch (exponential.isEmpty, power.isEmpty) {
    case (true, true): return ""
    case (false, true):
      return " An exponential fits the envelope of \(cells(exponential)) better than a power law."
    case (true, false):
      return " A power law fits the envelope of \(cells(power)) better than an exponential."
    case (false, false):
      return
        " An exponential fits the envelope of \(listed(exponential)) better, a power law that of \(listed(power))."
    }
  }

  private var bandNote: String {
    seedCount > 1 ? " Line: mean over \(seedCount) seeds; band: lowest to highest." : ""
  }

  private func steps(_ cell: (name: String, window: Double)) -> String {
    let atLeast = results.cells.contains { $0.name == cell.name && reachesLongestLag($0) }
    let number = NumberText.significant(cell.window, digits: 3)
    return (atLeast ? "at least " : "") + number + (cell.window == 1 ? " step" : " steps")
  }

  private func windowText(_ cell: RunResults.Cell) -> String {
    let window = meanWindow(cell)
    guard window.isFinite else { return "n/a" }
    return (reachesLongestLag(cell) ? "≥ " : "") + NumberText.significant(window, digits: 3)
  }

  /// Which straight line explains more of the logarithm of the envelope, by the mean over seeds.
  private func betterFit(_ cell: RunResults.Cell) -> String? {
    let exponential = mean(cell.seeds.compactMap { $0.exponentialFit?.rSquared })
    let power = mean(cell.seeds.compactMap { $0.powerFit?.rSquared })
    guard exponential.isFinite, power.isFinite else { return nil }
    return exponential >= power ? "exponential" : "power law"
  }

  // MARK: numbers

  private var seedCount: Int { results.cells.map(\.seeds.count).max() ?? 0 }

  private var largestSampleCount: Int? {
    results.cells.flatMap { $0.seeds.compactMap(\.sampleCounts.last) }.max()
  }

  private func meanWindow(_ cell: RunResults.Cell) -> Double {
    mean(
      cell.seeds.compactMap { seed in
        seed.sampleCounts.last == largestSampleCount ? seed.windows.last.map(Double.init) : nil
      })
  }

  private func reachesLongestLag(_ cell: RunResults.Cell) -> Bool {
    cell.seeds.contains { seed in
      guard let window = seed.windows.last, let longest = seed.lags.last else { return false }
      return window >= longest
    }
  }

  private func finalRSquared(_ seed: RunResults.SeedResult) -> Double {
    seed.learningCurve.last?.validationRSquared ?? .nan
  }

  private func mean(_ values: [Double]) -> Double {
    SeedSpread.middle(values.filter(\.isFinite), .arithmetic)
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return (count < words.count ? words[count] : "\(count)") + " " + noun + (count == 1 ? "" : "s")
  }

  private func listed(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
