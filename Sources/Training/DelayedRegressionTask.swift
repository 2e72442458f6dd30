import Kernels
import Numerics

/// The delayed-regression task of Livi 2025, equation (27):
/// `y_t = Σ_k c_k u·x_{t−ℓ_k} + ε_t`, `x_t ~ N(0, I_D)`, `‖u‖ = 1`, `ε_t ~ N(0, σ²)`; terms that reach before the start
/// of the sequence are absent.
public struct DelayedRegressionTask: Sendable, Hashable, Codable {
  /// The length T of a sequence.
  public let steps: Int
  /// The number of inputs D.
  public let inputSize: Int
  /// The lags ℓ_k, each at least 1.
  public let lags: [Int]
  /// The coefficients c_k, as many as lags.
  public let coefficients: [Double]
  /// The standard deviation σ of the observation noise.
  public let noise: Double
  /// Decides the direction u and every sequence.
  public let seed: UInt64

  /// - Throws: ``TaskError`` naming the first value that is not allowed.
  public init(
    steps: Int, inputSize: Int, lags: [Int], coefficients: [Double], noise: Double, seed: UInt64
  ) throws(TaskError) {
    guard steps >= 1 else { throw .notPositive(what: "the sequence length", value: steps) }
    guard inputSize >= 1 else { throw .notPositive(what: "the input size", value: inputSize) }
    guard !lags.isEmpty else { throw .noLags }
    guard lags.count == coefficients.count else {
      throw .countMismatch(lags: lags.count, coefficients: coefficients.count)
    }
    if let lag = lags.first(where: { $0 < 1 || $0 >= steps }) {
      throw .lagOutside(lag: lag, steps: steps)
    }
    if Set(lags).count < lags.count { throw .repeatedLag(lags) }
    if let bad = coefficients.first(where: { !$0.isFinite }) { throw .coefficient(bad) }
    guard noise >= 0, noise.isFinite else { throw .noise(noise) }
    self.steps = steps
    self.inputSize = inputSize
    self.lags = lags
    self.coefficients = coefficients
    self.noise = noise
    self.seed = seed
  }

  /// The unit vector u that inputs are projected on.
  public var direction: [Double] {
    var stream = RandomStream(seed: seed, purpose: "task.direction")
    return stream.unitVector(inputSize)
  }

  /// Which data a sequence belongs to; no sequence of one split occurs in another.
  public enum Split: Sendable, Hashable {
    case training
    /// Fresh data for one epoch's evaluation.
    case validation(epoch: Int)
    case diagnostics

    var purpose: String {
      switch self {
      case .training: "task.training"
      case .validation(let epoch): "task.validation.\(epoch)"
      case .diagnostics: "task.diagnostics"
      }
    }
  }

  /// The sequences with the given indices. Sequence n is a function of `(seed, split, n)` alone, so nothing need be
  /// held in memory: a batch is made when it is used.
  ///
  /// - Complexity: O(count · T · D), spread over all cores.
  public func batch(_ split: Split, indices: [Int]) -> SequenceBatch {
    let recipe = LaggedRegression(
      inputKey: RandomStream.key(seed: seed, purpose: split.purpose),
      noiseKey: RandomStream.key(seed: seed, purpose: split.purpose + ".noise"), steps: steps,
      direction: direction, lags: lags, coefficients: coefficients, noise: noise)
    let (inputs, targets) = recipe.sequences(indices.map(UInt64.init))
    return SequenceBatch(
      inputs: inputs, targets: targets, count: indices.count, steps: steps, inputSize: inputSize)
  }
}

/// What can be wrong with a task.
public enum TaskError: Error, Equatable, CustomStringConvertible {
  case notPositive(what: String, value: Int)
  case noLags
  case countMismatch(lags: Int, coefficients: Int)
  case lagOutside(lag: Int, steps: Int)
  case repeatedLag([Int])
  case coefficient(Double)
  case noise(Double)

  public var description: String {
    switch self {
    case .notPositive(let what, let value): "\(what) is \(value); it must be at least 1"
    case .noLags: "the task has no lags; give at least one"
    case .countMismatch(let lags, let coefficients):
      "there are \(lags) task lags but \(coefficients) coefficients; give one coefficient for each lag"
    case .lagOutside(let lag, let steps):
      "task lag \(lag) is outside 1…\(steps - 1), the lags that a sequence of \(steps) steps has"
    case .repeatedLag(let lags):
      "the task lags \(lags.map(String.init).joined(separator: ",")) repeat; add the coefficients up instead"
    case .coefficient(let value): "a task coefficient is \(value); it must be finite"
    case .noise(let value): "the noise is \(value); it must be finite and not negative"
    }
  }
}
