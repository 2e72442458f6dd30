/// What a fused network refuses.
public enum KernelError: Error, Equatable, CustomStringConvertible {
  /// A size or setting outside its allowed range.
  case outOfRange(name: String, value: String, allowed: String)
  /// An array whose length does not match the network.
  case wrongLength(name: String, count: Int, expected: Int, meaning: String)
  /// A CPU level this machine does not have.
  case unsupportedLevel(CPULevel, supported: [CPULevel])

  public var description: String {
    switch self {
    case .outOfRange(let name, let value, let allowed):
      "\(name) is \(value), allowed is \(allowed); choose a value in that range"
    case .wrongLength(let name, let count, let expected, let meaning):
      "\(name) has \(count) values, expected \(expected) (\(meaning)); pass an array of that length"
    case .unsupportedLevel(let level, let supported):
      "CPU level \(level.rawValue) is not available here, supported are "
        + supported.map(\.rawValue).joined(separator: ", ") + "; choose one of them or leave the level out"
    }
  }
}
