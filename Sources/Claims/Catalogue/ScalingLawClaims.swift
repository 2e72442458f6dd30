import Foundation
import GatedCells
import LearnabilityWindow
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about lemma 5.2 and the scaling laws of three envelopes.
  static let scalingLaws: [Claim] = [
    Claim(
      "WI-20", "sandwich of the sample size",
      statement: "c₁ f^{−κ} ≤ N(ℓ) ≤ c₂ f^{−κ} with c₁ = K (σ_min/m_max)^κ, c₂ = K (σ_max/m_min)^κ",
      source: "Livi 2025, equations (24) and (76)", verdict: .proved,
      proof: .coq("requirement_sandwich_printed"),
      oracle: "the extreme scales",
      checks: [
        .property { system in
          Property("WI-20 sandwich of the sample size") { draw in
            let index = try draw("tail index", NoiseDraws.tailIndices)
            let scales = try draw("σ/m̄", arrays(of: reals(in: 1...4), count: 1...6))
            let envelope = try draw("f", arrays(of: reals(in: 0.01...1), count: scales.count))
            let exponent = index / (index - 1)
            let (low, high) = (scales.min() ?? 1, scales.max() ?? 1)
            for lag in LagDraws.detections(tailIndex: index, signals: envelope, scales: scales) {
              let count = system.window.requiredCount(lag, 2)
              // Powers of κ ≤ 21 of numbers good to some units, exponents of up to 21 · log 800 = 140.
              let slack = 1 + 2000 * NoiseDraws.unit
              try atMost(count, pow(2 * high / lag.signal, exponent) * slack)
              try atMost(pow(2 * low / lag.signal, exponent), count * slack)
            }
          }
        }
      ]),
    Claim(
      "WI-21", "sandwich of the window",
      statement:
        "f^←(c₂^{1/κ} N^{−1/κ}) ≤ H_N ≤ f^←(c₁^{1/κ} N^{−1/κ}) with f^←(y) = sup{ℓ ≥ 1 : f(ℓ) ≥ y}, sup ∅ = 0",
      source: "Livi 2025, lemma 5.2, equations (25) and (78)", verdict: .proved,
      proof: .coq("window_sandwich_printed"),
      oracle: "a scan of the lags; whole numbers, for which every operation is exact",
      checks: [
        .property { system in
          Property("WI-21 sandwich of the window") { draw in
            // α = 2 and N = 4: the floor at a lag is half its scale.
            let scales = try draw("σ/m̄", arrays(of: integers(in: 1...4).map(Double.init), count: 1...10))
            let envelope = try draw(
              "f", arrays(of: integers(in: 0...12).map { 0.25 * Double($0) }, count: scales.count))
            let detections = LagDraws.detections(tailIndex: 2, signals: envelope, scales: scales)
            let horizon = try system.horizon(detections, count: 4, threshold: 1)
            let lower = system.theory.generalizedInverse(envelope, (scales.max() ?? 1) / 2)
            let upper = system.theory.generalizedInverse(envelope, (scales.min() ?? 1) / 2)
            try holds(lower <= horizon && horizon <= upper, "\(lower) ≤ \(horizon) ≤ \(upper)")
            // With one scale for all lags both ends meet, which the wrong inverses miss.
            let uniform = LagDraws.detections(tailIndex: 2, envelope: envelope)
            try equal(
              try system.horizon(uniform, count: 4, threshold: 1),
              system.theory.generalizedInverse(envelope, 0.5))
          }
        }
      ]),
    Claim(
      "WI-22", "the other generalized inverses",
      statement: "lemma 5.2 holds with f^←(y) = inf{ℓ : f(ℓ) ≤ y}",
      source: "Livi 2025, lemma 5.2, convention left open",
      verdict: .amended,
      finding:
        "with inf{f ≤ y} it fails at plateaus, with inf{f < y} it is one too large; for a nonincreasing f "
        + "sup{f ≥ y} = inf{f < y} − 1",
      proof: .coq("sup_inverse_is_strict_inf_less_one"), oracle: "a scan of the lags",
      checks: [
        .property { system in
          Property("WI-22 sup{f ≥ y} = inf{f < y} − 1") { draw in
            let envelope = try draw("f", LagDraws.nonincreasing)
            let floor = 0.25 * Double(try draw("4y", integers(in: 1...24)))
            let below = WindowClosedForms.infimumBelow(envelope: envelope, floor: floor) ?? envelope.count + 1
            try equal(system.theory.generalizedInverse(envelope, floor), below - 1)
          }
        },
        .refutation { system in
          Property("WI-22 the inverse inf{f ≤ y}") { draw in
            let envelope = try draw("f", LagDraws.nonincreasing)
            let floor = 0.25 * Double(try draw("4y", integers(in: 2...24)))
            let horizon = try system.horizon(
              LagDraws.detections(tailIndex: 2, envelope: envelope), count: 1, threshold: floor)
            // Where no lag qualifies the convention has no value; only its values are held against it.
            let inverse = WindowClosedForms.infimumAtMost(envelope: envelope, floor: floor)
            try assume(inverse != nil && floor <= envelope[0])
            try equal(inverse ?? 0, horizon)
          }
        },
        .refutation { system in
          Property("WI-22 the inverse inf{f < y}") { draw in
            let envelope = try draw("f", LagDraws.nonincreasing)
            let floor = 0.25 * Double(try draw("4y", integers(in: 2...24)))
            let horizon = try system.horizon(
              LagDraws.detections(tailIndex: 2, envelope: envelope), count: 1, threshold: floor)
            let inverse = WindowClosedForms.infimumBelow(envelope: envelope, floor: floor)
            try assume(inverse != nil && floor <= envelope[0])
            try equal(inverse ?? 0, horizon)
          }
        },
      ]),
    Claim(
      "WI-23", "exponential envelopes",
      statement: "f = c λ^ℓ gives H_N = ⌊(log N/κ + log(c/A))/log(1/λ)⌋ and N(ℓ) = (A/c)^κ λ^{−κℓ}",
      source: "Livi 2025, section 5.5 (iii)", verdict: .proved, proof: .coq("exponential_envelopes"),
      oracle: "the window of the envelope lag by lag",
      checks: [
        .property { system in
          Property("WI-23 exponential envelopes") { draw in
            let index = try draw("tail index", reals(in: 1.2...2))
            let factor = try draw("λ", reals(in: 0.5...0.95))
            let amplitude = try draw("c", magnitudes(in: 0.1...10))
            let constant = try draw("A", magnitudes(in: 0.1...10))
            let count = try draw("N", magnitudes(in: 1...1e6))
            try Self.compare(draw, system, index, count, constant, lags: 160) {
              amplitude * pow(factor, Double($0))
            } window: { floor in
              try system.theory.exponentialWindow(amplitude, factor, floor)
            }
          }
        }
      ]),
    Claim(
      "WI-24", "polynomial envelopes",
      statement: "f = c ℓ^{−β} gives H_N = ⌊(c/A)^{1/β} N^{1/(κβ)}⌋ and N(ℓ) ≍ ℓ^{κβ}",
      source: "Livi 2025, section 5.5 (ii)",
      verdict: .proved, proof: .coq("polynomial_envelopes"), oracle: "the window of the envelope lag by lag",
      checks: [
        .property { system in
          Property("WI-24 polynomial envelopes") { draw in
            let index = try draw("tail index", reals(in: 1.2...2))
            let exponent = try draw("β", reals(in: 0.5...3))
            let amplitude = try draw("c", magnitudes(in: 0.1...10))
            let constant = try draw("A", magnitudes(in: 0.5...10))
            let count = try draw("N", magnitudes(in: 1...1e3))
            try Self.compare(draw, system, index, count, constant, lags: 300) {
              amplitude * pow(Double($0), -exponent)
            } window: { floor in
              try system.theory.polynomialWindow(amplitude, exponent, floor)
            }
          }
        }
      ]),
    Claim(
      "WI-25", "logarithmic envelopes",
      statement: "f = c/log(1 + ℓ) gives H_N = ⌊exp(c N^{1/κ}/A) − 1⌋, so log H_N ≍ N^{1/κ}",
      source: "Livi 2025, section 5.5 (i): “H_N ≍ exp(N^{1/κ}) up to multiplicative constants”",
      verdict: .amended,
      finding:
        "constants stand in the exponent: envelopes within a factor 2 of each other have windows in no fixed proportion; only "
        + "log H_N ≍ N^{1/κ}",
      proof: .coq("logarithmic_law"), oracle: "the window of the envelope lag by lag",
      checks: [
        .property { system in
          Property("WI-25 logarithmic envelopes") { draw in
            let index = try draw("tail index", reals(in: 1.2...2))
            let amplitude = try draw("c", reals(in: 0.5...2))
            let constant = try draw("A", reals(in: 2...6))
            let count = try draw("N", magnitudes(in: 1...50))
            try Self.compare(draw, system, index, count, constant, lags: 300) {
              amplitude / log1p(Double($0))
            } window: { floor in
              try system.theory.logarithmicWindow(amplitude, floor)
            }
          }
        },
        .refutation { system in
          Property("WI-25 up to multiplicative constants") { draw in
            let amplitude = try draw("c", reals(in: 0.5...2))
            let ratios = try [10.0, 1000].map { count -> Double in
              let floor = pow(count, -0.5)
              return try system.theory.logarithmicWindow(2 * amplitude, floor)
                / system.theory.logarithmicWindow(amplitude, floor)
            }
            try atMost(
              ratios[1] / ratios[0], 1000, "how the proportion of two windows grows from N = 10 to 1000")
          }
        },
      ]),
    Claim(
      "WI-26", "slow decay in finite dimension",
      statement: "algebraic and logarithmic envelopes are structurally impossible in finite dimension",
      source: "Livi 2025, section 5.5, discussion of (i) and (ii)", verdict: .refuted,
      finding:
        "it needs gates with a time-homogeneous law; gates driven by the input give (ℓ + 1)^{−β} and log 2/log(ℓ + 2) exactly, with one "
        + "unit",
      oracle: "the telescoping products",
      checks: [
        .property { system in
          Property("WI-26 one unit with polynomial and logarithmic retention") { draw in
            let exponent = try draw("β", reals(in: 0.1...3))
            let count = try draw("ℓ", integers(in: 1...60))
            let polynomial = Self.retention(
              system, try GateSchedules.polynomial(exponent: exponent, count: count))
            let logarithmic = Self.retention(system, try GateSchedules.logarithmic(count: count))
            for lag in 1...count {
              // A product of ℓ factors, each good to some units times β ≤ 3.
              let bound = Double(20 * lag + 20) * NoiseDraws.unit
              let exact = try GateSchedules.polynomialRetention(exponent: exponent, lag: lag)
              try draw.within(polynomial[lag - 1], exact, bound: bound * exact, "polynomial")
              let slow = try GateSchedules.logarithmicRetention(lag: lag)
              try draw.within(logarithmic[lag - 1], slow, bound: bound * slow, "logarithmic")
            }
          }
        },
        .refutation { system in
          Property("WI-26 retention decays geometrically") { draw in
            let exponent = try draw("β", reals(in: 0.5...3))
            let retention = Self.retention(
              system, try GateSchedules.polynomial(exponent: exponent, count: 40))
            try atMost(retention[39], retention[19] * retention[19] * 1.01, "γ(40) against γ(20)²")
          }
        },
      ]),
    Claim(
      "WI-27", "fits recover the laws of exact envelopes",
      statement:
        "log f is linear in ℓ for exponential and in log ℓ for polynomial envelopes, with slopes log λ and −β",
      source: "Livi 2025, section 6", verdict: .holds, oracle: "the parameters of the envelope",
      checks: [
        .property { system in
          Property("WI-27 fits recover the laws") { draw in
            let factor = try draw("λ", reals(in: 0.7...0.99))
            let exponent = try draw("β", reals(in: 0.1...3))
            let amplitude = try draw("c", NoiseDraws.scales)
            let lags = [1, 2, 4, 8, 16, 32]
            let geometric = system.window.envelopeFit(lags, lags.map { amplitude * pow(factor, Double($0)) })
            let power = system.window.envelopeFit(lags, lags.map { amplitude * pow(Double($0), -exponent) })
            // Logarithms up to 20, each good to a few units, against lags spread over some 30 and their logarithms over 3.
            let bound = 400 * NoiseDraws.unit
            try draw.within(geometric.exponential?.slope ?? .nan, log(factor), bound: bound, "exponential")
            try draw.within(power.power?.slope ?? .nan, -exponent, bound: bound, "polynomial")
            try draw.within(power.power?.intercept ?? .nan, log(amplitude), bound: 2 * bound, "amplitude")
          }
        }
      ]),
  ]

  /// Compares the window of an envelope, lag by lag, with the integer part of a closed form, unless the closed form is so near
  /// to a whole number that rounding decides.
  private static func compare(
    _ draw: Draw, _ system: SystemUnderTest, _ tailIndex: Double, _ count: Double, _ constant: Double,
    lags: Int,
    envelope: (Int) -> Double, window: (Double) throws -> Double
  ) throws {
    let floor = try WindowClosedForms.threshold(
      constant: constant, exponent: tailIndex / (tailIndex - 1), samples: count)
    let exact = try window(floor)
    try assume(exact < Double(lags) && abs(exact - exact.rounded()) > 1e-9 * (1 + exact))
    let detections = LagDraws.detections(tailIndex: tailIndex, envelope: (1...lags).map(envelope))
    let expected = try WindowClosedForms.lags(exact)
    try equal(try system.horizon(detections, count: count, threshold: constant), expected, "window")
    // The same border in samples: the last lag inside needs at most N, the first outside more.
    if expected >= 1 {
      try atMost(system.window.requiredCount(detections[expected - 1], constant), count, "inside")
    }
    let outside = system.window.requiredCount(detections[expected], constant)
    try holds(
      outside > count, "the first lag outside needs \(outside) samples, which is not more than \(count)")
  }

  /// Zeroth-order transport over lags 1, 2, … of one unit whose k-th gate before the observation is the k-th given.
  private static func retention(_ system: SystemUnderTest, _ gates: [Double]) -> [Double] {
    let splits = gates.reversed().map { DiagonalSplit(retention: [$0], memoryToMemory: [0]) }
    return system.transport.factors(splits, gates.count - 1, Array(1...gates.count)).map { $0[0].zeroth }
  }
}
