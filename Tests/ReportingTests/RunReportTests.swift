import Foundation
import Testing

@testable import Reporting

/// A run with known numbers: exponential envelopes for the first two cells, power laws for the rest.
enum SampleRun {
  static let names = ["const", "shared", "diag", "gru", "lstm"]

  static func results(seeds: Int = 1, cells: Int = 5) -> RunResults {
    RunResults(
      cells: (0..<cells).map { index in
        RunResults.Cell(name: names[index], seeds: (0..<seeds).map { seed(index, UInt64($0)) })
      },
      taskLags: [32, 64], facts: [.init("preset", "quick"), .init("optimizer", "AdamW")],
      command: "learnability reproduce --preset quick --out OUT")
  }

  static func seed(_ cell: Int, _ seed: UInt64) -> RunResults.SeedResult {
    let lags = Array(stride(from: 4, through: 128, by: 4))
    let lift = 1 + 0.2 * Double(seed)
    let envelope = lags.map { lag -> Double in
      let lag = Double(lag)
      return lift
        * (cell < 2 ? 0.1 * exp(-lag / (8 + 10 * Double(cell))) : 0.2 * pow(lag, 0.3 * Double(cell) - 2))
    }
    let counts = [50, 100, 200, 400, 800]
    return RunResults.SeedResult(
      seed: seed, lags: lags, envelope: envelope,
      gateEnvelope: envelope.map { $0 / (1.5 + 0.1 * Double(cell)) },
      tailIndex: lags.map { 1.9 - 0.1 * Double(cell) + 0.02 * sin(Double($0)) },
      noiseScale: lags.map { 0.01 * lift * exp(-Double($0) / 100) },
      timeScales: (1...32).map { $0 == 32 && cell == 4 ? .infinity : Double($0) * (1 + Double(cell)) },
      sampleCounts: counts,
      windows: counts.map { count in min(128, Int(4 * pow(Double(count), 0.12 * Double(cell + 1)))) },
      exponentialFit: .init(rate: 0.1, rSquared: cell < 2 ? 0.999 : 0.8),
      powerFit: .init(rate: 1.2, rSquared: cell < 2 ? 0.85 : 0.99),
      learningCurve: (1...20).map { epoch in
        let loss = 0.3 + exp(-Double(epoch) / 6) / (1 + Double(cell))
        return .init(
          epoch: epoch, trainingLoss: loss * 0.95, validationLoss: loss, validationRSquared: 1 - loss)
      })
  }
}

@Suite struct RunReportTests {
  /// The lead names the cells with the longest and the shortest window, with the numbers of the run.
  @Test func theLeadSaysWhatWasFound() {
    let lead = RunReport(SampleRun.results()).lead
    // 4·800^0.12 = 8.9 for the first cell; 4·800^0.6 = 220, cut to the longest lag, for the last.
    #expect(lead.contains("longest for lstm, at least 128 steps, and shortest for const, 8 steps"))
    #expect(
      lead.contains("An exponential fits the envelope of const and shared better, a power law that of diag"))
    var tied = SampleRun.results()
    tied.cells[3].seeds[0].windows = tied.cells[4].seeds[0].windows
    #expect(RunReport(tied).lead.contains("longest for gru and lstm, at least 128 steps"))
    let exponential = RunReport(SampleRun.results(cells: 2)).lead
    #expect(exponential.contains("An exponential fits the envelope of every cell better than a power law."))
    #expect(RunReport(SampleRun.results(cells: 1)).lead.contains("the window of const is 8 steps"))
  }

  /// A window that reaches the longest lag measured is marked as a lower bound.
  @Test func censoredWindowsAreMarked() {
    let report = RunReport(SampleRun.results())
    #expect(report.table().rows[4][2].text.plain == "≥ 128")
    #expect(report.table().rows[0][2].text.plain == "8")
    #expect(report.html().contains("it may be longer"))
  }

  /// Long settings stand in a table at the end, all of them; short ones also at the head.
  @Test func longSettingsAreFolded() {
    var results = SampleRun.results()
    results.facts.append(.init("lags", (1...32).map(String.init).joined(separator: " ")))
    let page = RunReport(results).page()
    #expect(page.facts.map(\.label) == ["preset", "optimizer"])
    #expect(page.sections.last?.title == "Settings")
    #expect(page.html().contains("31 32"))
    #expect(RunReport(SampleRun.results()).page().sections.last?.title == "Training")
  }

  /// Gaps below a window and unreliable estimates of the noise are said, and only where there are any.
  @Test func gapsAndUnreliableNoiseAreSaid() {
    var results = SampleRun.results()
    #expect(!RunReport(results).html().contains("need not form an interval"))
    #expect(!RunReport(results).html().contains("no reliable estimate"))
    results.cells[1].seeds[0].gapCounts = [0, 2, 1, 0, 0]
    results.cells[3].seeds[0].unreliableLags = 5
    let html = RunReport(results).html()
    #expect(html.contains("not detectable: shared up to two lags."))
    #expect(html.contains("do not concentrate: gru 5 of 32."))
  }

  /// Every chart of the run is on the page, well formed, with each cell in its legend.
  @Test func thePageIsWhole() throws {
    for results in [SampleRun.results(), SampleRun.results(seeds: 3), SampleRun.results(cells: 1)] {
      let html = RunReport(results).html()
      try WellFormed.check(html)
      #expect(html.components(separatedBy: "<figure>").count == 10)
      #expect(html == RunReport(results).html())
    }
  }

  /// A run without any measurement still gives a page that says so.
  @Test func anEmptyRunIsReported() throws {
    let empty = RunResults(cells: [], taskLags: [], facts: [], command: "learnability reproduce")
    let html = RunReport(empty).html()
    try WellFormed.check(html)
    #expect(html.contains("The run holds no windows."))
  }

  /// Several seeds join on equal lags: geometric middle for envelopes, and the band spans lowest to highest.
  @Test func seedsAreJoined() {
    let spread = SeedSpread([([1, 2, 4], [1, 8, 0]), ([1, 2, 3], [4, 2, .nan])], middle: .geometric)
    #expect(spread.x == [1, 2, 3, 4])
    // exp and log each err by an ulp or so of numbers near two.
    #expect((spread.middle[0] - 2).magnitude < 1e-14 && (spread.middle[1] - 4).magnitude < 1e-14)
    #expect(spread.middle[2].isNaN && spread.middle[3].isNaN)
    #expect(spread.lowest[1] == 2 && spread.highest[1] == 8)
  }

  /// The median counts infinite values, since an infinite time scale is a long one, but not missing ones.
  @Test func mediansCountInfiniteValues() {
    #expect(SeedSpread.median([3, .infinity, 1]) == 3)
    #expect(SeedSpread.median([3, .infinity, .infinity, .nan]) == .infinity)
    #expect(SeedSpread.median([4, 1]) == 2.5)
    #expect(SeedSpread.median([.nan]).isNaN)
  }

  /// The distribution of time scales starts at the share of units that have one; infinite scales exceed all others.
  @Test func timeScaleSharesCountEveryUnit() throws {
    let chart = RunCharts(results: SampleRun.results()).timeScales
    #expect(chart.series[4].y.first == 1)
    #expect(chart.series[4].y.last == 2.0 / 32)
    #expect(chart.series[0].y.last == 1.0 / 32)
  }
}
