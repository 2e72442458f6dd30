import GatedCells
import Numerics

/// One row of a learning curve.
public struct LearningCurvePoint: Sendable, Hashable, Codable {
  /// Epochs done, from 1.
  public let epoch: Int
  /// The mean of the batch losses of the epoch, each before its step.
  public let trainingLoss: Double
  /// R² on training sequences after the epoch.
  public let trainingR2: Double
  /// The loss on sequences made for this epoch only.
  public let validationLoss: Double
  /// R² on the same fresh sequences.
  public let validationR2: Double
}

/// A training run between two epochs: all that is needed to go on to the same bits.
public struct TrainingState: Sendable, Hashable, Codable {
  public let configuration: TrainingConfiguration
  @PackedDoubles public internal(set) var parameters: [Double]
  public internal(set) var optimizer: OptimizerState
  public internal(set) var curve: [LearningCurvePoint]

  /// Epochs done.
  public var epoch: Int { curve.count }
  public var isFinished: Bool { epoch >= configuration.epochs }

  /// The start of a run.
  /// - Throws: ``TrainingError`` or ``CellError`` for a configuration that is not allowed.
  public init(_ configuration: TrainingConfiguration) throws {
    try configuration.validate()
    let network = RecurrentNetwork(cell: try configuration.network.makeCell())
    self.configuration = configuration
    parameters = configuration.initialisation.parameters(for: network, seed: configuration.seed)
    optimizer = try OptimizerState(
      rule: configuration.optimizer, learningRate: configuration.learningRate,
      parameterCount: network.parameterCount)
    curve = []
  }

  /// A state with given parameters, for diagnostics of a network that was not trained here.
  /// - Precondition: As many parameters as the network of `configuration` has.
  public init(
    _ configuration: TrainingConfiguration, parameters: [Double], optimizer: OptimizerState
  ) throws {
    try self.init(configuration)
    precondition(
      parameters.count == self.parameters.count,
      "the network has \(self.parameters.count) parameters, got \(parameters.count)")
    self.parameters = parameters
    self.optimizer = optimizer
  }

  /// The diagonal of the live preconditioner Λ_r.
  public var preconditioner: [Double] {
    optimizer.preconditioner(parameterCount: parameters.count)
  }
}
