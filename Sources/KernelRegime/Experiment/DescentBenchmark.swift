import Numerics

/// The workload of the module's benchmark: gradient descent on a random task of the given shape.
public enum DescentBenchmark {
  /// Runs `iterations` steps of projected descent with tanh and returns the last loss.
  public static func run(width: Int, steps: Int, dimension: Int, iterations: Int, parallel: Bool = true)
    throws
    -> Double
  {
    var stream = RandomStream(seed: 1, purpose: "kernel.benchmark")
    var inputs: [Double] = []
    for _ in 0..<steps {
      let vector = (0..<dimension).map { _ in stream.normal() }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      inputs += vector.map { $0 / max(norm, 1) }
    }
    let targets = (0..<steps).map { _ in 0.1 * stream.normal() }
    let network = try SymmetricInitialisation.network(
      activation: HyperbolicTangent(), width: width, dimension: dimension, spread: 0.5, seed: 1)
    let task = try SequenceTask(
      dimension: dimension, inputs: [inputs], targets: [targets], aggregation: .mean)
    let descent = try GradientDescent(
      stepSize: 0.05, ball: MaxNormBall(retentionRadius: 1, inputRadius: 1), parallel: parallel,
      recordEvery: 100)
    return try descent.run(from: network, task: task, iterations: iterations).losses.last ?? .nan
  }

  /// One measured run.
  public struct Row: Sendable, Codable, CustomStringConvertible {
    public let width: Int
    public let steps: Int
    public let dimension: Int
    public let iterations: Int
    public let seconds: Double
    public let lastLoss: Double
    /// Time for one neuron, one time step, one iteration: forward, backward and update.
    public var nanosecondsPerNeuronStep: Double {
      seconds * 1e9 / (Double(width) * Double(steps) * Double(iterations))
    }

    public var description: String {
      "width \(width), \(steps) steps, \(dimension) inputs, \(iterations) iterations: \(seconds) s, "
        + "\(nanosecondsPerNeuronStep) ns a neuron-step, last loss \(lastLoss)"
    }
  }

  /// The benchmark proper: 65,536 neurons, 256 steps, 1000 iterations, and an eighth of it in width.
  public static func rows(width: Int = 65_536, iterations: Int = 1000) throws -> [Row] {
    try [width / 16 * 2, width].map { width in
      let (steps, dimension) = (256, 4)
      let start = ContinuousClock.now
      let loss = try run(width: width, steps: steps, dimension: dimension, iterations: iterations)
      let elapsed = (ContinuousClock.now - start).components
      return Row(
        width: width, steps: steps, dimension: dimension, iterations: iterations,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18, lastLoss: loss)
    }
  }
}
