import Foundation
import Testing

@testable import StableLaws

@Suite struct DivergenceTests {
  /// How far the two divergences may be off at shift d, with u = 1.5·10⁻¹⁵.
  ///
  /// A density is off by 10⁻¹⁵ of itself, its logarithm by 10⁻¹⁵ of itself, and the rounding of the second argument moves both by less than half
  /// as much again: p and q by u of themselves, the logarithms by u(1 + |log p|) and u(1 + |log q|). With ℓ = log(p/q) ≥ 0:
  ///
  /// - (p − q)ℓ moves by u times (p + q)ℓ + (p − q)(1 + 2|log p| + ℓ). Since qℓ ≤ p − q and ∫(p − q) is the total variation T, the
  ///   integral of that is at most K + 2T + T + 2M + K with M = ∫(p − q)|log p|.
  /// - The other integrand has derivative q log((p + q)/2q) ≤ (p − q)/2 in ℓ and is proportional to p: it moves by
  ///   u times itself and half of (p − q)(1 + 2|log p| + ℓ).
  /// - M is below the entropy, and below d f(0)(1 + |log f(0)|): p − q = −∫f′ over an interval where |log f| ≥ |log p|, each point is in
  ///   a length of at most d of such intervals, and −∫₀^∞ f′ |log f| = f(0)(1 + |log f(0)|).
  /// - Rounding of the weights, the sum and the function of the logarithm: 25 half-units of positive terms.
  static func bounds(_ law: SymmetricStableLaw, shift d: Double, _ divergence: Double, _ information: Double)
    throws -> (divergence: Double, information: Double)
  {
    let unit = 1.5e-15
    let atZero = law.density(0)
    let moment = min(law.entropy, d * atZero * (1 - log(atZero)))
    let variation = try law.totalVariation(shift: d)
    return (
      unit * (2 * divergence + 3 * variation + 2 * moment) + 3e-15 * divergence,
      unit * (information + 0.5 * (variation + 2 * moment + divergence)) + 3e-15 * information
    )
  }

  /// Divergence, mutual information and total variation agree with rigorous enclosures, each found by two methods: α from 1 to 2, shifts
  /// from 1/64 to 1000.
  @Test func againstFixtures() throws {
    let entries = try DivergenceFixtures.load().divergences
    #expect(entries.count >= 25)
    var worst: [String: Double] = [:]
    for entry in entries {
      let (alpha, d) = (try hexDouble(entry.alpha), try hexDouble(entry.shift))
      let law = try SymmetricStableLaw(tailIndex: alpha)
      let bound = try Self.bounds(
        law, shift: d, entry.kullbackLeibler.nearest, entry.jensenShannon.nearest)
      for (name, enclosure, value, bound) in [
        ("divergence", entry.kullbackLeibler, try law.klDivergence(shift: d), bound.divergence),
        ("mutual information", entry.jensenShannon, try law.mutualInformation(shift: d), bound.information),
        // A centre or a tail within 10⁻¹⁵.
        (
          "total variation", entry.totalVariation, try law.totalVariation(shift: d),
          1e-15 * entry.totalVariation.nearest
        ),
      ] {
        let error = enclosure.relativeError(of: value)
        worst[name] = max(error, worst[name] ?? 0)
        #expect(
          error * enclosure.nearest <= bound,
          "\(name) at α = \(alpha), d = \(d): \(value), relative error \(error)")
        #expect(enclosure.isConfirmed(within: 1e-17), "\(name) at α = \(alpha), d = \(d)")
      }
      // The bounds are narrow enough to see one part in 10¹¹ of the smallest.
      #expect(bound.divergence < 1e-11 * entry.kullbackLeibler.nearest)
      #expect(bound.information < 1e-11 * entry.jensenShannon.nearest)
    }
    print("largest relative errors of divergences: \(worst)")
  }

  /// The Cauchy law's divergence is log(1 + d²/4), the normal law's d²/4.
  @Test(arguments: [0.01, 0.3, 1, 7, 100, 1e6]) func divergences(_ d: Double) throws {
    let cauchy = try SymmetricStableLaw(tailIndex: 1)
    let exact = log1p(d * d / 4)
    let bound = try Self.bounds(cauchy, shift: d, exact, 0).divergence
    #expect((try cauchy.klDivergence(shift: -d) - exact).magnitude < bound)
    #expect(try SymmetricStableLaw(tailIndex: 2, scale: 2).klDivergence(shift: 2 * d) == 0.25 * d * d)
  }

  /// The quadratic law below 10⁻⁵ and the integral from there on join: they differ by the next term, d² times a coefficient
  /// below one, and the integral's error of 10⁻¹⁵/d.
  @Test(arguments: [1.0, 1.3, 1.7, 1.95, 2]) func smallShifts(_ alpha: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: alpha, scale: 3)
    for functional in [SymmetricStableLaw.klDivergence, SymmetricStableLaw.mutualInformation] {
      let (below, above) = (try functional(law)(3 * 0.999e-5), try functional(law)(3 * 1.001e-5))
      let ratio = above / below / (1.001 / 0.999 * (1.001 / 0.999))
      #expect((ratio - 1).magnitude < 1e-9)
    }
    #expect(try law.klDivergence(shift: 0) == 0)
    #expect(try law.mutualInformation(shift: 0) == 0)
  }

  /// Far beyond the scale the divergence grows like (1 + α) log d up to the largest numbers, and the bit is known.
  @Test func hugeShifts() throws {
    let cauchy = try SymmetricStableLaw(tailIndex: 1)
    for d in [1e12, 1e99, 1e101, 1e300, .greatestFiniteMagnitude] {
      let exact = 2 * log(d / 2)
      let bound = try Self.bounds(cauchy, shift: d, exact, log(2))
      #expect((try cauchy.klDivergence(shift: d) - exact).magnitude < bound.divergence + 4e-12 / d)
      // What is missing to log 2 is below the error of the best test, 2/(πd), times 1 − its logarithm.
      let missing = 2 / (.pi * d) * (1 + log(d))
      #expect((try cauchy.mutualInformation(shift: d) - log(2)).magnitude < bound.information + missing)
    }
  }

  /// Mutual information grows from I d²/8 to at most log 2, and lies between the bounds of Fano and Hellman–Raviv by the exact error.
  @Test(arguments: [1.0, 1.2, 1.5, 1.9, 2.0]) func mutualInformation(_ alpha: Double) throws {
    let law = try SymmetricStableLaw(tailIndex: alpha)
    let small = try law.mutualInformation(shift: 0.01)
    // The next term is d² = 10⁻⁴ times a coefficient below one.
    #expect((small / (0.125 * law.fisherInformation.location * 1e-4) - 1).magnitude < 1e-4)
    var last = 0.0
    for d in [0.1, 0.5, 1, 3, 10, 100, 1e4] {
      let value = try law.mutualInformation(shift: d)
      let error = try law.bayesError(shift: d)
      #expect(value > last - 1e-12 && value <= log(2) + 1e-12)
      let entropy = error > 0 ? -error * log(error) - (1 - error) * log1p(-error) : 0
      #expect(value >= log(2) - entropy - 1e-12)
      #expect(error <= 0.5 * (1 - value / log(2)) + 1e-12)
      last = value
    }
  }
}
