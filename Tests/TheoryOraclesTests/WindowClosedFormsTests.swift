import Foundation
import Numerics
import Testing

@testable import TheoryOracles

@Suite struct WindowClosedFormsTests {
  /// Closed windows against the definition, for random amplitudes and floors away from ties (fractional part of the real
  /// window between 1e-6 and 1 − 1e-6, where rounding cannot decide).
  @Test func closedFormsMatchDefinition() throws {
    var random = stream("windows")
    var compared = 0
    for _ in 0..<300 {
      let c = 0.5 + random.uniform()
      let y = c * (0.15 + 1.2 * random.uniform())
      let (lambda, beta) = (0.3 + 0.6 * random.uniform(), 0.4 + random.uniform())
      let cases: [(Double, (Double) -> Double)] = [
        (
          try WindowClosedForms.exponential(amplitude: c, factor: lambda, floor: y),
          { c * pow(lambda, $0) }
        ),
        (
          try WindowClosedForms.polynomial(amplitude: c, exponent: beta, floor: y),
          { c * pow($0, -beta) }
        ),
        (try WindowClosedForms.logarithmic(amplitude: c, floor: y), { c / log(1 + $0) }),
      ]
      for (window, envelope) in cases {
        let fraction = window - window.rounded(.down)
        guard fraction > 1e-6 && fraction < 1 - 1e-6 && window < 1900 else { continue }
        compared += 1
        let values = (1...2000).map { envelope(Double($0)) }
        #expect(
          try WindowClosedForms.lags(window) == WindowClosedForms.supremumInverse(envelope: values, floor: y))
      }
    }
    #expect(compared > 800)
  }

  /// Growth with the sample size: quadrupling N at κ = 2 halves the floor, so a 1/l envelope doubles its window, an exponential
  /// one adds log 2/log(1/λ), and a logarithmic one squares 1 + H.
  @Test func growth() throws {
    let near = try WindowClosedForms.threshold(constant: 2, exponent: 2, samples: 400)
    let far = try WindowClosedForms.threshold(constant: 2, exponent: 2, samples: 1600)
    #expect(agree(near, 0.1, operations: 10) && agree(far, 0.05, operations: 10))
    let poly = try pair(near, far) { try WindowClosedForms.polynomial(amplitude: 1, exponent: 1, floor: $0) }
    #expect(agree(poly.1, 2 * poly.0, operations: 30))
    let exponential = try pair(near, far) {
      try WindowClosedForms.exponential(amplitude: 1, factor: 0.5, floor: $0)
    }
    #expect(agree(exponential.1 - exponential.0, 1, operations: 100))
    let logarithmic = try pair(near, far) { try WindowClosedForms.logarithmic(amplitude: 1, floor: $0) }
    // The exponent 20 turns its relative error of 10 roundings into 200.
    #expect(agree(logarithmic.1 + 1, pow(logarithmic.0 + 1, 2), operations: 800))
    // Constants do not factor out: doubling the amplitude squares the window.
    let doubled = try WindowClosedForms.logarithmic(amplitude: 2, floor: near)
    #expect(agree(doubled, logarithmic.1, operations: 800))
  }

  /// A lag whose envelope equals its floor is admissible; gaps stay gaps. Whole numbers, so nothing rounds.
  @Test func admissibleLagsIncludeEquality() throws {
    #expect(
      try WindowClosedForms.admissibleLags(envelope: [3, 1, 2, 0], floors: [3, 2, 2, 1]) == [1, 3])
  }

  /// The sandwich of lemma 5.2 holds with the supremum inverse for any envelope and any thresholds, monotone or not.
  @Test func sandwich() throws {
    var random = stream("sandwich")
    for _ in 0..<500 {
      let n = 1 + random.integer(below: 20)
      let envelope = random.uniforms(n)
      let floors = random.uniforms(n, in: 0.2...1.1)
      let window = try WindowClosedForms.admissibleLags(envelope: envelope, floors: floors).max() ?? 0
      #expect(try WindowClosedForms.sandwich(envelope: envelope, floors: floors).contains(window))
    }
  }

  /// The other inverses are wrong: on a plateau inf{f ≤ y} sits at its start; inf{f < y} is one too far.
  @Test func wrongInverses() {
    let plateau = [1.0, 0.5, 0.5, 0.5, 0.25]
    #expect(WindowClosedForms.supremumInverse(envelope: plateau, floor: 0.5) == 4)
    #expect(WindowClosedForms.infimumAtMost(envelope: plateau, floor: 0.5) == 2)
    #expect(WindowClosedForms.infimumBelow(envelope: plateau, floor: 0.5) == 5)
    #expect(WindowClosedForms.infimumBelow(envelope: plateau, floor: 0.1) == nil)
    #expect(WindowClosedForms.infimumAtMost(envelope: plateau, floor: 0.1) == nil)
    #expect(WindowClosedForms.supremumInverse(envelope: plateau, floor: 2) == 0)
  }

  /// Admissible lags need not form an interval: f ≡ 1 and thresholds alternating 0.7, 1.4 admit 1, 3, 5.
  @Test func admissibleLagsHaveGaps() throws {
    #expect(
      try WindowClosedForms.admissibleLags(
        envelope: [1, 1, 1, 1, 1, 1], floors: [0.7, 1.4, 0.7, 1.4, 0.7, 1.4]) == [1, 3, 5])
  }

  /// N(l) is the sample size at which the threshold meets the envelope.
  @Test func samplesInvertTheThreshold() throws {
    for kappa in [2.0, 3, 11] {
      let n = try WindowClosedForms.samplesNeeded(constant: 3, envelope: 0.125, exponent: kappa)
      #expect(
        agree(
          try WindowClosedForms.threshold(constant: 3, exponent: kappa, samples: n), 0.125, operations: 60))
    }
    #expect(try WindowClosedForms.samplesNeeded(constant: 3, envelope: 0.5, exponent: 2) == 36)
  }

  /// Edge cases: below lag 1 the window is 0, a window beyond counting is an error, and only a zero envelope never opens.
  @Test func edges() throws {
    #expect(try WindowClosedForms.lags(0.999) == 0)
    #expect(try WindowClosedForms.lags(-3) == 0)
    #expect(try WindowClosedForms.lags(7.9) == 7)
    #expect(throws: OracleError.self) { try WindowClosedForms.lags(.infinity) }
    #expect(throws: OracleError.self) {
      try WindowClosedForms.exponential(amplitude: 1, factor: 1, floor: 0.1)
    }
    #expect(WindowClosedForms.windowEverOpens(alignedEnvelope: [0, 1e-300]))
    #expect(!WindowClosedForms.windowEverOpens(alignedEnvelope: [0, 0]))
  }
}

/// The same function at two places.
private func pair(_ a: Double, _ b: Double, _ f: (Double) throws -> Double) rethrows -> (Double, Double) {
  try (f(a), f(b))
}
