import Foundation
import Numerics
import StableLaws

/// Times of the law's functions and of the estimators, one thread; the maximum of the likelihood and the quantile fits in
/// turns with the estimator of the paper's published scripts.
enum StableBenchmarks {
  static func run(_ options: BenchmarkOptions) throws -> [Measurement] {
    var rows: [Measurement] = []
    let size = options.quick ? 2000 : 100_000
    for tailIndex in [1.1, 1.5, 1.9] {
      let law = try SymmetricStableLaw(tailIndex: tailIndex)
      var stream = RandomStream(seed: 1, purpose: "bench.stable")
      let points = law.sample(size, using: &stream)
      let probabilities = (0..<size).map { _ in stream.uniform() }
      let n = points.count
      func record(_ name: String, _ count: Int, _ body: () throws -> Double) throws {
        var sink = 0.0
        let value = try Stopwatch.spread(runs: options.runs, times: 1e9 / Double(count)) {
          sink += try body()
        }
        // The results feed a comparison, so that no call can be dropped.
        precondition(!sink.isNaN)
        rows.append(Measurement(name, setting: "\(tailIndex)", unit: "ns", value: value))
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
      try record("density, any α", min(10_000, n)) {
        var sum = 0.0
        for x in points.prefix(10_000) { sum += try SymmetricStableLaw.density(x, tailIndex: tailIndex) }
        return sum
      }
      try record("tail, any α", min(10_000, n)) {
        var sum = 0.0
        for x in points.prefix(10_000) { sum += try SymmetricStableLaw.tail(x, tailIndex: tailIndex) }
        return sum
      }
      try record("sampler", n) { law.sample(n, using: &stream)[0] }
      try record("sampler, one by one", n) {
        var sum = 0.0
        for _ in 0..<n { sum += law.sample(using: &stream) }
        return sum
      }
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
      let author = AuthorECFEstimator()
      for estimator in StableEfficiency.estimators {
        var sink = 0.0
        let result = try Stopwatch.duel(runs: min(5, options.runs), times: 1e3) {
          sink += try estimator.fit(points).tailIndex
        } against: {
          sink += try author.fit(points).tailIndex
        }
        precondition(!sink.isNaN)
        rows.append(
          Measurement(
            estimator.name, setting: "\(tailIndex)", unit: "ms", value: result.value, ratio: result.ratio,
            against: author.name))
      }
    }
    return rows + (try streaming(options))
  }

  /// A hundred million values through the accumulator, of which only its cells are ever in memory, and a fit of them.
  private static func streaming(_ options: BenchmarkOptions) throws -> [Measurement] {
    let chunks = options.quick ? 10 : 1000
    let size = 100_000
    let law = try SymmetricStableLaw(tailIndex: 1.5)
    var stream = RandomStream(seed: 2, purpose: "bench.stable.streaming")
    var accumulator = try StableAccumulator()
    var seconds = 0.0
    for _ in 0..<chunks {
      let values = law.sample(size, using: &stream)
      seconds += try Stopwatch.seconds { try accumulator.add(contentsOf: values) }
    }
    var fitted = Double.nan
    let fit = try Stopwatch.seconds { fitted = try MaximumLikelihoodEstimator().fit(accumulator).tailIndex }
    let setting = "1.5, \(chunks * size) values"
    return [
      Measurement(
        "accumulate", setting: setting, unit: "ns", value: Spread([1e9 * seconds / Double(chunks * size)])),
      Measurement(
        "accumulator memory", setting: setting, unit: "kB",
        value: Spread([Double(accumulator.byteCount) / 1024])),
      Measurement("maximum likelihood from it", setting: setting, unit: "ms", value: Spread([1e3 * fit])),
      Measurement("its error of α", setting: setting, unit: "10⁻⁶", value: Spread([1e6 * (fitted - 1.5)])),
    ]
  }
}
