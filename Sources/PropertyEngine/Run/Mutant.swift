/// A deliberate fault that a property must notice.
///
/// Code under test asks ``isActive`` where it can be wrong on purpose; a property that names the mutant in `kills:` is
/// run once more with it active, and must fail. A property that kills no mutant may be vacuous.
public struct Mutant: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let name: String

  public init(_ name: String) { self.name = name }
  public init(stringLiteral value: String) { name = value }

  /// The mutant in force for the current task.
  @TaskLocal public static var active: Mutant?

  /// Whether this mutant is in force.
  public var isActive: Bool { Mutant.active == self }

  public var description: String { name }
}
