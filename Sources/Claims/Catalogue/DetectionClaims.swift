import Foundation
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// Claims about the error of tests between the two hypotheses.
  static let detection: [Claim] = [
    Claim(
      "DE-10", "the exact error of detection",
      statement:
        "the least error is P_e = P(Z > Δ N^{1/κ}/(2σ)): the test of sign is the likelihood ratio test",
      source: "Livi 2025, equation (16); the exact value is ours", verdict: .holds,
      oracle: "half the integral of the smaller density; elementary tails at both ends of the family",
      checks: [
        .property { system in
          Property("DE-10 half the overlap of the densities", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", reals(in: 0.01...20))
            // The smaller density is p(x − δ) left of δ/2 and p(x) right of it; from 30 on the tail function takes over.
            var overlap = 2 * system.stable.tail(law, 60)
            for panel in 0..<240 {
              let width = (60 - separation / 2) / 240
              let start = separation / 2 + width * Double(panel)
              overlap +=
                2
                * quadrature(start, start + width) { x in
                  min(system.stable.density(law, x), system.stable.density(law, x - separation))
                }
            }
            // Panels a quarter wide: rounding of 240 terms only.
            try draw.within(
              system.stable.bayesError(law, separation), overlap / 2, bound: 300 * NoiseDraws.unit, "overlap")
            let end = try draw("end", choice(of: CauchyGaussianLaws.allCases))
            let exact = DetectionTheory.bayesError(separation: separation, tail: end.tail)
            let bound = (40 + 8 * (separation * separation / 8 + 3)) * NoiseDraws.unit * exact
            try draw.within(
              system.stable.bayesError(SymmetricStableLaw(tailIndex: end.tailIndex), separation), exact,
              bound: bound, "\(end)")
          }
        },
        .property { system in
          Property("DE-10 the sign test errs as often", cases: 2) { draw in
            let index = try draw("tail index", choice(of: [1.5, 1.3]))
            let separation = try draw("δ", reals(in: 1...4, spread: .uniform))
            let law = try SymmetricStableLaw(tailIndex: index)
            let errors = system.stable.sample(law, 100_000, try draw.seed()).count { $0 < -separation / 2 }
            try draw.claim(
              ExactTests.proportion(
                "errors of the sign test", hits: errors, trials: 100_000,
                probability: try system.stable.bayesError(law, separation), alarm: 1e-7))
          }
        },
      ]),
    Claim(
      "DE-11", "Le Cam's identity", statement: "P_e = ½ (1 − TV(P₁, P₀)), with TV = 1 − 2 P(Z > δ/2)",
      source: "Livi 2025, section 5.4 (two-point testing)", verdict: .holds, oracle: "the exact error",
      checks: [
        .property { system in
          Property("DE-11 Le Cam's identity") { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", magnitudes(in: 1e-6...1e6))
            let variation = try system.stable.totalVariation(law, separation)
            let error = try InformationBounds.leCamError(totalVariation: variation)
            // 1 − TV loses a rounding of one.
            try draw.within(error, system.stable.tail(law, separation / 2), bound: 8 * NoiseDraws.unit)
          }
        }
      ]),
    Claim(
      "DE-12", "exact sample complexity",
      statement: "the error falls to ε at N* = (2σ q_{1−ε}/Δ)^κ exactly",
      source: "Livi 2025, equation (19), with its constant put right", verdict: .proved,
      proof: .coq("exact_sample_requirement"),
      oracle: "the error of the mean of N* variables",
      checks: [
        .property { system in
          Property("DE-12 exact sample complexity") { draw in
            let index = try draw("tail index", NoiseDraws.tailIndices)
            let scale = try draw("scale", magnitudes(in: 0.1...10))
            let error = try draw("error", NoiseDraws.errors)
            let gap = try draw("Δ", magnitudes(in: 0.1...10))
            let law = try SymmetricStableLaw(tailIndex: index, scale: scale)
            let count = try system.stable.sampleComplexity(law, error, gap)
            let mean = try law.rescaled(to: scale * pow(count, 1 / index - 1))
            // N^{1/κ} undoes the κ-th power: 10 roundings, times log N ≤ 21 · 14 in the exponent on the way back, and
            // the tail's condition number is at most 1 + z²/2 ≤ 15 for ε ≥ 1e-4.
            let exponent = index / (index - 1)
            let bound = (40 + 4 * abs(log(count)) + 8 * exponent) * 16 * NoiseDraws.unit * error
            try draw.within(system.stable.bayesError(mean, gap), error, bound: bound)
          }
        }
      ]),
    Claim(
      "DE-13", "information that suffices",
      statement: "P_e ≤ ½ (1 − I/log 2), so that I ≥ (1 − 2ε) log 2 suffices",
      source: "amends Livi 2025, appendix G (Hellman and Raviv's inequality)", verdict: .holds,
      oracle: "exact error and information by quadrature",
      checks: [
        .property { system in
          Property("DE-13 information that suffices", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", magnitudes(in: 0.01...1e4))
            let information = try min(system.stable.mutualInformation(law, separation), log(2))
            let allowed = try system.theory.hellmanRavivError(max(0, information))
            try atMost(try system.stable.bayesError(law, separation), allowed + 1e-12)
          }
        }
      ]),
    Claim(
      "DE-14", "Fano's inequality and its direction",
      statement: "an error of ε needs I ≥ log 2 − h(ε)",
      source: "Livi 2025, appendix G, equation (74): used as “I ≥ log 2 − h(ε), hence detection”",
      verdict: .amended,
      finding:
        "Fano bounds the error from below; information above log 2 − h(ε) does not make the error at most ε",
      oracle: "exact error and information by quadrature",
      checks: [
        .property { system in
          Property("DE-14 information that is needed", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", magnitudes(in: 0.05...1e4))
            let error = try system.stable.bayesError(law, separation)
            // An error that underflows to zero is below every bound.
            try assume(error > 0)
            try atMost(
              try system.theory.fanoNecessary(error),
              try system.stable.mutualInformation(law, separation) + 1e-12)
          }
        },
        .refutation { system in
          Property("DE-14 Fano used backwards", cases: 60) { draw in
            let law = try draw("law", choice(of: [1.5, 2]).map { try SymmetricStableLaw(tailIndex: $0) })
            let separation = try draw("δ", reals(in: 0.1...8))
            let allowed = try draw("ε", reals(in: 0.01...0.45))
            let information = try system.stable.mutualInformation(law, separation)
            try assume(information >= (try system.theory.fanoNecessary(allowed)))
            try atMost(try system.stable.bayesError(law, separation), allowed)
          }
        },
      ]),
    Claim(
      "DE-15", "the threshold of information",
      statement: "detection with error ε is reached where I(Y; ψ̄_N) ≥ log(1/(2ε))",
      source: "Livi 2025, before equation (19), in our reading of L_ε", verdict: .refuted,
      finding: "for ε < 1/4 the threshold exceeds log 2, the most a bit can give: no sample size reaches it",
      oracle: "mutual information by quadrature",
      checks: [
        .refutation { system in
          Property("DE-15 the threshold is reached at some N", cases: 20) { draw in
            let law = try draw("law", choice(of: [1.5, 2]).map { try SymmetricStableLaw(tailIndex: $0) })
            let error = try draw("ε", reals(in: 0.001...0.4))
            // At a separation of 1000 scales the information is near log 2, which it approaches as N grows and never reaches:
            // under the heavier law the error is P(Z > 500) < 2e-5, so by Fano log 2 − I ≤ h(2e-5) < 2.4e-4.
            try atMost(log(1 / (2 * error)), try system.stable.mutualInformation(law, 1000) + 2.4e-4)
          }
        }
      ]),
    Claim(
      "DE-16", "separations that are needed",
      statement: "an error of ε needs δ ≥ (1 − 2ε)/p_α(0) and δ ≥ 2(1 − 2ε)/√I_α",
      source: "amends Livi 2025, appendix G", verdict: .holds, oracle: "the exact separation 2 q_{1−ε}",
      checks: [
        .property { system in
          Property("DE-16 separations that are needed", cases: 100) { draw in
            let law = try draw("law", NoiseDraws.laws())
            let error = try draw("ε", reals(in: 0.001...0.49))
            let exact = 2 * (try system.stable.upperQuantile(law, error))
            // 1 − 2ε loses up to 50 roundings at ε = 0.49.
            let slack = 1 + 400 * NoiseDraws.unit
            let density = system.stable.density(law, 0)
            try atMost(try system.theory.separationFromDensity(error, density), exact * slack, "density")
            let fisher = system.stable.locationInformation(law)
            try atMost(
              try system.theory.separationFromInformation(error, fisher), exact * (slack + 1e-12),
              "information")
            // Near ε = ½ the density bound is tight: 2q p(0)/(1 − 2ε) − 1 ≤ 2 q² for q ≤ 0.05 (|p''(0)|/p(0) ≤ 3).
            if exact < 0.1 {
              try atMost(exact * density / (1 - 2 * error), 1 + exact * exact, "tight")
            }
          }
        }
      ]),
    Claim(
      "DE-17", "sample sizes that are needed",
      statement: "N ≥ (σ/Δ)^κ (4 (log 2 − h(ε))/(I_α log 2))^{κ/2} is necessary",
      source: "amends Livi 2025, equation (19) (Fano with Topsøe's bound)", verdict: .holds,
      oracle: "the exact sample complexity",
      checks: [
        .property { system in
          Property("DE-17 sample sizes that are needed", cases: 100) { draw in
            let law = try draw("law", NoiseDraws.laws())
            let error = try draw("ε", reals(in: 0.001...0.45))
            let gap = try draw("Δ", magnitudes(in: 0.1...10))
            let exponent = law.tailIndex / (law.tailIndex - 1)
            let needed = try system.theory.necessarySamples(
              error, system.stable.locationInformation(law), gap, 1, exponent)
            // A κ-th power multiplies relative errors of 1e-13 by κ ≤ 21.
            try atMost(needed, try system.stable.sampleComplexity(law, error, gap) * (1 + 1e-11))
          }
        }
      ]),
  ]
}
