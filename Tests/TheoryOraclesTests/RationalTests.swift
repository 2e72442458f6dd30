import Numerics
import Testing

@testable import TheoryOracles

@Suite struct RationalTests {
  /// Fractions are kept in lowest terms with a positive denominator.
  @Test func canonicalForm() throws {
    #expect(try Rational(6, -4) == Rational(-3, 2))
    #expect(try Rational(0, -7) == Rational(0))
    #expect(try Rational(-3, 2).description == "-3/2")
    #expect(throws: OracleError.self) { try Rational(1, 0) }
  }

  /// The field laws hold exactly on random small fractions, and division undoes multiplication.
  @Test func fieldLaws() throws {
    var random = stream("rational")
    func fraction() throws -> Rational {
      try Rational(Int128(random.integer(below: 41)) - 20, Int128(1 + random.integer(below: 20)))
    }
    for _ in 0..<300 {
      let (a, b, c) = try (fraction(), fraction(), fraction())
      #expect(try (a + b) + c == a + (b + c))
      #expect(try a * (b + c) == a * b + a * c)
      #expect(try a - b == Rational(0) - (b - a))
      if b.numerator != 0 { #expect(try (a / b) * b == a) }
      #expect(try Rational.isLess(a, b) == (a.approximation < b.approximation))
    }
    #expect(try Rational(1, 3) + Rational(1, 6) == Rational(1, 2))
    #expect(try Rational(-2, 3).magnitude == Rational(2, 3))
    #expect(throws: OracleError.self) { try Rational(1) / Rational(0) }
  }

  /// Doubles convert exactly: the fraction's value, back in floating point, is the same number.
  @Test func doubles() throws {
    for x in [0, 1, -0.375, 0.1, 1e-9, 123_456.789, 0x1p90] {
      #expect(try Rational(exactly: x).approximation == x)
    }
    #expect(try Rational(exactly: 0.1) != Rational(1, 10))
    #expect(throws: OracleError.self) { try Rational(exactly: .infinity) }
  }

  /// Overflow is an error, not a wrong number.
  @Test func overflow() throws {
    let big = try Rational(Int128.max)
    #expect(throws: OracleError.self) { try big + big }
    #expect(throws: OracleError.self) { try big * Rational(3) }
    #expect(try big * Rational(1, Int128.max) == Rational(1))
  }

  /// The increment identity of the transport holds exactly: Γ(l+1) − Γ(l) = b γ(l) − (1 − a) Γ(l).
  @Test func exactIncrement() throws {
    let a = try [Rational(9, 10), Rational(1, 2), Rational(0), Rational(3, 4)]
    let b = try [Rational(1, 5), Rational(-1, 3), Rational(2, 7), Rational(1)]
    let transport = try Rational.scalarTransport(retentions: a, gateTerms: b)
    var zeroth = try Rational(1)
    for l in a.indices {
      let step = try b[l] * zeroth - (Rational(1) - a[l]) * transport[l]
      #expect(try transport[l + 1] - transport[l] == step)
      zeroth = try zeroth * a[l]
    }
  }
}
