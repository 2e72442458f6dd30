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
    console.write(matrix.text(width: console.width))
    return matrix.isPerfect ? .success : .claimFailed
  }
}
