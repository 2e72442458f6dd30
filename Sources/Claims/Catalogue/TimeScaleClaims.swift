import Foundation
import GatedCells
import LearnabilityWindow
import Numerics
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Claims about time scales and fits of decay.
  static let timeScales: [Claim] = [
    Claim(
      "TS-01", "the fit recovers an exponential",
      statement: "|μ(ℓ)| = C e^{−ℓ/τ} gives τ = −1/slope of log|μ| over ℓ and the prefactor C",
      source: "Livi 2025, section 6", verdict: .holds, oracle: "the drawn τ and C",
      checks: [
        .property { system in
          Property("TS-01 exponential decay") { draw in
            let tau = try draw("τ", magnitudes(in: 0.5...500))
            let prefactor = try draw("C", magnitudes(in: 1e-6...10))
            let lags = try draw("lags", lagLists())
            let values = lags.map { prefactor * exp(-Double($0) / tau) }
            try assume(values.allSatisfy { $0 > 1e-290 })
            guard let scale = system.window.timeScales(profile(lags, [values])).first else {
              throw Rejection("no fit")
            }
            let bound = slopeBound(lags, values)
            try within(draw, 1 / scale.value, 1 / tau, bound)
            try within(draw, log(scale.prefactor), log(prefactor), bound * Double((lags.last ?? 0) + 1))
          }
        }
      ]),
    Claim(
      "TS-02", "the time scale of a constant gate",
      statement: "without recurrence τ = −1/log(1 − s), about 1/s",
      source: "Livi 2025, equation (63), section 6",
      verdict: .holds, oracle: "the closed form",
      checks: [
        .property { system in
          Property("TS-02 constant gate") { draw in
            let gate = try draw("s", reals(in: 0.01...0.9))
            let lags = try draw("lags", lagLists(most: 120))
            let tau = try TimeScales.ofGate(gate)
            let values = constantTransport(system, gate, 0, lags)
            try assume(values.allSatisfy { $0 > 1e-290 })
            guard let scale = system.window.timeScales(profile(lags, [values])).first else {
              throw Rejection("no fit")
            }
            // The product of ℓ factors carries ℓ roundings more.
            try within(draw, 1 / scale.value, 1 / tau, Double(lags.last ?? 1) * slopeBound(lags, values))
          }
        }
      ]),
    Claim(
      "TS-03", "the fitted time scale is the unit's memory",
      statement: "the τ fitted to first-order rates is the time scale of the exact transport",
      source: "Livi 2025, section 6", verdict: .refuted,
      finding:
        "first-order transport is not exponential: s=.05, w=.9 has τ = 199.5 exactly and fits 26 with R² = .99",
      oracle: "exact time scale of a linear unit, −1/log(1 − s(1 − w))",
      checks: [
        .refutation { system in
          Property("TS-03 fitted against exact") { draw in
            let gate = try draw("s", reals(in: 0.02...0.2))
            let weight = try draw("w", reals(in: 0...0.95))
            let lags = stride(from: 4, through: 128, by: 4).map { $0 }
            let exact = try TimeScales.constantGateExact(gate: gate, selfWeight: weight)
            let values = constantTransport(system, gate, weight, lags)
            let expected = try TimeScales.fitted(
              lags: lags.map(Double.init),
              values: lags.map {
                try TransportClosedForms.constantGateTransport(
                  gate: gate, selfWeight: weight, slopes: [Double](repeating: 1, count: $0))
              })
            guard let scale = system.window.timeScales(profile(lags, [values])).first,
              abs(scale.value - expected) <= 1e-6 * expected
            else { return }
            try close(scale.value, exact, within: 0.25 * exact)
          }
        }
      ]),
    Claim(
      "TS-04", "the fit is least squares",
      statement:
        "slope and intercept minimise Σ (log|μ(ℓ)| − a − bℓ)², and R² is the share of Σ (log|μ(ℓ)| − mean)² explained",
      source: "Livi 2025, section 6", verdict: .holds, oracle: "normal equations in another form",
      checks: [
        .property { system in
          Property("TS-04 least squares") { draw in
            let lags = try draw("lags", lagLists())
            let values = try draw("values", arrays(of: magnitudes(in: 1e-6...10), count: lags.count))
            let exact = try TimeScales.logLinearFit(lags: lags.map(Double.init), values: values)
            let bound = slopeBound(lags, values)
            let fit = system.window.envelopeFit(lags, values)
            guard let line = fit.exponential else { throw Rejection("no fit") }
            try within(draw, line.slope, exact.slope, bound)
            let interceptBound = bound * Double((lags.last ?? 0) + 1)
            try within(draw, line.intercept, exact.intercept, interceptBound)
            // Logarithms of at most 14 lose `one` each. Sums of squares S then change by 2√(nS) of it; the sum of residuals is
            // least at the line, so that errors of the line enter by their squares alone.
            let logs = values.map { log($0) }
            let mean = logs.reduce(0, +) / Double(logs.count)
            let total = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let one = 14 * roundings(8 * logs.count)
            let away = interceptBound + bound * Double(lags.last ?? 0) + one
            let count = Double(logs.count)
            try within(
              draw, line.r2, exact.r2,
              8 * (count / total).squareRoot() * one + 2 * count * away * away / total, "R²")
            guard let scale = system.window.timeScales(profile(lags, [values])).first else {
              throw Rejection("no fit")
            }
            try within(draw, scale.fit.slope, exact.slope, bound)
            try holds((scale.value == .infinity) == (scale.fit.slope >= 0), "τ \(scale.value)")
          }
        }
      ]),
    Claim(
      "TS-05", "units that do not decay stay in the spectrum",
      statement: "a unit whose rate does not decay has τ = ∞ and is neither dropped nor given a negative τ",
      source: "Livi 2025, section 6; public code plot_tau.py drops such units", verdict: .holds,
      oracle: "drawn growing rates",
      checks: [
        .property { system in
          Property("TS-05 growing rates") { draw in
            let lags = try draw("lags", lagLists())
            let growth = try draw("growth", reals(in: 0.001...0.1))
            let units = try draw("units", integers(in: 1...3))
            let values = lags.map { exp(growth * Double($0)) }
            let scales = system.window.timeScales(profile(lags, (0..<units).map { _ in values }))
            try equal(scales.map(\.unit), Array(0..<units))
            try holds(scales.allSatisfy { $0.value == .infinity }, "\(scales.map(\.value))")
          }
        }
      ]),
    Claim(
      "TS-06", "time scales do not depend on units of measure",
      statement: "f → cf leaves τ alone; ℓ → kℓ multiplies it by k", source: "definition of τ",
      verdict: .holds,
      oracle: "rescaled data",
      checks: [
        .property { system in
          Property("TS-06 equivariance") { draw in
            let lags = try draw("lags", lagLists())
            let values = try draw("values", arrays(of: magnitudes(in: 1e-3...10), count: lags.count))
            let factor = try draw("c", magnitudes(in: 1e-5...1e5))
            let stretch = try draw("k", integers(in: 2...9))
            func slope(_ lags: [Int], _ values: [Double]) throws -> Double {
              guard let scale = system.window.timeScales(profile(lags, [values])).first else {
                throw Rejection("no fit")
              }
              return scale.fit.slope
            }
            let base = try slope(lags, values)
            if base < 0, let scale = system.window.timeScales(profile(lags, [values])).first {
              try within(draw, scale.value * base, -1, roundings(4))
            }
            let bound = 2 * slopeBound(lags, values.map { max($0, 1e-8) })
            try within(draw, try slope(lags, values.map { factor * $0 }), base, 2 * bound)
            try within(draw, try slope(lags.map { stretch * $0 }, values) * Double(stretch), base, 10 * bound)
          }
        }
      ]),
    Claim(
      "TS-07", "power laws are told from exponentials",
      statement: "log f is linear in log ℓ with slope −β for f = cℓ^−β, and linear in ℓ for f = cλ^ℓ",
      source: "Livi 2025, section 5.6", verdict: .holds, oracle: "drawn laws",
      checks: [
        .property { system in
          Property("TS-07 two laws") { draw in
            let lags = try draw("lags", lagLists(least: 3))
            let exponent = try draw("β", reals(in: 0.1...4))
            let power = lags.map { pow(Double($0), -exponent) }
            let fit = system.window.envelopeFit(lags, power)
            guard let line = fit.power, let rival = fit.exponential else { throw Rejection("no fit") }
            let logs = lags.map { log(Double($0)) }
            let mean = logs.reduce(0, +) / Double(logs.count)
            let spread = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let reach = logs.reduce(0) { $0 + abs($1 - mean) }
            // Ordinates carry 8 roundings of at most β log ℓ + 1; a slope is a weighted sum of them.
            let largest = 1 + exponent * (logs.last ?? 0)
            let bound = roundings(40 * lags.count) * largest * (1 + (logs.last ?? 0)) * reach / spread
            try within(draw, line.slope, -exponent, bound)
            try atMost(rival.r2, line.r2 + 1e-9)
          }
        }
      ]),
    Claim(
      "TS-08", "many exponential units make a power law",
      statement: "rates λ ~ Gamma(k, θ) over units give Σ_q w_q e^{−λ_q ℓ} = (1 + θℓ)^−k",
      source: "Livi 2025, section 5.6; mixtures of exponentials", verdict: .holds,
      oracle: "the Laplace transform of the gamma law",
      checks: [
        .property { system in
          Property("TS-08 gamma mixture", cases: 40) { draw in
            let shape = try draw("k", reals(in: 2...4))
            let scale = try draw("θ", reals(in: 0.02...0.5))
            let lag = try draw("ℓ", integers(in: 1...20))
            // Gauss–Legendre nodes over [0, 40 θ] in panels: the tail beyond has mass below e^−40 40^3.
            let rule = GaussLegendre(24)
            var (units, weights) = ([Double](), [Double]())
            for panel in 0..<20 {
              for (node, weight) in zip(rule.nodes, rule.weights) {
                let rate = scale * (2 * Double(panel) + 1 + node)
                units.append(exp(-rate))
                weights.append(
                  scale * weight
                    * (try GateSchedules.gammaMixtureDensity(shape: shape, scale: scale, rate: rate)))
              }
            }
            let split = DiagonalSplit(retention: units, memoryToMemory: units.map { _ in 0 })
            let steps = [DiagonalSplit<Double>](repeating: split, count: lag)
            let factors = system.transport.factors(steps, lag - 1, [lag])[0]
            let envelope = zip(factors, weights).reduce(0) { $0 + $1.0.total * $1.1 }
            let exact = try GateSchedules.gammaMixtureRetention(shape: shape, scale: scale, lag: Double(lag))
            // The density's only rough point is λ^{k−1} at 0, k ≥ 2: on the first panel a 24-point rule errs by at most
            // about 24^{−2k} ≤ 4·10⁻⁶ of the panel's integral, itself below one half.
            try within(draw, envelope, exact, 4e-6)
          }
        }
      ]),
  ]

  /// Increasing lags, at least two.
  private static func lagLists(least: Int = 2, most: Int = 200) -> Generator<[Int]> {
    distinctArrays(of: integers(in: 1...most), count: least...12).map { $0.sorted() }
  }

  private static func profile(_ lags: [Int], _ units: [[Double]]) -> LagProfile {
    LagProfile(
      lags: lags.enumerated().map { index, lag in
        let rates = units.map { $0[index] }
        return LagProfile.Lag(
          lag: lag, envelope: rates.reduce(0, +), gates: 0, unitRates: rates, unitMeans: rates.map { _ in 0 },
          samples: [])
      })
  }

  private static func constantTransport(
    _ system: SystemUnderTest, _ gate: Double, _ weight: Double, _ lags: [Int]
  )
    -> [Double]
  {
    let split = DiagonalSplit(retention: [1 - gate], memoryToMemory: [gate * weight])
    let steps = [DiagonalSplit<Double>](repeating: split, count: lags.last ?? 1)
    return system.transport.factors(steps, steps.count - 1, lags).map { $0[0].total }
  }

  /// What rounding does to the slope of a least-squares line through `log values` over lags: ordinates err by a few
  /// roundings of their size, abscissae after centring by a rounding of the largest lag.
  private static func slopeBound(_ lags: [Int], _ values: [Double]) -> Double {
    let mean = Double(lags.reduce(0, +)) / Double(lags.count)
    let reach = lags.reduce(0.0) { $0 + abs(Double($1) - mean) }
    let spread = lags.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let largest = 1 + (values.map { abs(log($0)) }.max() ?? 0)
    return roundings(20 * lags.count + 20) * largest * Double(1 + (lags.last ?? 0)) * reach / spread
  }
}
