/// A method that fits a symmetric stable law to a sample.
///
/// Every method is equivariant: fitting c·x (c ≠ 0) gives the same tail index and |c| times the scale, exactly when c is a
/// power of two or −1, else to rounding. The author-compatible methods are the documented exceptions.
public protocol StableEstimator: Sendable {
  /// The name reported in results.
  var name: String { get }
  /// - Throws: `StableLawError` when the sample cannot be fitted; never a made-up value.
  func fit(_ sample: StableSample) throws(StableLawError) -> StableFit
}

extension StableEstimator {
  /// Fits plain numbers: at least 5, all finite, not mostly constant.
  public func fit(_ sample: [Double]) throws -> StableFit { try fit(StableSample(sample)) }

  /// Fits what an accumulator has seen.
  public func fit(_ accumulator: StableAccumulator) throws -> StableFit { try fit(accumulator.sample()) }
}

/// The result of a fit.
public struct StableFit: Sendable, Hashable {
  /// Whether the estimate sits on the edge of the family.
  public enum Boundary: String, Sendable, Hashable {
    case interior
    /// α̂ = 2: the sample is no heavier in its tails than a normal one. The usual confidence interval does not apply.
    case gaussian
    /// α̂ = 1 for a method that cannot go lower: the true index may be smaller.
    case cauchy
  }

  /// Standard errors of the estimates, by the method's own asymptotic or observed information.
  public struct StandardErrors: Sendable, Hashable {
    /// Zero at the Gaussian boundary, where α is not estimated at the usual rate.
    public var tailIndex: Double
    public var scale: Double
    public var location: Double?

    public init(tailIndex: Double, scale: Double, location: Double? = nil) {
      self.tailIndex = tailIndex
      self.scale = scale
      self.location = location
    }
  }

  public var method: String
  /// α̂ in (0, 2]; below 1 only from methods that need no density.
  public var tailIndex: Double
  /// σ̂.
  public var scale: Double
  /// μ̂, nil for methods that do not estimate it.
  public var location: Double?
  /// nil for methods that have none.
  public var standardErrors: StandardErrors?
  public var boundary: Boundary
  public var count: Int
  public var iterations: Int
  /// The log likelihood at the estimate, for maximum likelihood.
  public var logLikelihood: Double?
  /// False when an author-compatible method flags its own result.
  public var isReliable: Bool

  public init(
    method: String, tailIndex: Double, scale: Double, location: Double?, standardErrors: StandardErrors?,
    boundary: Boundary, count: Int, iterations: Int = 0, logLikelihood: Double? = nil, isReliable: Bool = true
  ) {
    self.method = method
    self.tailIndex = tailIndex
    self.scale = scale
    self.location = location
    self.standardErrors = standardErrors
    self.boundary = boundary
    self.count = count
    self.iterations = iterations
    self.logLikelihood = logLikelihood
    self.isReliable = isReliable
  }

  /// Whether α̂ is on the edge of the family.
  public var isBoundary: Bool { boundary != .interior }

  /// The fitted law, centred at zero.
  public func law() throws(StableLawError) -> SymmetricStableLaw {
    try SymmetricStableLaw(tailIndex: tailIndex, scale: scale)
  }
}

/// The default way from a sample to a law: quantile start, characteristic-function step, maximum likelihood.
public typealias DefaultStableEstimator = MaximumLikelihoodEstimator
