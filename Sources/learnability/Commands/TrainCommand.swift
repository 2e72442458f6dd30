import GatedCells
import Reporting

/// `learnability train`.
struct TrainCommand: Command {
  static let name = "train"
  static let summary = "train one cell and keep its checkpoint and learning curve"
  static let discussion = """
    The first half of reproduce, for one cell and one seed. Training stops with a message when the loss is no longer finite; \
    the last good checkpoint is kept. With --resume it goes on to the same bits as if it had never stopped.

    What is not given is the preset's:
    \(Preset.table)
    """
  static let cell = Option<CellCatalogue.Entry>.choice("cell", help: "the cell to train").required()
  static let seed = Option<Int>.integer(
    "seed", in: 0...1_000_000_000, default: 0, help: "decides data, start and order")
  static let options: [any OptionDeclaration] =
    [cell, seed, RunOptions.preset, ReproduceCommand.out, ReproduceCommand.resume, ReproduceCommand.force]
    + RunOptions.training
  static let examples = [
    CommandExample("learnability train --cell gru --out run", "train a GRU at the quick scale"),
    CommandExample(
      "learnability train --cell lstm --preset small --epochs 300 --out run", "train an LSTM for longer"),
    CommandExample(
      "learnability train --cell mgu --hidden 16 --epochs 20 --out run", "train a worked example"),
  ]

  private let run: CellRun

  init(_ parsed: ParsedArguments) throws {
    try parsed.exclude(ReproduceCommand.resume, ReproduceCommand.force)
    let preset = try parsed.value(of: RunOptions.preset)
    var settings = try RunOptions.settings(parsed, preset: preset)
    let seed = try parsed.value(of: Self.seed)
    settings.cells = [try parsed.value(of: Self.cell)]
    settings.seeds = [seed]
    let policy: RunDirectory.Policy =
      parsed.isSet(ReproduceCommand.resume)
      ? .resume : parsed.isSet(ReproduceCommand.force) ? .force : .refuseExisting
    let reproduction = try Reproduction(
      settings, path: try parsed.value(of: ReproduceCommand.out), policy: policy,
      command: parsed.repetition(
        of: Self.name,
        without: [ReproduceCommand.out.name, ReproduceCommand.resume.name, ReproduceCommand.force.name]))
    run = CellRun(
      settings: settings, cell: settings.cells[0], seed: seed, directory: reproduction.directory)
  }

  func run(_ console: Console) throws -> ExitCode {
    let state = try run.train()
    try run.save(state)
    if let last = state.curve.last {
      console.write(
        """
        \(state.epoch) epochs, loss \(NumberText.significant(last.trainingLoss)), R² on fresh data \
        \(NumberText.significant(last.validationR2))
        checkpoint: \(run.directory.path)/seed_\(run.seed)/\(run.cell.rawValue)/checkpoint.json

        """)
    }
    return .success
  }
}
