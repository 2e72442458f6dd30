import GatedCells
import Numerics

/// Trains a network, an epoch at a time.
public struct Trainer {
  private let engine: any GradientEngine

  public init(engine: any GradientEngine) {
    self.engine = engine
  }

  /// Runs the next epoch.
  ///
  /// Sequences are visited in an order keyed by (seed, epoch), so a run that was interrupted between epochs goes on to
  /// the same bits. The state is returned only when every loss was finite.
  ///
  /// - Throws: ``TrainingError/nonFiniteLoss(loss:epoch:batch:)``; the state passed in is then still good.
  public func runEpoch(_ state: TrainingState) throws -> TrainingState {
    let configuration = state.configuration
    var next = state
    var parameters = state.parameters
    let epoch = state.epoch + 1
    var order = RandomStream(
      seed: configuration.seed, purpose: "train.order", index: UInt64(epoch))
    let permutation = order.permutation(configuration.sequences)
    var lossSum = CompensatedSum()
    for (number, start) in stride(from: 0, to: permutation.count, by: configuration.batchSize)
      .enumerated()
    {
      let indices = Array(permutation[start..<min(start + configuration.batchSize, permutation.count)])
      let batch = configuration.task.batch(.training, indices: indices)
      let result = try engine.lossAndGradient(parameters: parameters, batch: batch)
      let norm = GradientClipping.norm(result.gradient)
      guard result.loss.isFinite, norm.isFinite else {
        throw TrainingError.nonFiniteLoss(
          loss: result.loss.isFinite ? norm : result.loss, epoch: epoch, batch: number + 1)
      }
      next.optimizer.update(
        &parameters, gradient: result.gradient,
        scale: GradientClipping.scale(norm: norm, limit: configuration.clip))
      lossSum.add(result.loss * Double(indices.count))
    }
    next.parameters = parameters
    let seen = Array(permutation.prefix(configuration.validationSequences))
    let training = try evaluate(
      parameters, configuration.task.batch(.training, indices: seen))
    let validation = try evaluate(
      parameters,
      configuration.task.batch(
        .validation(epoch: epoch), indices: Array(0..<configuration.validationSequences)))
    next.curve.append(
      LearningCurvePoint(
        epoch: epoch, trainingLoss: lossSum.value / Double(configuration.sequences),
        trainingR2: training.r2, validationLoss: validation.loss, validationR2: validation.r2))
    return next
  }

  /// The mean squared error on a batch and `R² = 1 − SSE/SST`, with SST about the mean target.
  public func evaluate(_ parameters: [Double], _ batch: SequenceBatch) throws -> (
    loss: Double, r2: Double
  ) {
    let predictions = try engine.predictions(parameters: parameters, batch: batch)
    let count = Double(batch.targets.count)
    var sum = CompensatedSum()
    for target in batch.targets { sum.add(Double(target)) }
    let mean = sum.value / count
    var residual = CompensatedSum()
    var total = CompensatedSum()
    for (prediction, target) in zip(predictions, batch.targets) {
      let error = prediction - Double(target)
      residual.add(error * error)
      total.add((Double(target) - mean) * (Double(target) - mean))
    }
    return (residual.value / count, 1 - residual.value / total.value)
  }
}
