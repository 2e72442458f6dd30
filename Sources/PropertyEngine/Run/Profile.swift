/// How much work a run may do.
public struct Profile: Sendable, Hashable {
  public var name: String
  /// Cases per property, where the property does not say.
  public var cases: Int
  /// Multiplies the number of cases a property asks for itself.
  public var caseFactor: Double
  /// Wall-clock cap per property in seconds, checked between cases; reaching it is a warning, never a failure.
  /// Nil for no cap: the outcome is then a function of seed and property alone.
  ///
  /// Caps add up: n properties that all reach theirs, on k cores, take n · seconds / k.
  public var seconds: Double?
  /// The most runs of the body spent on shrinking one counterexample.
  public var shrinkCalls: Int
  /// Wall-clock cap for shrinking in seconds.
  public var shrinkSeconds: Double?
  /// Fresh values tried per draw when explaining a counterexample.
  public var explainTries: Int
  /// The share of the cases given to the search for the worst case, where the body asks to maximise something; the share of
  /// the time, where the wall-clock cap comes first.
  public var targetShare: Double
  /// The most distinct bugs reported by one property.
  public var distinctBugs: Int
  /// The most cases spent on deciding coverage requirements beyond the ordinary ones.
  public var coverageCases: Int

  public init(
    name: String, cases: Int, caseFactor: Double = 1, seconds: Double?, shrinkCalls: Int = 5000,
    shrinkSeconds: Double? = 10, explainTries: Int = 50, targetShare: Double = 0.25, distinctBugs: Int = 3,
    coverageCases: Int = 0
  ) {
    self.name = name
    self.cases = cases
    self.caseFactor = caseFactor
    self.seconds = seconds
    self.shrinkCalls = shrinkCalls
    self.shrinkSeconds = shrinkSeconds
    self.explainTries = explainTries
    self.targetShare = targetShare
    self.distinctBugs = distinctBugs
    self.coverageCases = coverageCases
  }

  /// While editing: a hundred cases, two seconds.
  public static let dev = Profile(name: "dev", cases: 100, seconds: 2)
  /// On every change: two hundred cases, five seconds, fixed seed.
  public static let ci = Profile(name: "ci", cases: 200, seconds: 5, coverageCases: 2000)
  /// At night: ten thousand cases, the second half in search of the worst case; fifteen seconds a property, and as
  /// many for shrinking, so that three hundred properties end within forty minutes on two cores even if all reach the cap.
  public static let thorough = Profile(
    name: "thorough", cases: 10_000, caseFactor: 50, seconds: 15, shrinkCalls: 20_000, shrinkSeconds: 15,
    targetShare: 0.5, coverageCases: 100_000)
  /// For judging many mutants: every outcome is the same on every machine, because nothing depends on the clock.
  public static let deterministic = Profile(
    name: "deterministic", cases: 200, seconds: nil, shrinkCalls: 2000, shrinkSeconds: nil, explainTries: 20,
    distinctBugs: 1)
  /// Only asks whether a counterexample exists: the first one found is returned as it is, not shrunk or explained.
  public static let search = Profile(
    name: "search", cases: 200, seconds: nil, shrinkCalls: 0, shrinkSeconds: nil, explainTries: 0,
    targetShare: 0,
    distinctBugs: 1)

  /// The profile with a given name.
  public static func named(_ name: String) -> Profile? {
    [dev, ci, thorough, deterministic, search].first { $0.name == name }
  }
}
