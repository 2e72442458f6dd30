import Foundation
import GatedCells
import LearnabilityWindow
import Numerics
import Testing

@testable import Training

@Suite struct LagProfileTests {
  private func state(_ cell: BuiltInCell, optimizer: Optimizer = .sgd) throws -> TrainingState {
    try TrainingState(
      TrainingConfiguration(
        network: NetworkSpecification(
          cell: cell, inputSize: 2, hiddenSize: 5, layerNorm: true, constantGate: 0.25),
        task: try DelayedRegressionTask(
          steps: 20, inputSize: 2, lags: [3], coefficients: [1], noise: 0.1, seed: 3),
        initialisation: .paper, optimizer: optimizer, learningRate: 0.01, clip: 0, epochs: 1,
        sequences: 8, batchSize: 4, validationSequences: 4, seed: 3))
  }

  private func configuration(_ lags: [Int], order: DiagnosticConfiguration.Order = .first)
    -> DiagnosticConfiguration
  {
    DiagnosticConfiguration(lags: lags, order: order, sequences: 10, seed: 3)
  }

  /// At zeroth order the const cell's envelope is `H μ (1 − s)^ℓ` under SGD, at every lag.
  @Test func constCellHasItsClosedForm() throws {
    let profile = try LagProfile(state(.const), configuration([1, 4, 9], order: .zeroth))
    for lag in profile.lags {
      let exact = 5 * 0.01 * pow(0.75, Double(lag.lag))
      // A product of ℓ factors and a sum of 5 · 200 equal terms.
      #expect(abs(lag.envelope - exact) <= 1200 * 0x1p-53 * exact)
      #expect(abs(lag.envelope - lag.gates) <= 1200 * 0x1p-53 * exact)
    }
  }

  /// A cell that hides that its linearisation can be computed for eight sequences side by side.
  private struct OneByOne: AnalyticCell, CellWrapper {
    let base: any AnalyticCell
    var original: any RecurrentCell { base }

    func linearise(_ parameters: Parameters<Double>, input: [Double], state: [Double])
      -> StepLinearisation<Double>
    {
      base.linearise(parameters, input: input, state: state)
    }
  }

  /// All numbers of a profile: envelope, gates, unit rates and means, samples.
  private static func numbers(_ profile: LagProfile) -> [Double] {
    profile.lags.flatMap { [$0.envelope, $0.gates] + $0.unitRates + $0.unitMeans + $0.samples }
  }

  /// Eight sequences side by side give what one after the other gives, in every number of the profile, for every built-in cell,
  /// both statistics, both samplings, and groups that leave lanes empty.
  ///
  /// The two differ by roundings alone, each a relative change of at most u of one weight's use in one step. How far such
  /// changes carry is measured: all weights change by 2⁻³⁰ of themselves, with random signs, a few times. A chain has at
  /// most 64 roundings a step (inner products of 8 terms, elementary functions within 8u), and steps add up.
  @Test func sideBySideAgreesWithOneByOne() throws {
    for kind in BuiltInCell.allCases {
      for (sensitivity, sampling) in [
        (DiagnosticConfiguration.Sensitivity.immediate, DiagnosticConfiguration.Sampling.perSequence),
        (.total, .pooled),
      ] {
        var state = try state(kind, optimizer: Optimizer.named[3].rule)
        let engine = ReferenceEngine(try state.configuration.network.makeCell())
        state = try Trainer(engine: engine).runEpoch(state)
        let cell = try #require(engine.network.cell as? any VectorisedCell)
        let configuration = DiagnosticConfiguration(
          lags: [1, 2, 5], sensitivity: sensitivity, sampling: sampling, sequences: 22, seed: 3)
        func profile(_ cell: any RecurrentCell, _ parameters: [Double]) throws -> [Double] {
          Self.numbers(
            try LagProfile(
              cell: cell, parameters: parameters, preconditioner: state.preconditioner, learningRate: 0.01,
              task: state.configuration.task, configuration))
        }
        let together = try profile(cell, state.parameters)
        let alone = try profile(OneByOne(base: cell), state.parameters)
        var reach = [Double](repeating: 0, count: together.count)
        var stream = RandomStream(seed: 7, purpose: "test.rounding")
        for _ in 0..<6 {
          let moved = state.parameters.map { $0 * (1 + (stream.uniform() < 0.5 ? -1 : 1) * 0x1p-30) }
          for (index, value) in try profile(cell, moved).enumerated() {
            reach[index] = max(reach[index], abs(value - together[index]))
          }
        }
        let scale = together.map(abs).max() ?? 0
        for index in together.indices {
          let bound = 64 * 20 * (reach[index] * 0x1p30 + scale) * 0x1p-53
          #expect(
            abs(together[index] - alone[index]) <= bound, "\(kind) \(sensitivity) number \(index)")
        }
      }
    }
  }

  /// The envelope computed in one pass over vectors equals the one assembled from ``DiagonalTransport`` and the
  /// Rayleigh quotients, and the units' means those of `δ_t · ∂⁺m_{t−ℓ}/∂θ · v`, sequence by sequence, for every cell under AdamW.
  @Test func agreesWithDirectComputation() throws {
    for kind in BuiltInCell.allCases {
      var state = try state(kind, optimizer: Optimizer.named[3].rule)
      let engine = ReferenceEngine(try state.configuration.network.makeCell())
      state = try Trainer(engine: engine).runEpoch(state)
      let lags = [1, 2, 5]
      let cell = try #require(engine.network.cell as? any AnalyticCell)
      let profile = try LagProfile(
        cell: OneByOne(base: cell), parameters: state.parameters, preconditioner: state.preconditioner,
        learningRate: 0.01, task: state.configuration.task, configuration(lags))
      let parameters = Parameters(state.parameters)
      let batch = state.configuration.task.batch(.diagnostics, indices: Array(0..<10))
      let readout = Array(state.parameters.suffix(6))
      var stream = RandomStream(seed: configuration(lags).seed, purpose: "diagnostics.direction")
      let direction = Parameters(
        stream.unitVector(state.parameters.count - 6) + [Double](repeating: 0, count: 6))
      var sums = [Double](repeating: 0, count: lags.count)
      var means = lags.map { _ in [Double](repeating: 0, count: 5) }
      var sizes = means
      for sequence in 0..<10 {
        let targets = batch.targets(of: sequence)
        let steps = engine.network.linearisedTrajectory(
          cell, parameters, inputs: batch.inputs(of: sequence)
        ).steps
        let splits = steps.map { $0.diagonalSplit(parameters) }
        for time in 1..<20 {
          let usable = lags.filter { $0 <= time }
          let factors = DiagonalTransport.factors(splits, time: time, lags: usable)
          for (index, lag) in usable.enumerated() {
            let rates = BaseRate.rayleigh(steps[time - lag], preconditioner: state.preconditioner)
            let change = steps[time - lag].immediateMemoryChange(direction)
            let lengths = steps[time - lag].squaredRows(weights: direction.values).plain
            let hidden = steps[time].state[engine.network.cell.output]
            let parts = zip(hidden, readout).map { $0 * $1 } + [readout[5], -targets[time]]
            for unit in 0..<5 {
              sums[index] += abs(rates[unit] * factors[index][unit].total)
              let slope = 2 * readout[unit] / Double(10 * (20 - lag))
              means[index][unit] += slope * parts.reduce(0, +) * change[unit]
              sizes[index][unit] += abs(slope) * parts.reduce(0) { $0 + abs($1) } * lengths[unit].squareRoot()
            }
          }
        }
      }
      for (index, lag) in lags.enumerated() {
        let exact = sums[index] / Double(10 * (20 - lag))
        // Both sum 10 · 19 · 5 positive terms, in different orders.
        #expect(abs(profile.lags[index].envelope - exact) <= 2000 * 0x1p-53 * exact, "\(kind)")
        // 190 terms; a slope is a sum of 7 numbers, a change one of at most 40 products, no larger than row times direction.
        for unit in 0..<5 {
          #expect(
            abs(profile.lags[index].unitMeans[unit] - means[index][unit]) <= 500 * 0x1p-53
              * sizes[index][unit],
            "\(kind), unit \(unit)")
        }
      }
    }
  }

  /// A profile is the same whatever else the machine does: equal configurations give equal bits.
  @Test func isDeterministic() throws {
    let state = try state(.lstm)
    let first = try LagProfile(state, configuration([1, 3]))
    let second = try LagProfile(state, configuration([1, 3]))
    #expect(first == second)
  }

  /// Half of the sequences are measured, one sample each; a network whose readout is zero has no error signal, so every
  /// sample is exactly zero.
  @Test func silentReadoutGivesZeroSamples() throws {
    var state = try state(.gru)
    let live = try LagProfile(state, configuration([2]))
    #expect(live.lags[0].samples.count == 5)
    let moving = live.lags[0].samples.contains { $0 != 0 }
    #expect(moving)
    let readout = state.parameters.count - 6
    state.parameters.replaceSubrange(readout..., with: [0, 0, 0, 0, 0, 0])
    let silent = try LagProfile(state, configuration([2]))
    #expect(silent.lags[0].samples == [0, 0, 0, 0, 0])
    #expect(silent.lags[0].envelope > 0)
  }

  /// Pooled sampling keeps every time of a short sequence, and at most every third of a hundred steps: as many samples as there are
  /// kept times that the lag reaches back from. Where all are kept their mean is that of one sample a sequence.
  @Test func pooledSamplesAreTheKeptTimes() throws {
    func profile(steps: Int, _ sampling: DiagnosticConfiguration.Sampling) throws -> LagProfile {
      let state = try state(.diag)
      return try LagProfile(
        cell: state.configuration.network.makeCell(), parameters: state.parameters,
        preconditioner: state.preconditioner, learningRate: 0.01,
        task: DelayedRegressionTask(
          steps: steps, inputSize: 2, lags: [3], coefficients: [1], noise: 0.1, seed: 3),
        DiagnosticConfiguration(lags: [1, 4], sampling: sampling, sequences: 10, seed: 3))
    }
    let (pooled, single) = (try profile(steps: 20, .pooled), try profile(steps: 20, .perSequence))
    for (all, one) in zip(pooled.lags, single.lags) {
      #expect(all.samples.count == 5 * (20 - all.lag))
      #expect(one.samples.count == 5)
      let mean = all.samples.reduce(0, +) / Double(all.samples.count)
      let scale = all.samples.map(abs).max() ?? 0
      // At most 95 terms of 5 products each, in different orders.
      #expect(abs(mean - one.samples.reduce(0, +) / 5) <= 1000 * 0x1p-53 * scale)
    }
    for lag in try profile(steps: 100, .pooled).lags {
      #expect(lag.samples.count == 5 * (lag.lag...99).filter { $0 % 3 == 0 }.count)
    }
  }

  /// Lags outside the sequence, or not increasing, are refused by name.
  @Test func badLagsAreRefused() throws {
    let state = try state(.const)
    #expect(throws: WindowError.lagOutside(lag: 20, steps: 20)) {
      try LagProfile(state, configuration([1, 20]))
    }
    #expect(throws: WindowError.lagsNotIncreasing([3, 2])) {
      try LagProfile(state, configuration([3, 2]))
    }
    #expect(throws: WindowError.noLags) { try LagProfile(state, configuration([])) }
  }
}
