import EngineBenchmarks

/// Tables that are made once and kept as documents: simulations of minutes that no everyday run needs.
public enum LongTable: String, Sendable, CaseIterable {
  /// Efficiency of the estimators of stable laws against Cramér–Rao, 10,000 values, 2000 replicates.
  case stableEfficiency = "stable-efficiency"
  /// The same as the number of values grows, from the covariance of the empirical characteristic function.
  case stableAsymptotic = "stable-asymptotic"
  /// The public shrinking-challenge set over 100 seeds.
  case engineChallenges = "engine-challenges"
  /// How often the engine's statistical assertions reject true claims.
  case engineAlarms = "engine-alarms"
  /// How soon they reject false ones.
  case enginePower = "engine-power"

  /// Computes the table and writes it line by line.
  public func run(write: (String) -> Void) throws {
    switch self {
    case .stableEfficiency:
      try StableEfficiency(sampleCount: 10_000, replicates: 2000).run(write: write)
    case .stableAsymptotic:
      try StableEfficiency.asymptotic(
        tailIndices: [1.01, 1.05] + StableEfficiency.tailIndices + [1.95, 1.99], write: write)
    case .engineChallenges: write(EngineTables.challenges())
    case .engineAlarms: write(EngineTables.falseAlarms())
    case .enginePower: write(EngineTables.power())
    }
  }
}
