import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct TruncationBoundTests {
  /// The bound equals its formula with subtraction (checked where that cancels little), and equals the error for nonnegative
  /// scalars.
  @Test func formula() throws {
    var random = stream("truncation formula")
    for _ in 0..<100 {
      let n = 2 + random.integer(below: 6)
      let (alpha, beta) = (random.uniforms(n), random.uniforms(n))
      let bound = try TruncationBound.remainder(zerothNorms: alpha, firstNorms: beta)
      let total = zip(alpha, beta).reduce(1) { $0 * ($1.0 + $1.1) }
      let first = (0..<n).reduce(0.0) { sum, j in
        sum + beta[j] * (0..<n).filter { $0 != j }.reduce(1) { $0 * alpha[$1] }
      }
      #expect(agree(bound, total - alpha.reduce(1, *) - first, operations: 20 * n, scale: total + 1))
      let error = try TruncationBound.actualError(zeroth: alpha.map { [[$0]] }, first: beta.map { [[$0]] })
      #expect(agree(bound, error, operations: 20 * n, scale: total + 1))
    }
    #expect(try TruncationBound.remainder(zerothNorms: [0.5, 0.5], firstNorms: [0.25, 2]) == 0.5)
  }

  /// No split of random matrices exceeds the bound.
  @Test func bounds() throws {
    var random = stream("truncation bound")
    for _ in 0..<200 {
      let n = 1 + random.integer(below: 8)
      let a = (0..<n).map { _ in random.matrix(3, scale: 0.4) }
      let b = (0..<n).map { _ in random.matrix(3, scale: 0.2) }
      let bound = try TruncationBound.remainder(zeroth: a, first: b)
      let scale = zip(a, b).reduce(1) { $0 * (Vectors.rowSumNorm($1.0) + Vectors.rowSumNorm($1.1)) }
      // n products of 3 × 3 matrices on each of n terms.
      let slack = Double(20 * n * n) * unitRoundoff * scale
      #expect(try TruncationBound.actualError(zeroth: a, first: b) <= bound + slack)
    }
  }

  /// Truncation changes the exponential rate: s = 0.05, w = 0.9 gives 0.005013 exactly and 0.051293 to first order; for w = 1.2
  /// the exact transport grows while the first order decays. Measured from products far out, the rates agree with the formula.
  @Test func ratesDiffer() throws {
    let rates = try TruncationBound.constantGateRates(gate: 0.05, selfWeight: 0.9)
    #expect(agree(rates.exact, -log(0.995), operations: 2000))
    #expect(agree(rates.firstOrder, -log(0.95), operations: 100))
    #expect(rates.firstOrder > 10 * rates.exact)
    let growing = try TruncationBound.constantGateRates(gate: 0.05, selfWeight: 1.2)
    #expect(growing.exact < 0 && growing.firstOrder > 0)
    func first(_ lag: Int) throws -> Double {
      try TransportClosedForms.constantGateTransport(
        gate: 0.05, selfWeight: 0.9, slopes: [Double](repeating: 1, count: lag))
    }
    // log Γ(l)/Γ(2l) = l·rate − log((1 + 2lρ)/(1 + lρ)), the second term below log 2: at l = 4000 an error of 2e-4 in the rate.
    let measured = try log(first(4000) / first(8000)) / 4000
    #expect((measured - rates.firstOrder).magnitude < log(2.0) / 4000 + 1e-9)
    let exact = try log(
      TransportClosedForms.constantGateExact(gate: 0.05, selfWeight: 0.9, lag: 100)
        / TransportClosedForms.constantGateExact(gate: 0.05, selfWeight: 0.9, lag: 200))
    // The rounding of 1 − s + s w, two units in 1, is raised to the 200th power.
    #expect(agree(exact / 100, rates.exact, operations: 20, scale: 1))
    #expect(throws: OracleError.self) { try TruncationBound.constantGateRates(gate: 0.5, selfWeight: -1) }
  }
}
