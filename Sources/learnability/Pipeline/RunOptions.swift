import GatedCells
import LearnabilityWindow
import Training

/// The options that change a preset's settings, shared by the commands that train or measure.
enum RunOptions {
  static let preset = Option<Preset>.choice(
    "preset", default: .quick,
    help: "the scale: quick takes under a minute, small up to half an hour, paper many hours")
  static let cells = Option<[CellCatalogue.Entry]>.choices(
    "cells", help: "the cells to run; the five built-in ones when not given")
  static let seeds = Option<[Int]>.integers(
    "seeds", in: 0...1_000_000_000, help: "the seeds to run, one training each")
  static let steps = Option<Int>.integer(
    "steps", in: 2...1_000_000, help: "the length T of a sequence")
  static let inputs = Option<Int>.integer(
    "inputs", in: 1...65_536, help: "the number D of inputs")
  static let hidden = Option<Int>.integer(
    "hidden", in: 1...65_536, help: "the number H of hidden units")
  static let taskLags = Option<[Int]>.integers(
    "task-lags", in: 1...999_999, help: "the lags of the task's targets")
  static let taskCoefficients = Option<[Double]>.numbers(
    "task-coefficients", help: "their coefficients, as many as lags")
  static let noise = Option<Double>.number(
    "noise", in: .nonnegative, help: "the standard deviation of the target noise")
  static let start = Option<RunSettings.Start>.choice(
    "init", help: "how parameters start: as in the paper's text, or gates open by the const gate")
  static let constantGate = Option<Double>.number(
    "const-gate", in: .open(0, 1), help: "the const cell's gate, and the opening of --init const-gate")
  static let plainCandidate = Flag(
    "no-layer-norm",
    help: "leave layer normalisation out of the candidate of the built-in cells; the examples have none")
  static let optimizer = Option<OptimizerName>.choice("optimizer", help: "the update rule")
  static let learningRate = Option<Double>.number(
    "learning-rate", in: .positive, help: "the global learning rate")
  static let clip = Option<Double>.number(
    "clip", in: .nonnegative, help: "the largest gradient norm; 0 clips nothing")
  static let epochs = Option<Int>.integer("epochs", in: 1...10_000_000, help: "passes over the data")
  static let sequences = Option<Int>.integer(
    "sequences", in: 1...100_000_000, help: "the number of training sequences")
  static let batch = Option<Int>.integer("batch", in: 1...1_000_000, help: "sequences in one step")
  static let precision = Option<RunSettings.Precision>.choice(
    "precision", help: "single trains with the vector kernels, double with the slow reference")
  static let lags = Option<[Int]>.integers(
    "lags", in: 1...999_999,
    help: "the diagnostic lags, increasing; those of the preset that the sequences have when not given")
  static let diagnosticSequences = Option<Int>.integer(
    "diagnostic-sequences", in: 4...100_000_000,
    help: "fresh sequences for the diagnostics; half of them learn the orientation")
  static let order = Option<DiagnosticConfiguration.Order>.choice(
    "order", help: "transport without or with its first-order correction")
  static let sensitivity = Option<DiagnosticConfiguration.Sensitivity>.choice(
    "statistic", help: "project the immediate sensitivity (paper) or the total derivative")
  static let sampling = Option<DiagnosticConfiguration.Sampling>.choice(
    "sampling", help: "one sample a sequence, or pooled over time")
  static let ratio = Option<Double>.number(
    "threshold", in: .positive, help: "detected means a signal-to-noise ratio of at least this")
  static let error = Option<Double>.number(
    "error", in: .open(0, 0.5),
    help: "detected means that the best sign test errs at most this often; replaces --threshold")
  static let estimator = Option<WindowConfiguration.Estimator>.choice(
    "estimator", help: "how the noise law is fitted; the author's are those of the published code")
  static let sampleCounts = Option<[Int]>.integers(
    "counts", in: 1...1_000_000_000,
    help:
      "the sample counts N of the windows, increasing; beyond half the diagnostic sequences they extrapolate")

  static let training: [any OptionDeclaration] = [
    steps, inputs, hidden, taskLags, taskCoefficients, noise, start, constantGate, plainCandidate,
    optimizer, learningRate, clip, epochs, sequences, batch, precision,
  ]
  static let measuring: [any OptionDeclaration] = [
    lags, diagnosticSequences, order, sensitivity, sampling, ratio, error, estimator, sampleCounts,
  ]

  /// The optimizers by name.
  enum OptimizerName: String, CaseIterable, Sendable {
    case sgd, momentum, rmsprop, adamw

    var rule: Optimizer? { Optimizer.named.first { $0.name == rawValue }?.rule }
  }

  /// The preset's settings with every given option in its place.
  /// - Throws: An error that names the first value that is not allowed.
  static func settings(_ parsed: ParsedArguments, preset: Preset) throws -> RunSettings {
    var settings = preset.settings
    func set<Value>(_ path: WritableKeyPath<RunSettings, Value>, _ option: Option<Value>) throws {
      if let value = try parsed.valueIfAny(of: option) { settings[keyPath: path] = value }
    }
    try set(\.cells, cells)
    try set(\.seeds, seeds)
    try set(\.steps, steps)
    try set(\.inputSize, inputs)
    try set(\.hiddenSize, hidden)
    try set(\.taskLags, taskLags)
    try set(\.taskCoefficients, taskCoefficients)
    try set(\.noise, noise)
    try set(\.start, start)
    try set(\.constantGate, constantGate)
    if parsed.isSet(plainCandidate) { settings.layerNorm = false }
    if let rule = try parsed.valueIfAny(of: optimizer)?.rule { settings.optimizer = rule }
    try set(\.learningRate, learningRate)
    try set(\.clip, clip)
    try set(\.epochs, epochs)
    try set(\.sequences, sequences)
    try set(\.batchSize, batch)
    try set(\.precision, precision)
    try measure(parsed, steps: settings.steps, &settings)
    try settings.validateTraining()
    return settings
  }

  /// Applies the options of the diagnostics only.
  /// - Parameter steps: The length of the sequences that are measured.
  static func measure(_ parsed: ParsedArguments, steps: Int, _ settings: inout RunSettings) throws {
    if let value = try parsed.valueIfAny(of: lags) {
      settings.lags = value
    } else {
      // A preset's lags are for its own sequences; shorter ones have fewer.
      settings.lags = settings.lags.filter { $0 < steps }
      if settings.lags.isEmpty { settings.lags = [1] }
    }
    if let value = try parsed.valueIfAny(of: diagnosticSequences) { settings.diagnosticSequences = value }
    if let value = try parsed.valueIfAny(of: order) { settings.order = value }
    if let value = try parsed.valueIfAny(of: sensitivity) { settings.sensitivity = value }
    if let value = try parsed.valueIfAny(of: sampling) { settings.sampling = value }
    if let value = try parsed.valueIfAny(of: ratio) { settings.criterion = .signalToNoise(value) }
    if let value = try parsed.valueIfAny(of: error) { settings.criterion = .error(value) }
    if let value = try parsed.valueIfAny(of: estimator) { settings.estimator = value }
    if let value = try parsed.valueIfAny(of: sampleCounts) { settings.sampleCounts = value }
  }
}
