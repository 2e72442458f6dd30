import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct TransportClosedFormsTests {
  /// The recursion equals γ(1 + Σ b/a) and, with constant gates, the constant-gate closed form.
  @Test func scalarForms() throws {
    var random = stream("scalar transport")
    for _ in 0..<100 {
      let lag = 1 + random.integer(below: 40)
      let a = random.uniforms(lag, in: 0.1...1)
      let b = random.normals(lag)
      let recursion = try TransportClosedForms.scalarTransport(retentions: a, gateTerms: b)
      let gamma = a.reduce(1, *)
      let ratio = zip(a, b).reduce(0) { $0 + $1.1 / $1.0 }
      let scale = gamma * (1 + zip(a, b).reduce(0) { $0 + ($1.1 / $1.0).magnitude })
      #expect(recursion.count == lag + 1)
      #expect(agree(recursion[lag], gamma * (1 + ratio), operations: 6 * lag + 10, scale: scale))

      let (s, w) = (0.05 + 0.9 * random.uniform(), random.normal())
      let slopes = random.uniforms(lag)
      let constant = try TransportClosedForms.scalarTransport(
        retentions: [Double](repeating: 1 - s, count: lag), gateTerms: slopes.map { s * w * $0 })
      let closed = try TransportClosedForms.constantGateTransport(gate: s, selfWeight: w, slopes: slopes)
      let size = pow(1 - s, Double(lag - 1)) * (1 + s * w.magnitude * slopes.reduce(0, +))
      #expect(agree(constant[lag], closed, operations: 6 * lag + 10, scale: size))
    }
  }

  /// Hand values: s = 1/2 gives γ(3) = 1/8; with w = 2 and slope 1 Γ(3) = 1/8 + 3·(1/4) = 7/8, the exact transport is 27/8;
  /// s = 1 keeps only Γ(1) = w.
  @Test func constantGateHandValues() throws {
    #expect(try TransportClosedForms.constantGateRetention(gate: 0.5, lag: 3) == 0.125)
    #expect(
      try TransportClosedForms.constantGateTransport(gate: 0.5, selfWeight: 2, slopes: [1, 1, 1]) == 0.875)
    #expect(try TransportClosedForms.constantGateExact(gate: 0.5, selfWeight: 2, lag: 3) == 3.375)
    #expect(try TransportClosedForms.constantGateTransport(gate: 1, selfWeight: 3, slopes: [1]) == 3)
    #expect(try TransportClosedForms.constantGateTransport(gate: 1, selfWeight: 3, slopes: [1, 1]) == 0)
    #expect(try TransportClosedForms.constantGateTransport(gate: 0.3, selfWeight: 3, slopes: []) == 1)
    #expect(throws: OracleError.self) { try TransportClosedForms.constantGateRetention(gate: 1.5, lag: 1) }
  }

  /// In exact fractions: the recursion of the floating-point oracle is the expansion summed term by term.
  @Test func exactFractions() throws {
    let a = try [Rational(1, 2), Rational(2, 3), Rational(3, 5), Rational(1, 7)]
    let b = try [Rational(1, 3), Rational(-1, 4), Rational(2, 5), Rational(1, 6)]
    let values = try Rational.scalarTransport(retentions: a, gateTerms: b)
    for lag in 0...4 {
      var expected = try Rational(1)
      for i in 0..<lag { expected = try expected * a[i] }
      for j in 0..<lag {
        var term = b[j]
        for i in 0..<lag where i != j { term = try term * a[i] }
        expected = try expected + term
      }
      #expect(values[lag] == expected)
      let approximate = try TransportClosedForms.scalarTransport(
        retentions: a.map(\.approximation), gateTerms: b.map(\.approximation))
      #expect(agree(approximate[lag], expected.approximation, operations: 40, scale: 1))
    }
  }

  /// Dense products take index 0 as the leftmost factor: two matrices that do not commute tell.
  @Test func denseOrder() throws {
    let up = [[0.0, 1], [0, 0]]
    let right = [[1.0, 0], [0, 2]]
    #expect(try TransportClosedForms.denseProduct([up, right]) == [[0, 2], [0, 0]])
    #expect(try TransportClosedForms.denseProduct([right, up]) == [[0, 1], [0, 0]])
  }

  /// The Fréchet derivative is the derivative of the exact product along the split: the central difference
  /// `(F(ε) − F(−ε))/2ε` at ε = 1 minus the odd terms of order 3 and more. For three factors the odd remainder is B₀B₁B₂.
  @Test func frechetOfThreeFactors() throws {
    var random = stream("frechet")
    for _ in 0..<50 {
      let a = (0..<3).map { _ in random.matrix(3) }
      let b = (0..<3).map { _ in random.matrix(3) }
      let plus = try TransportClosedForms.denseProduct(zip(a, b).map { Vectors.add($0, $1) })
      let minus = try TransportClosedForms.denseProduct(zip(a, b).map { Vectors.subtract($0, $1) })
      let cubic = try TransportClosedForms.denseProduct(b)
      let derivative = try TransportClosedForms.frechetDerivative(zeroth: a, first: b)
      let first = try TransportClosedForms.firstOrderProduct(zeroth: a, first: b)
      let zeroth = try TransportClosedForms.denseProduct(a)
      let scale = zip(a, b).reduce(1) { $0 * (Vectors.rowSumNorm($1.0) + Vectors.rowSumNorm($1.1)) }
      for row in 0..<3 {
        for column in 0..<3 {
          let odd = (plus[row][column] - minus[row][column]) / 2 - cubic[row][column]
          #expect(agree(odd, derivative[row][column], operations: 100, scale: scale))
          #expect(
            agree(
              first[row][column] - zeroth[row][column], derivative[row][column], operations: 20, scale: scale)
          )
        }
      }
    }
  }

  /// Shapes are checked before anything is multiplied.
  @Test func shapes() {
    #expect(throws: OracleError.self) { try TransportClosedForms.denseProduct([]) }
    #expect(throws: OracleError.self) { try TransportClosedForms.denseProduct([[[1, 2]], [[1]]]) }
    #expect(throws: OracleError.self) {
      try TransportClosedForms.frechetDerivative(zeroth: [[[1]]], first: [[[1]], [[1]]])
    }
  }
}
