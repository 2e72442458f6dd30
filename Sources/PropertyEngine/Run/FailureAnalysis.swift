/// A failing case before it is shrunk.
struct FoundFailure {
  let failure: CaughtFailure
  var tape: ChoiceTape
  var spans: [Span]
  let index: Int?
}

/// What happens once a case failed: check that it fails again, shrink, explain, print.
extension RunSession {
  /// Keeps the simplest case of every bug.
  func keep(_ failure: CaughtFailure, _ record: CaseRecord, at index: Int?) {
    if let position = failures.firstIndex(where: { $0.failure.key == failure.key }) {
      if record.tape.isSimpler(than: failures[position].tape) {
        failures[position].tape = record.tape
        failures[position].spans = record.spans
      }
      return
    }
    failures.append(FoundFailure(failure: failure, tape: record.tape, spans: record.spans, index: index))
  }

  /// Turns the failures found into counterexamples.
  func conclude(shrinks: Bool) {
    var position = 0
    while position < failures.count && position < profile.distinctBugs && outcome.status == .failed {
      let found = failures[position]
      position += 1
      guard repeats(found) else { return }
      let skip =
        !shrinks || profile.shrinkCalls == 0 || (found.failure.isStatistical && !traits.shrinksStatistics)
      let (reduction, calls, wasCut) =
        skip ? (Shrinker.Reduction(tape: found.tape, spans: found.spans), 0, false) : shrink(found)
      if wasCut {
        outcome.warnings.append(
          HealthWarning(
            .shrinkCut,
            "Shrinking stopped after \(calls) calls, the cap of profile \(profile.name); a simpler case may exist."
          ))
      }
      outcome.shrinkCalls += calls
      present(found, reduction, calls)
    }
  }

  /// A case that failed must fail again on the same choices.
  private func repeats(_ found: FoundFailure) -> Bool {
    let verdict = execute(found.tape)
    if case .failed(let failure) = verdict, failure.key == found.failure.key || found.failure.isStatistical {
      if executor.record.tape.choices == found.tape.choices { return true }
      reportFlaky(found, "drew different values")
      return false
    }
    reportFlaky(found, describe(verdict))
    return false
  }

  private func shrink(_ found: FoundFailure) -> (Shrinker.Reduction, Int, Bool) {
    if let reducer { return (Shrinker.Reduction(tape: reducer(found.tape), spans: []), 1, false) }
    let begun = clock.now
    let limit = profile.shrinkSeconds
    let shrinker = Shrinker(
      Shrinker.Reduction(tape: found.tape, spans: found.spans), maximumCalls: profile.shrinkCalls,
      mustStop: { limit.map { self.clock.now - begun > .seconds($0) } ?? false },
      evaluate: { tape, limit, parts in
        let verdict = self.execute(tape, parts: parts, choiceLimit: limit)
        guard case .failed(let failure) = verdict else { return nil }
        if failure.key != found.failure.key {
          self.keep(failure, self.executor.record, at: nil)
          return nil
        }
        let record = self.executor.record
        return Shrinker.Reduction(tape: record.tape, spans: record.spans)
      })
    shrinker.run()
    return (Shrinker.Reduction(tape: shrinker.best, spans: shrinker.spans), shrinker.calls, shrinker.wasCut)
  }

  /// Runs the final case twice, so that what is printed is what happens, and writes the counterexample.
  private func present(_ found: FoundFailure, _ reduction: Shrinker.Reduction, _ calls: Int) {
    var last: CaughtFailure?
    for _ in 0..<2 {
      let verdict = execute(reduction.tape, printsValues: true)
      guard case .failed(let failure) = verdict, failure.key == found.failure.key || failure.isStatistical,
        executor.record.tape.choices == reduction.tape.choices
      else {
        reportFlaky(found, describe(verdict))
        return
      }
      last = failure
    }
    guard let last else { return }
    let record = executor.record
    let explanations = last.isStatistical ? [] : explain(record.tape, last.key)
    outcome.counterexamples.append(
      Counterexample(
        message: last.message, failureKey: last.storedKey, values: record.printed, explanations: explanations,
        tape: record.tape, foundAt: found.index, shrinkCalls: calls, isStatistical: last.isStatistical))
  }

  /// Puts fresh values in the place of one draw at a time and counts how often the case still fails.
  private func explain(_ tape: ChoiceTape, _ failureKey: String) -> [Explanation] {
    guard profile.explainTries > 0, tape.segments.count <= 32 else { return [] }
    return tape.segments.enumerated().compactMap { position, segment in
      if segment.start == segment.end { return nil }
      var tried: Set<UInt64> = [tape.contentHash]
      var failed = 0
      for attempt in 0..<profile.explainTries {
        var random = CounterGenerator(
          key: CounterGenerator.key(
            seed: seed, property: propertyHash ^ UInt64(position), index: UInt64(attempt)))
        var changed = tape
        for place in segment.start..<segment.end {
          changed.choices[place] = tape.choices[place].fresh(&random)
        }
        let verdict = execute(changed)
        outcome.shrinkCalls += 1
        guard tried.insert(executor.record.tape.contentHash).inserted else { continue }
        if case .rejected = verdict { continue }
        if case .failed(let failure) = verdict, failure.key == failureKey { failed += 1 }
        // One value that matters settles that the draw is relevant; the rest only tells how much.
        if tried.count > 11 && failed < tried.count - 1 { break }
      }
      return Explanation(name: segment.name, tried: tried.count - 1, failed: failed)
    }
  }

  private func execute(
    _ tape: ChoiceTape, parts: [Span] = [], choiceLimit: Int = CaseRequest.defaultChoiceLimit,
    printsValues: Bool = false
  ) -> CaseVerdict {
    journal?.write(tape: tape)
    var request = CaseRequest.replay(tape, choiceLimit: choiceLimit)
    request.printsValues = printsValues
    request.parts = parts
    return executor.run(request)
  }

  private func describe(_ verdict: CaseVerdict) -> String {
    switch verdict {
    case .passed: "passed"
    case .rejected(let reason): "was rejected (\(reason))"
    case .overran: "drew more values"
    case .invalid(let reason): "was invalid (\(reason))"
    case .failed(let failure): "failed differently (\(failure.message))"
    }
  }

  private func reportFlaky(_ found: FoundFailure, _ second: String) {
    outcome.status = .flaky
    outcome.problem =
      "The body failed (\(found.failure.message)) and then, on the same choices, \(second). It depends on something "
      + "besides its draws: a global, the clock, another random generator, the order of a Set or Dictionary. Draw that "
      + "value instead, or make it fixed. Tape: \(TapeText.encode(found.tape))"
  }
}

extension Choice {
  /// Another random value within the same bounds.
  func fresh(_ random: inout CounterGenerator) -> Choice {
    switch kind {
    case .bool: return with(bits: random.next() & 1)
    case .index: return with(bits: random.below(upperBits + 1))
    case .integer:
      let lower = Int(truncatingIfNeeded: Int64(bitPattern: lowerBits))
      let upper = Int(truncatingIfNeeded: Int64(bitPattern: upperBits))
      return with(
        bits: UInt64(bitPattern: Int64(RandomValues.integer(lower, upper, .mixed, &random, previous: []))))
    case .real:
      let (lower, upper) = (Double(bitPattern: lowerBits), Double(bitPattern: upperBits))
      return with(bits: RandomValues.real(lower, upper, .mixed, &random, previous: []).bitPattern)
    }
  }
}
