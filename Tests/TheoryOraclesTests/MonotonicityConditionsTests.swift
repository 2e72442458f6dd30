import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct MonotonicityConditionsTests {
  static func constant(_ a: Double, _ b: Double, lags: Int) throws -> [Double] {
    try TransportClosedForms.scalarTransport(
      retentions: [Double](repeating: a, count: lags), gateTerms: [Double](repeating: b, count: lags))
  }

  /// The increment formula is the difference of consecutive transports, also where a retention is zero.
  @Test func incrementIdentity() throws {
    var random = stream("increment")
    for trial in 0..<200 {
      var a = random.uniforms(12)
      if trial % 5 == 0 { a[4] = 0 }
      let b = random.normals(12)
      let gamma = TransportClosedForms.retentionProducts(a)
      let transport = try TransportClosedForms.scalarTransport(retentions: a, gateTerms: b)
      let scale = b.reduce(1) { $0 + $1.magnitude }
      for l in 0..<12 {
        let step = MonotonicityConditions.increment(
          retention: a[l], gateTerm: b[l], zeroth: gamma[l], transport: transport[l])
        #expect(agree(step, transport[l + 1] - transport[l], operations: 60, scale: scale))
      }
    }
  }

  /// Under 0 ≤ b ≤ 1 − a the transport is nonnegative and nonincreasing; the boundary case b = 1 − a starts flat.
  @Test func amendedLemma() throws {
    var random = stream("amended lemma")
    for _ in 0..<500 {
      let a = random.uniforms(20, in: 0.01...0.99)
      let b = a.map { random.uniform() * (1 - $0) }
      #expect(try MonotonicityConditions.amendedLemmaApplies(retentions: a, gateTerms: b))
      let transport = try TransportClosedForms.scalarTransport(retentions: a, gateTerms: b)
      for (now, next) in zip(transport, transport.dropFirst()) {
        #expect(next >= 0 && next <= now * (1 + 4 * unitRoundoff))
      }
      let bound = try MonotonicityConditions.magnitudeBound(retentions: a, gateTerms: b)
      #expect(transport[20] <= bound * (1 + 100 * unitRoundoff))
    }
    #expect(try Self.constant(0.75, 0.25, lags: 1) == [1, 1])
    #expect(try MonotonicityConditions.amendedLemmaApplies(retentions: [0.75], gateTerms: [0.25]))
    #expect(try !MonotonicityConditions.amendedLemmaApplies(retentions: [0.75], gateTerms: [0.26]))
    #expect(try !MonotonicityConditions.amendedLemmaApplies(retentions: [0.75], gateTerms: [-0.01]))
  }

  /// The published lemma fails: with s = 0.1 and w = 2 the transport 1, 1.1, 1.17, 1.215, … rises until lag 5; with s = 0.05 and
  /// w = 3 until lag 13, by more than half. Beyond the predicted lag it never rises again.
  @Test(arguments: [(0.1, 2.0, 5, 1.24659), (0.05, 3.0, 13, 1.56703)])
  func publishedLemmaFails(gate: Double, weight: Double, peak: Int, value: Double) throws {
    let (a, b) = (1 - gate, gate * weight)
    let transport = try Self.constant(a, b, lags: 400)
    #expect(try MonotonicityConditions.peakLag(retention: a, gateTerm: b) == peak)
    #expect((transport[peak] - value).magnitude < 1e-4)
    for l in 0..<400 { #expect((transport[l + 1] > transport[l]) == (l < peak)) }
    let top = try MonotonicityConditions.continuousMaximum(retention: a, gateTerm: b)
    #expect(Double(peak - 1) < top && top < Double(peak + 1))
    // First-order condition of a^l (1 + l b/a) at the continuous maximum: log a (1 + l b/a) + b/a = 0.
    #expect(agree(log(a) * (1 + top * b / a) + b / a, 0, operations: 60, scale: 1))
  }

  /// With s = 0.1 and w = −1 the transport is zero at lag 9 and its magnitude rebounds to 0.9^18 at lag 18.
  @Test func rebound() throws {
    // Lags 18 and 19 tie exactly in real numbers, and rounding decides which the formula names.
    let found = try MonotonicityConditions.rebound(retention: 0.9, gateTerm: -0.1)
    #expect(agree(found.zero, 9, operations: 4))
    let transport = try Self.constant(0.9, -0.1, lags: 60)
    #expect(transport[9].magnitude < 1e-15)
    #expect(found.peak == 18 || found.peak == 19)
    #expect(agree(transport[18], -pow(0.9, 18), operations: 200))
    let (a, b) = (0.95, -0.06)
    let other = try MonotonicityConditions.rebound(retention: a, gateTerm: b)
    let values = try Self.constant(a, b, lags: 200).map(\.magnitude)
    for l in Int(other.zero.rounded(.up))..<200 { #expect((values[l + 1] > values[l]) == (l < other.peak)) }
  }

  /// Varying gates within the stated bounds do not rise after the predicted lag.
  @Test func eventualLag() throws {
    var random = stream("eventual")
    for _ in 0..<200 {
      let a = random.uniforms(200, in: 0.8...0.95)
      let b = random.uniforms(200, in: 0.05...0.2)
      let ratio = zip(a, b).map { $1 / $0 }.min() ?? 0
      let lag = try MonotonicityConditions.eventualLag(
        largestRetention: 0.95, largestGateTerm: 0.2, smallestRatio: ratio)
      #expect(lag > 0 && lag < 100)
      let transport = try TransportClosedForms.scalarTransport(retentions: a, gateTerms: b)
      for l in lag..<200 { #expect(transport[l + 1] <= transport[l] * (1 + 400 * unitRoundoff)) }
    }
    // Sharp for constant gates: the same lag as the exact peak (away from ties).
    #expect(
      try MonotonicityConditions.eventualLag(
        largestRetention: 0.95, largestGateTerm: 0.15, smallestRatio: 0.15 / 0.95)
        == MonotonicityConditions.peakLag(retention: 0.95, gateTerm: 0.15))
  }

  /// Averages over the valid windows are nonincreasing in the lag for gates in [0, 1]; exact for a hand case.
  @Test func windowAverages() {
    #expect(MonotonicityConditions.windowAverages([0.5, 1, 0.25]) == [1, 1.75 / 3, 0.375, 0.125])
    var random = stream("window averages")
    for _ in 0..<200 {
      let averages = MonotonicityConditions.windowAverages(random.uniforms(15))
      for (now, next) in zip(averages, averages.dropFirst()) {
        #expect(next <= now * (1 + 60 * unitRoundoff))
      }
    }
  }
}
