/// Runs properties; a value that can be shared between threads.
///
/// The outcome depends on the seed, the property's key and the profile, not on the order of runs or on threads.
/// Only wall-clock caps can cut a run short; ``Profile/deterministic`` has none.
public struct PropertyRunner: Sendable {
  public var profile: Profile
  public var seed: UInt64
  /// Receives every case as it is finished, on the thread that runs the property.
  public var observer: (@Sendable (CaseObservation) -> Void)?
  /// Where to keep a crash journal while a property runs, or nil for none.
  public var journalDirectory: String?

  /// Stands in for the shrinker in tests of the guard against wrong ones.
  var reducer: (@Sendable (ChoiceTape) -> ChoiceTape)?

  public init(
    profile: Profile = .dev, seed: UInt64, journalDirectory: String? = nil,
    observer: (@Sendable (CaseObservation) -> Void)? = nil
  ) {
    self.profile = profile
    self.seed = seed
    self.journalDirectory = journalDirectory
    self.observer = observer
  }

  /// Runs a property: stored cases first, then random ones; shrinks and explains what fails.
  ///
  /// - Parameter stored: Cases to try first, from the regression file; the newest first.
  public func run(_ property: Property, stored: [StoredCase] = []) -> PropertyOutcome {
    let executor = SynchronousExecutor(property.body)
    return RunSession(self, PropertyTraits(property), executor).run(stored: stored)
  }

  /// Runs a body that is not worth a ``Property``: it may use what stands around it and is not kept.
  public func check(
    _ name: String, key: String? = nil, cases: Int? = nil, shrinksStatistics: Bool = false,
    stored: [StoredCase] = [], only: OnlyCase? = nil, body: (Draw) throws -> Void
  ) -> PropertyOutcome {
    withoutActuallyEscaping(body) { body in
      let executor = SynchronousExecutor(body)
      let traits = PropertyTraits(
        name: name, key: key ?? name, cases: cases, shrinksStatistics: shrinksStatistics,
        enumeratesSmallSpaces: true)
      return RunSession(self, traits, executor).run(stored: stored, only: only)
    }
  }

  /// A single case to run.
  public enum OnlyCase: Sendable {
    case replay(ChoiceTape)
    case random(Int)
  }

  /// Runs one stored case and nothing else; a failure is shrunk and explained.
  public func replay(_ property: Property, _ tape: ChoiceTape) -> PropertyOutcome {
    let executor = SynchronousExecutor(property.body)
    return RunSession(self, PropertyTraits(property), executor).replay(tape)
  }

  /// Runs one random case by its index and nothing else, without shrinking.
  public func runCase(_ property: Property, index: Int) -> PropertyOutcome {
    let executor = SynchronousExecutor(property.body)
    return RunSession(self, PropertyTraits(property), executor).runCase(index)
  }
}

/// A finished case as observers see it.
public struct CaseObservation: Sendable {
  public enum Status: String, Sendable { case passed, failed, rejected }

  public let property: String
  public let index: Int
  public let status: Status
  public let reason: String
  public let values: [PrintedValue]
  public let labels: [String]
  public let numbers: [(name: String, value: Double)]
  public let phase: String
}

/// What the session needs to know of a property, be its body synchronous or not.
struct PropertyTraits: Sendable {
  let name: String
  let key: String
  let cases: Int?
  let shrinksStatistics: Bool
  let enumeratesSmallSpaces: Bool

  init(_ property: Property) {
    self.init(
      name: property.name, key: property.key, cases: property.cases,
      shrinksStatistics: property.shrinksStatistics, enumeratesSmallSpaces: property.enumeratesSmallSpaces)
  }

  init(name: String, key: String, cases: Int?, shrinksStatistics: Bool, enumeratesSmallSpaces: Bool) {
    self.name = name
    self.key = key
    self.cases = cases
    self.shrinksStatistics = shrinksStatistics
    self.enumeratesSmallSpaces = enumeratesSmallSpaces
  }
}
