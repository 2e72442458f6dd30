import GatedCells
import Training

extension Mutant {
  /// The published code's conventions taken over into the paper mode, and those of the reference-compatible mode undone.
  static let authorConventions: [Mutant] = [
    Mutant("author.ratesMended", "the code's envelope knows base rates", killedBy: ["RP-22"]) { system in
      system.author.effectiveRates = { zip($0, $1).map { $0 * $1 } }
    },
    Mutant("stable.fitQuantiles", "the fit is the published code's default", killedBy: ["RP-23"]) { system in
      system.stable.fit = { try AuthorCodeUnderTest.reference.quantileFit($0) }
    },
    Mutant("author.estimatorsMended", "the code's fits are by maximum likelihood", killedBy: ["RP-23"]) {
      system in
      let fit = system.stable.fit
      system.author.quantileFit = { try fit($0) }
      system.author.characteristicFit = { try fit($0) }
    },
    Mutant("author.timesMended", "the code's leaky cells average over times t ≥ ℓ", killedBy: ["RP-24"]) {
      system in
      let gated = system.author.gatedAverage
      system.author.leakyAverage = { gated($0, $1) }
    },
    Mutant("author.orderMended", "the code's leaky cells have first-order terms", killedBy: ["RP-25"]) {
      system in
      let factors = system.transport.factors
      system.author.leakyTransport = { splits, lag in factors(splits, splits.count - 1, [lag])[0][0].total }
    },
    Mutant("initial.openByConstant", "gates start at a constant opening", killedBy: ["RP-26"]) { system in
      let author = system.author.initialParameters
      system.training.initialParameters = { author($0, $1) }
    },
    Mutant("author.initialMended", "the code's gates start near one half", killedBy: ["RP-26"]) { system in
      let paper = system.training.initialParameters
      system.author.initialParameters = { paper($0, $1) }
    },
    Mutant("author.targetsMended", "the code's targets know the inputs before the start", killedBy: ["RP-27"])
    {
      system in
      system.author.target = { inputs, before, time, coefficients in
        coefficients.reduce(0) { $0 + $1.value * inputs[max(0, before + time - $1.key)] }
      }
    },
    Mutant("optimizer.hiddenDecay", "every step decays weights a little", killedBy: ["OP-01", "RP-28"]) {
      system in
      let update = system.training.update
      system.training.update = { state, parameters, gradient in
        update(state, parameters.map { $0 * (1 - 1e-7) }, gradient)
      }
    },
    Mutant("author.decayMended", "the code's first step decays nothing", killedBy: ["RP-28"]) { system in
      let step = system.author.firstStep
      system.author.firstStep = { parameters, gradient in
        try zip(step(parameters, gradient), parameters).map { $0 + 1e-7 * $1 }
          .enumerated().map { gradient[$0.offset] == 0 ? parameters[$0.offset] : $0.element }
      }
    },
  ]
}
