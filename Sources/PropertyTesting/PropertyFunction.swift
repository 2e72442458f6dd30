@_exported public import PropertyEngine
public import Testing

/// Checks a property in a test: draws cases, and records one issue at the call when a case fails.
///
/// ```swift
/// /// Claim: addition of integers is commutative.
/// @Test func additionIsCommutative() {
///   property { draw in
///     let a = try draw("a", integers(in: -9...9))
///     let b = try draw("b", integers(in: -9...9))
///     try equal(a + b, b + a)
///   }
/// }
/// ```
/// - Parameters:
///   - name: Tells the properties of one test apart; needed when a test has several, or is parameterised.
///   - cases: The number of cases; the trait's or the profile's unless given.
///   - kills: Mutants that the property must notice: it is run again with each of them active and must fail.
///   - shrinksStatistics: Whether to shrink the parameters of statistical failures.
/// - Returns: What was found out, for further expectations.
@discardableResult
public func property(
  _ name: String = "", cases: Int? = nil, kills: Mutant..., shrinksStatistics: Bool = false,
  filePath: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (Draw) throws -> Void
) -> PropertyOutcome {
  let context = PropertyContext(name, cases: cases, filePath: filePath, sourceLocation)
  let stored = context.storedCases()
  let outcome = context.withMutant {
    context.runner.check(
      context.title, key: context.key, cases: context.cases, shrinksStatistics: shrinksStatistics,
      stored: stored,
      only: context.onlyCase, body: body)
  }
  context.report(outcome)
  if outcome.passed && context.onlyCase == nil && !context.hasMutant {
    context.reportSurvivors(
      kills.filter { mutant in
        Mutant.$active.withValue(mutant) {
          context.searcher.check(context.title, key: context.key, cases: context.cases, body: body).passed
        }
      })
  }
  return outcome
}

/// Checks a property whose body is asynchronous; see ``property(_:cases:kills:shrinksStatistics:filePath:sourceLocation:_:)``.
@discardableResult
public func asynchronousProperty(
  _ name: String = "", cases: Int? = nil, kills: Mutant..., shrinksStatistics: Bool = false,
  filePath: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: @escaping @Sendable (Draw) async throws -> Void
) async -> PropertyOutcome {
  let context = PropertyContext(name, cases: cases, filePath: filePath, sourceLocation)
  let stored = context.storedCases()
  let outcome = await context.withMutant {
    await context.runner.check(
      context.title, key: context.key, cases: context.cases, shrinksStatistics: shrinksStatistics,
      stored: stored, only: context.onlyCase, body: body)
  }
  context.report(outcome)
  if outcome.passed && context.onlyCase == nil && !context.hasMutant {
    var survivors: [Mutant] = []
    for mutant in kills {
      let search = await Mutant.$active.withValue(mutant) {
        await context.searcher.check(context.title, key: context.key, cases: context.cases, body: body)
      }
      if search.passed { survivors.append(mutant) }
    }
    context.reportSurvivors(survivors)
  }
  return outcome
}
