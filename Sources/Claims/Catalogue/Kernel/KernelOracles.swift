import Foundation
import KernelRegime
import Numerics

/// Scalars that also know sine and cosine; forward derivatives follow by the chain rule.
protocol PeriodicScalar: Scalar {
  static func sine(_ x: Self) -> Self
  static func cosine(_ x: Self) -> Self
}

extension Double: PeriodicScalar {
  static func sine(_ x: Double) -> Double { sin(x) }
  static func cosine(_ x: Double) -> Double { cos(x) }
}

extension Dual: PeriodicScalar where Base: PeriodicScalar {
  static func sine(_ x: Self) -> Self { Self(Base.sine(x.value), tangent: Base.cosine(x.value) * x.tangent) }
  static func cosine(_ x: Self) -> Self {
    Self(Base.cosine(x.value), tangent: -Base.sine(x.value) * x.tangent)
  }
}

/// The neuron written once more, over any scalar: with dual numbers it is its own derivative.
enum KernelNeuronOracle {
  static func activation<S: PeriodicScalar>(_ name: String, _ z: S) -> S {
    func softplus(_ z: S) -> S { S.log(.one + S.exp(z)) }
    switch name {
    case "tanh": return S.tanh(z)
    case "logistic": return S.logistic(z)
    case "sin": return S.sine(z)
    case "softclip": return softplus(z + S(0.5)) - softplus(z - S(0.5))
    default: preconditionFailure("no oracle for \(name)")
    }
  }

  /// h_1 … h_T.
  static func states<S: PeriodicScalar>(_ name: String, _ theta: [S], _ sequence: [Double]) -> [S] {
    let dimension = theta.count - 1
    var h = S.zero
    var result: [S] = []
    for t in 0..<sequence.count / dimension {
      var z = theta[0] * h
      for k in 0..<dimension { z = z + theta[k + 1] * S(sequence[t * dimension + k]) }
      h = activation(name, z)
      result.append(h)
    }
    return result
  }

  /// ∂h_t/∂θ_a, as T rows.
  static func gradients(_ neuron: DiagonalNeuron, _ sequence: [Double]) -> [[Double]] {
    let theta = [neuron.retention] + neuron.input
    let columns = theta.indices.map { a in
      states(
        neuron.activation.name,
        theta.indices.map { Dual<Double>(theta[$0], tangent: $0 == a ? 1 : 0) }, sequence
      ).map(\.tangent)
    }
    return columns[0].indices.map { t in columns.map { $0[t] } }
  }

  /// ∂²h_t/∂θ_a∂θ_b, as T row-major matrices.
  static func hessians(_ neuron: DiagonalNeuron, _ sequence: [Double]) -> [[Double]] {
    let theta = [neuron.retention] + neuron.input
    let size = theta.count
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: size * size), count: sequence.count / (size - 1))
    for a in 0..<size {
      for b in 0..<size {
        let arguments = theta.indices.map { k in
          Dual(
            Dual<Double>(theta[k], tangent: k == a ? 1 : 0),
            tangent: Dual<Double>(k == b ? 1 : 0, tangent: 0))
        }
        for (t, state) in states(neuron.activation.name, arguments, sequence).enumerated() {
          result[t][a * size + b] = state.tangent.tangent
        }
      }
    }
    return result
  }

  /// F_t of a whole network in the plainest form.
  static func outputs(_ network: DiagonalNetwork, _ sequence: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: sequence.count / network.dimension)
    for i in 0..<network.width {
      for (t, h) in states(network.activation.name, network.parameters(i), sequence).enumerated() {
        sums[t] += network.signs[i] * h
      }
    }
    return sums.map { $0 / Double(network.width).squareRoot() }
  }
}

/// The constants of the theory summed term by term, without the recursions of the code.
enum KernelConstantOracle {
  static func p(_ t: Int, _ x: Double) -> Double { (0..<max(t, 0)).reduce(0) { $0 + pow(x, Double($1)) } }
  static func q(_ t: Int, _ x: Double) -> Double {
    (0..<max(t, 0)).reduce(0) { $0 + Double($1 + 1) * pow(x, Double($1)) }
  }
  static func lipschitz(_ bounds: ActivationBounds, _ a: Double, _ t: Int) -> Double {
    let x = a * bounds.slope
    return t == 0 ? 0 : hypot(bounds.value * bounds.slope * p(t - 1, x), bounds.slope * p(t, x))
  }
  /// The unrolled recursion Σ_k x^k [σ₂(1+σ₀²)p²_{t−k} + 2σ₁L^c_{t−1−k}].
  static func smoothness(_ bounds: ActivationBounds, _ a: Double, _ t: Int) -> Double {
    let x = a * bounds.slope
    let square = 1 + bounds.value * bounds.value
    return (0..<max(t, 0)).reduce(0) { sum, k in
      sum + pow(x, Double(k))
        * (bounds.curvature * square * pow(p(t - k, x), 2)
          + 2 * bounds.slope * bounds.slope * square.squareRoot() * p(t - 1 - k, x))
    }
  }
}
