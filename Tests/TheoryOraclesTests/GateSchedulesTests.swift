import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct GateSchedulesTests {
  /// Multiplying the gates gives exactly polynomial and exactly logarithmic envelopes, with one unit and gates inside (0, 1).
  @Test(arguments: [0.3, 1.0, 2.5]) func polynomialProducts(exponent: Double) throws {
    let gates = try GateSchedules.polynomial(exponent: exponent, count: 400)
    #expect(gates.allSatisfy { $0 > 0 && $0 < 1 })
    let products = TransportClosedForms.retentionProducts(gates)
    for lag in 0...400 {
      // Each gate carries at most 3 + β roundings, each product one more.
      let closed = try GateSchedules.polynomialRetention(exponent: exponent, lag: lag)
      #expect(agree(products[lag], closed, operations: 8 * lag + 20))
    }
  }

  /// The same for the logarithmic schedule.
  @Test func logarithmicProducts() throws {
    let products = TransportClosedForms.retentionProducts(try GateSchedules.logarithmic(count: 400))
    for lag in 0...400 {
      #expect(
        agree(products[lag], try GateSchedules.logarithmicRetention(lag: lag), operations: 6 * lag + 10))
    }
  }

  /// A Gamma mixture of exponential decays has the polynomial envelope (1 + θ l)^(−k): closed form against quadrature.
  ///
  /// Simpson on [0, 60θ] with 40 000 intervals: the integrand and its fourth derivative are below 10³ in units of θ (k = 3 and
  /// 4.5), so its error is below 60·(1.5e-3)⁴·10³/180 < 2e-9; the cut tail is below exp(−45).
  @Test(arguments: [(3.0, 0.25), (4.5, 1.5)]) func gammaMixture(shape: Double, scale: Double) throws {
    for lag in [0.0, 1, 7, 40] {
      let integral = simpson(from: 1e-12 * scale, to: 60 * scale) { rate in
        exp(-rate * lag) * density(shape, scale, rate)
      }
      let closed = try GateSchedules.gammaMixtureRetention(shape: shape, scale: scale, lag: lag)
      #expect((integral - closed).magnitude < 2e-9)
    }
  }

  private func density(_ shape: Double, _ scale: Double, _ rate: Double) -> Double {
    (try? GateSchedules.gammaMixtureDensity(shape: shape, scale: scale, rate: rate)) ?? .nan
  }

  /// A mixture envelope decays slower than every exponential: doubling 1 + l with k = 3 divides it by 8 at any lag.
  @Test func gammaMixtureIsPolynomial() throws {
    let near = try GateSchedules.gammaMixtureRetention(shape: 3, scale: 1, lag: 1e6 - 1)
    let far = try GateSchedules.gammaMixtureRetention(shape: 3, scale: 1, lag: 2e6 - 1)
    // exp(−3 log1p): the exponent is below 50, hence 50 roundings and a few.
    #expect(agree(near / far, 8, operations: 200))
  }

  /// Domains are checked.
  @Test func domains() {
    #expect(throws: OracleError.self) { try GateSchedules.polynomial(exponent: 0, count: 3) }
    #expect(throws: OracleError.self) { try GateSchedules.logarithmic(count: -1) }
    #expect(throws: OracleError.self) { try GateSchedules.gammaMixtureRetention(shape: 1, scale: 1, lag: -1) }
  }
}
