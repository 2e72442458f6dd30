import GatedCells
import Training

/// Task, optimizers, clipping and the batched gradient engines.
public struct TrainingUnderTest: Sendable {
  /// One optimizer step: the state and the parameters after it.
  public var update:
    @Sendable (OptimizerState, _ parameters: [Double], _ gradient: [Double]) -> (OptimizerState, [Double])
  /// The diagonal of the live preconditioner.
  public var preconditioner: @Sendable (OptimizerState, _ parameterCount: Int) -> [Double]
  /// The gradient after clipping to a norm.
  public var clip: @Sendable (_ gradient: [Double], _ norm: Double) -> [Double]
  /// The parameters that training starts from.
  public var initialParameters: @Sendable (RecurrentNetwork, _ seed: UInt64) -> [Double]
  /// Sequences of the task.
  public var batch: @Sendable (DelayedRegressionTask, DelayedRegressionTask.Split, [Int]) -> SequenceBatch
  /// The fused single-precision gradient.
  public var fusedGradient: @Sendable (NetworkSpecification, [Double], SequenceBatch) throws -> LossGradient
  /// The state after one epoch with the double-precision engine.
  public var epoch: @Sendable (TrainingState) throws -> TrainingState

  public static let reference = TrainingUnderTest(
    update: { state, parameters, gradient in
      var state = state
      var parameters = parameters
      state.update(&parameters, gradient: gradient)
      return (state, parameters)
    },
    preconditioner: { $0.preconditioner(parameterCount: $1) },
    clip: { gradient, norm in
      let scale = GradientClipping.scale(norm: GradientClipping.norm(gradient), limit: norm)
      return gradient.map { scale * $0 }
    },
    initialParameters: { Initialisation.paper.parameters(for: $0, seed: $1) },
    batch: { $0.batch($1, indices: $2) },
    fusedGradient: { try FusedEngine($0, steps: $2.steps).lossAndGradient(parameters: $1, batch: $2) },
    epoch: { state in
      let cell = try state.configuration.network.makeCell()
      return try Trainer(engine: ReferenceEngine(cell)).runEpoch(state)
    })
}
