import Reporting

/// `learnability reproduce`.
struct ReproduceCommand: Command {
  static let name = "reproduce"
  static let summary = "train the cells on the paper's task and measure their learnability windows"
  static let discussion = """
    Trains every cell with every seed on the delayed-regression task, runs the diagnostics on fresh sequences, and writes \
    learning curves, envelopes, noise, windows and time scales as CSV in the layout that the paper's plot scripts read, with \
    report.html on top. Two runs with the same options write the same bytes.

    What is not given is the preset's:
    \(Preset.table)
    """
  static let out = Option<String>.path(
    "out", placeholder: "DIR", help: "the directory to write; it must not hold anything yet"
  ).required()
  static let resume = Flag("resume", help: "go on with the run in --out from its checkpoints")
  static let force = Flag("force", help: "delete the earlier run in --out first")
  static let options: [any OptionDeclaration] =
    [RunOptions.preset, out, resume, force, RunOptions.cells, RunOptions.seeds] + RunOptions.training
    + RunOptions.measuring
  static let examples = [
    CommandExample(
      "learnability reproduce --preset quick --out run", "all five cells within a minute"),
    CommandExample(
      "learnability reproduce --preset small --cells gru,lstm --out run",
      "two of them at a scale where differences show"),
    CommandExample(
      "learnability reproduce --preset paper --out run --resume", "go on with a long run"),
  ]

  private let reproduction: Reproduction

  init(_ parsed: ParsedArguments) throws {
    try parsed.exclude(Self.resume, Self.force)
    let preset = try parsed.value(of: RunOptions.preset)
    let settings = try RunOptions.settings(parsed, preset: preset)
    try settings.validateDiagnostics()
    let policy: RunDirectory.Policy =
      parsed.isSet(Self.resume) ? .resume : parsed.isSet(Self.force) ? .force : .refuseExisting
    reproduction = try Reproduction(
      settings, path: try parsed.value(of: Self.out), policy: policy,
      command: parsed.repetition(of: Self.name, without: [Self.out.name, Self.resume.name, Self.force.name]))
  }

  func run(_ console: Console) throws -> ExitCode {
    console.write(try reproduction.run(width: console.width))
    console.write("\nreport: \(reproduction.directory.path)/report.html\n")
    return .success
  }
}
