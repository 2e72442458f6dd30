import LearnabilityWindow
import TheoryOracles

extension Mutant {
  static let statistic: [Mutant] = [
    Mutant(
      "statistic.publishedOrientation", "the amended statistic is oriented by sgn m_q alone",
      killedBy: ["ST-03"]
    ) { system in
      system.theory.orientedMean = {
        try EnvelopeDecomposition.publishedStatisticMean(effectiveRates: $0, means: $1)
      }
    },
    Mutant(
      "statistic.alwaysPositive", "the published mean is taken for Σ|μ_q m_q|",
      killedBy: ["ST-01", "ST-02", "ST-03"]
    ) { system in
      system.theory.publishedMean = {
        try EnvelopeDecomposition.orientedStatisticMean(effectiveRates: $0, means: $1)
      }
    },
    Mutant("statistic.unoriented", "the statistic is Σ μ_q ζ_q", killedBy: ["ST-01", "ST-02"]) { system in
      system.theory.publishedMean = { rates, means in zip(rates, means).reduce(0) { $0 + $1.0 * $1.1 } }
    },
    Mutant("statistic.alignmentByCount", "m̄ divides by the number of units", killedBy: ["ST-01", "ST-03"]) {
      system in
      system.theory.alignment = { mean, rates in 2 * mean / Double(rates.count) }
    },
    Mutant("profile.envelopeMean", "the profile's envelope is the mean over units", killedBy: ["ST-05"]) {
      system in
      system.transport.profile = { state, configuration in
        try LagProfile(state, configuration).changed { lag in
          (lag.envelope / Double(lag.unitRates.count), lag.samples)
        }
      }
    },
    Mutant("profile.nextLag", "the profile's lag ℓ is measured at ℓ + 1", killedBy: ["ST-05"]) { system in
      system.transport.profile = { state, configuration in
        var next = configuration
        next.lags = next.lags.map { $0 + 1 }
        return try LagProfile(state, next).changed {
          ($0.envelope, $0.samples)
        } lag: {
          $0 - 1
        }
      }
    },
    Mutant("profile.batchSign", "samples are turned by the sign of their own mean", killedBy: ["ST-06"]) {
      system in
      system.transport.profile = { state, configuration in
        try LagProfile(state, configuration).changed { lag in
          let sign: Double = lag.samples.reduce(0, +) < 0 ? -1 : 1
          return (lag.envelope, lag.samples.map { sign * $0 })
        }
      }
    },
    Mutant("profile.modulus", "samples are taken by their modulus", killedBy: ["ST-06"]) { system in
      system.transport.profile = { state, configuration in
        try LagProfile(state, configuration).changed { ($0.envelope, $0.samples.map { abs($0) }) }
      }
    },
    Mutant(
      "profile.totalSensitivity", "the statistic projects the total derivative of the state",
      killedBy: ["RP-11"]
    ) {
      system in
      system.transport.profile = { state, configuration in
        var total = configuration
        total.sensitivity = .total
        return try LagProfile(state, total)
      }
    },
    Mutant("profile.pooled", "every time of a sequence is a sample", killedBy: ["ST-06", "RP-12"]) { system in
      system.transport.profile = { state, configuration in
        var pooled = configuration
        pooled.sampling = .pooled
        return try LagProfile(state, pooled)
      }
    },
  ]
}

extension LagProfile {
  /// The profile with envelope, samples and lag replaced.
  fileprivate func changed(
    _ change: (Lag) -> (envelope: Double, samples: [Double]), lag: (Int) -> Int = { $0 }
  ) -> LagProfile {
    LagProfile(
      lags: lags.map {
        let (envelope, samples) = change($0)
        return Lag(
          lag: lag($0.lag), envelope: envelope, gates: $0.gates, unitRates: $0.unitRates,
          unitMeans: $0.unitMeans,
          samples: samples)
      })
  }
}
