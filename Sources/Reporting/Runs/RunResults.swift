/// What a reproduction run found, reduced to what its report shows. Plain numbers, so that the report can be tested
/// without training anything.
public struct RunResults: Sendable, Hashable {
  /// What one cell gave, a value for each seed.
  public struct Cell: Sendable, Hashable {
    /// As on the command line, such as `gru`.
    public var name: String
    public var seeds: [SeedResult]

    public init(name: String, seeds: [SeedResult]) {
      self.name = name
      self.seeds = seeds
    }
  }

  /// What one cell gave with one seed. Lists over lags are as long as `lags`; NaN stands for what was not measured.
  public struct SeedResult: Sendable, Hashable {
    public var seed: UInt64
    /// Diagnostic lags in steps, ascending.
    public var lags: [Int]
    /// Envelope f̂(ℓ), the sum over units of the mean effective learning rate (Livi 2025, eq. 8).
    public var envelope: [Double]
    /// Part of the envelope due to the gates at the global learning rate (Livi 2025, eq. 9); empty when not computed.
    public var gateEnvelope: [Double]
    /// Tail index α̂(ℓ) of the matched statistic.
    public var tailIndex: [Double]
    /// Noise scale σ̂_α(ℓ) of the matched statistic.
    public var noiseScale: [Double]
    /// Time scale τ_q of each unit in steps, from an exponential fit; units without a decaying fit are infinite or NaN.
    public var timeScales: [Double]
    /// Numbers of sequences N, ascending.
    public var sampleCounts: [Int]
    /// Learnability window H_N in steps for each of `sampleCounts`; 0 when no lag is detectable.
    public var windows: [Int]
    /// How many measured lags below the window are not detectable, for each of `sampleCounts`; empty when not known.
    public var gapCounts: [Int]
    /// How many lags have no reliable estimate of the noise.
    public var unreliableLags: Int
    public var exponentialFit: DecayFit?
    public var powerFit: DecayFit?
    public var learningCurve: [LearningPoint]

    public init(
      seed: UInt64, lags: [Int], envelope: [Double], gateEnvelope: [Double] = [], tailIndex: [Double],
      noiseScale: [Double], timeScales: [Double], sampleCounts: [Int], windows: [Int], gapCounts: [Int] = [],
      unreliableLags: Int = 0, exponentialFit: DecayFit? = nil, powerFit: DecayFit? = nil,
      learningCurve: [LearningPoint]
    ) {
      self.seed = seed
      self.lags = lags
      self.envelope = envelope
      self.gateEnvelope = gateEnvelope
      self.tailIndex = tailIndex
      self.noiseScale = noiseScale
      self.timeScales = timeScales
      self.sampleCounts = sampleCounts
      self.windows = windows
      self.gapCounts = gapCounts
      self.unreliableLags = unreliableLags
      self.exponentialFit = exponentialFit
      self.powerFit = powerFit
      self.learningCurve = learningCurve
    }
  }

  /// A straight-line fit to the logarithm of the envelope.
  public struct DecayFit: Sendable, Hashable {
    /// Decay rate per step of an exponential, or exponent of a power law; positive when the envelope falls.
    public var rate: Double
    /// Coefficient of determination on the logarithm.
    public var rSquared: Double

    public init(rate: Double, rSquared: Double) {
      self.rate = rate
      self.rSquared = rSquared
    }
  }

  /// One epoch of training.
  public struct LearningPoint: Sendable, Hashable {
    public var epoch: Int
    public var trainingLoss: Double
    public var validationLoss: Double
    /// Share of variance explained on fresh data.
    public var validationRSquared: Double

    public init(epoch: Int, trainingLoss: Double, validationLoss: Double, validationRSquared: Double) {
      self.epoch = epoch
      self.trainingLoss = trainingLoss
      self.validationLoss = validationLoss
      self.validationRSquared = validationRSquared
    }
  }

  /// In the order of the report; cells keep their style by this order.
  public var cells: [Cell]
  /// Lags that the task asks the network to bridge, in steps.
  public var taskLags: [Int]
  /// Facts for the head of the report: preset, seeds, optimizer, sizes.
  public var facts: [ReportPage.Fact]
  /// The command line that made the run.
  public var command: String

  public init(cells: [Cell], taskLags: [Int], facts: [ReportPage.Fact], command: String) {
    self.cells = cells
    self.taskLags = taskLags
    self.facts = facts
    self.command = command
  }
}
