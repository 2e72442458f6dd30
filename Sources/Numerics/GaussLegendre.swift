import Foundation

/// Gauss–Legendre quadrature on [−1, 1]: exact for polynomials of degree 2n − 1.
///
/// Nodes are the roots of the Legendre polynomial, found by Newton's iteration on the three-term recurrence from the
/// Chebyshev estimate; accurate to a few units in the last place for n up to some hundreds (Davis & Rabinowitz, "Methods of
/// numerical integration", 2nd ed., section 2.7).
public struct GaussLegendre: Sendable {
  /// The nodes in (−1, 1), ascending.
  public let nodes: [Double]
  /// The weights, positive, adding up to two.
  public let weights: [Double]

  /// - Precondition: `count >= 1`.
  public init(_ count: Int) {
    precondition(count >= 1, "a quadrature rule needs at least one node, got \(count)")
    var nodes = [Double](repeating: 0, count: count)
    var weights = [Double](repeating: 0, count: count)
    for index in 0..<count {
      var x = -Foundation.cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      if 2 * index + 1 == count { x = 0 }
      var slope = 1.0
      for _ in 0..<10 {
        var previous = 1.0
        var value = x
        for degree in stride(from: 2, through: count, by: 1) {
          let n = Double(degree)
          (previous, value) = (value, ((2 * n - 1) * x * value - (n - 1) * previous) / n)
        }
        slope = Double(count) * (x * value - previous) / (x * x - 1)
        let step = value / slope
        x -= step
        if step.magnitude < 1e-16 { break }
      }
      nodes[index] = x
      weights[index] = 2 / ((1 - x * x) * slope * slope)
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// ∫ f over [lower, upper].
  @inlinable
  public func integrate(_ lower: Double, _ upper: Double, _ function: (Double) throws -> Double) rethrows
    -> Double
  {
    let centre = 0.5 * (lower + upper)
    let halfWidth = 0.5 * (upper - lower)
    var total = 0.0
    for index in nodes.indices { total += weights[index] * (try function(centre + halfWidth * nodes[index])) }
    return total * halfWidth
  }

  /// ∫ f over consecutive panels, the sum compensated.
  public func integrate(panels: [Double], _ function: (Double) throws -> Double) rethrows -> Double {
    var total = CompensatedSum()
    for index in panels.indices.dropFirst() {
      total.add(try integrate(panels[index - 1], panels[index], function))
    }
    return total.value
  }
}
