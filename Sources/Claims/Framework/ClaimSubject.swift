/// What the first two letters of a claim's identifier stand for.
public enum ClaimSubject: String, Sendable, CaseIterable {
  case cells = "CE"
  case gradients = "GR"
  case optimizers = "OP"
  case transport = "TR"
  case envelope = "EN"
  case statistic = "ST"
  case timeScales = "TS"
  case stableLaws = "SL"
  case detection = "DE"
  case windows = "WI"
  case kernelRegime = "KR"
  case publishedCode = "RP"

  /// A few words for a heading.
  public var title: String {
    switch self {
    case .cells: "what the theory presupposes of a cell"
    case .gradients: "gradients and Jacobians"
    case .optimizers: "optimizers, task and trainer"
    case .transport: "transport from lag to lag"
    case .envelope: "base rates and the envelope"
    case .statistic: "the matched statistic"
    case .timeScales: "time scales"
    case .stableLaws: "symmetric stable laws"
    case .detection: "detection and sample complexity"
    case .windows: "learnability windows and their scaling"
    case .kernelRegime: "gradient descent in the kernel regime"
    case .publishedCode: "the code published with Livi 2025 against the paper"
    }
  }
}

extension Claim {
  /// What the claim is about; nil for an identifier of no known subject.
  public var subject: ClaimSubject? { ClaimSubject(rawValue: String(id.prefix(2))) }
}
