/// Statistical assertions inside a property body. Each notes its record (for the ledger and the report) and fails the
/// case when the claim is rejected.
extension Draw {
  /// A generator of random numbers for sampling inside a body, keyed by one recorded choice.
  ///
  /// Samples made with it are a function of the tape, so that a failing case can be run again.
  public func sampler(_ name: String = "sampler") throws -> CounterGenerator {
    let key = try self(name, integers(in: 0...0xFFFF_FFFF_FFFF, spread: .uniform))
    return CounterGenerator(key: CounterGenerator.mix(UInt64(key)))
  }

  /// Takes any statistical record as an assertion.
  public func claim(_ record: StatisticRecord, fileID: String = #fileID, line: Int = #line) throws {
    note(record)
    guard record.isRejected else { return }
    throw CheckFailure(
      message:
        "\(record.name): rejected at false-alarm probability \(record.alarm) (evidence \(record.evidence)) after "
        + "\(record.samples) observations; observed \(record.observed), expected \(record.expected), detectable "
        + "deviation \(record.detectable)",
      key: "claim \(record.name)", line: line, isStatistical: true)
  }

  /// Asserts the mean of observations in [0, 1], by betting; valid for every law and at every moment of looking.
  public func claimMean(
    _ name: String, of observations: some Sequence<Double>, is mean: Double, alarm: Double = 1e-7,
    fileID: String = #fileID, line: Int = #line
  ) throws {
    var evidence = BettingEvidence(mean: mean)
    for y in observations {
      evidence.observe(y)
      if evidence.rejects(alarm: alarm) { break }
    }
    try claim(evidence.record(name, alarm: alarm), fileID: fileID, line: line)
  }

  /// Asserts the law of independent samples, by the distribution band.
  public func claimLaw(
    _ name: String, of samples: [Double], is law: (Double) -> Double, alarm: Double = 1e-7,
    fileID: String = #fileID, line: Int = #line
  ) throws {
    try claim(
      DistributionBand.test(name, samples, law: law, alarm: alarm), fileID: fileID, line: line)
  }

  /// Asserts that an event has probability at most `claimed`, sampling until Wald's test decides.
  ///
  /// - Parameter limit: The most trials; undecided then counts as holding, with the evidence so far on record.
  public func claimProbability(
    _ name: String, atMost claimed: Double, against alternative: Double, alarm: Double = 1e-7,
    limit: Int = 100_000,
    fileID: String = #fileID, line: Int = #line, trial: () throws -> Bool
  ) throws {
    var test = try SequentialRatioTest(atMost: claimed, against: alternative, alarm: alarm)
    while test.decision == .undecided && test.trials < limit { test.observe(try trial()) }
    try claim(test.record(name), fileID: fileID, line: line)
  }
}
