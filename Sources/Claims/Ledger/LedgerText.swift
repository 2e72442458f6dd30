extension Ledger {
  /// The ledger for a terminal: what the words mean, then by subject one line a claim with id, verdict and title, and statement,
  /// finding and evidence indented and wrapped.
  ///
  /// - Parameters:
  ///   - width: Columns to wrap at; at least 40 are used.
  ///   - refutations: What ``ClaimRunner/refutations(of:on:)`` found: the smallest counterexamples follow the finding.
  public func text(width: Int = 100, refutations: [String: [CheckResult]] = [:]) -> String {
    let width = max(width, 40)
    var lines = [summary, ""]
    for verdict in Verdict.allCases {
      lines += TextLines.wrapped(
        verdict.meaning, width: width, first: TextLines.padded(verdict.rawValue, to: 9))
    }
    lines.append("")
    lines += TextLines.wrapped(Self.reading, width: width, first: "")
    var subject: String?
    for entry in entries {
      let prefix = String(entry.id.prefix(2))
      if prefix != subject {
        lines += ["", "\(prefix)  \(ClaimSubject(rawValue: prefix)?.title ?? "")", ""]
        subject = prefix
      }
      lines.append("\(entry.id)  \(TextLines.padded(entry.verdict.rawValue, to: 8))  \(entry.title)")
      func add(_ label: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        lines += TextLines.wrapped(text, width: width, first: "       \(TextLines.padded(label, to: 10))")
      }
      add("claim", entry.statement)
      add("source", entry.source)
      add("finding", entry.finding)
      for result in refutations[entry.id] ?? [] {
        for (index, line) in result.example.enumerated() { add(index == 0 ? "example" : "", line) }
      }
      add("oracle", entry.oracle)
      add("evidence", entry.evidence)
      add("in part", entry.provedPart.map { "the theorem proves only that \($0)" })
      add("no mutant", entry.unkillable)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let reading = """
    The claim is the statement on trial; where it was published and is false, the finding says what is wrong with it. The oracle \
    is what the code is held against. A property must hold on every random case, a refutation must find a counterexample to what was \
    published, and each mutant, the code with one deliberate mistake, must be noticed: `learnability mutants` shows that it is.
    """
}

extension CheckResult {
  /// The counterexample of a refutation in lines: the published statement that was tried, the drawn values, what did not hold.
  fileprivate var example: [String] {
    guard let found = outcome.counterexample else {
      return ["none to \"\(outcome.name)\" in \(outcome.cases) cases"]
    }
    return ["smallest found against \"\(outcome.name)\":", found.summary]
      + found.message.split(separator: "\n").map(String.init)
  }
}

extension Verdict {
  /// One sentence for a legend.
  var meaning: String {
    switch self {
    case .proved: "has a machine-checked proof, and holds on every random case tried"
    case .holds: "holds on every random case tried"
    case .amended:
      "is false or incomplete as published: a counterexample is found, and what was amended holds"
    case .refuted: "is false as published: a counterexample is found"
    }
  }
}
