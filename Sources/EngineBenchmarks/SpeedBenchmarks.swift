import PropertyEngine

/// One line of a benchmark table.
public struct BenchmarkRow: Sendable {
  public let name: String
  /// Microseconds per case, the least of the repetitions: noise only ever adds.
  public var microseconds: Double { repetitions.min() ?? .infinity }
  /// Microseconds per case of each repetition, in the order they ran.
  public let repetitions: [Double]
  /// The most that is acceptable in this build, or nil.
  public let limit: Double?
}

/// How long the engine takes per case, without any work in the body.
public enum SpeedBenchmarks {
  #if DEBUG
    public static let build = "debug"
  #else
    public static let build = "release"
  #endif

  /// Runs all benchmarks; a few seconds.
  public static func run() -> [BenchmarkRow] {
    let isDebug = build == "debug"
    return [
      measure("two integers", cases: 200_000, limit: isDebug ? 1.5 : 0.5) { draw in
        let a = try draw("a", integers(in: -1000...1000))
        let b = try draw("b", integers(in: -1000...1000))
        try holds(a + b == b + a)
      },
      measure("64 reals", cases: 50_000, limit: isDebug ? nil : 2) { draw in
        let values = try draw("values", arrays(of: reals(in: -1...1), count: 64))
        try holds(values.count == 64)
      },
      measure("64 uniform reals", cases: 50_000, limit: nil) { draw in
        let values = try draw("values", arrays(of: reals(in: -1...1, spread: .uniform), count: 64))
        try holds(values.count == 64)
      },
      measure("list of 0 to 20 integers", cases: 50_000, limit: nil) { draw in
        let values = try draw("values", arrays(of: integers(in: -9...9), count: 0...20))
        try holds(values.count <= 20)
      },
      measure("10,000 parameters", cases: 500, limit: nil) { draw in
        let values = try draw("values", tensors([100, 100], scale: 1))
        try holds(values.count == 10_000)
      },
    ]
  }

  private static func measure(
    _ name: String, cases: Int, limit: Double?, _ body: @escaping @Sendable (Draw) throws -> Void
  ) -> BenchmarkRow {
    let property = Property(name, cases: cases, enumeratesSmallSpaces: false, body)
    var repetitions: [Double] = []
    for repetition in 0..<5 {
      let outcome = PropertyRunner(profile: .deterministic, seed: UInt64(repetition)).run(property)
      let seconds =
        Double(outcome.duration.components.seconds) + Double(outcome.duration.components.attoseconds) * 1e-18
      repetitions.append(seconds / Double(outcome.cases) * 1e6)
    }
    return BenchmarkRow(name: name, repetitions: repetitions, limit: limit)
  }
}
