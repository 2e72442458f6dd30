import Foundation

/// An exact sequential test of "the label occurs with probability at least p", by betting.
///
/// Two wealth processes run side by side: one bets that the label is rarer than `share`, the other that it is more
/// frequent than nine tenths of `share`. Under the claim it bets against, each is a non-negative supermartingale that
/// starts at one, so it ever reaches 1/alarm with probability at most alarm (Ville's inequality), however often one
/// looks. The stakes are a uniform mixture over a grid; mixtures of such processes are such processes.
struct CoverageTest {
  let requirement: CoverageRequirement
  private(set) var hits = 0
  private(set) var cases = 0
  private(set) var decision = CoverageVerdict.Decision.undecided
  private var rarer: BernoulliEvidence
  private var moreFrequent: BernoulliEvidence

  /// How much of the required share is tolerated before a requirement counts as met.
  static let tolerance = 0.9

  init(_ requirement: CoverageRequirement) {
    self.requirement = requirement
    rarer = BernoulliEvidence(against: requirement.share, alternative: .below)
    moreFrequent = BernoulliEvidence(against: requirement.share * Self.tolerance, alternative: .above)
  }

  mutating func observe(_ hit: Bool) {
    cases += 1
    if hit { hits += 1 }
    // Decided once is decided: later looks cannot undo the verdict.
    guard decision == .undecided else { return }
    rarer.observe(hit)
    moreFrequent.observe(hit)
    if rarer.value >= 1 / requirement.alarm {
      decision = .refuted
    } else if moreFrequent.value >= 1 / requirement.alarm {
      decision = .met
    }
  }

  var verdict: CoverageVerdict {
    CoverageVerdict(
      label: requirement.label, required: requirement.share, hits: hits, cases: cases, decision: decision,
      alarm: requirement.alarm)
  }
}
