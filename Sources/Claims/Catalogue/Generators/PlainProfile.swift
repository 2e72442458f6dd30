import GatedCells
import LearnabilityWindow
import Numerics
import Training

/// The lag profile by definition: dense first-order products, rows of the immediate parameter Jacobian built column by
/// column, and plain loops over sequences, times and units. Everything in balls.
///
/// The deviations are mistakes and other conventions for mutants; the oracle has none.
struct PlainProfile {
  enum Deviation: Sendable {
    case meanOverUnits, baseRateAtPresent, globalRate, unweightedRows, zerothOrder, signedAverage, allTimes
    case totalSensitivity
  }

  struct Lag {
    var envelope = Bounded(0)
    var gates = Bounded(0)
    var unitRates: [Bounded]
    var unitMeans: [Bounded]
  }

  let lags: [Lag]

  init(_ state: TrainingState, _ configuration: DiagnosticConfiguration, deviation: Deviation? = nil) throws {
    let settings = state.configuration
    let cell = try settings.network.makeCell()
    let network = RecurrentNetwork(cell: cell)
    let task = settings.task
    let rates =
      deviation == .unweightedRows
      ? state.preconditioner.map { _ in settings.learningRate } : state.preconditioner
    var stream = RandomStream(seed: configuration.seed, purpose: "diagnostics.direction")
    let direction =
      stream.unitVector(cell.layout.count)
      + [Double](repeating: 0, count: network.parameterCount - cell.layout.count)
    let zeros = [Bounded](repeating: .zero, count: cell.hiddenSize)
    var lags = configuration.lags.map { _ in Lag(unitRates: zeros, unitMeans: zeros) }
    let batch = task.batch(.diagnostics, indices: Array(0..<configuration.sequences))
    for sequence in 0..<configuration.sequences {
      let example = CellCase(
        subject: try .named(settings.network.cell.name), cell: cell, layerNorm: settings.network.layerNorm,
        parameters: state.parameters, inputs: batch.inputs(of: sequence), targets: batch.targets(of: sequence)
      )
      let derivatives = example.derivatives
      let splits = derivatives.map(\.split)
      let baseRates = derivatives.map { Self.baseRates($0.memoryRows, rates) }
      let sensitivities = Self.sensitivities(
        example, derivatives, direction, total: deviation == .totalSensitivity)
      let errors = Self.errorSignals(example, derivatives)
      for (index, lag) in configuration.lags.enumerated() {
        let first = deviation == .allTimes ? 0 : lag
        for time in first..<task.steps {
          let start = max(0, time - lag)
          let (value, part) = Self.expansion(splits, from: start, to: time, cell: cell)
          for unit in 0..<cell.hiddenSize {
            let factor = deviation == .zerothOrder ? value[unit] : value[unit] + part[unit]
            let rate =
              deviation == .globalRate
              ? Bounded(settings.learningRate)
              : baseRates[deviation == .baseRateAtPresent ? time : start][unit]
            let share = Bounded(1 / Double(configuration.sequences * (task.steps - lag)))
            let mu = rate * factor
            let size = deviation == .signedAverage ? mu : mu.magnitude
            lags[index].unitRates[unit] = lags[index].unitRates[unit] + share * size
            lags[index].gates =
              lags[index].gates + Bounded(settings.learningRate) * share * factor.magnitude
            lags[index].unitMeans[unit] =
              lags[index].unitMeans[unit] + share * errors[time][unit] * sensitivities[start][unit]
          }
        }
        lags[index].envelope = lags[index].unitRates.reduce(Bounded(0)) { $0 + $1 }
        if deviation == .meanOverUnits {
          lags[index].envelope = lags[index].envelope * Bounded(1 / Double(cell.hiddenSize))
        }
      }
    }
    self.lags = lags
  }

  /// As the implementation gives it, without samples.
  func profile(_ lagNumbers: [Int]) -> LagProfile {
    LagProfile(
      lags: zip(lagNumbers, lags).map { number, lag in
        LagProfile.Lag(
          lag: number, envelope: lag.envelope.value, gates: lag.gates.value,
          unitRates: lag.unitRates.map(\.value), unitMeans: lag.unitMeans.map(\.value), samples: [])
      })
  }

  /// `Σ λ b²/Σ b²` of each row; zero for a row that vanishes.
  private static func baseRates(_ rows: [[Bounded]], _ rates: [Double]) -> [Bounded] {
    rows.map { row in
      let energy = row.reduce(Bounded(0)) { $0 + $1 * $1 }
      guard energy.value > 0 else { return .zero }
      return zip(row, rates).reduce(Bounded(0)) { $0 + $1.0 * $1.0 * Bounded($1.1) } / energy
    }
  }

  /// The projected sensitivity of each step's memory, immediate or (as in the public code) total and of the output.
  private static func sensitivities(
    _ example: CellCase, _ derivatives: [StepDerivatives], _ direction: [Double], total: Bool
  ) -> [[Bounded]] {
    var tangent = [Double](repeating: 0, count: example.cell.stateSize)
    return derivatives.map { step in
      let change = step.pushForward(tangent: tangent, direction: direction)
      guard total else { return Array(change[example.cell.memory]) }
      tangent = change.map(\.value)
      return Array(change[example.cell.output])
    }
  }

  /// `δ_t = ∂E_t/∂h_t` for `E_t = (ŷ_t − y_t)²`.
  private static func errorSignals(_ example: CellCase, _ derivatives: [StepDerivatives]) -> [[Bounded]] {
    let network = example.network
    let weights = example.parameters[network.readoutWeights.range].map { Bounded($0) }
    return derivatives.enumerated().map { time, step in
      let after = genericStep(
        example.cell, Parameters(example.parameters.map { Bounded($0) }),
        example.input(time).map { Bounded($0) },
        step.state, step.state)
      let prediction = zip(weights, after[example.cell.output]).reduce(
        Bounded(example.parameters[network.readoutBias.offset])
      ) { $0 + $1.0 * $1.1 }
      let slope = Bounded(2) * (prediction - Bounded(example.targets[time]))
      return weights.map { slope * $0 }
    }
  }

  /// The output–memory diagonal of value and first-order part of the product over the steps after `start`, up to `end`.
  private static func expansion(
    _ splits: [(retention: [[Bounded]], coupling: [[Bounded]])], from start: Int, to end: Int,
    cell: any RecurrentCell
  ) -> (value: [Bounded], part: [Bounded]) {
    let window = Array(splits[(start + 1 > end ? end : start + 1)...end].reversed())
    let (value, part) = BallProduct.firstOrder(window)
    func diagonal(_ matrix: [[Bounded]]) -> [Bounded] { zip(cell.output, cell.memory).map { matrix[$0][$1] } }
    return (diagonal(value), diagonal(part))
  }
}

extension BoundedReal {
  /// The absolute value.
  var magnitude: Self { Self(abs(value), radius: radius) }
}

/// Products of Jacobian splits over balls.
enum BallProduct {
  /// Value and first-order part of `∏ (A + εB)`, the newest factor first.
  static func firstOrder(_ steps: [(retention: [[Bounded]], coupling: [[Bounded]])]) -> (
    value: [[Bounded]], part: [[Bounded]]
  ) {
    guard var value = steps.first?.retention, var part = steps.first?.coupling else { return ([], []) }
    for step in steps.dropFirst() {
      part = add(multiply(part, step.retention), multiply(value, step.coupling))
      value = multiply(value, step.retention)
    }
    return (value, part)
  }

  private static func multiply(_ a: [[Bounded]], _ b: [[Bounded]]) -> [[Bounded]] {
    a.map { row in
      b.indices.map { column in row.indices.reduce(Bounded(0)) { $0 + row[$1] * b[$1][column] } }
    }
  }

  private static func add(_ a: [[Bounded]], _ b: [[Bounded]]) -> [[Bounded]] {
    zip(a, b).map { zip($0, $1).map { $0 + $1 } }
  }
}
