/// Failures as people read them.
extension PropertyOutcome {
  /// The text of a failure, an invalid or a flaky property; empty when it passed.
  ///
  /// - Parameter reproduce: The command line to put behind the environment variables, such as
  ///   `swift test --filter 'Module\.Suite/test'`.
  public func failureText(reproduce command: String) -> String {
    switch status {
    case .passed: return ""
    case .invalid: return "\(name) is not a usable property: \(problem ?? "")"
    case .flaky: return "\(name) is flaky: \(problem ?? "")"
    case .failed: break
    }
    var lines: [String] = []
    for (position, example) in counterexamples.enumerated() {
      if counterexamples.count > 1 { lines.append("Bug \(position + 1) of \(counterexamples.count):") }
      lines += text(of: example, command)
    }
    lines.append("Whole run: PBT_SEED=\(String(seed, radix: 16)) \(command)")
    return lines.joined(separator: "\n")
  }

  private func text(of example: Counterexample, _ command: String) -> [String] {
    let found = example.foundAt.map { "at case \($0)" } ?? "at a stored or enumerated case"
    var lines = ["\(name): counterexample \(found), \(example.shrinkCalls) shrink calls"]
    lines += example.message.split(separator: "\n").map { "  \($0)" }
    for value in example.values {
      let label = value.name.isEmpty ? value.text : "\(value.name) = \(value.text)"
      let note = example.explanations.first { $0.name == value.name && !$0.name.isEmpty }.flatMap(\.text)
      lines.append("  \(label)" + (note.map { "   // \($0)" } ?? ""))
    }
    if example.isStatistical {
      lines.append("  (a statistical failure: the sample is not shrunk, noise would be)")
    }
    lines.append("Reproduce: PBT_REPLAY='\(example.replayText)' \(command)")
    return lines
  }

  /// What the run covered, for an attachment or a verbose line.
  public var statisticsText: String {
    var lines = [
      "\(name): \(status.rawValue), \(cases) of \(casesAsked) cases\(isExhaustive ? " (exhaustive)" : "")"
    ]
    lines.append("rejected \(rejected), duplicates \(duplicates), \(duration)")
    for (label, count) in labels.sorted(by: { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key })
    {
      lines.append("label \(label): \(count) of \(cases)")
    }
    for number in numbers {
      lines.append(
        "\(number.name): least \(number.least), median \(number.median), greatest \(number.greatest)")
    }
    for verdict in coverage {
      lines.append(
        "coverage \(verdict.label): \(verdict.hits) of \(verdict.cases), at least \(verdict.required) "
          + "\(verdict.decision.rawValue)")
    }
    for worst in worst {
      lines.append("worst \(worst.name): \(ValueText.real(worst.value)) at \(TapeText.encode(worst.tape))")
    }
    for statistic in statistics {
      let strongest = statistic.strongest
      lines.append(
        "\(statistic.name): \(statistic.assertions) assertions, alarm \(statistic.alarmSpent), strongest evidence "
          + "\(strongest.evidence) of \(1 / strongest.alarm); would detect a deviation of \(strongest.detectable) with "
          + "probability 0.999 (n = \(strongest.samples))")
    }
    if alarmSpent > 0 { lines.append("false-alarm bound of this property: \(alarmSpent)") }
    return lines.joined(separator: "\n")
  }
}

extension Explanation {
  /// What the explain phase found, or nil where the value matters throughout.
  public var text: String? {
    if tried == 0 { return nil }
    if isIrrelevant { return "any other value fails too (\(failed) of \(tried) tried)" }
    if failed * 2 > tried { return "most other values fail too (\(failed) of \(tried) tried)" }
    return nil
  }
}
