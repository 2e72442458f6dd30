import Foundation
import Numerics

/// A weighted point of the initial law: a neuron's parameters and the probability that it stands for.
public struct WeightedNeuron: Sendable {
  /// w.
  public let retention: Double
  /// u.
  public let input: [Double]
  public let weight: Double
}

/// The law of a neuron at initialisation: w = ±α with fair sign, u standard normal in d dimensions.
///
/// Everything at infinite width is an expectation under this law, over one neuron: the matrix is diagonal, so
/// there is no Gaussian-process recursion.
public struct InitialLaw: Sendable, Hashable {
  /// α.
  public let spread: Double
  /// d.
  public let dimension: Int

  public init(spread: Double, dimension: Int) throws {
    try Check.nonnegative("spread α", spread)
    try Check.atLeast(1, "dimension", dimension)
    self.spread = spread
    self.dimension = dimension
  }

  /// Independent neurons of equal weight. Neuron i depends on (seed, i) alone.
  public func samples(count: Int, seed: UInt64) -> [WeightedNeuron] {
    (0..<count).map { index in
      var stream = RandomStream(seed: seed, purpose: "kernel.law", index: UInt64(index))
      let retention = spread * stream.rademacher()
      return WeightedNeuron(
        retention: retention, input: (0..<dimension).map { _ in stream.normal() },
        weight: 1 / Double(count))
    }
  }

  /// The nodes of a trapezoidal rule on the grid of the given spacing, in one or two dimensions.
  ///
  /// For integrands analytic near the real axis the rule converges faster than any power of the spacing
  /// (Trefethen & Weideman, SIAM Review 2014); beyond 8.5 the normal law leaves 2·10⁻¹⁷. Weights are normalised.
  /// - Throws: ``KernelRegimeError`` when d > 2: the grid grows as its power.
  public func grid(spacing: Double) throws -> [WeightedNeuron] {
    try Check.positive("spacing", spacing)
    guard dimension <= 2 else {
      throw KernelRegimeError.parameterOutOfDomain(
        name: "dimension", value: Double(dimension), allowed: "1 or 2 for a grid; use samples instead")
    }
    let reach = Int((8.5 / spacing).rounded(.up))
    let axis = (-reach...reach).map { Double($0) * spacing }
    let density = axis.map { exp(-$0 * $0 / 2) }
    let total = density.reduce(0, +)
    var nodes: [WeightedNeuron] = []
    for sign in [-1.0, 1.0] {
      for (a, weight) in zip(axis, density) {
        if dimension == 1 {
          nodes.append(
            WeightedNeuron(retention: sign * spread, input: [a], weight: weight / total / 2))
          continue
        }
        // A product weight below 10⁻¹⁸ adds nothing that double precision can see.
        for (b, other) in zip(axis, density) where weight * other > 1e-18 {
          nodes.append(
            WeightedNeuron(
              retention: sign * spread, input: [a, b], weight: weight * other / (total * total) / 2))
        }
      }
    }
    return nodes
  }
}
