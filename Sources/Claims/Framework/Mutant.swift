/// A system with one thing wrong, to show that the claims can fail.
public struct Mutant: Sendable {
  /// A dotted name such as `gradient.missingGateDerivative.gru`.
  public let id: String
  /// What is wrong, in a few words.
  public let description: String
  /// The claims that must notice, each of them.
  public let killedBy: [String]
  let change: @Sendable (inout SystemUnderTest) -> Void

  public init(
    _ id: String, _ description: String, killedBy: [String],
    _ change: @escaping @Sendable (inout SystemUnderTest) -> Void
  ) {
    self.id = id
    self.description = description
    self.killedBy = killedBy
    self.change = change
  }

  /// The reference system with the mutation.
  public var system: SystemUnderTest {
    var system = SystemUnderTest.reference
    change(&system)
    system.name = id
    return system
  }
}
