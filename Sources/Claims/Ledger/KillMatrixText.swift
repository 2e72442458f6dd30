extension KillMatrix {
  /// The matrix for a terminal: each mutant with what is wrong in it and which claims noticed after how many cases, then what
  /// survived or failed, then the sum.
  ///
  /// - Parameter width: Columns to wrap at; at least 40 are used.
  public func text(
    _ mutants: [Mutant] = Mutant.all, claims: [Claim] = Claim.catalogue, width: Int = 100
  ) -> String {
    let width = max(width, 40)
    var lines = TextLines.wrapped(
      "A mutant is the code with one deliberate mistake. Each claim named below it must notice, within so many random cases.",
      width: width, first: "")
    let byMutant = Dictionary(grouping: entries, by: \.mutant)
    for mutant in mutants {
      let entries = byMutant[mutant.id] ?? []
      lines += ["", mutant.id]
      lines += TextLines.wrapped(mutant.description, width: width, first: "    mistake     ")
      func add(_ label: String, _ entries: [Entry]) {
        guard !entries.isEmpty else { return }
        let names = entries.map { entry in entry.claim + (entry.casesToKill.map { " (\($0))" } ?? "") }
        lines += TextLines.wrapped(
          names.joined(separator: ", "), width: width, first: "    \(TextLines.padded(label, to: 12))")
      }
      add("noticed by", entries.filter(\.isKilled))
      add("SURVIVES", entries.filter { !$0.isKilled })
    }
    lines.append("")
    for claim in claims {
      guard let reason = claim.unkillable else { continue }
      lines += TextLines.wrapped(reason, width: width, first: "\(claim.id) has no mutant: ")
    }
    for failure in controlFailures { lines.append("\(failure.claim.id) fails on the code without a mistake") }
    for id in toothless { lines.append("\(id) notices no mutant and gives no reason") }
    for id in unknownClaims { lines.append("\(id) is named by a mutant but not in the catalogue") }
    let sound = claims.count - controlFailures.count
    lines += TextLines.wrapped(
      "\(mutants.count) mutants: \(entries.count - survivors.count) of \(entries.count) times a claim that must notice one did. "
        + "\(sound) of \(claims.count) claims come out on the code without a mistake.", width: width,
      first: "")
    return lines.joined(separator: "\n") + "\n"
  }
}
