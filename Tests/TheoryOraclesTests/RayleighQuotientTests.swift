import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct RayleighQuotientTests {
  /// The base rate lies between the smallest and largest rate on the support, is the least-squares multiple of the row, and its
  /// residual is orthogonal to the row (Livi 2025, appendix D).
  @Test func projection() throws {
    var random = stream("rayleigh")
    for _ in 0..<300 {
      let n = 1 + random.integer(below: 8)
      let rates = random.uniforms(n, in: 0.01...3)
      var row = random.normals(n)
      if n > 2 { row[0] = 0 }
      let rate = try RayleighQuotient.baseRate(rates: rates, row: row)
      let range = try RayleighQuotient.bounds(rates: rates, row: row)
      let slack = 40 * unitRoundoff * range.upperBound
      #expect(rate >= range.lowerBound - slack && rate <= range.upperBound + slack)
      let residual = try RayleighQuotient.residual(rates: rates, row: row)
      let size = Vectors.dot(row, row) * 3
      #expect(agree(Vectors.dot(residual, row), 0, operations: 60, scale: size))
      // Any other multiple c leaves ‖D b − c b‖² larger by exactly (c − Λ)² ‖b‖².
      for shift in [-0.3, 0.2] {
        let other = zip(rates, row).map { ($0 - (rate + shift)) * $1 }
        let growth = Vectors.dot(other, other) - Vectors.dot(residual, residual)
        #expect(agree(growth, shift * shift * Vectors.dot(row, row), operations: 200, scale: 4 * size))
      }
      let ratio = try RayleighQuotient.residualRatio(rates: rates, row: row)
      #expect(try ratio <= RayleighQuotient.residualRatioBound(rates: rates, row: row) + 100 * unitRoundoff)
    }
  }

  /// Equality cases: one rate everywhere on the support gives that rate with no residual, however wild the rest.
  @Test func equality() throws {
    #expect(try RayleighQuotient.baseRate(rates: [9, 0.5, 0.5], row: [0, 3, -4]) == 0.5)
    #expect(try RayleighQuotient.bounds(rates: [9, 0.5, 0.5], row: [0, 3, -4]) == 0.5...0.5)
    #expect(try RayleighQuotient.residual(rates: [9, 0.5, 0.5], row: [0, 3, -4]) == [0, 0, 0])
  }

  /// The dropped residual is not small in general: Kantorovich's bound 3/5 is attained by rates 1, 4 and b² in proportion 4 : 1.
  @Test func residualIsNotSmall() throws {
    let ratio = try RayleighQuotient.residualRatio(rates: [1, 4], row: [2, 1])
    #expect(agree(ratio, 0.6, operations: 20))
    #expect(agree(try RayleighQuotient.residualRatioBound(rates: [1, 4], row: [2, 1]), 0.6, operations: 4))
  }

  /// A hand-computed value in exact fractions: rates 1, 2, 3 and row 1, 2, 3 give (1+8+27)/14 = 18/7; scaling the row by 1e200
  /// changes nothing beyond rounding.
  @Test func handValue() throws {
    let exact = try Rational.baseRate(
      rates: [Rational(1), Rational(2), Rational(3)], row: [Rational(1), Rational(2), Rational(3)])
    #expect(try exact == Rational(18, 7))
    #expect(
      agree(
        try RayleighQuotient.baseRate(rates: [1, 2, 3], row: [1, 2, 3]), exact.approximation, operations: 20))
    #expect(
      agree(
        try RayleighQuotient.baseRate(rates: [1, 2, 3], row: [1e200, 2e200, 3e200]), 18.0 / 7, operations: 30)
    )
  }

  /// A zero row has no base rate.
  @Test func zeroRow() {
    #expect(throws: OracleError.self) { try RayleighQuotient.baseRate(rates: [1, 2], row: [0, 0]) }
    #expect(throws: OracleError.self) { try RayleighQuotient.bounds(rates: [1, 2], row: [0, 0]) }
    #expect(throws: OracleError.self) { try RayleighQuotient.baseRate(rates: [1], row: [1, 1]) }
  }
}
