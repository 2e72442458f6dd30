/// A check that did not hold.
public struct CheckFailure: Error, Sendable, CustomStringConvertible {
  /// What was violated, with the values.
  public let message: String
  /// Names the failing check without line numbers or values, so that it survives edits: function, file and note.
  public let key: String
  /// Where the check stands; two checks of one body are two different bugs.
  public let line: Int
  /// Whether the failure came from a statistical assertion, which is not shrunk unless asked.
  public let isStatistical: Bool

  public init(message: String, key: String, line: Int, isStatistical: Bool = false) {
    self.message = message
    self.key = key
    self.line = line
    self.isStatistical = isStatistical
  }

  public var description: String { message }
}

/// The case does not satisfy a precondition; it is neither passed nor failed and another one is drawn.
public struct Rejection: Error, Sendable, CustomStringConvertible {
  public let reason: String

  public init(_ reason: String) { self.reason = reason }

  public var description: String { reason }
}

/// A generator that cannot produce any value.
public enum GeneratorError: Error, Sendable, CustomStringConvertible {
  case emptyRange(String)
  case nothingToChooseFrom(String)

  public var description: String {
    switch self {
    case .emptyRange(let call):
      "\(call) has an empty range: there is no value to draw. Give a lower bound that is not above the upper one."
    case .nothingToChooseFrom(let call):
      "\(call) has nothing to choose from. Give at least one alternative."
    }
  }
}

/// A replay needed more choices than allowed; the case cannot be simpler than the one it came from.
struct TapeOverrun: Error {
  let limit: Int
}
