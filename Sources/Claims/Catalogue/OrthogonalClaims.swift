import Foundation
import GatedCells
import Numerics
import PropertyEngine
import TheoryOracles

extension Claim {
  /// Exact and first-order envelopes of orthogonal networks.
  static let orthogonalTransport: [Claim] = [
    Claim(
      "TR-39", "slopes of an orthogonal network",
      statement:
        "with orthogonal W and a constant gate Σ_q|[J^ℓ]_qq| and its first-order expansion fall with the same slope in log ℓ",
      source: "Livi 2025, appendix C (“preserves scaling”), equation (64)", verdict: .amended,
      finding:
        "the expansion falls about twice as steeply: with 64 units and s = .1 the slopes over lags 1 to 89 are near −0.85 and −1.75, and at "
        + "lag 89 it has 0.3 % of the envelope left. Round a ring of H units the exact envelope tends to 1 and has no slope at all, while "
        + "the expansion is H (1 − s)^ℓ",
      oracle: "the binomial theorem in powers of W; round a ring, a binomial probability",
      checks: [
        .property { system in
          Property("TR-39 both envelopes", cases: 12) { draw in
            let network = try draw("network", OrthogonalNetwork.cases(units: [4, 8, 12]))
            for lag in try network.envelopes(in: system) {
              try within(draw, lag.exact, lag.exactOracle, network.rounding(lag.lag), "exact, lag \(lag.lag)")
              // The closed form and the recursion each round a few times a step, relative to 1 + ℓ|b/a| and the sum.
              let scale =
                pow(1 - network.gate, Double(lag.lag)) * (1 + Double(lag.lag)) * Double(network.units)
              try within(
                draw, lag.first, lag.firstOracle, roundings(20 * lag.lag) * scale / (1 - network.gate),
                "first order, lag \(lag.lag)")
            }
          }
        },
        .property { system in
          Property("TR-39 round a ring", cases: 60) { draw in
            let units = try draw("units", integers(in: 2...6))
            let gate = try draw("s", reals(in: 0.1...0.9))
            let lag = try draw("lag", integers(in: 1...60))
            let network = OrthogonalNetwork.ring(units: units, gate: gate)
            let steps = [JacobianSplit](repeating: network.split, count: lag)
            let exact = system.transport.denseExact(steps, lag - 1, lag)
            let expected = try OrthogonalTransport.ringReturn(units: units, gate: gate, lag: lag)
            let reach = OrthogonalTransport.ringDistance(units: units, gate: gate, lag: lag)
            for unit in 0..<units {
              try within(draw, exact[unit, unit], expected, network.rounding(lag))
              try atMost(abs(exact[unit, unit] - 1 / Double(units)), reach + network.rounding(lag), "limit")
            }
            let factor = system.transport.factors(
              [DiagonalSplit<Double>](repeating: network.diagonal, count: lag), lag - 1, [lag])[0][0].total
            let retention = try TransportClosedForms.constantGateRetention(gate: gate, lag: lag)
            try within(draw, factor, retention, roundings(4 * lag) * retention)
          }
        },
        .refutation { system in
          Property("TR-39 the same slope", cases: 6) { draw in
            let network = try draw("network", OrthogonalNetwork.cases(units: [16, 32, 64], gate: 0.1...0.1))
            let lags = try network.envelopes(in: system)
            // A system that gets an envelope wrong refutes nothing.
            if lags.contains(where: { abs($0.exact - $0.exactOracle) > 1e-6 * $0.exactOracle }) { return }
            if lags.contains(where: { abs($0.first - $0.firstOracle) > 1e-6 * $0.firstOracle }) { return }
            let logs = lags.map { log(Double($0.lag)) }
            let exact = try TimeScales.logLinearFit(lags: logs, values: lags.map(\.exact)).slope
            let first = try TimeScales.logLinearFit(lags: logs, values: lags.map(\.first)).slope
            try holds(
              abs(first - exact) <= 0.2 * abs(exact), "slopes \(exact) exactly and \(first) to first order")
          }
        },
      ])
  ]
}

/// A linear network with an orthogonal recurrent matrix behind a constant gate.
private struct OrthogonalNetwork: Sendable, CustomStringConvertible {
  /// Envelopes at one lag, as the system computes them and as they should be.
  struct Lag {
    let lag: Int
    let exact, exactOracle: Double
    let first, firstOracle: Double
  }

  static let lags = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]

  let recurrence: Matrix
  let gate: Double
  let origin: String

  var description: String { "\(units) units, s=\(gate), \(origin)" }
  var units: Int { recurrence.rows }

  /// `J = A + B` with `A = (1−s) I`, `B = s W`, the same at every step.
  var split: JacobianSplit {
    JacobianSplit(
      retention: (1 - gate) * Matrix.identity(units), coupling: gate * recurrence)
  }

  var diagonal: DiagonalSplit<Double> {
    DiagonalSplit(
      retention: [Double](repeating: 1 - gate, count: units),
      memoryToMemory: recurrence.diagonal.map { gate * $0 })
  }

  /// What rounding makes of a diagonal of `J^ℓ`, summed over units, in either evaluation: a product of n × n matrices is off
  /// by at most γ_n times the product of Frobenius norms (Higham 2002, section 3.5), here √n each, and later factors have
  /// norm one; W, and with it these norms, is orthogonal to within some roundings.
  func rounding(_ lag: Int) -> Double {
    4 * Double(units * units * (lag + 1)) * roundings(units + 8)
  }

  func envelopes(in system: SystemUnderTest) throws -> [Lag] {
    let last = Self.lags.last ?? 1
    let dense = [JacobianSplit](repeating: split, count: last)
    let factors = system.transport.factors(
      [DiagonalSplit<Double>](repeating: diagonal, count: last), last - 1, Self.lags)
    let exact = try OrthogonalTransport.diagonals(
      recurrence: recurrence.rowArrays, gate: gate, lags: Self.lags)
    return try Self.lags.enumerated().map { index, lag in
      let slopes = [Double](repeating: 1, count: lag)
      let first = try recurrence.diagonal.reduce(0) {
        try $0 + abs(TransportClosedForms.constantGateTransport(gate: gate, selfWeight: $1, slopes: slopes))
      }
      return Lag(
        lag: lag,
        exact: system.transport.denseExact(dense, last - 1, lag).diagonal.reduce(0) { $0 + abs($1) },
        exactOracle: exact[index].reduce(0) { $0 + abs($1) },
        first: factors[index].reduce(0) { $0 + abs($1.total) }, firstOracle: first)
    }
  }

  static func cases(units: [Int], gate: ClosedRange<Double> = 0.02...0.6) -> Generator<OrthogonalNetwork> {
    Generator { draw in
      let size = try draw("units", choice(of: units))
      let seed = try draw.seed()
      var stream = RandomStream(seed: seed, purpose: "claims.orthogonal")
      return OrthogonalNetwork(
        recurrence: stream.orthogonalMatrix(rows: size, columns: size), gate: try draw.real(in: gate),
        origin: "seed \(seed)")
    }
  }

  /// W takes every unit to the next one.
  static func ring(units: Int, gate: Double) -> OrthogonalNetwork {
    var elements = [Double](repeating: 0, count: units * units)
    for unit in 0..<units { elements[unit * units + (unit + 1) % units] = 1 }
    return OrthogonalNetwork(
      recurrence: Matrix(rows: units, columns: units, elements: elements), gate: gate, origin: "ring")
  }
}
