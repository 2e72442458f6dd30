import KernelRegime

/// Projected gradient descent of a diagonal network: nanoseconds for one neuron, one step, one iteration.
enum RegimeBenchmarks {
  static func run(_ options: BenchmarkOptions) throws -> [Measurement] {
    let widths = options.quick ? [4096] : [8192, 65_536]
    let (steps, dimension) = (256, 4)
    let iterations = options.quick ? 10 : 50
    return try widths.map { width in
      let work = Double(width * steps * iterations)
      func descend(parallel: Bool) throws {
        let loss = try DescentBenchmark.run(
          width: width, steps: steps, dimension: dimension, iterations: iterations, parallel: parallel)
        precondition(loss.isFinite)
      }
      let result = try Stopwatch.duel(runs: min(5, options.runs), times: 1e9 / work) {
        try descend(parallel: true)
      } against: {
        try descend(parallel: false)
      }
      return Measurement(
        "projected descent", setting: "\(width) neurons, \(steps) steps", unit: "ns", value: result.value,
        ratio: result.ratio, against: "one thread")
    }
  }
}
