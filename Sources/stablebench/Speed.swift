import Foundation
import Numerics
import StableLaws

/// Times of the law's functions and of the estimators: medians over rounds, one thread.
struct Speed {
  var lines: [(name: String, tailIndex: Double, unit: String, value: Double)] = []

  /// The median over `rounds` of the time of `body` divided by `count`, in seconds.
  static func median(rounds: Int, count: Int, _ body: () throws -> Double) rethrows -> Double {
    var times: [Double] = []
    var sink = 0.0
    for _ in 0..<rounds {
      let clock = ContinuousClock()
      let start = clock.now
      sink += try body()
      let elapsed = (clock.now - start).components
      times.append((Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18) / Double(count))
    }
    // The results feed a comparison, so that no call can be dropped.
    precondition(!sink.isNaN)
    return times.sorted()[rounds / 2]
  }

  mutating func run() throws {
    for tailIndex in [1.1, 1.5, 1.9] {
      let law = try SymmetricStableLaw(tailIndex: tailIndex)
      var stream = RandomStream(seed: 1, purpose: "stablebench")
      let points = law.sample(100_000, using: &stream)
      let probabilities = (0..<100_000).map { _ in stream.uniform() }
      let n = points.count
      func record(_ name: String, _ count: Int, _ body: () throws -> Double) throws {
        let value = try Self.median(rounds: 21, count: count, body)
        lines.append((name, tailIndex, "ns", value * 1e9))
      }
      try record("density", n) {
        var sum = 0.0
        for x in points { sum += law.density(x) }
        return sum
      }
      try record("tail", n) {
        var sum = 0.0
        for x in points { sum += law.tail(x) }
        return sum
      }
      try record("density, array", n) { law.densities(points)[0] }
      try record("tail, array", n) { law.tails(points)[0] }
      try record("log density", n) {
        var sum = 0.0
        for x in points { sum += law.logDensity(x) }
        return sum
      }
      try record("quantile", n) {
        var sum = 0.0
        for p in probabilities { sum += try law.quantile(p) }
        return sum
      }
      try record("density, any α", 10_000) {
        var sum = 0.0
        for x in points[..<10_000] { sum += try SymmetricStableLaw.density(x, tailIndex: tailIndex) }
        return sum
      }
      try record("tail, any α", 10_000) {
        var sum = 0.0
        for x in points[..<10_000] { sum += try SymmetricStableLaw.tail(x, tailIndex: tailIndex) }
        return sum
      }
      try record("sampler", n) {
        var sum = 0.0
        for _ in 0..<n { sum += law.sample(using: &stream) }
        return sum
      }
      try record("sampler, array", n) { law.sample(n, using: &stream)[0] }
      try record("two random words", n) {
        var sum = 0.0
        for _ in 0..<n { sum += Double((stream.next() ^ stream.next()) >> 60) }
        return sum
      }
      try record("making a law", 100) {
        var sum = 0.0
        for index in 0..<100 {
          sum += try SymmetricStableLaw(tailIndex: tailIndex + Double(index) * 1e-4).density(1)
        }
        return sum
      }
      for estimator in Efficiency.estimators {
        let value = try Self.median(rounds: 5, count: 1) { try estimator.fit(points).tailIndex }
        lines.append((estimator.name, tailIndex, "ms", value * 1e3))
      }
    }
  }

  func report() {
    for line in lines {
      print("\(line.name)\t\(line.tailIndex)\t\(line.unit)\t\(String(format: "%.4g", line.value))")
    }
  }
}
