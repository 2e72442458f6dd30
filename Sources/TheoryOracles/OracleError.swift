/// A value outside the domain of a closed form or bound.
///
/// The theory's formulas hold on stated domains only; outside them an oracle answers with this error instead of a
/// number that looks right.
public struct OracleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The quantity at fault, in words of the field.
  public let quantity: String
  /// The value received.
  public let value: String
  /// What the formula admits, and what to do about it.
  public let allowed: String

  public var description: String { "\(quantity) is \(value), but must be \(allowed)" }

  /// Throws unless `condition` holds.
  static func require(
    _ condition: Bool, _ quantity: String, _ value: some Any, _ allowed: String
  ) throws(OracleError) {
    if !condition { throw OracleError(quantity: quantity, value: "\(value)", allowed: allowed) }
  }

  /// Throws unless `value` is finite and positive.
  static func requirePositive(_ value: Double, _ quantity: String) throws(OracleError) {
    try require(value > 0 && value.isFinite, quantity, value, "finite and positive")
  }

  /// Throws unless two sizes agree.
  static func requireSameCount(_ count: Int, _ expected: Int, _ quantity: String) throws(OracleError) {
    try require(
      count == expected, "number of entries of \(quantity)", count, "\(expected), as its partner has")
  }
}
