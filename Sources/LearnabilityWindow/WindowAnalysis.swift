import Numerics
import StableLaws
import Training

/// How samples of the matched statistic become windows.
public struct WindowConfiguration: Sendable, Hashable, Codable {
  /// What counts as detected.
  public enum Criterion: Sendable, Hashable, Codable {
    /// Signal-to-noise ratio at least the given number, as in the paper's runs (0.1).
    case signalToNoise(Double)
    /// Error at most ε of the best test of sign: ratio at least `2 q_{1−ε}(α)`, the exact constant of the stable law.
    case error(Double)
  }

  /// How the noise law is fitted.
  public enum Estimator: String, Sendable, Hashable, Codable, CaseIterable {
    /// Quantile start, characteristic-function step, maximum likelihood.
    case likelihood
    /// Generalised least squares on the empirical characteristic function.
    case ecf
    /// McCulloch's quantiles.
    case quantile
    /// The two estimators of the paper's published code, with their defects, for comparison.
    case authorECF = "author-ecf"
    case authorQuantile = "author-quantile"

    var method: any StableEstimator {
      switch self {
      case .likelihood: DefaultStableEstimator()
      case .ecf: CharacteristicFunctionEstimator()
      case .quantile: QuantileEstimator()
      case .authorECF: AuthorECFEstimator()
      case .authorQuantile: AuthorQuantileEstimator()
      }
    }
  }

  public var criterion: Criterion
  public var estimator: Estimator
  /// Sample counts N at which windows are reported.
  public var sampleCounts: [Int]

  public init(criterion: Criterion, estimator: Estimator = .likelihood, sampleCounts: [Int]) {
    self.criterion = criterion
    self.estimator = estimator
    self.sampleCounts = sampleCounts
  }
}

/// Everything that the window estimator finds out about one trained network.
public struct WindowAnalysis: Sendable {
  public let profile: LagProfile
  public let detections: [LagDetection]
  /// The least signal-to-noise ratio that counts as detected, for each lag.
  public let thresholds: [Double]
  public let windows: [LearnabilityWindowEstimate]
  public let envelopeFit: EnvelopeFit
  public let timeScales: [TimeScale]

  /// - Throws: ``WindowError`` for a threshold or sample counts that are not allowed.
  public init(_ profile: LagProfile, _ configuration: WindowConfiguration) throws {
    self.profile = profile
    detections = ParallelShards.map(count: profile.lags.count) { index in
      let lag = profile.lags[index]
      let mean = CompensatedSum(lag.samples).value / Double(lag.samples.count)
      return LagDetection(
        lag: lag.lag, signal: mean,
        noise: NoiseEstimate(samples: lag.samples, estimator: configuration.estimator.method),
        sampleCount: lag.samples.count)
    }
    let criterion = configuration.criterion
    thresholds = detections.map { detection in
      switch criterion {
      case .signalToNoise(let ratio): ratio
      case .error(let error): detection.noise.exactThreshold(error: error)
      }
    }
    let byLag = Dictionary(uniqueKeysWithValues: zip(detections.map(\.lag), thresholds))
    windows = try LearnabilityWindowEstimate.windows(
      detections, counts: configuration.sampleCounts.map(Double.init)
    ) { byLag[$0.lag] ?? .nan }
    envelopeFit = EnvelopeFit(
      lags: profile.lags.map(\.lag), envelope: profile.lags.map(\.envelope))
    timeScales = TimeScale.spectrum(profile)
  }
}
