/// What a run of (projected) gradient descent did.
public struct DescentTrace: Sendable {
  /// R(Θ(0)) … R(Θ(τ−1)): the loss before each step.
  public let losses: [Double]
  /// The movement from the initialisation after each of the steps at which it was recorded.
  public let movements: [WeightMovement]
  /// The iterations of ``movements``: entry k belongs to Θ(recorded[k]).
  public let recorded: [Int]
  /// Θ(τ).
  public let last: DiagonalNetwork
  /// The iterate of least loss among Θ(0) … Θ(τ−1), if iterates were kept.
  public let best: DiagonalNetwork?
  /// (1/τ) Σ_{s<τ} Θ(s), if iterates were kept. The theorems speak of the average of the losses, not of the loss here:
  /// the loss is not convex.
  public let average: DiagonalNetwork?
  /// The iterate of smallest loss among Θ(0) … Θ(τ−1), by index.
  public var bestIteration: Int { losses.indices.min { losses[$0] < losses[$1] } ?? 0 }
  public var bestLoss: Double { losses.min() ?? .nan }
  /// (1/τ) Σ_{s<τ} R(Θ(s)), the quantity that the theorems bound.
  public var averageLoss: Double { losses.reduce(0, +) / Double(losses.count) }
  /// The running average after each iteration.
  public var runningAverage: [Double] {
    var total = 0.0
    return losses.enumerated().map { index, loss in
      total += loss
      return total / Double(index + 1)
    }
  }
}

/// Gradient descent on the squared loss of a diagonal network, plain or projected on a max-norm ball.
///
/// Θ(s+1) = Proj_Ω[Θ(s) − η∇R(Θ(s))]. Time O(τ n m T d) over the blocks in parallel; memory O(mT), independent of the
/// number of sequences and of iterations. Results do not depend on the number of threads.
public struct GradientDescent: Sendable {
  /// η.
  public let stepSize: Double
  /// The ball to project on; nil for plain gradient descent.
  public let ball: MaxNormBall?
  public let parallel: Bool
  /// Movements are recorded after every this many steps, and after the last.
  public let recordEvery: Int
  /// Whether the best and the average iterate are kept, at the cost of copying the weights every iteration.
  public let keepsIterates: Bool

  public init(
    stepSize: Double, ball: MaxNormBall? = nil, parallel: Bool = true, recordEvery: Int = 1,
    keepsIterates: Bool = false
  ) throws {
    try Check.positive("step size η", stepSize)
    try Check.atLeast(1, "recording interval", recordEvery)
    self.stepSize = stepSize
    self.ball = ball
    self.parallel = parallel
    self.recordEvery = recordEvery
    self.keepsIterates = keepsIterates
  }

  /// Runs `iterations` steps from `initial`.
  /// - Parameter progress: Called with (iterations done, loss) after every step.
  /// - Throws: ``KernelRegimeError/diverged(iteration:loss:)`` when the loss is not finite; shape errors.
  public func run(
    from initial: DiagonalNetwork, task: SequenceTask, iterations: Int,
    progress: ((Int, Double) -> Void)? = nil
  ) throws -> DescentTrace {
    try Check.atLeast(1, "iterations", iterations)
    try Check.same("input dimension", expected: initial.dimension, found: task.dimension)
    let blocks = BlockedNetwork(
      network: initial, initial: initial, steps: task.steps, parallel: parallel)
    var losses: [Double] = []
    var movements: [WeightMovement] = []
    var recorded: [Int] = []
    var best: DiagonalNetwork?
    var average: DiagonalNetwork?
    for iteration in 0..<iterations {
      let loss = blocks.accumulateGradient(task)
      guard loss.isFinite else { throw KernelRegimeError.diverged(iteration: iteration, loss: loss) }
      if keepsIterates {
        let present = blocks.network()
        if loss < losses.min() ?? .infinity { best = present }
        average = average?.moved(towards: present, by: 1 / Double(iteration + 1)) ?? present
      }
      losses.append(loss)
      blocks.step(rate: stepSize, ball: ball)
      if (iteration + 1).isMultiple(of: recordEvery) || iteration + 1 == iterations {
        movements.append(blocks.movement())
        recorded.append(iteration + 1)
      }
      progress?(iteration + 1, loss)
    }
    return DescentTrace(
      losses: losses, movements: movements, recorded: recorded, last: blocks.network(), best: best,
      average: average)
  }

  /// Loss and gradient of `task` at `network` by the fast path; the gradient as (m, m×d).
  public static func lossAndGradient(
    of network: DiagonalNetwork, task: SequenceTask, parallel: Bool = true
  ) -> (loss: Double, retention: [Double], input: [Double]) {
    let blocks = BlockedNetwork(
      network: network, initial: network, steps: task.steps, parallel: parallel)
    let loss = blocks.accumulateGradient(task)
    let gradient = blocks.gradient()
    return (loss, gradient.retention, gradient.input)
  }

  /// The outputs of `network` for every sequence of `task` by the fast path.
  public static func outputs(
    of network: DiagonalNetwork, inputs: [[Double]], parallel: Bool = true
  ) -> [[Double]] {
    guard let first = inputs.first else { return [] }
    let blocks = BlockedNetwork(
      network: network, initial: network, steps: first.count / network.dimension, parallel: parallel)
    return inputs.map { blocks.forward($0) }
  }
}

extension DiagonalNetwork {
  /// θ + share·(target − θ), weight by weight.
  fileprivate func moved(towards target: DiagonalNetwork, by share: Double) -> DiagonalNetwork {
    var result = self
    for i in retention.indices { result.retention[i] += share * (target.retention[i] - retention[i]) }
    for i in input.indices { result.input[i] += share * (target.input[i] - input[i]) }
    return result
  }
}
