/// One run of one property: the phases in order, and the state they share.
final class RunSession {
  let profile: Profile
  let seed: UInt64
  let traits: PropertyTraits
  let executor: any CaseExecutor
  let propertyHash: UInt64
  let casesAsked: Int
  let observer: (@Sendable (CaseObservation) -> Void)?
  let journal: CrashJournal?
  let reducer: (@Sendable (ChoiceTape) -> ChoiceTape)?
  var outcome: PropertyOutcome
  var tally = RunTally()
  let clock = ContinuousClock()
  let started: ContinuousClock.Instant
  private var lastRejection = ""
  private var attempts = 0
  /// Failures by key, the simplest case of each.
  var failures: [FoundFailure] = []

  init(_ runner: PropertyRunner, _ traits: PropertyTraits, _ executor: any CaseExecutor) {
    profile = runner.profile
    seed = runner.seed
    observer = runner.observer
    reducer = runner.reducer
    self.traits = traits
    self.executor = executor
    propertyHash = CounterGenerator.hash(traits.key)
    let factor = runner.profile.caseFactor
    casesAsked = max(1, traits.cases.map { Int(Double($0) * factor) } ?? runner.profile.cases)
    outcome = PropertyOutcome(name: traits.name, key: traits.key, seed: runner.seed)
    started = clock.now
    journal = runner.journalDirectory.flatMap {
      CrashJournal(directory: $0, property: traits.key, seed: runner.seed)
    }
  }

  // MARK: Entry points

  /// One case alone where one is asked for, the whole run otherwise.
  func run(stored: [StoredCase], only: PropertyRunner.OnlyCase?) -> PropertyOutcome {
    switch only {
    case .replay(let tape): replay(tape)
    case .random(let index): runCase(index)
    case nil: run(stored: stored)
    }
  }

  func run(stored: [StoredCase]) -> PropertyOutcome {
    outcome.casesAsked = casesAsked
    for known in stored where !mustStop { runStored(known) }
    if failures.isEmpty && !mustStop { runRandom() }
    return finish()
  }

  func replay(_ tape: ChoiceTape) -> PropertyOutcome {
    outcome.casesAsked = 1
    runStored(StoredCase(tape))
    return finish()
  }

  func runCase(_ index: Int) -> PropertyOutcome {
    outcome.casesAsked = 1
    note(execute(.random(key: key(index)), at: index), at: index, phase: "random")
    return finish(shrinks: false)
  }

  // MARK: Phases

  private func runStored(_ stored: StoredCase) {
    let verdict = execute(.replay(stored.tape), at: -1)
    if !stored.fits(executor.record.tape) {
      outcome.warnings.append(
        HealthWarning(
          .staleRegression,
          "A stored case of \"\(traits.name)\" no longer fits the draws (names, kinds or bounds have changed). It was "
            + "replayed as far as it fits; record it again, or delete its line."))
    }
    note(verdict, at: nil, phase: "replay")
  }

  private func runRandom() {
    var index = 0
    // Rejected cases are replaced by others, up to a limit.
    let limit = casesAsked * 10 + 100
    let randomCases = Int((Double(casesAsked) * (1 - profile.targetShare)).rounded(.up))
    var stopAfter = Int.max
    while outcome.cases < casesAsked && index < limit && index < stopAfter && !mustStop {
      if index == 5 && failures.isEmpty && traits.enumeratesSmallSpaces
        && tally.looksFinite(within: casesAsked)
      {
        if enumerate() { return }
      }
      // A property that the clock is going to cut gives the search its share of the time, in place of its share of the cases.
      if tally.hasTargets && failures.isEmpty
        && (outcome.cases >= randomCases || isBeyond(1 - profile.targetShare))
      {
        note(execute(targetedRequest(index), at: index), at: index, phase: "target")
      } else {
        note(execute(.random(key: key(index)), at: index), at: index, phase: "random")
      }
      index += 1
      if !failures.isEmpty && stopAfter == .max {
        // A few cases more may show a second bug; the work stays proportional to what the first one took.
        stopAfter = profile.distinctBugs > 1 ? index + min(index + 10, 100) : index
      }
      if isOverTime {
        if outcome.cases < casesAsked {
          let seconds = profile.seconds ?? 0
          outcome.warnings.append(
            HealthWarning(
              .budgetCut,
              "Ran \(outcome.cases) of \(casesAsked) cases in \(seconds) s, the cap of profile \(profile.name)."
            ))
        }
        return
      }
    }
    if failures.isEmpty { decideCoverage(from: index) }
  }

  /// Runs more cases until every coverage requirement is decided, as far as the profile allows.
  private func decideCoverage(from start: Int) {
    var index = start
    let last = start + profile.coverageCases
    while index < last && tally.hasUndecidedCoverage && failures.isEmpty && !mustStop && !isOverTime {
      note(execute(.random(key: key(index)), at: index), at: index, phase: "random")
      index += 1
    }
  }

  // MARK: Cases

  func key(_ index: Int) -> UInt64 {
    CounterGenerator.key(seed: seed, property: propertyHash, index: UInt64(index))
  }

  private func execute(_ request: CaseRequest, at index: Int) -> CaseVerdict {
    var request = request
    if observer != nil { request.printsValues = true }
    if let journal {
      if case .tape = request.source {
        journal.write(tape: request.tape)
      } else {
        journal.write(index: index)
      }
    }
    return executor.run(request)
  }

  /// Books the verdict on a case.
  func note(_ verdict: CaseVerdict, at index: Int?, phase: String) {
    attempts += 1
    switch verdict {
    case .passed:
      outcome.cases += 1
      book(phase)
    case .failed(let failure):
      outcome.cases += 1
      book(phase)
      keep(failure, executor.record, at: index)
    case .rejected(let reason):
      outcome.rejected += 1
      lastRejection = reason
    case .overran:
      outcome.rejected += 1
      lastRejection =
        "more than \(CaseRequest.defaultChoiceLimit) choices in one case; draw large tensors with tensors(shape, scale)"
      tally.oversized += 1
    case .invalid(let reason):
      outcome.status = .invalid
      outcome.problem = reason
    }
    if let observer { observe(verdict, at: index ?? -1, phase: phase, observer) }
  }

  private func book(_ phase: String) {
    if attempts <= RunTally.duplicateWindow { tally.count(tapeHash: executor.tapeHash) }
    let random = phase == "random"
    if attempts <= 5 && random { tally.measureSpace(executor.record.tape) }
    let events = executor.events
    if events.isEmpty && !tally.hasCoverage { return }
    tally.add(events, isRandom: random, record: { executor.record })
  }

  private func observe(
    _ verdict: CaseVerdict, at index: Int, phase: String, _ observer: @Sendable (CaseObservation) -> Void
  ) {
    let record = executor.record
    let (status, reason): (CaseObservation.Status, String) =
      switch verdict {
      case .passed: (.passed, "")
      case .rejected(let reason): (.rejected, reason)
      case .failed(let failure): (.failed, failure.message)
      case .overran: (.rejected, "too many choices")
      case .invalid(let reason): (.failed, reason)
      }
    observer(
      CaseObservation(
        property: traits.name, index: index, status: status, reason: reason, values: record.printed,
        labels: record.events.labels, numbers: record.events.numbers.map { ($0.name, $0.value) }, phase: phase
      ))
  }

  var mustStop: Bool { outcome.status == .invalid }

  var isOverTime: Bool { isBeyond(1) }

  /// Whether more than a share of the wall-clock cap has passed.
  private func isBeyond(_ share: Double) -> Bool {
    guard let seconds = profile.seconds else { return false }
    return clock.now - started > .seconds(share * seconds)
  }

  // MARK: Conclusion

  private func finish(shrinks: Bool = true) -> PropertyOutcome {
    tally.report(to: &outcome)
    if outcome.status != .invalid {
      judgeCoverage()
      if !failures.isEmpty {
        outcome.status = .failed
        conclude(shrinks: shrinks)
      } else if outcome.status == .passed && outcome.cases == 0 {
        outcome.status = .invalid
        outcome.problem =
          "No case ran: all \(outcome.rejected) were rejected, the last by \(lastRejection). Generate valid values "
          + "directly instead of filtering, or weaken the assumption."
      }
    }
    warn()
    journal?.close()
    outcome.duration = clock.now - started
    return outcome
  }

  private func judgeCoverage() {
    for verdict in outcome.coverage where verdict.decision == .refuted && failures.isEmpty {
      outcome.status = .invalid
      outcome.problem =
        "Label \"\(verdict.label)\" was required in at least \(verdict.required) of the cases and came in "
        + "\(verdict.hits) of \(verdict.cases): refuted at false-alarm probability \(verdict.alarm). Make the "
        + "generators produce it more often, or lower the requirement."
    }
  }

  private func warn() {
    func add(_ kind: HealthWarning.Kind, _ text: String) {
      outcome.warnings.append(HealthWarning(kind, text))
    }
    if outcome.cases > 0 && outcome.rejected > outcome.cases {
      add(
        .manyRejections,
        "\(outcome.rejected) cases were rejected and \(outcome.cases) ran (last: \(lastRejection)). Generate valid "
          + "values directly.")
    }
    let counted = min(outcome.cases, RunTally.duplicateWindow)
    if !outcome.isExhaustive && counted >= 20 && outcome.duplicates * 2 > counted {
      add(
        .duplicates,
        "\(outcome.duplicates) of \(counted) cases were drawn before: the generators produce few values.")
    }
    if tally.oversized > 0 {
      add(.oversizedCases, "\(tally.oversized) cases were abandoned: \(lastRejection).")
    }
    for verdict in outcome.coverage {
      if verdict.hits == 0 {
        add(
          .labelNeverSeen,
          "Label \"\(verdict.label)\" is required but never occurred in \(verdict.cases) cases.")
      } else if verdict.decision == .undecided && failures.isEmpty && !outcome.isExhaustive {
        add(
          .coverageUndecided,
          "Label \"\(verdict.label)\" came in \(verdict.hits) of \(verdict.cases) cases; at least \(verdict.required) "
            + "is neither confirmed nor refuted yet. More cases decide.")
      }
    }
  }
}
