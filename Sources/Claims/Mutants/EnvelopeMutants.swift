import GatedCells
import LearnabilityWindow
import Numerics
import Training

extension SystemUnderTest {
  fileprivate mutating func useProfile(_ deviation: PlainProfile.Deviation) {
    transport.profile = { state, configuration in
      try PlainProfile(state, configuration, deviation: deviation).profile(configuration.lags)
    }
  }

  fileprivate mutating func changeTimeScales(_ change: @escaping @Sendable ([TimeScale]) -> [TimeScale]) {
    let reference = window.timeScales
    window.timeScales = { change(reference($0)) }
  }
}

extension Mutant {
  /// Mistakes in base rates, envelopes, and fits of time scales.
  static let envelope: [Mutant] = [
    Mutant(
      "baseRate.unweighted", "the base rate is the plain mean of the preconditioner over the row",
      killedBy: ["EN-01", "EN-03", "EN-04", "EN-12"]
    ) { system in
      system.transport.baseRates = { step, rates in
        let mean = rates.reduce(0, +) / Double(max(rates.count, 1))
        return step.retention.map { _ in mean }
      }
    },
    Mutant(
      "baseRate.absoluteWeights", "rows weigh by |b| in place of b²",
      killedBy: ["EN-01", "EN-03", "EN-06"]
    ) { system in
      system.transport.baseRates = { step, rates in
        step.retention.indices.map { unit in
          let row = step.unitwise.map { abs($0.memory[unit]) }
          let total = row.reduce(0, +)
          return total > 0 ? zip(row, rates).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
        }
      }
    },
    Mutant(
      "baseRate.rootMeanSquare", "the base rate is ‖Λb‖/‖b‖", killedBy: ["EN-01", "EN-03"]
    ) { system in
      system.transport.baseRates = { step, rates in
        BaseRate.rayleigh(step, preconditioner: rates.map { $0 * $0 }).map { $0.squareRoot() }
      }
    },
    Mutant(
      "baseRate.notNormalised", "bᵀΛb is not divided by bᵀb",
      killedBy: ["EN-01", "EN-04", "EN-05", "EN-06"]
    ) { system in
      system.transport.baseRates = { step, rates in step.squaredRows(weights: rates).weighted }
    },
    Mutant(
      "baseRate.alwaysOne", "base rates are one, whatever the preconditioner",
      killedBy: ["EN-01", "EN-05", "EN-12", "EN-16", "RP-22"]
    ) { system in
      system.transport.baseRates = { step, _ in step.retention.map { _ in 1 } }
    },
    Mutant(
      "baseRate.zeroRowGetsMean", "a row that vanishes gets the mean rate", killedBy: ["EN-04"]
    ) { system in
      let reference = system.transport.baseRates
      system.transport.baseRates = { step, rates in
        let mean = rates.reduce(0, +) / Double(max(rates.count, 1))
        return reference(step, rates).map { $0 > 0 ? $0 : mean }
      }
    },
    Mutant("baseRate.weightsMissing", "the squared rows ignore their weights", killedBy: ["EN-02", "GR-17"]) {
      system in
      system.changeCells { cell in
        let reference = cell.squaredRows
        cell.squaredRows = { try reference($0, $1, $2.map { _ in 1 }) }
      }
    },
    Mutant("envelope.meanOverUnits", "the envelope is a mean over units", killedBy: ["EN-11", "EN-15"]) {
      system in
      let reference = system.transport.profile
      system.transport.profile = { state, configuration in
        LagProfile(
          lags: try reference(state, configuration).lags.map {
            LagProfile.Lag(
              lag: $0.lag, envelope: $0.envelope / Double($0.unitRates.count), gates: $0.gates,
              unitRates: $0.unitRates, unitMeans: $0.unitMeans, samples: $0.samples)
          })
      }
    },
    Mutant("envelope.baseRateAtPresent", "base rates are taken at t, not at t − ℓ", killedBy: ["EN-11"]) {
      $0.useProfile(.baseRateAtPresent)
    },
    Mutant("envelope.globalRate", "the envelope ignores the optimizer's state", killedBy: ["EN-11", "EN-14"])
    {
      $0.useProfile(.globalRate)
    },
    Mutant(
      "envelope.unweightedRows", "rows are not weighted by the preconditioner", killedBy: ["EN-11", "EN-14"]
    ) {
      $0.useProfile(.unweightedRows)
    },
    Mutant("envelope.zerothOrder", "the envelope leaves the first-order terms out", killedBy: ["EN-11"]) {
      $0.useProfile(.zerothOrder)
    },
    Mutant("envelope.signedAverage", "rates are averaged with their signs", killedBy: ["EN-11"]) {
      $0.useProfile(.signedAverage)
    },
    Mutant("envelope.allTimes", "times before the lag are averaged too", killedBy: ["EN-11", "RP-24"]) {
      $0.useProfile(.allTimes)
    },
    Mutant(
      "envelope.totalSensitivity", "the total derivative stands for the immediate sensitivity",
      killedBy: ["EN-11"]
    ) { $0.useProfile(.totalSensitivity) },
    Mutant("envelope.offByOneLag", "lag ℓ is computed at ℓ + 1", killedBy: ["EN-11"]) { system in
      let reference = system.transport.profile
      system.transport.profile = { state, configuration in
        var later = configuration
        later.lags = configuration.lags.map { $0 + 1 }
        return LagProfile(
          lags: zip(try reference(state, later).lags, configuration.lags).map {
            LagProfile.Lag(
              lag: $1, envelope: $0.envelope, gates: $0.gates, unitRates: $0.unitRates,
              unitMeans: $0.unitMeans, samples: $0.samples)
          })
      }
    },
    Mutant(
      "envelope.gatesWithoutRate", "f_gates lacks the learning rate", killedBy: ["EN-11", "EN-13", "EN-14"]
    ) {
      system in
      let reference = system.transport.profile
      system.transport.profile = { state, configuration in
        LagProfile(
          lags: try reference(state, configuration).lags.map {
            LagProfile.Lag(
              lag: $0.lag, envelope: $0.envelope, gates: $0.gates / state.configuration.learningRate,
              unitRates: $0.unitRates, unitMeans: $0.unitMeans, samples: $0.samples)
          })
      }
    },
    Mutant("timeScale.sign", "τ = 1/slope", killedBy: ["TS-01", "TS-02"]) {
      $0.changeTimeScales { scales in scales.map { $0.with(value: -$0.value) } }
    },
    Mutant("timeScale.halfLife", "τ is the half-life", killedBy: ["TS-01", "TS-02", "TS-03"]) {
      $0.changeTimeScales { scales in scales.map { $0.with(value: 0.6931471805599453 * $0.value) } }
    },
    Mutant("timeScale.dropsGrowing", "units that do not decay are dropped", killedBy: ["TS-05"]) {
      $0.changeTimeScales { scales in scales.filter { $0.value < .infinity } }
    },
    Mutant("timeScale.negative", "growing units get a negative time scale", killedBy: ["TS-04", "TS-05"]) {
      $0.changeTimeScales { scales in scales.map { $0.with(value: -1 / $0.fit.slope) } }
    },
    Mutant("timeScale.twoPoints", "the fit goes through the first and last point", killedBy: ["TS-04"]) {
      system in
      let reference = system.window.timeScales
      system.window.timeScales = { profile in
        guard profile.lags.count > 2, let first = profile.lags.first, let last = profile.lags.last else {
          return reference(profile)
        }
        return reference(LagProfile(lags: [first, last]))
      }
    },
    Mutant(
      "timeScale.linearValues", "the fit is to the rates, not to their logarithms",
      killedBy: ["TS-01", "TS-04", "TS-06"]
    ) {
      system in
      let reference = system.window.timeScales
      system.window.timeScales = { profile in
        reference(
          LagProfile(
            lags: profile.lags.map { lag in
              LagProfile.Lag(
                lag: lag.lag, envelope: lag.envelope, gates: lag.gates,
                unitRates: lag.unitRates.map { Double.exp(min($0, 600)) }, unitMeans: lag.unitMeans,
                samples: lag.samples)
            }))
      }
    },
    Mutant(
      "fit.swappedLaws", "the power law and the exponential change places", killedBy: ["TS-04", "TS-07"]
    ) { system in
      let reference = system.window.envelopeFit
      system.window.envelopeFit = { lags, envelope in
        let fit = reference(lags, envelope)
        return EnvelopeFit(exponential: fit.power, power: fit.exponential)
      }
    },
    Mutant("transport.mixedUnits", "every unit gets its neighbour's transport", killedBy: ["TS-08", "TR-15"])
    { system in
      let reference = system.transport.factors
      system.transport.factors = { splits, time, lags in
        reference(splits, time, lags).map { row in Array(row.dropFirst() + row.prefix(1)) }
      }
    },
  ]
}

extension TimeScale {
  fileprivate func with(value: Double) -> TimeScale {
    TimeScale(unit: unit, value: value, prefactor: prefactor, fit: fit)
  }
}
