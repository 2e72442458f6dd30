import Foundation
import KernelRegime
import Numerics
import PropertyEngine

/// Random cases for the claims.
enum KernelCase {
  static let activations = ActivationCatalogue.bounded

  static func activation(_ draw: Draw) throws -> any SmoothActivation {
    let index = try draw("activation", integers(in: 0...activations.count - 1))
    return activations[index]
  }

  /// T·d inputs, each vector of norm at most one.
  static func sequence(_ draw: Draw, dimension: Int, steps: Int, name: String = "inputs") throws -> [Double] {
    let raw = try draw(name, tensors([steps * dimension], scale: 0.5))
    return (0..<steps).flatMap { t -> [Double] in
      let vector = Array(raw[t * dimension..<(t + 1) * dimension])
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / max(1, norm) }
    }
  }

  /// A neuron with |w| ≤ `reach`/σ₁ and moderate input weights.
  static func neuron(_ draw: Draw, _ sigma: any SmoothActivation, dimension: Int, reach: Double = 1.5) throws
    -> DiagonalNeuron
  {
    let limit = reach / sigma.bounds.slope
    return DiagonalNeuron(
      activation: sigma, retention: try draw("w", reals(in: -limit...limit, allowsSubnormal: false)),
      input: try draw("u", arrays(of: reals(in: -3...3, allowsSubnormal: false), count: dimension)))
  }

  /// A mirrored network of the system and the spread it was made with.
  static func symmetric(
    _ draw: Draw, _ system: KernelRegimeSystem, _ sigma: any SmoothActivation, dimension: Int,
    halfWidths: ClosedRange<Int> = 1...8, reach: Double = 1.2
  ) throws -> (network: DiagonalNetwork, spread: Double) {
    let half = try draw("half width", integers(in: halfWidths))
    let spread = try draw("α", reals(in: 0...reach / sigma.bounds.slope, allowsSubnormal: false))
    let seed = try draw("seed", integers(in: 0...1_000_000, spread: .uniform))
    return (try system.initialise(sigma, 2 * half, dimension, spread, UInt64(seed)), spread)
  }

  /// A network displaced from `initial` by at most `radius`/√m in w and u of every neuron, to the rim in most.
  static func displaced(_ draw: Draw, _ initial: DiagonalNetwork, ball: MaxNormBall) throws -> DiagonalNetwork
  {
    let seed = try draw("displacement seed", integers(in: 0...1_000_000, spread: .uniform))
    var result = initial
    for i in 0..<initial.width {
      var stream = RandomStream(seed: UInt64(seed), purpose: "claims.kernel.displacement", index: UInt64(i))
      let direction = (0..<initial.dimension).map { _ in stream.normal() }
      let norm = max(direction.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-300)
      let length = min(1, 1.5 * stream.uniform())
      let parameters = initial.parameters(i)
      result.setParameters(
        i,
        [
          parameters[0] + ball.retentionRadius * initial.scale * min(1, 1.5 * stream.uniform())
            * stream.rademacher()
        ]
          + zip(parameters.dropFirst(), direction).map {
            $0 + ball.inputRadius * initial.scale * length * $1 / norm
          })
    }
    return result
  }

  static func ball(_ draw: Draw, upTo limit: Double = 2) throws -> MaxNormBall {
    try MaxNormBall(
      retentionRadius: draw("ρ_w", reals(in: 0...limit, allowsSubnormal: false)),
      inputRadius: draw("ρ_u", reals(in: 0...limit, allowsSubnormal: false)))
  }

  /// Bounds the rounding error of a quantity of T steps in d dimensions whose sensitivity to relative changes of
  /// parameters and inputs is `sensitivity`: every rounding is such a change, and there are at most 2d + 40 a step
  /// (d products and sums, and up to 40 half-ulps in the activation and its derivatives).
  static func rounding(_ sensitivity: Double, steps: Int, dimension: Int) -> Double {
    Double(steps * (2 * dimension + 40)) * Double.ulpOfOne * sensitivity + 1e-300
  }

  /// A neuron, a sequence and its length.
  static func single(_ draw: Draw) throws -> (neuron: DiagonalNeuron, inputs: [Double], steps: Int) {
    let sigma = try activation(draw)
    let dimension = try draw("d", integers(in: 1...3))
    let steps = try draw("T", integers(in: 1...6))
    let inputs = try sequence(draw, dimension: dimension, steps: steps)
    return (try neuron(draw, sigma, dimension: dimension, reach: 1.2), inputs, steps)
  }

  /// A network displaced from a symmetric one, and a sequence.
  static func general(_ draw: Draw, _ system: KernelRegimeSystem) throws -> (
    network: DiagonalNetwork, inputs: [Double]
  ) {
    let sigma = try activation(draw)
    let dimension = try draw("d", integers(in: 1...3))
    let steps = try draw("T", integers(in: 1...5))
    let (initial, _) = try symmetric(draw, system, sigma, dimension: dimension, halfWidths: 1...4)
    let network = try displaced(draw, initial, ball: MaxNormBall(retentionRadius: 1, inputRadius: 1))
    return (network, try sequence(draw, dimension: dimension, steps: steps))
  }

  /// Bounds the change of a neuron's state for relative changes of its parameters and inputs: L(1 + |θ|), largest over
  /// the network.
  static func sensitivity(_ network: DiagonalNetwork, steps: Int) -> Double {
    (0..<network.width).map { i in
      let theta = network.parameters(i)
      let length = theta.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return KernelConstantOracle.lipschitz(network.activation.bounds, abs(theta[0]), steps) * (1 + length)
    }.max() ?? 0
  }

  /// Bounds the rounding error of a neuron's gradient: a relative change of parameters by ε moves it by β|θ|ε, a
  /// relative change of its own factors by Lε.
  static func derivativeRounding(_ neuron: DiagonalNeuron, steps: Int) throws -> Double {
    let bounds = neuron.activation.bounds
    let length = (neuron.input.reduce(neuron.retention * neuron.retention) { $0 + $1 * $1 }).squareRoot()
    let a = abs(neuron.retention)
    return rounding(
      KernelConstantOracle.lipschitz(bounds, a, steps)
        + KernelConstantOracle.smoothness(bounds, a, steps) * (1 + length), steps: steps,
      dimension: neuron.input.count)
  }

  static func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// The largest |eigenvalue| of a symmetric matrix from below, by power iteration: a lower bound up to rounding.
  static func spectralNorm(_ matrix: [Double], size: Int) -> Double {
    var vector = (0..<size).map { 1 / Double($0 + 1) }
    var value = 0.0
    for _ in 0..<30 {
      let image = (0..<size).map { row in
        (0..<size).reduce(0) { $0 + matrix[row * size + $1] * vector[$1] }
      }
      value = norm(image) / max(norm(vector), 1e-300)
      let length = norm(image)
      guard length > 1e-200 else { return 0 }
      vector = image.map { $0 / length }
    }
    return value
  }

  private static func flat(_ network: DiagonalNetwork) -> [Double] { network.retention + network.input }

  static func distance(_ a: DiagonalNetwork, _ b: DiagonalNetwork) -> Double {
    norm(zip(flat(a), flat(b)).map { $0 - $1 })
  }

  /// ⟨a − origin, b − origin⟩ over all weights.
  static func product(_ a: DiagonalNetwork, _ b: DiagonalNetwork, at origin: DiagonalNetwork) -> Double {
    zip(zip(flat(a), flat(b)), flat(origin)).reduce(0) { $0 + ($1.0.0 - $1.1) * ($1.0.1 - $1.1) }
  }
}
