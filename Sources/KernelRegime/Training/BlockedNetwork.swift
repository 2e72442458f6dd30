import Dispatch
import Synchronization

/// A network cut into blocks that threads work on side by side.
///
/// Every block is guarded by its own lock, taken by one thread at a time. Sums over blocks are made in the order of
/// the blocks, so the bits do not depend on the number of threads.
final class BlockedNetwork: Sendable {
  private final class Slot: Sendable {
    let block: Mutex<NeuronBlock>
    init(_ block: NeuronBlock) { self.block = Mutex(block) }
  }

  private let slots: [Slot]
  private let activation: any SmoothActivation
  private let template: DiagonalNetwork
  private let parallel: Bool

  /// - Parameter parallel: False keeps all work on the calling thread.
  init(network: DiagonalNetwork, initial: DiagonalNetwork, steps: Int, parallel: Bool) {
    let pairs = network.width / 2
    let perBlock = NeuronBlock.groupsPerBlock * 8
    slots = stride(from: 0, to: pairs, by: perBlock).map { first in
      Slot(
        NeuronBlock(
          network: network, initial: initial, firstPair: first, pairs: min(perBlock, pairs - first),
          steps: steps))
    }
    activation = network.activation
    template = network
    // Waking a second thread costs some 30 µs; below about 30,000 neuron-steps there is nothing to gain.
    self.parallel = parallel && slots.count > 1 && network.width * steps > 30_000
  }

  /// Runs `body` on every block and returns the results in the order of the blocks.
  func forEachBlock<Result: Sendable>(_ body: @Sendable (inout NeuronBlock) -> Result) -> [Result] {
    guard parallel else { return slots.map { slot in slot.block.withLock { block in body(&block) } } }
    let results = slots.map { _ in ResultBox<Result>() }
    DispatchQueue.concurrentPerform(iterations: slots.count) { index in
      let result = slots[index].block.withLock { block in body(&block) }
      results[index].value.withLock { value in value = result }
    }
    return results.compactMap { $0.value.withLock { $0 } }
  }

  private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  /// F_1 … F_T for one sequence; the blocks keep what the backward sweep needs.
  func forward(_ inputs: [Double]) -> [Double] {
    let activation = activation
    let partial = forEachBlock { block in
      activation.sweepForward(&block, inputs: inputs)
      return block.partialOutputs
    }
    var sums = [NeuronLanes](repeating: .zero, count: partial[0].count)
    for block in partial { for t in sums.indices { sums[t] += block[t] } }
    return sums.map { $0.sum() * template.scale }
  }

  /// Adds Σ_t r_t (c_i/√m)∇h_t to the gradients, for the sequence last swept forward.
  func backward(_ inputs: [Double], residuals: [Double]) {
    let activation = activation
    let scaled = residuals.map { $0 * template.scale }
    _ = forEachBlock { block in activation.sweepBackward(&block, inputs: inputs, residuals: scaled) }
  }

  /// Clears the gradient, computes loss and gradient of `task`; the loss is returned.
  func accumulateGradient(_ task: SequenceTask) -> Double {
    _ = forEachBlock { $0.clearGradient() }
    let weight = task.aggregation.weight(steps: task.steps) / Double(task.sequences)
    var loss = 0.0
    for (inputs, targets) in zip(task.inputs, task.targets) {
      let outputs = forward(inputs)
      let residuals = zip(outputs, targets).map { $0 - $1 }
      loss += residuals.reduce(0) { $0 + $1 * $1 }
      backward(inputs, residuals: residuals.map { 2 * weight * $0 })
    }
    return loss * weight
  }

  func step(rate: Double, ball: MaxNormBall?) {
    let limits = ball.map {
      (retention: $0.retentionRadius * template.scale, input: $0.inputRadius * template.scale)
    }
    _ = forEachBlock { $0.step(rate: rate, limits: limits) }
  }

  func movement() -> WeightMovement {
    let moves = forEachBlock { $0.largestSquaredMoves() }
    let root = Double(template.width).squareRoot()
    return WeightMovement(
      retention: root * (moves.map(\.retention).max() ?? 0).squareRoot(),
      input: root * (moves.map(\.input).max() ?? 0).squareRoot(),
      joint: root * (moves.map(\.joint).max() ?? 0).squareRoot())
  }

  /// The present weights.
  func network() -> DiagonalNetwork {
    var result = template
    for slot in slots {
      slot.block.withLock { block in
        block.scatter(
          retention: block.retention, input: block.input, into: &result.retention, &result.input)
      }
    }
    return result
  }

  /// The gradient, in the shape of a network's weights.
  func gradient() -> (retention: [Double], input: [Double]) {
    var retention = [Double](repeating: 0, count: template.width)
    var input = [Double](repeating: 0, count: template.input.count)
    for slot in slots {
      slot.block.withLock { block in
        block.scatter(
          retention: block.retentionGradient, input: block.inputGradient, into: &retention, &input)
      }
    }
    return (retention, input)
  }
}
