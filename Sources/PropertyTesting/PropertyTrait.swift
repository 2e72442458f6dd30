public import Testing

/// What a test or suite asks of the properties inside it.
public struct PropertyTrait: TestTrait, SuiteTrait, TestScoping {
  public let cases: Int?
  public let seed: UInt64?
  public let isRecursive = true

  /// The trait in force for the current task.
  @TaskLocal static var current: PropertyTrait?

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    // A test's own trait stands before its suite's, setting by setting.
    let outer = Self.current
    let merged = PropertyTrait(cases: cases ?? outer?.cases, seed: seed ?? outer?.seed)
    try await Self.$current.withValue(merged, operation: function)
  }
}

extension Trait where Self == PropertyTrait {
  /// Sets the number of cases, or fixes the seed, of the properties in a test or suite.
  public static func property(cases: Int? = nil, seed: UInt64? = nil) -> PropertyTrait {
    PropertyTrait(cases: cases, seed: seed)
  }
}
