/// A property as a plain value: a name and a body that draws a case and throws when the case is a counterexample.
///
/// ```swift
/// let property = Property("reversing twice is the identity", cases: 300) { draw in
///   let list = try draw("list", arrays(of: integers(in: -9...9), count: 0...20))
///   try equal(Array(list.reversed().reversed()), list)
/// }
/// let outcome = PropertyRunner(profile: .dev, seed: 7).run(property)
/// ```
public struct Property: Sendable {
  /// Shown in reports.
  public let name: String
  /// Keys the random cases and the stored ones; the name unless given.
  public let key: String
  /// The number of cases, or nil for the profile's.
  public let cases: Int?
  /// Whether statistical failures are shrunk: every candidate draws a fresh sample, so the result is a set of
  /// parameters at which the assertion still fails, not a smallest sample.
  public let shrinksStatistics: Bool
  /// Whether a search space with no more cases than the budget is enumerated instead of sampled.
  public let enumeratesSmallSpaces: Bool
  let body: @Sendable (Draw) throws -> Void

  public init(
    _ name: String, key: String? = nil, cases: Int? = nil, shrinksStatistics: Bool = false,
    enumeratesSmallSpaces: Bool = true, _ body: @escaping @Sendable (Draw) throws -> Void
  ) {
    self.name = name
    self.key = key ?? name
    self.cases = cases
    self.shrinksStatistics = shrinksStatistics
    self.enumeratesSmallSpaces = enumeratesSmallSpaces
    self.body = body
  }
}
