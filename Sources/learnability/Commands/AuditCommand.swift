import Claims
import GatedCells
import PropertyEngine
import Reporting
import Synchronization
import TensorFiles
import Training

/// `learnability audit`.
struct AuditCommand: Command {
  static let name = "audit"
  static let summary = "check which claims of the theory hold for some cells"
  static let discussion = """
    Without arguments, audits the five built-in cells and the claims about the theory itself. With names, audits those cells. \
    Prints a table, claims by cell, then every failure with its smallest counterexample and the command that shows it \
    again. With --weights, asks what the theory presupposes of a cell at weights that were trained in PyTorch; with --trace, \
    audits a recording of a cell that exists only elsewhere.
    """
  static let arguments: ArgumentDeclaration? = ArgumentDeclaration(
    "CELL", count: 0...64, help: "any of \(CellCatalogue.all.map(\.name).joined(separator: ", "))")
  static let profile = Option<AuditProfile>.choice(
    "profile", default: .dev, help: "how long to search: dev two seconds a claim, ci five, thorough fifteen")
  static let seed = Option<UInt64>.seed(default: 0, help: "decides the random cases")
  static let claims = Option<[String]>.list(
    "claims", placeholder: "ID,…", of: "identifiers such as GR-11", help: "run only these claims"
  ) { $0.isEmpty ? nil : $0 }
  static let json = Option<String>.path("json", placeholder: "FILE", help: "write the audit as JSON as well")
  static let report = Option<String>.path(
    "report", placeholder: "DIR", help: "a new directory for report.html and a page for each claim")
  static let weights = Option<String>.path(
    "weights", placeholder: "FILE",
    help: "a .safetensors or .npz file with the weights of an nn.GRU, an nn.LSTM, or one linear map a gate")
  static let kind = Option<BuiltInCell>.choice("cell", help: "with --weights: what the weights are of")
  static let layer = Option<Int>.integer(
    "layer", in: 0...10_000, default: 0,
    help: "with --weights: the layer of a stacked module, driven by the layers below it")
  static let module = Option<String>.text(
    "module", placeholder: "NAME", help: "with --weights: which module, when the file holds several")
  static let trace = Option<String>.path(
    "trace", placeholder: "FILE", help: "an .npz file with the recorded arrays retention, memory and written")
  static let options: [any OptionDeclaration] = [
    profile, seed, claims, json, report, weights, kind, layer, module, trace,
  ]
  static let examples = [
    CommandExample("learnability audit", "the five built-in cells"),
    CommandExample("learnability audit peephole-lstm --report audit", "one cell, with pictures"),
    CommandExample("learnability audit --weights model.safetensors --cell gru", "a network from PyTorch"),
    CommandExample(
      "learnability audit --weights model.safetensors --cell lstm --layer 1",
      "its second layer, driven by the first"),
    CommandExample("learnability audit --trace trace.npz", "a cell that exists only in Python"),
  ]

  enum AuditProfile: String, CaseIterable, Sendable {
    case dev, ci, thorough
    var profile: Profile { Profile.named(rawValue) ?? .dev }
  }

  private enum Subject {
    case cells([String])
    case weights(TrainedCell, file: String)
    case trace(TraceAudit, file: String)
  }

  private let subject: Subject
  private let chosen: [Claim]?
  private let profile: AuditProfile
  private let seed: UInt64
  private let json: String?
  private let directory: RunDirectory?
  /// The words that name the subject again.
  private let invocation: String

  init(_ parsed: ParsedArguments) throws {
    try parsed.exclude(Self.weights, Self.trace)
    try parsed.exclude(Self.claims, Self.trace)
    try parsed.exclude(Self.report, Self.trace)
    try parsed.exclude(Self.json, Self.trace)
    profile = try parsed.value(of: Self.profile)
    seed = try parsed.value(of: Self.seed)
    json = try parsed.valueIfAny(of: Self.json)
    chosen = try parsed.valueIfAny(of: Self.claims).map { try Claim.named($0) }
    let kind = try parsed.valueIfAny(of: Self.kind)
    var words = ["learnability audit"] + parsed.arguments
    if let path = try parsed.valueIfAny(of: Self.weights) {
      guard let kind else {
        throw InputError(
          "--weights needs --cell, \(Self.kind.allowed), to say what the weights are of")
      }
      let askable = Claim.cellContract.map(\.id)
      if let other = chosen?.first(where: { !askable.contains($0.id) }) {
        throw InputError(
          "claim \(other.id) is not asked of a file of weights; choose from \(askable.joined(separator: ", "))"
        )
      }
      let layer = try parsed.value(of: Self.layer)
      let module = try parsed.valueIfAny(of: Self.module)
      words += ["--weights", ShellWord.quoted(path), "--cell", kind.rawValue]
      if layer != 0 { words += ["--layer", String(layer)] }
      if let module { words += ["--module", ShellWord.quoted(module)] }
      subject = .weights(
        try TrainedCell(TensorReader.read(path: path), kind: kind, layer: layer, module: module), file: path)
    } else if let path = try parsed.valueIfAny(of: Self.trace) {
      subject = .trace(try TraceAudit(TensorReader.read(path: path)), file: path)
    } else {
      for (index, name) in parsed.arguments.enumerated() {
        _ = try CellCatalogue.entry(named: name)
        if parsed.arguments.prefix(index).contains(name) { throw InputError("cell '\(name)' is named twice") }
      }
      subject = .cells(parsed.arguments)
    }
    if parsed.isSet(Self.weights) || parsed.isSet(Self.trace), !parsed.arguments.isEmpty {
      throw InputError("name cells or give a file, not both: '\(parsed.arguments[0])' is a cell")
    }
    for option: any OptionDeclaration in [Self.kind, Self.layer, Self.module]
    where parsed.isSet(option) && !parsed.isSet(Self.weights) {
      throw InputError("--\(option.name) goes with --weights")
    }
    invocation = words.joined(separator: " ")
    try json.map { try AtomicOutput.check($0) }
    directory = try parsed.valueIfAny(of: Self.report).map {
      try RunDirectory(preparing: $0, policy: .refuseExisting)
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    switch subject {
    case .cells(let names):
      let builtIn = BuiltInCell.allCases.map(\.rawValue)
      let cells = try (names.isEmpty ? builtIn : names).map { try CellUnderTest.named($0) }
      let claims = chosen ?? (names.isEmpty ? Claim.catalogue : CellAudit.cellClaims)
      return try finish(audit(cells, claims), console) {
        try portraits(builtIn + names.filter { !builtIn.contains($0) })
      }
    case .weights(let trained, let file):
      console.write(
        "\(file): \(trained.layout), \(trained.cell.inputSize) inputs, \(trained.cell.hiddenSize) units\n\n")
      let measured = try portrait(trained)
      console.write(AuditReport.table([measured]).plainText(atMost: console.width) + "\n")
      console.write(AuditReport.timeScales(measured).plainText(atMost: console.width) + "\n")
      let claims = trained.claims().filter { claim in chosen?.contains { $0.id == claim.id } ?? true }
      return try finish(audit([trained.subject], claims, invocation: invocation), console) { [measured] }
    case .trace(let trace, let file):
      console.write("\(file): \(trace.steps) steps of \(trace.units) units\n\n")
      console.write(AuditReport.table(trace).plainText(atMost: console.width))
      for finding in trace.findings {
        if let failure = finding.failure { console.write("\n\(finding.id) fails: \(failure)\n") }
      }
      let median = trace.timeScales.sorted()[trace.units / 2]
      console.write(
        "\nmedian time scale \(NumberText.significant(median)) steps; mean transport over the whole recording "
          + "\(NumberText.significant(trace.meanTransport.last ?? .nan))\n")
      return trace.isConfirmed ? .success : .claimFailed
    }
  }

  private func audit(_ cells: [CellUnderTest], _ claims: [Claim], invocation: String? = nil) -> CellAudit {
    let total = claims.reduce(0) { $0 + ($1.scope == .cells ? cells.count : 1) }
    let progress = ProgressLine("audit", total: total)
    let done = Atomic<Int>(0)
    let audit = CellAudit.run(
      cells, claims: claims, profile: profile.profile, seed: seed, invocation: invocation
    ) { _, _ in
      progress.update(completed: done.wrappingAdd(1, ordering: .relaxed).newValue)
    }
    progress.finish()
    return audit
  }

  /// Prints the table and the failures, and writes the files asked for.
  private func finish(_ audit: CellAudit, _ console: Console, _ portraits: () throws -> [CellPortrait]) throws
    -> ExitCode
  {
    let tables = AuditTable.make(audit, width: console.width).map { $0.plainText(atMost: console.width) }
    console.write(tables.joined(separator: "\n"))
    for failure in audit.failures {
      console.write("\n" + failure.failureText(in: audit) + "\n")
    }
    let failed = audit.failures.count
    console.write(
      "\n\(audit.results.count - failed) of \(audit.results.count) came out as their verdicts say"
        + "; false-alarm bound \(NumberText.significant(audit.alarmSpent, digits: 2))\n")
    if let json {
      try AtomicOutput.write(try AuditDocument(audit, program: Version.current).text(), to: json)
    }
    if let directory {
      try AuditReport(audit, portraits: try portraits(), command: command(audit)).write(into: directory)
      console.write("report: \(directory.path)/report.html\n")
    }
    return audit.isConfirmed ? .success : .claimFailed
  }

  /// The command line that makes the same audit.
  private func command(_ audit: CellAudit) -> String {
    let ids = chosen.map { ["--claims", $0.map(\.id).joined(separator: ",")] } ?? []
    return ([invocation] + ids + ["--profile", audit.profile, "--seed", String(audit.seed)])
      .joined(separator: " ")
  }

  private func portraits(_ names: [String]) throws -> [CellPortrait] {
    let progress = ProgressLine("portraits", total: names.count)
    defer { progress.finish() }
    return try names.enumerated().map { index, name in
      progress.update(completed: index, note: name)
      let make = try CellCatalogue.entry(named: name).make
      return try CellPortrait.paint(name, seed: seed, make: make)
    }
  }

  /// The diagnostics of a trained network on fresh sequences, with plain gradient descent at rate 1.
  private func portrait(_ trained: TrainedCell) throws -> CellPortrait {
    let task = try DelayedRegressionTask(
      steps: CellPortrait.steps, inputSize: trained.cell.inputSize, lags: [2, 8], coefficients: [0.7, 0.5],
      noise: 0.1, seed: seed)
    return try CellPortrait.measure(
      trained.cell.name, cell: trained.cell, parameters: trained.parameters, task: task,
      preconditioner: trained.parameters.map { _ in 1 }, learningRate: 1, seed: seed, sequences: 8)
  }
}
