import Claims
import PropertyEngine

/// `learnability claims`.
struct ClaimsCommand: Command {
  static let name = "claims"
  static let summary = "list every claim with its verdict and the evidence for it"
  static let discussion = """
    The ledger of the theory, generated from the catalogue: what is proved, what holds, what holds amended, and what is refuted. \
    Named claims are shown with the smallest counterexamples to what was published, found anew. Otherwise nothing is run; `audit` \
    runs the claims, `mutants` shows that each of them can fail.
    """
  static let arguments: ArgumentDeclaration? = ArgumentDeclaration(
    "ID", count: 0...64,
    help: "a claim such as TR-04, or the letters of a subject such as TR; all without any")
  static let json = Flag("json", help: "write JSON (format version \(Ledger.formatVersion)) instead of text")
  static let markdown = Flag("markdown", help: "write the table that the README carries")
  static let options: [any OptionDeclaration] = [json, markdown]
  static let examples = [
    CommandExample("learnability claims", "read the ledger"),
    CommandExample("learnability claims TR-04 DE", "one claim, and all on detection, with counterexamples"),
    CommandExample("learnability claims --json", "process it"),
  ]

  private enum Form { case text, json, markdown }
  private let form: Form
  private let named: [Claim]

  init(_ parsed: ParsedArguments) throws {
    try parsed.exclude(Self.json, Self.markdown)
    if parsed.isSet(Self.markdown), let name = parsed.arguments.first {
      throw InputError("the README carries every claim: leave '\(name)' or --markdown out")
    }
    named = try Claim.named(parsed.arguments)
    form = parsed.isSet(Self.json) ? .json : parsed.isSet(Self.markdown) ? .markdown : .text
  }

  func run(_ console: Console) throws -> ExitCode {
    let ledger = named.isEmpty ? Ledger() : Ledger(claims: named)
    switch form {
    case .text:
      let runner = ClaimRunner(PropertyRunner(profile: .deterministic, seed: 0))
      console.write(
        ledger.text(width: console.width, refutations: runner.refutations(of: named, on: .reference)))
    case .json: console.write(try ledger.json() + "\n")
    case .markdown: console.write(ledger.markdown() + "\n")
    }
    return .success
  }
}
