import GatedCells
import LearnabilityWindow

extension Mutant {
  /// The published code's deviations taken over into the paper mode, and deviations of the reference-compatible mode undone.
  static let authorCode: [Mutant] = [
    Mutant("closedForm.envelopeMean", "the envelope is the mean over units", killedBy: ["RP-01"]) { system in
      system.theory.envelope = { $0.reduce(0) { $0 + abs($1) } / Double($0.count) }
    },
    Mutant("author.envelopeSum", "the code's envelope is mended", killedBy: ["RP-01"]) { system in
      system.author.envelope = { $0.reduce(0) { $0 + abs($1) } }
    },
    Mutant(
      "transport.lstmEarliestStep", "the LSTM's correction takes the step t − ℓ + 1", killedBy: ["RP-02"]
    ) { system in
      let author = system.author.lstmCorrection
      system.transport.factors = { splits, time, lags in
        zip(lags, DiagonalTransport.factors(splits, time: time, lags: lags)).map { lag, row in
          row.map { TransportFactor(zeroth: $0.zeroth, correction: author(splits, time, lag)) }
        }
      }
    },
    Mutant("author.lstmMended", "the code's LSTM correction is mended", killedBy: ["RP-02"]) { system in
      system.author.lstmCorrection = {
        DiagonalTransport.factors($0, time: $1, lags: [$2])[0][0].correction
      }
    },
    Mutant("author.oneOrientation", "all batches share one sign", killedBy: ["RP-03"]) { system in
      system.author.batchOrientedMean = { batches in
        let all = batches.flatMap { $0 }
        return all.reduce(0, +) / Double(all.count)
      }
    },
    Mutant("lags.truncated", "diagnostic lags are truncated and repeat", killedBy: ["RP-09"]) { system in
      let author = system.author.lags
      system.window.evenLags = { author($0, $1, $2) }
    },
    Mutant("author.requiredExact", "the code's required count is mended", killedBy: ["RP-05"]) { system in
      system.author.requiredCount = { lag, _, threshold in lag.requiredCount(threshold) }
    },
    Mutant("author.averageReached", "the code averages reached counts only", killedBy: ["RP-06"]) { system in
      system.author.meanRequiredCount = { counts in
        let reached = counts.filter { $0 > 0 }
        return reached.reduce(0, +) / Double(reached.count)
      }
    },
    Mutant("author.windowMended", "the code's window is mended", killedBy: ["RP-07", "RP-08"]) { system in
      system.author.horizon = { lags, count, threshold in
        lags.last { $0.signalToNoise(count) >= threshold }?.lag ?? 0
      }
    },
    Mutant("author.ratioMended", "the code's ratio is mended", killedBy: ["RP-04", "WI-03"]) { system in
      system.author.signalToNoise = { $0.signalToNoise($1) }
    },
    Mutant("author.retentionMended", "the code's retention is the product", killedBy: ["RP-10"]) { system in
      system.author.retention = { leaks, time, lag in leaks[(time - lag + 1)...time].reduce(1, *) }
    },
    Mutant("transport.prefixSums", "retention is a difference of prefix sums", killedBy: ["RP-10"]) {
      system in
      let author = system.author.retention
      system.transport.factors = { splits, time, lags in
        lags.map { lag in
          [TransportFactor(zeroth: author(splits.map { $0.retention[0] }, time, lag), correction: 0)]
        }
      }
    },
  ]
}

extension Mutant {
  /// The same for estimates and plots.
  static let authorEstimates: [Mutant] = [
    Mutant("noise.clippedIndex", "an index below one is clipped to one and relied on", killedBy: ["RP-13"]) {
      system in
      let noise = system.window.noise
      system.window.noise = {
        let estimate = noise($0)
        return NoiseEstimate(
          tailIndex: max(1, estimate.tailIndex), scale: estimate.scale, method: estimate.method,
          isReliable: true)
      }
    },
    Mutant("stable.fitAuthor", "the fit is the published code's", killedBy: ["RP-14", "RP-15"]) {
      system in
      let author = system.author.characteristicFit
      system.stable.fit = { try author($0) }
    },
    Mutant("stable.fitFallback", "the fit is the published fallback", killedBy: ["RP-15", "RP-16", "SL-14"]) {
      system in
      let author = system.author.fallbackFit
      system.stable.fit = { try author($0) }
    },
    Mutant("author.fitMended", "the code's fit is mended", killedBy: ["RP-14", "RP-15"]) { system in
      let fit = system.stable.fit
      system.author.characteristicFit = { try fit($0) }
    },
    Mutant("author.plotMended", "the plotted threshold is that of equation (21)", killedBy: ["RP-17"]) {
      system in
      system.author.plottedThreshold = { lag, _, threshold in threshold * lag.noise.scale }
    },
    Mutant(
      "exponent.gaussianBelowOne", "κ is 2 where averages do not concentrate", killedBy: ["WI-01", "RP-18"]
    ) {
      system in
      let author = system.author.plottedExponent
      system.window.concentrationExponent = { author($0) }
    },
    Mutant("timeScales.droppedUnits", "units that do not decay have no time scale", killedBy: ["RP-19"]) {
      system in
      let scales = system.window.timeScales
      system.window.timeScales = { scales($0).filter { $0.fit.slope < 0 } }
    },
    Mutant("timeScales.sign", "the time scale is 1/slope", killedBy: ["RP-19"]) { system in
      let scales = system.window.timeScales
      system.window.timeScales = {
        scales($0).map { TimeScale(unit: $0.unit, value: -$0.value, prefactor: $0.prefactor, fit: $0.fit) }
      }
    },
  ]
}
