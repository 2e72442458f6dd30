import EngineBenchmarks

/// The property engine without any work in the properties.
enum EngineSpeed {
  static func run() -> [Measurement] {
    SpeedBenchmarks.run().map { row in
      Measurement(
        row.name, setting: row.limit.map { "at most \($0)" } ?? "", unit: "µs",
        value: Spread(row.repetitions))
    }
  }
}
