/// Times pieces of work.
public enum Stopwatch {
  /// The seconds that `body` takes.
  public static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let elapsed = (ContinuousClock.now - start).components
    return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }

  /// Seconds of `runs` calls after `warmUp` calls that are not counted, times `factor`.
  public static func spread(runs: Int, warmUp: Int = 1, times factor: Double = 1, _ body: () throws -> Void)
    rethrows -> Spread
  {
    for _ in 0..<warmUp { try body() }
    return Spread(try (0..<max(1, runs)).map { _ in try factor * seconds(body) })
  }

  /// Runs two contenders in turns, so that drifts of the machine hit both: the first one's seconds times `factor`, and
  /// how many times as long the second took, run by run.
  public static func duel(
    runs: Int, times factor: Double = 1, _ first: () throws -> Void, against second: () throws -> Void
  ) rethrows -> (value: Spread, ratio: Spread) {
    try first()
    try second()
    var values: [Double] = []
    var ratios: [Double] = []
    for _ in 0..<max(1, runs) {
      let own = try seconds(first)
      let other = try seconds(second)
      values.append(factor * own)
      ratios.append(other / own)
    }
    return (Spread(values), Spread(ratios))
  }
}
