import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct EnvelopeDecompositionTests {
  /// f = f_gates + f_adapt for positive base rates, and f lies in its sandwich.
  @Test func decomposition() throws {
    var random = stream("decomposition")
    for _ in 0..<200 {
      let n = 1 + random.integer(below: 12)
      let rates = random.uniforms(n, in: 0.001...2)
      let transport = random.normals(n)
      let global = random.uniform()
      let f = EnvelopeDecomposition.envelope(
        effectiveRates: try EnvelopeDecomposition.effectiveRates(baseRates: rates, transport: transport))
      let gates = EnvelopeDecomposition.gatePart(globalRate: global, transport: transport)
      let adaptive = try EnvelopeDecomposition.adaptivePart(
        globalRate: global, baseRates: rates, transport: transport)
      // Three sums of n ≤ 12 terms, each term below 3|Γ|.
      let scale = 3 * transport.reduce(0) { $0 + $1.magnitude }
      #expect(agree(f, gates + adaptive, operations: 60, scale: scale))
      let range = try EnvelopeDecomposition.sandwich(baseRates: rates, transport: transport)
      let slack = 40 * unitRoundoff * scale
      #expect(range.lowerBound - slack <= f && f <= range.upperBound + slack)
    }
  }

  /// Hand values, dyadic and therefore exact: a slowed important unit makes f_adapt negative and f smaller than f_gates.
  @Test func handValues() throws {
    let transport = [0.5, -0.25]
    #expect(EnvelopeDecomposition.gatePart(globalRate: 1, transport: transport) == 0.75)
    #expect(
      try EnvelopeDecomposition.adaptivePart(globalRate: 1, baseRates: [0.5, 2], transport: transport) == 0)
    #expect(
      try EnvelopeDecomposition.adaptivePart(globalRate: 1, baseRates: [0.5, 1], transport: transport)
        == -0.25)
    #expect(try EnvelopeDecomposition.sandwich(baseRates: [0.5, 2], transport: transport) == 0.375...1.5)
    #expect(
      try EnvelopeDecomposition.fullTransport(baseRates: [2, 1], transport: [[-3, 9], [9, 0.5]]) == 6.5)
  }

  /// Duplicating every unit doubles the envelope: it is a sum, not a mean.
  @Test func sumNotMean() {
    let rates = [0.125, -0.5, 2]
    #expect(
      EnvelopeDecomposition.envelope(effectiveRates: rates + rates)
        == 2 * EnvelopeDecomposition.envelope(effectiveRates: rates))
  }

  /// The published statistic can have a negative mean: μ = (0.2, −0.5), m = (1, 2) gives −0.8 and m̄ = −8/7; oriented, 1.2.
  @Test func publishedStatisticCanBeNegative() throws {
    let mu = [0.2, -0.5]
    let published = try EnvelopeDecomposition.publishedStatisticMean(effectiveRates: mu, means: [1, 2])
    #expect(agree(published, -0.8, operations: 4))
    #expect(
      agree(
        try EnvelopeDecomposition.alignment(statisticMean: published, effectiveRates: mu), -8.0 / 7,
        operations: 8))
    let oriented = try EnvelopeDecomposition.orientedStatisticMean(effectiveRates: mu, means: [1, 2])
    #expect(agree(oriented, 1.2, operations: 4))
  }

  /// The oriented mean is the mean of the statistic oriented by sgn(μ m), and 0 ≤ m̄ ≤ max|m|.
  @Test func orientedAlignmentIsBounded() throws {
    var random = stream("oriented")
    for _ in 0..<200 {
      let n = 1 + random.integer(below: 9)
      let (mu, means) = (random.normals(n), random.normals(n))
      let mean = try EnvelopeDecomposition.orientedStatisticMean(effectiveRates: mu, means: means)
      let direct = zip(mu, means).reduce(0.0) { sum, pair in
        sum + (pair.0 * pair.1 < 0 ? -1 : 1) * pair.0 * pair.1
      }
      #expect(mean == direct)
      let alignment = try EnvelopeDecomposition.alignment(statisticMean: mean, effectiveRates: mu)
      let largest = means.map(\.magnitude).max() ?? 0
      #expect(alignment >= 0 && alignment <= largest * (1 + 30 * unitRoundoff))
    }
  }
}
