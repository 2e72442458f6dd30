import Foundation
import Numerics
import StableLaws

extension Mutant {
  static let stableLaws: [Mutant] = [
    Mutant(
      "stable.variance", "the scale is a standard deviation: N(0, σ²) at α = 2", killedBy: ["SL-01"]
    ) { system in
      system.stable.density = { $0.density($1 * 2.0.squareRoot()) * 2.0.squareRoot() }
      system.stable.tail = { $0.tail($1 * 2.0.squareRoot()) }
    },
    Mutant("stable.tailFromCumulative", "the tail is 1 − F(x)", killedBy: ["SL-01", "SL-04"]) { system in
      system.stable.tail = { 1 - $0.cumulative($1) }
    },
    Mutant(
      "stable.indexOff", "density and tail use α − 0.1", killedBy: ["SL-02", "SL-03", "SL-07", "SL-16"]
    ) { system in
      system.stable.density = { $0.shiftedIndex(-0.1).density($1) }
      system.stable.tail = { $0.shiftedIndex(-0.1).tail($1) }
    },
    Mutant("stable.indexRounded", "α is rounded to one digit", killedBy: ["SL-02", "SL-03"]) { system in
      system.stable.density = { law, x in law.index((law.tailIndex * 10).rounded() / 10).density(x) }
      system.stable.tail = { law, x in law.index((law.tailIndex * 10).rounded() / 10).tail(x) }
    },
    Mutant("stable.twoSidedTail", "the tail counts both sides", killedBy: ["SL-01", "SL-03"]) { system in
      system.stable.tail = { 2 * $0.tail($1) }
    },
    Mutant("stable.quantileSign", "the quantile of the wrong side", killedBy: ["SL-04"]) { system in
      system.stable.upperQuantile = { -(try $0.upperQuantile($1)) }
    },
    Mutant("stable.quantileHalfError", "the quantile of ε/2, a two-sided test", killedBy: ["SL-04"]) {
      system in
      system.stable.upperQuantile = { try $0.upperQuantile($1 / 2) }
    },
    Mutant("stable.scoreSign", "the score is p'/p", killedBy: ["SL-05"]) { system in
      system.stable.score = { -$0.score($1) }
    },
    Mutant("stable.scoreGaussian", "the score is the normal one, x/2σ²", killedBy: ["SL-05"]) { system in
      system.stable.score = { $1 / (2 * $0.scale * $0.scale) }
    },
    Mutant(
      "stable.meanRootN", "averages concentrate like 1/√N whatever the tail", killedBy: ["SL-06"]
    ) { system in
      system.stable.meanLaw = { try $0.rescaled(to: $0.scale / Double($1).squareRoot()) }
    },
    Mutant("stable.meanInverse", "the mean's scale has N^{−1/α} for N^{1/α−1}", killedBy: ["SL-06"]) {
      system in
      system.stable.meanLaw = {
        try $0.rescaled(to: $0.scale * Foundation.pow(Double($1), -1 / $0.tailIndex))
      }
    },
    Mutant("stable.momentAtCauchy", "the first moment of a Cauchy law is finite", killedBy: ["SL-08"]) {
      system in
      system.stable.absoluteMoment = {
        try $0.tailIndex == 1 ? $0.absoluteMoment(0.999) : $0.absoluteMoment($1)
      }
    },
    Mutant(
      "stable.characteristicHalf", "the exponent of the characteristic function is halved",
      killedBy: ["SL-10"]
    ) { system in
      system.stable.characteristicFunction = { $0.characteristicFunction($1).squareRoot() }
    },
    Mutant("stable.samplerScale", "the sampler's scale is 5 % off", killedBy: ["SL-06", "SL-11", "SL-12"]) {
      system in
      let sample = system.stable.sample
      system.stable.sample = { law, count, seed in sample(law, count, seed).map { 1.05 * $0 } }
    },
    Mutant(
      "stable.samplerIndex", "the sampler's tail index is 0.1 off", killedBy: ["SL-06", "SL-11", "SL-12"]
    ) {
      system in
      let sample = system.stable.sample
      system.stable.sample = { law, count, seed in sample(law.shiftedIndex(-0.1), count, seed) }
    },
    Mutant("stable.fitFloor", "the estimated scale has an absolute floor", killedBy: ["SL-13"]) { system in
      let fit = system.stable.fit
      system.stable.fit = { values in
        var result = try fit(values)
        result.scale = max(result.scale, 1e-3)
        return result
      }
    },
    Mutant(
      "stable.fitClippedFirst", "α̂ is clipped before σ̂ is computed from an unclipped intercept",
      killedBy: ["SL-13"]
    ) { system in
      let fit = system.stable.fit
      system.stable.fit = { values in
        var result = try fit(values)
        let clipped = min(result.tailIndex, 1.25)
        result.scale = Foundation.pow(result.scale, result.tailIndex / clipped)
        result.tailIndex = clipped
        return result
      }
    },
    Mutant("stable.fitScale", "the estimated scale is 5 % off", killedBy: ["SL-14"]) { system in
      let fit = system.stable.fit
      system.stable.fit = { values in
        var result = try fit(values)
        result.scale *= 1.05
        return result
      }
    },
    Mutant("stable.informationDouble", "Fisher information is doubled", killedBy: ["SL-15"]) { system in
      system.stable.locationInformation = { 2 * $0.fisherInformation.location }
    },
    Mutant("stable.informationNormal", "Fisher information is the normal one", killedBy: ["SL-15"]) {
      system in
      system.stable.locationInformation = { 0.5 / ($0.scale * $0.scale) }
    },
  ]
}

extension SymmetricStableLaw {
  /// The law of the same scale with another index.
  func index(_ tailIndex: Double) -> SymmetricStableLaw {
    (try? SymmetricStableLaw(tailIndex: min(2, max(1, tailIndex)), scale: scale)) ?? self
  }

  func shiftedIndex(_ shift: Double) -> SymmetricStableLaw { index(tailIndex + shift) }
}
