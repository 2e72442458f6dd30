import Foundation
import Testing
import TheoryOracles

/// Exact rational values from definitions that are proved equal to the real ones in Proofs/Vectors.
@Suite struct ProvedVectorTests {
  private struct File<Case: Decodable>: Decodable {
    let theorem: String
    let cases: [Case]
  }

  /// A fraction written `"num/den"`, of any length.
  private struct Fraction: Decodable {
    let numerator: String
    let denominator: String

    init(from decoder: any Decoder) throws {
      let parts = try decoder.singleValueContainer().decode(String.self).split(separator: "/")
      numerator = String(parts[0])
      denominator = String(parts[1])
    }

    /// The nearest double to within 1.5 units of roundoff: two correctly rounded conversions and a division.
    var value: Double { (Double(numerator) ?? .nan) / (Double(denominator) ?? .nan) }
  }

  private func load<Case: Decodable>(_ name: String, _ type: Case.Type) throws -> [Case] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/vectors/\(name).json")
    let file = try JSONDecoder().decode(File<Case>.self, from: Data(contentsOf: url))
    try #require(file.cases.count >= 10, "\(name) has few cases")
    return file.cases
  }

  private let unit = 0x1p-53

  private struct Exponent: Decodable { let tailIndex, value: Fraction }

  /// `κ = α/(α − 1)` agrees with its proved rational values.
  @Test func concentrationExponent() throws {
    for example in try load("concentration-exponent", Exponent.self) {
      let alpha = example.tailIndex.value
      let exact = example.value.value
      let found = try ConcentrationExponent.exponent(tailIndex: alpha)
      // α is rounded once and α − 1 magnifies that by α/(α − 1); five roundings elsewhere.
      #expect(abs(found - exact) <= (2 * exact + 5) * unit * exact)
    }
  }

  private struct Transport: Decodable { let retentions, gateTerms: [Fraction]; let zeroth, value: Fraction }

  /// Zeroth- and first-order scalar transport agree with their proved rational values.
  @Test func firstOrderTransport() throws {
    for example in try load("first-order-transport", Transport.self) where !example.retentions.isEmpty {
      let retentions = example.retentions.map(\.value)
      let terms = example.gateTerms.map(\.value)
      let found = try #require(
        TransportClosedForms.scalarTransport(retentions: retentions, gateTerms: terms).last)
      // Each of n summands is a product of n rounded factors; all summands together are at most `size` in magnitude.
      let count = Double(retentions.count)
      var size = 1.0
      for (a, b) in zip(retentions, terms) { size *= abs(a) + abs(b) }
      let bound: Double = 4 * (count + 2) * count * unit * size + unit
      #expect(abs(found - example.value.value) <= bound)
      let product = retentions.reduce(1, *)
      let rounding: Double = (3 * count + 2) * unit * abs(product)
      #expect(abs(product - example.zeroth.value) <= rounding)
    }
  }

  private struct ConstantGate: Decodable { let gate, coupling: Fraction; let lag: Int; let value: Fraction }

  /// The constant gate's first-order transport agrees with its proved rational values.
  @Test func constantGate() throws {
    for example in try load("constant-gate", ConstantGate.self) where example.lag > 0 {
      let (gate, coupling) = (example.gate.value, example.coupling.value)
      let found = try #require(
        TransportClosedForms.scalarTransport(
          retentions: [Double](repeating: 1 - gate, count: example.lag),
          gateTerms: [Double](repeating: coupling, count: example.lag)
        ).last)
      let count = Double(example.lag)
      let size = pow(1 - gate + abs(coupling), count)
      let bound: Double = 4 * (count + 2) * count * unit * size + unit
      #expect(abs(found - example.value.value) <= bound, "\(example)")
    }
  }

  private struct Rayleigh: Decodable { let rates, row: [Fraction]; let value: Fraction }

  /// The Rayleigh base rate agrees with its proved rational values.
  @Test func rayleigh() throws {
    for example in try load("rayleigh", Rayleigh.self) {
      let exact = example.value.value
      let found = try RayleighQuotient.baseRate(
        rates: example.rates.map(\.value), row: example.row.map(\.value))
      // Numerator and denominator are sums of n positive terms of rounded factors.
      #expect(abs(found - exact) <= Double(4 * example.row.count + 8) * unit * exact)
    }
  }

  private struct Oriented: Decodable { let rates, means: [Fraction]; let value: Fraction }

  /// The oriented mean of the matched statistic agrees with its proved rational values.
  @Test func orientedMean() throws {
    for example in try load("oriented-mean", Oriented.self) {
      let exact = example.value.value
      let found = try EnvelopeDecomposition.orientedStatisticMean(
        effectiveRates: example.rates.map(\.value), means: example.means.map(\.value))
      #expect(abs(found - exact) <= Double(2 * example.rates.count + 6) * unit * max(exact, unit))
    }
  }

  private struct Window: Decodable { let envelope: [Fraction]; let threshold: Fraction; let value: Int }

  /// The window by the supremum inverse agrees with its proved values. Equal fractions are rounded to equal doubles, and
  /// unequal ones with small denominators to unequal doubles in the same order.
  @Test func window() throws {
    for example in try load("window", Window.self) {
      #expect(
        WindowClosedForms.supremumInverse(
          envelope: example.envelope.map(\.value), floor: example.threshold.value) == example.value)
    }
  }
}
