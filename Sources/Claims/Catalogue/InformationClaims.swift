import Foundation
import PropertyEngine
import StableLaws
import TheoryOracles

extension Claim {
  /// Claims about divergence and mutual information between the two hypotheses.
  static let information: [Claim] = [
    Claim(
      "DE-01", "divergence depends on the separation alone",
      statement: "KL(P₁‖P₀) = K_α(δ) with δ = Δ N^{1/κ}/σ; N, σ and Δ enter in no other way",
      source: "Livi 2025, equations (66) and (67)", verdict: .holds,
      oracle: "log(1 + δ²/4) at α = 1, δ²/4 at α = 2; the same separation at scale one between",
      checks: [
        .property { system in
          Property("DE-01 divergence depends on the separation alone", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws())
            let separation = try draw("δ", magnitudes(in: 0.01...100))
            let count = try draw("N", integers(in: 1...100_000))
            let mean = try law.mean(of: count)
            let direct = try system.stable.klDivergence(mean, separation * mean.scale)
            // Quadrature is good to some 1e-14; the shift is rounded twice, which the divergence doubles.
            let bound = 1e-13 * (1 + direct)
            try draw.within(direct, system.stable.klDivergence(law, separation), bound: bound)
            let end = try draw("end", choice(of: CauchyGaussianLaws.allCases))
            let endLaw = try SymmetricStableLaw(tailIndex: end.tailIndex)
            let exact = end.divergence(separation: separation)
            try draw.within(
              system.stable.klDivergence(endLaw, separation), exact, bound: 1e-13 * (1 + exact), "\(end)")
          }
        }
      ]),
    Claim(
      "DE-02", "local asymptotic normality",
      statement: "log dP_{N,hδ_N}/dP_{N,0} is asymptotically normal with mean −½ I_α h²",
      source: "Livi 2025, appendix F, equations (68) and (69)", verdict: .amended,
      finding:
        "one observation of a shift family at fixed h is free of N, so its limit is a stable shift, not a normal one: for α < 2 "
        + "the mean of the log-likelihood ratio is not −½ I_α h² and the ratio is bounded; exact at α = 2",
      oracle: "Kullback–Leibler divergence by quadrature",
      checks: [
        .property { system in
          Property("DE-02 exact at α = 2", cases: 60) { draw in
            let shift = try draw("h", magnitudes(in: 0.01...30))
            let law = try SymmetricStableLaw(tailIndex: 2)
            let exact = 0.5 * system.stable.locationInformation(law) * shift * shift
            try draw.within(system.stable.klDivergence(law, shift), exact, bound: 1e-13 * (1 + exact))
          }
        },
        .refutation { system in
          Property("DE-02 the divergence is ½ I h²", cases: 20) { draw in
            let law = try draw(
              "law", choice(of: [1.5, 1.2, 1.8]).map { try SymmetricStableLaw(tailIndex: $0) })
            let shift = try draw("h", reals(in: 1...5))
            let quadratic = 0.5 * system.stable.locationInformation(law) * shift * shift
            try close(try system.stable.klDivergence(law, shift), quadratic, within: 0.01 * quadratic)
          }
        },
      ]),
    Claim(
      "DE-03", "quadratic growth of the divergence",
      statement: "KL(P₁‖P₀) ≥ c_α (Δ N^{1/κ}/σ)²",
      source: "Livi 2025, equations (17), (70), (71): “for all sufficiently large N”", verdict: .amended,
      finding:
        "the divergence grows like (1 + α) log N, so for α < 2 and every c > 0 the bound fails beyond a finite N; with "
        + "c = I_α/4 it holds while δ ≤ 3.17",
      oracle: "Kullback–Leibler divergence by quadrature",
      checks: [
        .property { system in
          Property("DE-03 a lower bound for small separations", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws())
            let separation = try draw("δ", reals(in: 0.01...3.17))
            let quadratic = 0.25 * system.stable.locationInformation(law) * separation * separation
            // δ_max(I/4) is 3.1700 at α = 1 and larger above; quadrature errs by some 1e-14.
            try atMost(quadratic, try system.stable.klDivergence(law, separation) + 1e-12)
          }
        },
        .refutation { system in
          Property("DE-03 a lower bound for all large N", cases: 40) { draw in
            let law = try draw(
              "law", choice(of: [1.5, 1.2, 1.8]).map { try SymmetricStableLaw(tailIndex: $0) })
            let share = try draw("c over I", reals(in: 0.01...0.49))
            let separation = try draw("δ", reals(in: 1...1000))
            let claimed = share * system.stable.locationInformation(law) * separation * separation
            try atMost(claimed, try system.stable.klDivergence(law, separation))
          }
        },
      ]),
    Claim(
      "DE-04", "the quadratic is an upper bound",
      statement:
        "K_α(δ) ≤ ½ I_α δ² for every δ, with equality at α = 2, and K_α(δ)/δ² does not increase with δ",
      source: "Livi 2025, equation (69), direction of the bound", verdict: .holds,
      oracle: "Kullback–Leibler divergence by quadrature",
      checks: [
        .property { system in
          Property("DE-04 the quadratic is an upper bound", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", magnitudes(in: 0.01...1000))
            let quadratic = 0.5 * system.stable.locationInformation(law) * separation * separation
            // Relative error 1e-13 of the information, absolute 1e-14 of the divergence.
            try atMost(
              try system.stable.klDivergence(law, separation), quadratic * (1 + 1e-12) + 1e-13)
          }
        },
        .property { system in
          Property("DE-04 the share of the quadratic falls", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let near = try draw("δ", magnitudes(in: 0.1...100))
            let far = near * (try draw("factor", reals(in: 1...10)))
            let less = try system.stable.klDivergence(law, near) / (near * near)
            let more = try system.stable.klDivergence(law, far) / (far * far)
            // Absolute errors of 1e-13 in the divergence, over δ² ≥ 0.01.
            try atMost(more, less * (1 + 1e-12) + 2e-13 / (near * near))
          }
        },
      ]),
    Claim(
      "DE-05", "logarithmic growth of the divergence",
      statement: "K_α(δ) = (1 + α) log δ + O(1) for α < 2", source: "amends Livi 2025, equation (71)",
      verdict: .holds, oracle: "the slope between two separations",
      checks: [
        .property { system in
          Property("DE-05 logarithmic growth", cases: 30) { draw in
            let law = try draw("law", NoiseDraws.laws(1.1...1.8))
            let separation = try draw("δ", magnitudes(in: 1e3...1e4))
            let gain =
              try system.stable.klDivergence(law, 20 * separation)
              - system.stable.klDivergence(law, separation)
            // The law's power tail leaves O(δ^{−α} log δ) < 0.01 at δ ≥ 1000, α ≥ 1.1; doubled for the difference.
            try draw.within(gain, (1 + law.tailIndex) * log(20), bound: 0.02)
          }
        }
      ]),
    Claim(
      "DE-06", "mutual information of a bit",
      statement: "I(Y; ψ̄) is the Jensen–Shannon divergence of the hypotheses: 0 ≤ I ≤ min(log 2, KL/4)",
      source: "Livi 2025, equation (72)", verdict: .holds,
      oracle: "convexity of the divergence; the definition by quadrature of density values",
      checks: [
        .property { system in
          Property("DE-06 mutual information of a bit", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", magnitudes(in: 0.01...1e4))
            let information = try system.stable.mutualInformation(law, separation)
            try holds(information >= 0, "I = \(information)")
            try atMost(information, log(2) + 1e-13)
            // With likelihood ratio e^{2u} the integrands of I and of the symmetrised divergence have the ratio
            // ¼ (1 − log cosh u/(u tanh u)) ≤ ⅛, because log cosh u ≥ ½ u tanh u. Quadrature errs by some 1e-14.
            try atMost(information, try system.stable.klDivergence(law, separation) / 4 + 1e-13)
          }
        },
        .property { system in
          Property("DE-06 the definition", cases: 20) { draw in
            let law = try draw("law", NoiseDraws.laws(1.2...2))
            let separation = try draw("δ", reals(in: 0.1...20))
            var sum = 0.0
            // Quarter-wide panels out to 400: what lies beyond carries at most (δ/400)² of a mass below 400^{−1.2}, under 2e-6.
            for panel in 0..<1600 {
              let start = -400 + 0.5 * Double(panel)
              sum += quadrature(start, start + 0.5) { x in
                let (p, q) = (system.stable.density(law, x), system.stable.density(law, x - separation))
                return p > 0 && q > 0 ? p * log(2 * p / (p + q)) : 0
              }
            }
            try draw.within(system.stable.mutualInformation(law, separation), sum, bound: 4e-6)
          }
        },
      ]),
    Claim(
      "DE-07", "mutual information without a cap",
      statement: "I(Y; ψ̄_N) ≥ c'_α (Δ/σ)² N^{2/κ}", source: "Livi 2025, equation (18)", verdict: .amended,
      finding:
        "the right side is unbounded in N, the left is at most log 2, at α = 2 as well; with c' = I_α/16 the bound holds while "
        + "δ ≤ 3 (α ≥ 1.2)",
      oracle: "mutual information by quadrature",
      checks: [
        .property { system in
          Property("DE-07 a lower bound for small separations", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1.2...2))
            let separation = try draw("δ", reals(in: 0.01...3))
            let quadratic = system.stable.locationInformation(law) * separation * separation / 16
            try atMost(quadratic, try system.stable.mutualInformation(law, separation) + 1e-12)
          }
        },
        .refutation { system in
          Property("DE-07 a lower bound for all N", cases: 40) { draw in
            let law = try draw("law", choice(of: [2, 1.5]).map { try SymmetricStableLaw(tailIndex: $0) })
            let share = try draw("c' over I", reals(in: 0.01...0.12))
            let separation = try draw("δ", reals(in: 1...1000))
            let claimed = share * system.stable.locationInformation(law) * separation * separation
            try atMost(claimed, try system.stable.mutualInformation(law, separation))
          }
        },
      ]),
    Claim(
      "DE-08", "half the divergence as a lower bound",
      statement: "I(Y; ψ̄_N) ≥ min{½ KL(P₁‖P₀), log 2}", source: "Livi 2025, equation (73), in our reading",
      verdict: .refuted,
      finding: "already for small separations I ≈ I_α δ²/8 while ½ KL ≈ I_α δ²/4; and I < log 2 always",
      oracle: "both by quadrature",
      checks: [
        .refutation { system in
          Property("DE-08 half the divergence", cases: 40) { draw in
            let law = try draw("law", choice(of: [2, 1.5]).map { try SymmetricStableLaw(tailIndex: $0) })
            let separation = try draw("δ", reals(in: 0.5...10))
            let half = try min(log(2), system.stable.klDivergence(law, separation) / 2)
            try atMost(half, try system.stable.mutualInformation(law, separation) + 1e-9)
          }
        }
      ]),
    Claim(
      "DE-09", "an upper bound on the information",
      statement: "I ≤ (log 2/4) I_α δ², and numerically I ≤ I_α δ²/8",
      source: "amends Livi 2025, equation (18) (Topsøe's inequality)", verdict: .holds,
      oracle: "mutual information by quadrature",
      checks: [
        .property { system in
          Property("DE-09 an upper bound on the information", cases: 60) { draw in
            let law = try draw("law", NoiseDraws.laws(1...2))
            let separation = try draw("δ", magnitudes(in: 0.01...1000))
            let fisher = system.stable.locationInformation(law)
            let information = try system.stable.mutualInformation(law, separation)
            try atMost(information, system.theory.informationUpperBound(separation, fisher) + 1e-13)
            try atMost(information, fisher * separation * separation / 8 * (1 + 1e-12) + 1e-13)
          }
        }
      ]),
  ]
}
