import Foundation
import KernelRegime
import Reporting

/// `learnability kernel`.
struct KernelCommand: Command {
  static let name = "kernel"
  static let summary = "train a diagonal network on a realisable teacher and set it against both theorems"
  static let discussion = """
    Plain and max-norm projected gradient descent for diagonal recurrent networks (Cayci & Eryilmaz 2024): average loss against \
    its bound, movement of the weights against the radius, linearisation error against its bound over widths, and the growth \
    of the constants on either side of the memory cutoff. Exits with 1 when a bound is violated.
    """
  static let regime = Option<MemoryLength>.choice(
    "regime", default: .short, help: "on which side of the memory cutoff: σ₁α_m = 1/8, 1 or 3/2")
  private static let activations = ActivationCatalogue.bounded.map(\.name)
  static let activation = Option<String>(
    "activation", placeholder: "NAME", help: "a bounded smooth activation",
    allowed: "one of " + activations.joined(separator: ", "), defaultValue: "logistic",
    defaultText: "logistic"
  ) { activations.contains($0) ? $0 : nil }
  static let width = Option<Int>.integer(
    "width", in: 2...1_048_576, default: 65_536, help: "the number of neurons m, even")
  static let steps = Option<Int>.integer(
    "steps", in: 1...4096, default: 3, help: "the length T of a sequence")
  static let iterations = Option<Int>.integer(
    "iterations", in: 1...1_000_000, default: 400, help: "steps of gradient descent")
  static let seed = Option<UInt64>.seed(default: 1, help: "decides inputs and initialisation")
  static let out = Option<String>.path(
    "out", placeholder: "DIR", help: "a new directory for report.html and result.json")
  static let options: [any OptionDeclaration] = [regime, activation, width, steps, iterations, seed, out]
  static let examples = [
    CommandExample("learnability kernel", "a non-vacuous instance of both theorems"),
    CommandExample("learnability kernel --regime long --out run", "beyond the cutoff, with a report"),
  ]

  private let configuration: KernelExperimentConfiguration
  private let directory: RunDirectory?
  private let repetition: String

  init(_ parsed: ParsedArguments) throws {
    var configuration = KernelExperimentConfiguration()
    configuration.regime = try parsed.value(of: Self.regime)
    configuration.activation = try parsed.value(of: Self.activation)
    configuration.width = try parsed.value(of: Self.width)
    configuration.steps = try parsed.value(of: Self.steps)
    configuration.iterations = try parsed.value(of: Self.iterations)
    configuration.seed = try parsed.value(of: Self.seed)
    _ = try configuration.validated()
    self.configuration = configuration
    repetition = parsed.repetition(of: Self.name, without: [Self.out.name])
    directory = try parsed.valueIfAny(of: Self.out).map {
      try RunDirectory(preparing: $0, policy: .refuseExisting)
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    let progress = ProgressLine("kernel", total: 100)
    let result = try KernelExperiment.run(configuration: configuration) { phase, fraction in
      progress.update(completed: min(99, Int(100 * fraction)), note: phase)
    }
    progress.finish()
    let report = KernelReport(result)
    for warning in result.warnings { console.write("warning: \(warning)\n") }
    console.write(report.table().plainText(atMost: console.width))
    console.write("\n")
    console.write(report.linearisationTable().plainText(atMost: console.width))
    if let directory {
      try AtomicOutput.write(report.page(command: repetition).html(), to: directory.file("report.html"))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      try AtomicOutput.write(try encoder.encode(result), to: directory.file("result.json"))
      console.write("\nreport: \(directory.path)/report.html\n")
    }
    return result.projected.holds && result.plain.holds ? .success : .claimFailed
  }
}
