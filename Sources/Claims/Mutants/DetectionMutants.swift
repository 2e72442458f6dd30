import Foundation
import StableLaws
import TheoryOracles

extension Mutant {
  /// Divergence, information, errors and sample complexity.
  static let detection: [Mutant] = [
    Mutant(
      "divergence.ignoresScale", "the divergence takes the shift for the separation", killedBy: ["DE-01"]
    ) { system in
      system.stable.klDivergence = { try $0.rescaled(to: 1).klDivergence(shift: $1) }
    },
    Mutant(
      "divergence.quadratic", "the divergence is ½ I δ² at every separation",
      killedBy: ["DE-01", "DE-02", "DE-03", "DE-05"]
    ) { system in
      system.stable.klDivergence = { 0.5 * $0.fisherInformation.location * $1 * $1 }
    },
    Mutant(
      "divergence.half", "the divergence is halved", killedBy: ["DE-01", "DE-02", "DE-03", "DE-05", "DE-06"]
    ) {
      system in
      system.stable.klDivergence = { try $0.klDivergence(shift: $1) / 2 }
    },
    Mutant("divergence.double", "the divergence is doubled", killedBy: ["DE-01", "DE-04"]) { system in
      system.stable.klDivergence = { try 2 * $0.klDivergence(shift: $1) }
    },
    Mutant(
      "information.capless", "mutual information is I_α δ²/8 without a cap",
      killedBy: ["DE-06", "DE-07", "DE-15"]
    ) { system in
      system.stable.mutualInformation = { $0.fisherInformation.location * $1 * $1 / 8 }
    },
    Mutant("information.double", "mutual information is doubled", killedBy: ["DE-06", "DE-09"]) { system in
      system.stable.mutualInformation = { try 2 * $0.mutualInformation(shift: $1) }
    },
    Mutant("information.bits", "mutual information is in bits", killedBy: ["DE-06", "DE-09"]) { system in
      system.stable.mutualInformation = { try $0.mutualInformation(shift: $1) / Foundation.log(2) }
    },
    Mutant("information.half", "mutual information is halved", killedBy: ["DE-06", "DE-07", "DE-14"]) {
      system in
      system.stable.mutualInformation = { try $0.mutualInformation(shift: $1) / 2 }
    },
    Mutant(
      "information.halfDivergence", "mutual information is min{½ KL, log 2}", killedBy: ["DE-06", "DE-08"]
    ) {
      system in
      system.stable.mutualInformation = { try min(Foundation.log(2), $0.klDivergence(shift: $1) / 2) }
    },
    Mutant(
      "information.topsoeFactor", "the upper bound on the information misses a factor 2", killedBy: ["DE-09"]
    ) {
      system in
      system.theory.informationUpperBound = {
        InformationBounds.informationUpperBound(separation: $0, fisherInformation: $1) / 2
      }
    },
    Mutant(
      "bayesError.wholeGap", "the error is P(Z > δ), not P(Z > δ/2)", killedBy: ["DE-10", "DE-12", "DE-14"]
    ) { system in
      system.stable.bayesError = { try $0.bayesError(shift: 2 * $1) }
    },
    Mutant(
      "bayesError.quarterGap", "the error is P(Z > δ/4)", killedBy: ["DE-10", "DE-12", "DE-13", "DE-19"]
    ) { system in
      system.stable.bayesError = { try $0.bayesError(shift: $1 / 2) }
    },
    Mutant("bayesError.gaussian", "the error is that of normal noise", killedBy: ["DE-10", "DE-19"]) {
      system in
      system.stable.bayesError = { try $0.index(2).bayesError(shift: $1) }
    },
    Mutant("bayesError.median", "the mean of N errs like one variable", killedBy: ["DE-21"]) { system in
      system.stable.meanLaw = { law, _ in law }
    },
    Mutant("totalVariation.whole", "total variation is P(|Z| < δ)", killedBy: ["DE-11"]) { system in
      system.stable.totalVariation = { try $0.totalVariation(shift: 2 * $1) }
    },
    Mutant(
      "complexity.indexForExponent", "the sample complexity has the power α for κ",
      killedBy: ["DE-12", "DE-17", "DE-20", "DE-22", "WI-11"]
    ) { system in
      system.stable.sampleComplexity = { law, error, gap in
        try Foundation.pow(2 * law.upperQuantile(error) / gap, law.tailIndex)
      }
    },
    Mutant(
      "complexity.factorTwo", "the sample complexity misses the factor 2 before q",
      killedBy: ["DE-12", "DE-20", "DE-22"]
    ) {
      system in
      system.stable.sampleComplexity = { try $0.sampleComplexity(error: $1, separation: 2 * $2) }
    },
    Mutant("complexity.halfError", "the sample complexity uses q_{1−ε/2}", killedBy: ["DE-12", "DE-20"]) {
      system in
      system.stable.sampleComplexity = { try $0.sampleComplexity(error: $1 / 2, separation: $2) }
    },
    Mutant(
      "complexity.atLeastOne", "the sample complexity never falls below one, so heavy tails always cost more",
      killedBy: ["WI-11"]
    ) {
      system in
      system.stable.sampleComplexity = { try max(1, $0.sampleComplexity(error: $1, separation: $2)) }
    },
    Mutant(
      "hellmanRaviv.factor", "Hellman and Raviv's bound misses its half of the information",
      killedBy: ["DE-13"]
    ) {
      system in
      system.theory.hellmanRavivError = { 0.5 * (1 - min(1, 1.5 * $0 / Foundation.log(2))) }
    },
    Mutant("fano.entropySign", "Fano's bound adds the entropy", killedBy: ["DE-14"]) { system in
      system.theory.fanoNecessary = { try InformationBounds.capacity + InformationBounds.binaryEntropy($0) }
    },
    Mutant("fano.half", "Fano's bound is half as large again", killedBy: ["DE-14"]) { system in
      system.theory.fanoNecessary = { try 1.5 * InformationBounds.fanoNecessary(error: $0) }
    },
    Mutant(
      "quantile.gaussian", "quantiles are those of the normal law, in proportion to √log(1/ε)",
      killedBy: ["DE-18"]
    ) {
      system in
      system.stable.upperQuantile = { law, error in law.scale * Foundation.log(1 / (2 * error)).squareRoot() }
    },
    Mutant("quantile.half", "quantiles are halved", killedBy: ["DE-16"]) { system in
      system.stable.upperQuantile = { try $0.upperQuantile($1) / 2 }
    },
    Mutant("separation.factor", "the necessary separation misses a factor 2", killedBy: ["DE-16"]) { system in
      system.theory.separationFromDensity = {
        2 * (try InformationBounds.necessarySeparation(error: $0, densityAtZero: $1))
      }
    },
    Mutant(
      "necessarySamples.entropy", "Fano's sample bound forgets the entropy of the error", killedBy: ["DE-17"]
    ) { system in
      system.theory.necessarySamples = { error, fisher, gap, scale, exponent in
        Foundation.pow(scale / gap * 6 / fisher.squareRoot(), exponent)
      }
    },
    Mutant("heavyTail.logarithm", "small errors cost a power of log(1/ε)", killedBy: ["DE-20"]) { system in
      system.theory.heavyTailComplexity = { error, index, gap, scale in
        let exponent = index / (index - 1)
        return Foundation.pow(2 * scale / gap, exponent)
          * Foundation.pow(Foundation.log(1 / (2 * error)), exponent / 2)
      }
    },
  ]
}
