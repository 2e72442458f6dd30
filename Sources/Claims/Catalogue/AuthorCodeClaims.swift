import Foundation
import GatedCells
import LearnabilityWindow
import PropertyEngine
import TheoryOracles

extension Claim {
  /// The code published with Livi 2025 against the paper, deviation by deviation: transport, envelope, statistic, windows.
  static let authorCode: [Claim] = [
    Claim(
      "RP-01", "envelope: mean or sum over units",
      statement: "the published code's envelope is f = Σ_q |μ^(q)|",
      source: "published code against Livi 2025, equation (8)", verdict: .refuted,
      finding:
        "the code takes the mean over units: a network with every unit twice has the same envelope, not twice as much",
      oracle: "duplicating every unit",
      checks: [
        .property { system in
          Property("RP-01 duplicated units double the envelope") { draw in
            let rates = try draw("μ", arrays(of: reals(in: -2...2), count: 1...8))
            let once = system.theory.envelope(rates)
            // Both sums add terms of one sign, at most 16 of them.
            try draw.within(
              system.theory.envelope(rates + rates), 2 * once, bound: 64 * NoiseDraws.unit * once)
          }
        },
        .refutation { system in
          Property("RP-01 the code's envelope is the sum") { draw in
            let rates = try draw("μ", arrays(of: reals(in: 0.1...2), count: 1...8))
            try close(system.author.envelope(rates), system.theory.envelope(rates), within: 1e-9)
          }
        },
      ]),
    Claim(
      "RP-02", "LSTM: first order at lag 1",
      statement: "the published code's γ^{(1)} of the LSTM is the first-order term",
      source: "published code against Livi 2025, equations (44) and (46)", verdict: .refuted,
      finding:
        "its window also takes the step t − ℓ + 1, whose coupling starts at h and not at c, and the path through the output gate is "
        + "missing: at lag 1, where the term is zero, the code has a value",
      oracle: "at lag 1 the block c → h of a one-step Jacobian holds retention only",
      checks: [
        .property { system in
          Property("RP-02 no first-order term at lag 1") { draw in
            let split = try draw("step", Self.lstmSplits)
            try equal(system.transport.factors([split], 0, [1])[0][0].correction, 0)
          }
        },
        .refutation { system in
          Property("RP-02 the code's term is zero at lag 1") { draw in
            let split = try draw("step", Self.lstmSplits)
            try close(system.author.lstmCorrection([split], 0, 1), 0, within: 1e-9)
          }
        },
        .refutation { system in
          Property("RP-02 the code's term is the first order") { draw in
            let splits = try draw("steps", arrays(of: Self.lstmSplits, count: 2...6))
            let exact = system.transport.factors(splits, splits.count - 1, [splits.count])[0][0].correction
            try close(
              system.author.lstmCorrection(splits, splits.count - 1, splits.count), exact, within: 1e-9)
          }
        },
      ]),
    Claim(
      "RP-03", "one sign a batch", statement: "the published statistic has mean zero when there is no signal",
      source: "published code against Livi 2025, equation (13)", verdict: .refuted,
      finding:
        "the code turns each batch by the sign of its own mean, which makes noise into signal: the mean grows with the square root of "
        + "the number of batches",
      oracle: "a fixed orientation learnt elsewhere, under which a sum and its negative are equally likely",
      checks: [
        .property { system in
          Property("RP-03 batches that cancel") { draw in
            let batch = try draw("batch", arrays(of: reals(in: -4...4), count: 1...6))
            // Flipping every sample changes the sign of an oriented mean; the modulus cannot follow.
            let mean = batch.reduce(0, +) / Double(batch.count)
            try draw.within(
              system.author.batchOrientedMean([batch, batch.map(-)]), abs(mean),
              bound: 64 * NoiseDraws.unit * 4, "the code's mean is the modulus")
            let lag = LagDetection(
              lag: 1, signal: 0, noise: LagDraws.noise(1.5, scale: 1), sampleCount: 2 * batch.count)
            try equal(system.window.signalToNoise(lag, 100), 0)
          }
        },
        .refutation { system in
          Property("RP-03 the code's mean of cancelling batches is zero") { draw in
            let batch = try draw("batch", arrays(of: reals(in: -4...4), count: 1...6))
            try close(system.author.batchOrientedMean([batch, batch.map(-)]), 0, within: 1e-9)
          }
        },
      ]),
    Claim(
      "RP-04", "N is the number of sequences", statement: "the published ratio grows like N^{1/κ}",
      source: "published code against Livi 2025, equation (28)", verdict: .refuted,
      finding: "N is clamped to the number of pooled samples: beyond it the ratio stays what it was",
      oracle: "the power law",
      checks: [
        .property { system in
          Property("RP-04 the ratio grows without a clamp") { draw in
            let lag = try draw("lag", LagDraws.single)
            let gain = system.window.signalToNoise(lag, 1e6) / system.window.signalToNoise(lag, 1e3)
            let exact = pow(1000, 1 - 1 / lag.noise.tailIndex)
            try draw.within(gain, exact, bound: 200 * NoiseDraws.unit * exact)
          }
        },
        .refutation { system in
          Property("RP-04 the code's ratio grows without a clamp") { draw in
            let lag = try draw("lag", LagDraws.single)
            let (few, many) = (system.author.signalToNoise(lag, 1e3), system.author.signalToNoise(lag, 1e6))
            try holds(many > 1.01 * few, "the ratio is \(few) at N = 1e3 and \(many) at N = 1e6")
          }
        },
      ]),
    Claim(
      "RP-05", "required counts on a grid",
      statement: "the published required count is the least N that reaches the threshold",
      source: "published code against Livi 2025, equation (23)", verdict: .refuted,
      finding: "it is rounded up to a grid, and −1 when the grid ends first",
      oracle: "the ratio at the required count",
      checks: [
        .property { system in
          Property("RP-05 the ratio reaches the threshold just there") { draw in
            let lag = try draw("lag", LagDraws.single)
            let need = try draw("log N", reals(in: 0.5...20))
            let exponent = 1 - 1 / lag.noise.tailIndex
            let threshold = exp(need * exponent) * lag.signal / lag.noise.scale
            let count = system.window.requiredCount(lag, threshold)
            // Exponentials of at most 20 and back: the power κ ≤ 21 and its inverse.
            try draw.within(
              system.window.signalToNoise(lag, count), threshold, bound: 400 * NoiseDraws.unit * threshold)
          }
        },
        .refutation { system in
          Property("RP-05 the code's count is the least") { draw in
            let lag = try draw("lag", LagDraws.single)
            let threshold = try draw("threshold", magnitudes(in: 0.01...10))
            let exact = system.window.requiredCount(lag, threshold)
            try close(
              system.author.requiredCount(lag, [100, 200, 400, 800], threshold), exact, within: 0.01 * exact)
          }
        },
      ]),
    Claim(
      "RP-06", "averages of required counts",
      statement: "the published mean over seeds is a mean of sample counts",
      source: "published analysis scripts", verdict: .refuted,
      finding: "−1, the mark of “not reached”, is averaged as if it were a count: (400, −1, 800) gives 399.7",
      oracle: "a required count that is not reached is infinite",
      checks: [
        .property { system in
          Property("RP-06 what is not reached is infinite") { draw in
            let signal = try draw("signal", reals(in: -1...0))
            let lag = LagDetection(
              lag: 1, signal: signal, noise: LagDraws.noise(1.5, scale: 1), sampleCount: 100)
            try equal(system.window.requiredCount(lag, 0.1), .infinity)
          }
        },
        .refutation { system in
          Property("RP-06 the code's mean lies among the counts") { draw in
            let counts = try draw("counts", arrays(of: choice(of: [400.0, 800, -1]), count: 1...5))
            let reached = counts.filter { $0 > 0 }
            try assume(!reached.isEmpty)
            let mean = system.author.meanRequiredCount(counts)
            try holds(mean >= (reached.min() ?? 0), "the mean of \(counts) is \(mean)")
          }
        },
      ]),
    Claim(
      "RP-07", "strict or not",
      statement: "the published window counts a lag that reaches the threshold exactly",
      source: "published code against Livi 2025, equations (22) and (29)", verdict: .refuted,
      finding: "the code asks for a ratio strictly above the threshold, the paper for at least the threshold",
      oracle: "whole numbers, for which every operation is exact",
      checks: [
        .property { system in
          Property("RP-07 equality counts") { draw in
            let signal = Double(try draw("signal", integers(in: 1...8)))
            let lag = try draw("lag", integers(in: 4...9))
            let detection = LagDetection(
              lag: lag, signal: signal, noise: LagDraws.noise(2, scale: 1), sampleCount: 100)
            try equal(try system.horizon([detection], count: 1, threshold: signal), lag)
          }
        },
        .refutation { system in
          Property("RP-07 equality counts in the code") { draw in
            let signal = Double(try draw("signal", integers(in: 1...8)))
            let detection = LagDetection(
              lag: 5, signal: signal, noise: LagDraws.noise(2, scale: 1), sampleCount: 100)
            try equal(system.author.horizon([detection], 1, signal), 5)
          }
        },
      ]),
    Claim(
      "RP-08", "lags below four and gaps", statement: "the published window is the window of equation (29)",
      source: "published code against Livi 2025, equation (29)", verdict: .refuted,
      finding: "lags below 4 never count, and gaps below the window go unreported",
      oracle: "the window with its gaps",
      checks: [
        .property { system in
          Property("RP-08 short lags count and gaps are told") { draw in
            let lag = try draw("lag", integers(in: 2...9))
            let signals = [Double](repeating: 0, count: lag - 1) + [1]
            let window = try system.window.windows(
              LagDraws.detections(tailIndex: 2, envelope: signals), [1], 1)[0]
            try equal(window.horizon, lag)
            try equal(window.gaps, Array(1..<lag))
          }
        },
        .refutation { system in
          Property("RP-08 short lags count in the code") { draw in
            let lag = try draw("lag", integers(in: 1...9))
            let signals = [Double](repeating: 0, count: lag - 1) + [2]
            try equal(system.author.horizon(LagDraws.detections(tailIndex: 2, envelope: signals), 1, 1), lag)
          }
        },
      ]),
    Claim(
      "RP-09", "diagnostic lags", statement: "the published lags are evenly spread and distinct",
      source: "published code", verdict: .refuted,
      finding: "they are truncated, and repeat where there are more of them than whole numbers",
      oracle: "the definition",
      checks: [
        .property { system in
          Property("RP-09 lags increase") { draw in
            let first = try draw("first", integers(in: 1...10))
            let last = first + (try draw("span", integers(in: 1...40)))
            let lags = system.window.evenLags(first, last, try draw("count", integers(in: 2...60)))
            for (earlier, later) in zip(lags, lags.dropFirst()) { try holds(earlier < later, "\(lags)") }
            try equal([lags.first, lags.last], [first, last])
          }
        },
        .refutation { system in
          Property("RP-09 lags increase in the code") { draw in
            let last = try draw("last", integers(in: 5...40))
            let lags = system.author.lags(4, last, try draw("count", integers(in: 2...60)))
            for (earlier, later) in zip(lags, lags.dropFirst()) { try holds(earlier < later, "\(lags)") }
          }
        },
      ]),
    Claim(
      "RP-10", "retention by prefix sums",
      statement: "the published retention over a window is the product of its leaks",
      source: "published code against Livi 2025, equation (56)", verdict: .refuted,
      finding:
        "a difference of prefix sums with leaks floored at 1e-12: one closed gate makes later windows wrong",
      oracle: "the product",
      checks: [
        .property { system in
          Property("RP-10 retention is the product") { draw in
            let leaks = try draw("leaks", arrays(of: oneOf(constant(0.0), reals(in: 0...1)), count: 1...10))
            let splits = leaks.map { DiagonalSplit(retention: [$0], memoryToMemory: [0]) }
            let product = leaks.reduce(1, *)
            let factor = system.transport.factors(splits, leaks.count - 1, [leaks.count])[0][0].zeroth
            try draw.within(
              factor, product,
              bound: 2 * Double(leaks.count) * NoiseDraws.unit * product + .leastNonzeroMagnitude)
          }
        },
        .refutation { system in
          Property("RP-10 the code's retention is the product") { draw in
            let leaks = try draw("leaks", arrays(of: oneOf(constant(0.0), reals(in: 0.5...1)), count: 1...10))
            let product = leaks.reduce(1, *)
            try close(
              system.author.retention(leaks, leaks.count - 1, leaks.count), product, within: 1e-13 * product)
          }
        },
      ]),
  ]

  /// One-unit LSTM steps: forget gate, expression of the cell in the output, couplings.
  private static var lstmSplits: Generator<DiagonalSplit<Double>> {
    arrays(of: reals(in: 0.1...1), count: 5).map {
      DiagonalSplit(
        retention: [$0[0]], memoryToMemory: [0],
        twoBlock: DiagonalSplit<Double>.TwoBlock(
          expression: [$0[1] * $0[0]], memoryToOutput: [0], outputToMemory: [$0[2]], outputToOutput: [$0[3]]))
    }
  }
}
