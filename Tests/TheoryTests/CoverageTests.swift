import Claims
import Testing

/// The catalogue leaves nothing out: what the two papers state, and what the published code does otherwise, each has a claim.
@Suite struct CoverageTests {
  /// Every numbered equation of Livi 2025, (1) to (78), is named by the source of a claim.
  @Test func everyEquationHasAClaim() {
    var covered: Set<Int> = []
    for claim in Claim.catalogue where claim.source.contains("Livi 2025") {
      for match in claim.source.matches(of: /\((\d+)\)(?:–\((\d+)\))?/) {
        guard let first = Int(match.1), let last = Int(match.2 ?? match.1) else { continue }
        covered.formUnion(first...last)
      }
    }
    let missing = (1...78).filter { !covered.contains($0) }
    #expect(missing.isEmpty, "no claim for equations \(missing)")
    #expect(covered.allSatisfy { (1...78).contains($0) }, "\(covered.sorted())")
  }

  /// What Livi 2025 states without a number, by the place where it stands.
  @Test(arguments: [
    ("lemma 5.1, zeroth order", ["TR-01", "TR-02", "TR-03"]),
    ("lemma 5.1, first order", ["TR-04", "TR-05", "TR-06", "TR-07", "TR-08", "TR-10"]),
    ("lemma 5.1, the envelope", ["TR-09"]), ("lemma 5.1, adaptive part", ["EN-13", "EN-16"]),
    ("lemma 5.2", ["WI-21", "WI-22"]), ("proof of lemma 5.2: an interval of lags", ["WI-09"]),
    ("regime (i), logarithmic", ["WI-25"]), ("regime (ii), polynomial", ["WI-24"]),
    ("regime (iii), exponential", ["WI-23"]), ("slow decay in finite dimension", ["WI-26", "TR-37"]),
    ("implication: heavier tails", ["WI-11", "WI-12"]), ("implication: empty windows", ["WI-10"]),
    ("implication: growth with N", ["WI-08"]), ("section 5.3: sign of the statistic", ["ST-03"]),
    ("section 5.3: random projection", ["ST-04"]),
    ("section 5.4: examples of stable laws", ["SL-01", "SL-08", "SL-09"]),
    ("section 5.4: no estimator", ["DE-21"]),
    ("appendix A: accuracy of truncation", ["TR-31", "TR-32", "TR-33"]),
    ("appendix B: layer normalisation", ["GR-16"]), ("appendix B: the GRU's auxiliary envelopes", ["TR-38"]),
    ("appendix C: scaling survives truncation", ["TR-34", "TR-39"]),
    ("appendix D: projection", ["EN-03", "EN-06"]),
    ("appendix E: means of stable variables", ["SL-06", "SL-07", "SL-16"]),
    ("appendix F: local asymptotic normality", ["DE-02"]),
    ("appendix F: information constant", ["SL-15", "DE-04", "DE-18"]),
    ("appendix G: Fano", ["DE-13", "DE-14", "DE-15", "DE-16", "DE-17"]),
    ("section 6: task and optimizer", ["OP-04", "OP-07", "OP-11", "OP-12", "OP-13", "OP-14"]),
    ("section 6: estimators of noise", ["SL-10", "SL-13", "SL-14"]),
    ("section 6: time scales", ["TS-01", "TS-02", "TS-03", "TS-04", "TS-05"]),
  ])
  func everyStatementHasAClaim(place: String, claims: [String]) {
    expectInCatalogue(claims, place)
  }

  /// What Cayci & Eryilmaz 2024 state or what their results need.
  @Test(arguments: [
    ("zero output at the start", ["KR-01"]), ("the model", ["KR-02"]),
    ("derivatives of the state", ["KR-03", "KR-04"]),
    ("risk", ["KR-05"]), ("polynomials p and q", ["KR-06"]),
    ("local Lipschitz constants", ["KR-07", "KR-10"]),
    ("local smoothness", ["KR-08"]), ("linearisation", ["KR-09", "KR-22"]), ("projection", ["KR-11"]),
    ("approximation by a random network", ["KR-12"]), ("function class", ["KR-13"]),
    ("tangent kernel", ["KR-14"]),
    ("projected descent", ["KR-15"]), ("plain descent", ["KR-16"]),
    ("width that regularization saves", ["KR-23"]),
    ("cutoff", ["KR-17", "KR-18", "KR-19", "KR-20"]), ("width logarithmic in n", ["KR-21"]),
  ])
  func everyKernelResultHasAClaim(place: String, claims: [String]) {
    expectInCatalogue(claims, place)
  }

  /// The published code's departures from Livi 2025, in the order of our audit of it.
  @Test(arguments: [
    ("no base rates", ["RP-22", "EN-14"]), ("mean over units", ["RP-01"]), ("layer normalisation", ["RP-20"]),
    ("the GRU's reset gates", ["RP-21"]), ("first order of the LSTM", ["RP-02"]),
    ("rows of h for c", ["TR-18"]),
    ("total sensitivity", ["RP-11"]), ("one sign a batch", ["RP-03"]),
    ("pooled samples, clamped N", ["RP-04", "RP-05", "RP-12"]),
    ("clipped index", ["RP-13"]), ("scale of the fit", ["RP-14"]), ("absolute floors", ["RP-15"]),
    ("fallback table", ["RP-16"]), ("estimators of α", ["RP-23"]), ("strict threshold", ["RP-07"]),
    ("gaps and short lags", ["RP-08"]), ("times averaged, order ignored", ["RP-24", "RP-25"]),
    ("prefix sums, repeated lags", ["RP-09", "RP-10"]), ("initial gates", ["RP-26"]),
    ("early targets, weight decay", ["RP-27", "RP-28"]), ("analysis scripts", ["RP-06", "RP-17", "RP-18"]),
    ("time scales plotted", ["RP-19"]),
  ])
  func everyDeviationHasAClaim(deviation: String, claims: [String]) {
    expectInCatalogue(claims, deviation)
  }

  /// Every claim with an oracle of its own paper's statements is reached: no list above names a claim that was renamed.
  private func expectInCatalogue(_ claims: [String], _ what: String) {
    let known = Set(Claim.catalogue.map(\.id))
    let missing = claims.filter { !known.contains($0) }
    #expect(missing.isEmpty, "\(what): the catalogue has no \(missing)")
  }
}
