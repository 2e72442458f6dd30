import Foundation
import Testing

@testable import Benchmarks

@Suite struct BenchmarkReportTests {
  /// The median of an even number of runs lies half way between the middle two; least and most are the ends.
  @Test func spreadOrdersItsValues() {
    let spread = Spread([4, 1, 3, 2])
    #expect(spread.median == 2.5 && spread.minimum == 1 && spread.maximum == 4 && spread.runs == 4)
    #expect(Spread([5, 7, 6]).median == 6)
  }

  /// JSON holds every figure of a report and names its version.
  @Test func jsonRoundTrips() throws {
    let row = Measurement(
      "lstm", setting: "1,2,3,4", unit: "ms", value: Spread([1, 2]), rate: 3, rateUnit: "GFLOP/s",
      shareOfPeak: 0.5, ratio: Spread([7]), against: "reference path")
    let report = BenchmarkReport(threads: 2, groups: [GroupResult(group: "train", measurements: [row])])
    let text = try report.json()
    let decoded = try JSONDecoder().decode(BenchmarkReport.self, from: Data(text.utf8))
    #expect(decoded == report)
    #expect(text.contains("\"formatVersion\" : 1"))
  }

  /// A size is four numbers; anything else is refused.
  @Test(arguments: ["", "1,2,3", "1,2,3,4,5", "0,2,3,4", "1,1,3,4", "1,2,3,x", "1,2,3,70000", "1,2,,4"])
  func sizesAreChecked(text: String) {
    #expect(TrainingSize(text) == nil)
    #expect(TrainingSize("1,2,3,4")?.description == "1,2,3,4")
  }

  /// Two contenders run the same number of times, one in turn with the other, after one uncounted call each.
  @Test func duelTakesTurns() {
    var calls = ""
    let result = Stopwatch.duel(runs: 3) {
      calls += "a"
    } against: {
      calls += "b"
    }
    #expect(calls == "abababab")
    #expect(result.value.runs == 3 && result.ratio.runs == 3)
  }

  /// A training step changes the parameters and its operations are those of the shape.
  @Test func trainStepTrains() throws {
    let size = TrainingSize(batch: 4, steps: 8, inputs: 2, hidden: 5)
    var step = try TrainStep(.lstm, size, layerNorm: true, threads: 1)
    let before = step.parameters
    try step.run()
    #expect(step.parameters != before)
    #expect(step.parameters.allSatisfy { $0.isFinite })
    // 2·B·T·4H·(2(D+H)+H): forward and backward through inputs and state, and the weight gradient.
    #expect(step.operations == 2.0 * 4 * 8 * 20 * Double(2 * (2 + 5) + 5))
  }
}
