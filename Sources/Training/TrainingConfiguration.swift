import GatedCells

/// Everything a training run depends on. Two runs with equal configurations give equal bits.
public struct TrainingConfiguration: Sendable, Hashable, Codable {
  public var network: NetworkSpecification
  public var task: DelayedRegressionTask
  public var initialisation: Initialisation
  public var optimizer: Optimizer
  public var learningRate: Double
  /// The largest gradient norm; 0 clips nothing.
  public var clip: Double
  public var epochs: Int
  /// Training sequences; they are made when used, never held.
  public var sequences: Int
  public var batchSize: Int
  /// Fresh sequences for each epoch's validation.
  public var validationSequences: Int
  /// Decides the initial parameters and the order of sequences.
  public var seed: UInt64

  public init(
    network: NetworkSpecification, task: DelayedRegressionTask, initialisation: Initialisation,
    optimizer: Optimizer, learningRate: Double, clip: Double, epochs: Int, sequences: Int,
    batchSize: Int, validationSequences: Int, seed: UInt64
  ) {
    self.network = network
    self.task = task
    self.initialisation = initialisation
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.clip = clip
    self.epochs = epochs
    self.sequences = sequences
    self.batchSize = batchSize
    self.validationSequences = validationSequences
    self.seed = seed
  }

  /// - Throws: ``TrainingError`` naming the first value that is not allowed.
  public func validate() throws(TrainingError) {
    func positive(_ what: String, _ value: Int) throws(TrainingError) {
      guard value >= 1 else { throw .notPositive(what: what, value: value) }
    }
    try positive("the number of epochs", epochs)
    try positive("the number of training sequences", sequences)
    try positive("the batch size", batchSize)
    try positive("the number of validation sequences", validationSequences)
    guard clip >= 0, clip.isFinite else { throw .clip(clip) }
    _ = try OptimizerState(rule: optimizer, learningRate: learningRate, parameterCount: 1)
  }
}
