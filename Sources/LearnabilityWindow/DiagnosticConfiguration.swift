/// What the diagnostics compute and how.
public struct DiagnosticConfiguration: Sendable, Hashable, Codable {
  /// How far the transport is expanded.
  public enum Order: String, Sendable, Hashable, Codable, CaseIterable {
    case zeroth, first
  }

  /// Which sensitivity the matched statistic projects.
  public enum Sensitivity: String, Sendable, Hashable, Codable, CaseIterable {
    /// The immediate one, `B_{t−ℓ} w`, of the memory coordinates: equation (12) of the paper.
    case immediate
    /// The total derivative `v_{t−ℓ}` of the output coordinates, as the paper's published code does.
    case total
  }

  /// What counts as one sample of the statistic.
  public enum Sampling: String, Sendable, Hashable, Codable, CaseIterable {
    /// One value a sequence, its mean over time: N counts sequences, and these are independent.
    case perSequence
    /// Every (sequence, time) pair, as the paper's published code does; they are dependent.
    case pooled
  }

  /// Lags in increasing order.
  public var lags: [Int]
  public var order: Order
  public var sensitivity: Sensitivity
  public var sampling: Sampling
  /// Sequences for the diagnostics; half of them learn the orientation, the other half are measured with it.
  public var sequences: Int
  /// Decides the projection direction.
  public var seed: UInt64

  /// The most samples kept from one sequence under ``Sampling/pooled``; times are thinned evenly beyond it.
  public static let pooledSamplesPerSequence = 32

  public init(
    lags: [Int], order: Order = .first, sensitivity: Sensitivity = .immediate,
    sampling: Sampling = .perSequence, sequences: Int, seed: UInt64
  ) {
    self.lags = lags
    self.order = order
    self.sensitivity = sensitivity
    self.sampling = sampling
    self.sequences = sequences
    self.seed = seed
  }

  /// - Throws: ``WindowError`` naming the first value that is not allowed for sequences of `steps` steps.
  public func validate(steps: Int) throws(WindowError) {
    guard !lags.isEmpty else { throw .noLags }
    if let lag = lags.first(where: { $0 < 1 || $0 >= steps }) {
      throw .lagOutside(lag: lag, steps: steps)
    }
    guard zip(lags, lags.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .lagsNotIncreasing(lags) }
    guard sequences >= 4 else { throw .tooFewSequences(sequences) }
  }

  /// `count` lags spread evenly from `first` to `last`, rounded and without repeats.
  public static func evenLags(from first: Int, through last: Int, count: Int) -> [Int] {
    guard count > 1, last > first else { return [first] }
    var lags: [Int] = []
    for index in 0..<count {
      let lag = first + (index * (last - first) + (count - 1) / 2) / (count - 1)
      if lag != lags.last { lags.append(lag) }
    }
    return lags
  }
}

/// What can be wrong with a request for a window.
public enum WindowError: Error, Equatable, CustomStringConvertible {
  case noLags
  case lagOutside(lag: Int, steps: Int)
  case lagsNotIncreasing([Int])
  case tooFewSequences(Int)
  case threshold(Double)
  case sampleCounts([Double])

  public var description: String {
    switch self {
    case .noLags: "there are no diagnostic lags; give at least one"
    case .lagOutside(let lag, let steps):
      "diagnostic lag \(lag) is outside 1…\(steps - 1), the lags that a sequence of \(steps) steps has"
    case .lagsNotIncreasing(let lags):
      "diagnostic lags must increase, but are \(lags.map(String.init).joined(separator: ","))"
    case .tooFewSequences(let count):
      "\(count) diagnostic sequences are too few; give at least 4 (half of them learn the orientation)"
    case .threshold(let value): "the detection threshold is \(value); it must be positive and finite"
    case .sampleCounts(let values):
      "the sample counts must be positive, finite and increasing, but are \(values)"
    }
  }
}
