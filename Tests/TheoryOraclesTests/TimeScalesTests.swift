import Foundation
import Testing

@testable import TheoryOracles

@Suite struct TimeScalesTests {
  /// A pure exponential is fitted exactly, signs ignored; the two closed forms agree.
  @Test func pureExponential() throws {
    let lags = (1...60).map(Double.init)
    let tau = try TimeScales.ofGate(0.05)
    let values = lags.map { (Int($0) % 2 == 0 ? -1 : 1) * 3 * pow(0.95, $0) }
    let fit = try TimeScales.logLinearFit(lags: lags, values: values)
    // Logarithms of size 3 with 4 roundings each, against lags spread over ±30: far below 1e-13 in the slope.
    #expect((fit.slope + 1 / tau).magnitude < 1e-14)
    #expect((fit.intercept - log(3)).magnitude < 1e-13)
    #expect((fit.r2 - 1).magnitude < 1e-13)
    #expect(agree(try TimeScales.fitted(lags: lags, values: values), tau, operations: 4000))
    #expect(agree(try TimeScales.ofFactor(0.95), tau, operations: 60))
    #expect(agree(try TimeScales.constantGateExact(gate: 0.05, selfWeight: 0), tau, operations: 4))
  }

  /// With first-order terms the fit is biased: s = 0.05, w = 0.9 has τ = 199.5 exactly, while its first-order transport at the
  /// paper's lags 4…256 fits a straight line well and gives less than a fifth of that.
  @Test func firstOrderFitIsBiased() throws {
    let lags = (4...256).map(Double.init)
    let values = try lags.map { lag in
      try TransportClosedForms.constantGateTransport(
        gate: 0.05, selfWeight: 0.9, slopes: [Double](repeating: 1, count: Int(lag)))
    }
    let exact = try TimeScales.constantGateExact(gate: 0.05, selfWeight: 0.9)
    #expect(agree(exact, -1 / log(0.995), operations: 4000))
    let fit = try TimeScales.logLinearFit(lags: lags, values: values)
    #expect(fit.r2 > 0.98 && fit.r2 < 0.9999)
    #expect(-1 / fit.slope < exact / 5)
  }

  /// Growing or constant values have no finite time scale, and domains are checked.
  @Test func edges() throws {
    #expect(try TimeScales.fitted(lags: [1, 2], values: [1, 2]) == .infinity)
    #expect(try TimeScales.fitted(lags: [1, 2], values: [1, 1]) == .infinity)
    #expect(throws: OracleError.self) { try TimeScales.fitted(lags: [1, 1], values: [1, 2]) }
    #expect(throws: OracleError.self) { try TimeScales.fitted(lags: [1, 2], values: [1, 0]) }
    #expect(throws: OracleError.self) { try TimeScales.ofFactor(1) }
    #expect(throws: OracleError.self) { try TimeScales.constantGateExact(gate: 0.1, selfWeight: 1.2) }
  }
}
