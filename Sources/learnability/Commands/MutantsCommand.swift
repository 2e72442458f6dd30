import Claims
import Reporting

/// `learnability mutants`.
struct MutantsCommand: Command {
  static let name = "mutants"
  static let summary = "show that every claim can fail: run the kill matrix"
  static let discussion = """
    Runs every mutant (the reference with one thing wrong) against each claim that must notice it, and the reference itself as \
    the control. Exits with 1 when a mutant survives, a claim kills nothing without a written reason, or the control fails.
    """
  static let seed = Option<UInt64>.seed(default: 0, help: "decides the random cases")
  static let cases = Option<Int>.integer(
    "cases", in: 1...1_000_000, default: 200, help: "random cases for each property")
  static let options: [any OptionDeclaration] = [seed, cases]
  static let examples = [CommandExample("learnability mutants", "run the whole matrix")]

  private let seed: UInt64
  private let cases: Int

  init(_ parsed: ParsedArguments) throws {
    seed = try parsed.value(of: Self.seed)
    cases = try parsed.value(of: Self.cases)
  }

  func run(_ console: Console) throws -> ExitCode {
    let total = Mutant.all.reduce(0) { $0 + $1.killedBy.count }
    let progress = ProgressLine("mutants", total: total)
    let matrix = KillMatrix.run(seed: seed, cases: cases) { progress.update(completed: $0 + 1) }
    progress.finish()
    console.write(table(matrix).plainText(atMost: console.width))
    let killed = matrix.entries.count - matrix.survivors.count
    console.write(
      "\n\(killed) of \(matrix.entries.count) kills, \(Mutant.all.count) mutants, \(Claim.catalogue.count) claims\n"
    )
    for failure in matrix.controlFailures { console.write("control fails: \(failure.claim.id)\n") }
    for id in matrix.toothless { console.write("kills nothing and says no reason: \(id)\n") }
    for id in matrix.unknownClaims { console.write("named by a mutant but not in the catalogue: \(id)\n") }
    return matrix.isPerfect ? .success : .claimFailed
  }

  private func table(_ matrix: KillMatrix) -> ReportTable {
    ReportTable(
      "Mutants and the claims that notice them",
      columns: [
        .init("mutant", .leading), .init("claim", .leading), .init("killed", .leading), .init("cases"),
      ],
      rows: matrix.entries.map { entry in
        [
          .init(ReportText(entry.mutant)), .init(ReportText(entry.claim)),
          .init(ReportText(entry.isKilled ? "killed" : "SURVIVES"), mark: entry.isKilled ? .good : .bad),
          entry.casesToKill.map { .integer($0) } ?? "",
        ]
      })
  }
}
