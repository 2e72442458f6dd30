import Foundation
import GatedCells
import Training

extension SystemUnderTest {
  /// Replaces what one family's step does to a parameter; the state moves on as it should.
  fileprivate mutating func changeStep(
    _ move:
      @escaping @Sendable (
        _ after: OptimizerState, _ before: OptimizerState, _ parameter: Double, _ gradient: Double,
        _ index: Int
      ) -> Double?
  ) {
    let reference = training.update
    training.update = { state, parameters, gradient in
      let (next, moved) = reference(state, parameters, gradient)
      return (
        next,
        parameters.indices.map { move(next, state, parameters[$0], gradient[$0], $0) ?? moved[$0] }
      )
    }
  }

  /// Makes batches of another task.
  fileprivate mutating func changeTask(
    _ change: @escaping @Sendable (DelayedRegressionTask) throws -> DelayedRegressionTask
  ) {
    let reference = training.batch
    training.batch = { reference((try? change($0)) ?? $0, $1, $2) }
  }

  fileprivate mutating func changeTraining(
    _ change: @escaping @Sendable (inout TrainingConfiguration) -> Void
  ) {
    let reference = training.epoch
    training.epoch = { state in
      var configuration = state.configuration
      change(&configuration)
      return try reference(
        TrainingState(
          configuration, parameters: state.parameters,
          optimizer: try OptimizerState(
            rule: configuration.optimizer, learningRate: configuration.learningRate,
            parameterCount: state.parameters.count)))
    }
  }
}

extension Mutant {
  /// Mistakes in update rules, the preconditioner, the task and the trainer.
  static let optimizers: [Mutant] = [
    Mutant("sgd.wrongSign", "gradient ascent", killedBy: ["OP-01", "OP-06", "OP-14"]) { system in
      system.changeStep { after, _, parameter, gradient, _ in
        guard case .sgd = after.rule else { return nil }
        return parameter + after.learningRate * gradient
      }
      system.training.epoch = { state in
        var next = state
        let moved = try SystemUnderTest.reference.training.epoch(state)
        next = try TrainingState(
          state.configuration, parameters: zip(state.parameters, moved.parameters).map { 2 * $0 - $1 },
          optimizer: next.optimizer)
        return next
      }
    },
    Mutant("momentum.ignored", "momentum steps along the present gradient only", killedBy: ["OP-02"]) {
      $0.changeStep { after, _, parameter, gradient, _ in
        guard case .momentum = after.rule else { return nil }
        return parameter - after.learningRate * gradient
      }
    },
    Mutant("momentum.damped", "the gradient enters momentum times 1 − β", killedBy: ["OP-02"]) {
      $0.changeStep { after, _, parameter, _, index in
        guard case .momentum(let decay) = after.rule else { return nil }
        return parameter - after.learningRate * (1 - decay) * after.firstMoment[index]
      }
    },
    Mutant("momentum.nesterov", "momentum looks ahead", killedBy: ["OP-02"]) {
      $0.changeStep { after, _, parameter, gradient, index in
        guard case .momentum(let decay) = after.rule else { return nil }
        return parameter - after.learningRate * (gradient + decay * after.firstMoment[index])
      }
    },
    Mutant(
      "rmsprop.previousMoment", "RMSprop divides by the moment before the step", killedBy: ["OP-03", "OP-06"]
    ) {
      $0.changeStep { after, before, parameter, gradient, index in
        guard case .rmsprop(_, let epsilon) = after.rule else { return nil }
        return parameter - after.learningRate * gradient / (before.secondMoment[index].squareRoot() + epsilon)
      }
    },
    Mutant("rmsprop.epsilonInsideRoot", "√(v + ε) in place of √v + ε", killedBy: ["OP-03", "OP-06"]) {
      $0.changeStep { after, _, parameter, gradient, index in
        guard case .rmsprop(_, let epsilon) = after.rule else { return nil }
        return parameter - after.learningRate * gradient / (after.secondMoment[index] + epsilon).squareRoot()
      }
    },
    Mutant(
      "adamW.missingBiasCorrection", "moments are not corrected for their start",
      killedBy: ["OP-04", "OP-06"]
    ) {
      $0.changeStep { after, _, parameter, _, index in
        guard case .adamW(_, _, let epsilon, let shrink) = after.rule else { return nil }
        let step = after.firstMoment[index] / (after.secondMoment[index].squareRoot() + epsilon)
        return parameter - after.learningRate * (shrink * parameter + step)
      }
    },
    Mutant("adamW.swappedMoments", "first and second moment change places", killedBy: ["OP-04", "OP-06"]) {
      $0.changeStep { after, _, parameter, _, index in
        guard case .adamW(let first, let second, let epsilon, let shrink) = after.rule else { return nil }
        let mean = after.secondMoment[index] / (1 - pow(second, Double(after.step)))
        let spread = abs(after.firstMoment[index]) / (1 - pow(first, Double(after.step)))
        let step = mean / (spread.squareRoot() + epsilon)
        return parameter - after.learningRate * (shrink * parameter + step)
      }
    },
    Mutant("adamW.coupledDecay", "weight decay is added to the gradient", killedBy: ["OP-04", "OP-06"]) {
      system in
      let reference = system.training.update
      system.training.update = { state, parameters, gradient in
        guard case .adamW(_, _, _, let shrink) = state.rule else {
          return reference(state, parameters, gradient)
        }
        let (next, moved) = reference(
          state, parameters, zip(gradient, parameters).map { $0 + shrink * $1 })
        return (next, zip(moved, parameters).map { $0 + state.learningRate * shrink * $1 })
      }
    },
    Mutant(
      "adamW.decayWithoutRate", "weight decay is not multiplied by the learning rate",
      killedBy: ["OP-04", "OP-06"]
    ) {
      system in
      let reference = system.training.update
      system.training.update = { state, parameters, gradient in
        let (next, moved) = reference(state, parameters, gradient)
        guard case .adamW(_, _, _, let shrink) = state.rule else { return (next, moved) }
        return (next, zip(moved, parameters).map { $0 - (1 - state.learningRate) * shrink * $1 })
      }
    },
    Mutant(
      "preconditioner.uncorrected", "Adam's preconditioner lacks the bias correction",
      killedBy: ["OP-05", "OP-06"]
    ) {
      $0.changePreconditioner { state, index in
        guard case .adamW(_, _, let epsilon, _) = state.rule else { return nil }
        return state.learningRate / (state.secondMoment[index].squareRoot() + epsilon)
      }
    },
    Mutant("preconditioner.withoutRoot", "μ/(v + ε) in place of μ/(√v + ε)", killedBy: ["OP-05", "OP-06"]) {
      $0.changePreconditioner { state, index in
        guard case .rmsprop(_, let epsilon) = state.rule else { return nil }
        return state.learningRate / (state.secondMoment[index] + epsilon)
      }
    },
    Mutant(
      "preconditioner.globalRate", "the preconditioner is μ for every rule", killedBy: ["OP-05", "OP-06"]
    ) {
      $0.changePreconditioner { state, _ in state.learningRate }
    },
    Mutant("clip.always", "a gradient within the limit is stretched to it", killedBy: ["OP-07"]) { system in
      system.training.clip = { gradient, limit in
        let norm = dot(gradient, gradient).squareRoot()
        return norm > 0 ? gradient.map { $0 * limit / norm } : gradient
      }
    },
    Mutant("clip.byCoordinate", "coordinates are clipped apart", killedBy: ["OP-07"]) { system in
      system.training.clip = { gradient, limit in gradient.map { min(max($0, -limit), limit) } }
    },
    Mutant("task.offByOneLag", "targets reach one step further back", killedBy: ["OP-11", "OP-12", "RP-27"]) {
      system in
      system.changeTask {
        try DelayedRegressionTask(
          steps: $0.steps, inputSize: $0.inputSize, lags: $0.lags.map { $0 + 1 },
          coefficients: $0.coefficients, noise: $0.noise, seed: $0.seed)
      }
    },
    Mutant("task.squaredCoefficients", "targets weigh inputs by c² ", killedBy: ["OP-11", "OP-12", "RP-27"]) {
      system in
      system.changeTask {
        try DelayedRegressionTask(
          steps: $0.steps, inputSize: $0.inputSize, lags: $0.lags,
          coefficients: $0.coefficients.map { $0 * $0 }, noise: $0.noise, seed: $0.seed)
      }
    },
    Mutant("task.halfNoise", "observations carry half the noise", killedBy: ["OP-12"]) { system in
      system.changeTask {
        try DelayedRegressionTask(
          steps: $0.steps, inputSize: $0.inputSize, lags: $0.lags, coefficients: $0.coefficients,
          noise: 0.5 * $0.noise, seed: $0.seed)
      }
    },
    Mutant("task.sequenceByPosition", "a sequence depends on its place in the batch", killedBy: ["OP-13"]) {
      system in
      let reference = system.training.batch
      system.training.batch = { reference($0, $1, Array($2.indices)) }
    },
    Mutant("task.validationIsTraining", "validation reuses training sequences", killedBy: ["OP-13"]) {
      system in
      let reference = system.training.batch
      system.training.batch = { task, _, indices in reference(task, .training, indices) }
    },
    Mutant("trainer.doesNotClip", "the trainer leaves large gradients alone", killedBy: ["OP-14"]) {
      $0.changeTraining { $0.clip = 0 }
    },
    Mutant("trainer.smallBatches", "the trainer steps after every sequence", killedBy: ["OP-14"]) {
      $0.changeTraining { $0.batchSize = 1 }
    },
  ]
}

extension SystemUnderTest {
  fileprivate mutating func changePreconditioner(
    _ change: @escaping @Sendable (OptimizerState, Int) -> Double?
  ) {
    let reference = training.preconditioner
    training.preconditioner = { state, count in
      reference(state, count).enumerated().map { change(state, $0.offset) ?? $0.element }
    }
  }
}
