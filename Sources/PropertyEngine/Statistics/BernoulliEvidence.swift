import Foundation

/// An e-process for the probability of an event: evidence, valid at every moment, against "the probability is p".
///
/// With the alternative `.below` it is evidence against "at least p", with `.above` against "at most p". The value is
/// the wealth of a gambler with stakes mixed over the likelihood ratios q/p for a grid of alternatives q; under the
/// claim its expectation is at most 1 at any stopping time, so P(ever ≥ 1/δ) ≤ δ (Ville's inequality; Waudby-Smith
/// and Ramdas, arXiv 2010.09686).
public struct BernoulliEvidence: Sendable {
  public enum Alternative: Sendable { case below, above }

  public let probability: Double
  public let alternative: Alternative
  public private(set) var hits = 0
  public private(set) var trials = 0
  /// Log likelihood ratio per hit and per miss, for each alternative probability.
  private let onHit: [Double]
  private let onMiss: [Double]

  /// - Parameter probability: The claim's bound, in [0, 1]. At 0 with `.above` (or 1 with `.below`) one observation
  ///   to the contrary is a refutation; against the trivial bounds there is never any evidence.
  public init(against probability: Double, alternative: Alternative) {
    precondition((0...1).contains(probability), "a probability lies in [0, 1], not \(probability)")
    self.probability = probability
    self.alternative = alternative
    let grid = 12
    let candidates: [Double] =
      (1...grid).map { step in
        // Odds divided or multiplied by powers of 1.5: from barely different to 130 times.
        let odds = probability / (1 - probability)
        let other = alternative == .below ? odds / pow(1.5, Double(step)) : odds * pow(1.5, Double(step))
        return other.isInfinite ? 1 : other / (1 + other)
      }
    onHit = candidates.map { log($0 / probability) }
    onMiss = candidates.map { log((1 - $0) / (1 - probability)) }
  }

  public mutating func observe(_ hit: Bool) {
    trials += 1
    if hit { hits += 1 }
  }

  /// The evidence so far; at least 1/δ refutes at false-alarm probability δ.
  public var value: Double {
    if probability == 0 { return alternative == .above && hits > 0 ? .infinity : 1 }
    if probability == 1 { return alternative == .below && hits < trials ? .infinity : 1 }
    // A product of likelihood ratios depends on the counts alone.
    let misses = Double(trials - hits)
    let logarithms = onHit.indices.map { Double(hits) * onHit[$0] + misses * onMiss[$0] }
    return logarithms.reduce(0) { $0 + exp($1) } / Double(logarithms.count)
  }
}
