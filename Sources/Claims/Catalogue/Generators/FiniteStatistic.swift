import PropertyEngine

/// A matched statistic whose rates and sensitivities have a finite law, so that every expectation is a sum.
struct FiniteStatistic: Sendable {
  struct Outcome: Sendable {
    let probability: Double
    /// `μ_q` and `ζ_q`.
    let rates: [Double]
    let sensitivities: [Double]
  }

  let outcomes: [Outcome]
  var units: Int { outcomes[0].rates.count }
  /// `m_q = E ζ_q`.
  var meanSensitivities: [Double] { (0..<units).map { unit in expectation { $0.sensitivities[unit] } } }

  func expectation(_ function: (Outcome) -> Double) -> Double {
    outcomes.reduce(0) { $0 + $1.probability * function($1) }
  }

  /// Two to four equally likely outcomes of one to six units, with values in quarters so that sums are exact.
  static func generator(varyingRates: Bool) -> Generator<FiniteStatistic> {
    Generator { draw in
      let quarters = integers(in: -12...12).map { 0.25 * Double($0) }
      let count = 1 << (try draw(integers(in: 1...2)))
      let units = try draw(integers(in: 1...6))
      let fixed = try draw(arrays(of: quarters, count: units))
      let outcomes = try (0..<count).map { _ in
        Outcome(
          probability: 1 / Double(count),
          rates: varyingRates ? try draw(arrays(of: quarters, count: units)) : fixed,
          sensitivities: try draw(arrays(of: quarters, count: units)))
      }
      return FiniteStatistic(outcomes: outcomes)
    }
  }
}
