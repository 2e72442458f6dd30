import Foundation
import LearnabilityWindow
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// Claims about thresholds, sample sizes and windows of any envelope.
  static let windows: [Claim] = [
    Claim(
      "WI-01", "the concentration exponent",
      statement: "κ_α = α/(α − 1) for 1 < α ≤ 2: κ₂ = 2, κ_{3/2} = 3, κ → ∞ as α → 1, 1/α + 1/κ = 1",
      source: "Livi 2025, equation (20)", verdict: .proved, proof: .coq("concentration_exponent"),
      oracle: "the conjugate exponent",
      checks: [
        .property { system in
          Property("WI-01 the concentration exponent") { draw in
            let index = try draw("tail index", reals(in: 0.5...2))
            let exponent = system.window.concentrationExponent(index)
            if index <= 1 {
              try equal(exponent, .infinity)
            } else {
              // α − 1 is exact; one division on each side, and one subtraction here.
              let exact = 1 / (1 - 1 / index)
              try draw.within(exponent, exact, bound: (4 + 4 * exact) * NoiseDraws.unit * exact)
              try holds(exponent >= 2, "κ = \(exponent)")
            }
            try equal(system.window.concentrationExponent(1.5), 3)
          }
        }
      ]),
    Claim(
      "WI-02", "signal against noise",
      statement: "SNR(ℓ, N) = m̄ f N^{1/κ}/σ, with N^{1/κ} = N^{1−1/α}",
      source: "Livi 2025, equations (16) and (28)",
      verdict: .proved, proof: .coq("signal_to_noise_rate"), oracle: "the formula in logarithms",
      checks: [
        .property { system in
          Property("WI-02 signal against noise") { draw in
            let lag = try draw("lag", LagDraws.single)
            let count = try draw("N", magnitudes(in: 1...1e9))
            let exact = try DetectionTheory.signalToNoise(
              alignment: 1, envelope: lag.signal, scale: lag.noise.scale,
              exponent: ConcentrationExponent.exponent(tailIndex: lag.noise.tailIndex), samples: count)
            // Exponents good to 4 units of one, times log N ≤ 21.
            try draw.within(
              system.window.signalToNoise(lag, count), exact, bound: 120 * NoiseDraws.unit * exact)
          }
        }
      ]),
    Claim(
      "WI-03", "a negative mean is no signal",
      statement: "the estimated ratio is |ψ̄| N^{1−1/α}/σ",
      source: "Livi 2025, after equation (28), and published code",
      verdict: .amended,
      finding:
        "the modulus turns noise into signal: a statistic of mean zero passes any fixed threshold half of the time more often; a "
        + "mean that is negative under its own orientation is no signal",
      oracle: "the sign of the mean",
      checks: [
        .property { system in
          Property("WI-03 a negative mean is no signal") { draw in
            let lag = try draw("lag", LagDraws.single)
            let negative = LagDetection(
              lag: lag.lag, signal: -lag.signal, noise: lag.noise, sampleCount: lag.sampleCount)
            let count = try draw("N", magnitudes(in: 1...1e9))
            try equal(system.window.signalToNoise(negative, count), 0)
            try equal(system.window.requiredCount(negative, 0.1), .infinity)
            try equal(try system.horizon([negative], count: count, threshold: 1e-9), 0)
          }
        },
        .refutation { system in
          Property("WI-03 the modulus changes nothing") { draw in
            let signal = try draw("signal", reals(in: -2...2))
            let lag = LagDetection(
              lag: 1, signal: signal, noise: LagDraws.noise(1.5, scale: 1), sampleCount: 1000)
            try equal(
              system.window.signalToNoise(lag, 1000) > 0, system.author.signalToNoise(lag, 1000) > 0)
          }
        },
      ]),
    Claim(
      "WI-04", "sample size at a lag",
      statement: "N(ℓ) = K (σ/(m̄ f))^κ: halving the envelope costs 2^κ times the samples",
      source: "Livi 2025, equations (23), (26), (75), (77)", verdict: .proved, proof: .coq("samples_scale"),
      oracle: "the formula in logarithms",
      checks: [
        .property { system in
          Property("WI-04 sample size at a lag") { draw in
            let lag = try draw("lag", LagDraws.single)
            // Thresholds that need between e and e^20 samples.
            let need = try draw("log N", reals(in: 1...20))
            let exponent = lag.noise.tailIndex / (lag.noise.tailIndex - 1)
            let threshold = exp(need / exponent) * lag.signal / lag.noise.scale
            let count = system.window.requiredCount(lag, threshold)
            let exact = try WindowClosedForms.samplesNeeded(
              constant: threshold * lag.noise.scale, envelope: lag.signal, exponent: exponent)
            // A κ-th power with κ ≤ 21 of a quotient good to four units, and exponents times log N ≤ 20.
            let bound = (20 + 8 * exponent + 8 * need) * NoiseDraws.unit
            try draw.within(count, exact, bound: bound * exact)
            let half = LagDetection(
              lag: lag.lag, signal: lag.signal / 2, noise: lag.noise, sampleCount: lag.sampleCount)
            let ratio = system.window.requiredCount(half, threshold) / count
            let power = exp2(exponent)
            try draw.within(
              ratio, power, bound: (2 * bound + 12 * exponent * NoiseDraws.unit) * power, "half")
          }
        }
      ]),
    Claim(
      "WI-05", "threshold, sample size and ratio are one condition",
      statement: "f ≥ ε_th(ℓ; N), SNR ≥ 2q and N ≥ N(ℓ) are equivalent",
      source: "Livi 2025, equations (21), (23), (28)", verdict: .proved,
      proof: .coq("threshold_samples_and_ratio"),
      oracle: "the exact threshold of the envelope",
      checks: [
        .property { system in
          Property("WI-05 one condition in three forms") { draw in
            let lag = try draw("lag", LagDraws.single)
            let error = try draw("ε", NoiseDraws.errors)
            let count = try draw("N", magnitudes(in: 1...1e9))
            let constant = system.window.exactThreshold(lag.noise, error)
            let ratio = system.window.signalToNoise(lag, count)
            // Too near the border rounding decides: 1e-9 is beyond κ ≤ 21 times any error here.
            try assume(abs(log(ratio / constant)) > 1e-9)
            let quantile = try SymmetricStableLaw(tailIndex: lag.noise.tailIndex).upperQuantile(error)
            let floor = try DetectionTheory.envelopeThreshold(
              quantile: quantile, scale: lag.noise.scale, alignment: 1,
              exponent: ConcentrationExponent.exponent(tailIndex: lag.noise.tailIndex), samples: count)
            try equal(ratio >= constant, lag.signal >= floor, "ratio and threshold")
            try equal(
              ratio >= constant, count >= system.window.requiredCount(lag, constant), "ratio and sample size")
            try equal(
              ratio >= constant, try system.horizon([lag], count: count, threshold: constant) == lag.lag,
              "window")
          }
        }
      ]),
    Claim(
      "WI-06", "the exact threshold",
      statement:
        "ε_th has the constant 2 q_{1−ε} in place of (L_ε/c_α)^{1/2}: at SNR = 2 q_{1−ε} the error is ε",
      source: "Livi 2025, equation (21), with its constant put right", verdict: .holds,
      oracle: "elementary quantiles at α = 2; the error at the threshold between",
      checks: [
        .property { system in
          Property("WI-06 the exact threshold") { draw in
            let index = try draw("tail index", NoiseDraws.tailIndices)
            let error = try draw("ε", NoiseDraws.errors)
            let noise = LagDraws.noise(index, scale: try draw("scale", NoiseDraws.scales))
            let threshold = system.window.exactThreshold(noise, error)
            // Quantile and tail undo each other to some 40 units times a condition number of at most 1 + z²/2 ≤ 9.
            try draw.within(
              system.window.signError(noise, threshold), error, bound: 400 * NoiseDraws.unit * error)
            let gaussian = LagDraws.noise(2, scale: 1)
            let exact = 2 * (try CauchyGaussianLaws.gaussian.upperQuantile(error))
            // Near ε = ½ the quantile inherits the absolute error of the tail, half a unit over the density.
            try draw.within(
              system.window.exactThreshold(gaussian, error), exact,
              bound: NoiseDraws.unit * (100 * exact + 20), "normal")
          }
        }
      ]),
    Claim(
      "WI-07", "the window",
      statement:
        "H_N is the greatest lag with f(ℓ) ≥ ε_th(ℓ; N), equality included, and 0 when there is none",
      source: "Livi 2025, equations (22) and (29)", verdict: .holds,
      proof: .part("last_lag_unique", of: "there is at most one such lag"),
      oracle: "a scan of whole numbers, for which every operation is exact",
      checks: [
        .property { system in
          Property("WI-07 the window") { draw in
            // α = 2, N = 4, σ = 1: the ratio is exactly twice the signal.
            let signals = try draw("signals", arrays(of: integers(in: 0...4).map(Double.init), count: 1...10))
            let threshold = Double(try draw("threshold", integers(in: 1...8)))
            let detections = LagDraws.detections(tailIndex: 2, envelope: signals)
            let ratios = detections.map { ($0.signal * 2, system.window.signalToNoise($0, 4)) }
            try assume(ratios.allSatisfy { $0 == $1 })
            let reached = signals.indices.filter { 2 * signals[$0] >= threshold }.map { $0 + 1 }
            let window = try system.window.windows(detections, [4], threshold)[0]
            try equal(window.horizon, reached.last ?? 0)
            try equal(window.gaps, (1..<max(1, window.horizon)).filter { !reached.contains($0) }, "gaps")
          }
        }
      ]),
    Claim(
      "WI-08", "windows grow with samples", statement: "N ≤ N' implies H_N ≤ H_{N'}",
      source: "Livi 2025, section 5.5", verdict: .proved, proof: .coq("window_grows_with_samples"),
      oracle: "the order of the counts",
      checks: [
        .property { system in
          Property("WI-08 windows grow with samples") { draw in
            let index = try draw("tail index", reals(in: 1...2))
            let signals = try draw("signals", arrays(of: reals(in: -1...4), count: 1...10))
            let scales = try draw("scales", arrays(of: reals(in: 0.2...3), count: signals.count))
            let detections = LagDraws.detections(tailIndex: index, signals: signals, scales: scales)
            let threshold = try draw("threshold", magnitudes(in: 0.1...10))
            let windows = try system.window.windows(detections, [1, 10, 100, 1e4, 1e6], threshold).map(
              \.horizon)
            for (fewer, more) in zip(windows, windows.dropFirst()) { try atMost(Double(fewer), Double(more)) }
          }
        }
      ]),
    Claim(
      "WI-09", "admissible lags form an interval",
      statement: "the lags with f(ℓ) ≥ ε_th(ℓ; N) are 1, …, H_N", source: "Livi 2025, proof of lemma 5.2",
      verdict: .refuted,
      finding:
        "noise and alignment depend on the lag: a constant envelope with σ/m̄ alternating between 0.7 and 1.4 admits lags 1, 3, 5 "
        + "only",
      proof: .coq("admissible_lags_need_not_be_interval"), oracle: "the gaps that the window reports",
      checks: [
        .refutation { system in
          Property("WI-09 admissible lags form an interval") { draw in
            let scales = try draw("scales", arrays(of: reals(in: 0.5...2), count: 2...8))
            let detections = LagDraws.detections(
              tailIndex: 2, signals: [Double](repeating: 1, count: scales.count), scales: scales)
            try equal(try system.window.windows(detections, [1], 1)[0].gaps, [])
          }
        }
      ]),
    Claim(
      "WI-10", "windows that never open",
      statement: "H_N = 0 for every N if and only if m̄(ℓ) f(ℓ) = 0 at every lag",
      source: "Livi 2025, section 5.6 (iv)",
      verdict: .proved, proof: .coq("window_never_opens_iff_no_signal"),
      oracle: "whether some signal is positive",
      checks: [
        .property { system in
          Property("WI-10 windows that never open") { draw in
            let index = try draw("tail index", reals(in: 1.2...2))
            let signals = try draw(
              "signals", arrays(of: oneOf(constant(0), magnitudes(in: 1e-6...1)), count: 1...8))
            let detections = LagDraws.detections(tailIndex: index, envelope: signals)
            // κ ≤ 6, so that N = 1e60 multiplies the ratio by at least 1e10 and 1e-6 clears a threshold of 10.
            let opens = try system.horizon(detections, count: 1e60, threshold: 10) > 0
            try equal(opens, signals.contains { $0 > 0 })
            try equal(opens, WindowClosedForms.windowEverOpens(alignedEnvelope: signals))
            for detection in detections {
              try equal(system.window.requiredCount(detection, 10) < .infinity, detection.signal > 0)
            }
          }
        }
      ]),
    Claim(
      "WI-11", "heavier tails need more samples",
      statement: "smaller α means larger N(ℓ) and smaller H_N at fixed σ and m̄",
      source: "Livi 2025, section 5.6",
      verdict: .amended,
      finding:
        "true when 2 q σ/Δ ≥ 1; with a stronger signal the base of the power is below one, heavier tails ask for fewer samples, and one sample is enough",
      proof: .coq("samples_heavier_tail"), oracle: "the exact sample complexity",
      checks: [
        .property { system in
          Property("WI-11 heavier tails need more samples") { draw in
            let heavy = try draw("heavier tail", reals(in: 1.05...2))
            let light = try draw("lighter tail", reals(in: 1.05...2))
            try assume(heavy < light)
            let error = try draw("ε", reals(in: 0.001...0.25))
            let heavyLaw = try SymmetricStableLaw(tailIndex: heavy)
            let lightLaw = try SymmetricStableLaw(tailIndex: light)
            let separation = try draw("share", reals(in: 0.1...1)) * 2 * lightLaw.upperQuantile(error)
            // At equality both counts are 1 up to κ ≤ 21 times rounding.
            try atMost(
              try system.stable.sampleComplexity(lightLaw, error, separation),
              try system.stable.sampleComplexity(heavyLaw, error, separation) * (1 + 1e-10))
          }
        },
        .refutation { system in
          Property("WI-11 heavier tails always need more samples") { draw in
            let gap = try draw("Δ", reals(in: 1...8))
            func count(_ index: Double) throws -> Double {
              try system.stable.sampleComplexity(SymmetricStableLaw(tailIndex: index), 0.25, gap)
            }
            try atMost(try count(1.9), try count(1.2))
          }
        },
      ]),
    Claim(
      "WI-12", "the rate of information",
      statement: "N^{2/κ} is linear in N at α = 2 and sublinear below", source: "Livi 2025, section 5.6",
      verdict: .proved, proof: .coq("information_rate"),
      oracle: "squared ratios at two sample sizes",
      checks: [
        .property { system in
          Property("WI-12 the rate of information") { draw in
            let lag = try draw("lag", LagDraws.single)
            let count = try draw("N", magnitudes(in: 1...1e6))
            let gain = system.window.signalToNoise(lag, 4 * count) / system.window.signalToNoise(lag, count)
            let exact = pow(4, 1 - 1 / lag.noise.tailIndex)
            // Two exponentials with exponents of up to 16, good to 4 units each.
            try draw.within(gain, exact, bound: 150 * NoiseDraws.unit * exact)
            try atMost(gain * gain, 4 * (1 + 1000 * NoiseDraws.unit))
          }
        }
      ]),
  ]
}
