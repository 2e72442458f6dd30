import Foundation

/// A bounded vector field v = (v_w, v_u) on the parameters of a neuron: the direction in which a teacher moves it.
///
/// The function class of Cayci & Eryilmaz 2024 is { f_t(X) = E[v_w ∂_w h_t + ⟨v_u, ∂_u h_t⟩] : |v_w| ≤ ν_w, ‖v_u‖ ≤ ν_u }.
public struct TransportMap: Sendable {
  public let name: String
  /// ν_w ≥ sup|v_w|.
  public let retentionNorm: Double
  /// ν_u ≥ sup‖v_u‖.
  public let inputNorm: Double
  private let field: @Sendable (Double, [Double]) -> (Double, [Double])

  /// - Parameter field: (w, u) ↦ (v_w, v_u), to be bounded by the norms given.
  public init(
    name: String, retentionNorm: Double, inputNorm: Double,
    field: @escaping @Sendable (_ retention: Double, _ input: [Double]) -> (Double, [Double])
  ) throws {
    try Check.nonnegative("ν_w", retentionNorm)
    try Check.nonnegative("ν_u", inputNorm)
    self.name = name
    self.retentionNorm = retentionNorm
    self.inputNorm = inputNorm
    self.field = field
  }

  /// ν = √(ν_w² + ν_u²).
  public var norm: Double {
    (retentionNorm * retentionNorm + inputNorm * inputNorm).squareRoot()
  }

  public func callAsFunction(retention: Double, input: [Double]) -> (retention: Double, input: [Double]) {
    field(retention, input)
  }

  /// v_u ≡ a. By Stein's identity f_t = E⟨a, ∂_u h_t⟩ = E[⟨a, u⟩h_t]; for σ = identity it is the filter
  /// Σ_{k even < t} α^k⟨a, X_{t−k}⟩.
  public static func constant(_ direction: [Double]) throws -> TransportMap {
    try TransportMap(name: "constant", retentionNorm: 0, inputNorm: length(direction)) { _, _ in
      (0, direction)
    }
  }

  /// v_u = sgn(w)a: for σ = identity the odd half of the filter, Σ_{k odd < t} α^k⟨a, X_{t−k}⟩.
  public static func signed(_ direction: [Double]) throws -> TransportMap {
    try TransportMap(name: "signed", retentionNorm: 0, inputNorm: length(direction)) { w, _ in
      (0, direction.map { w < 0 ? -$0 : $0 })
    }
  }

  /// v_w = ν_w tanh⟨a, u⟩ and v_u = b: moves both kinds of weight, smoothly and within bounds.
  public static func mixed(retentionNorm: Double, along a: [Double], input b: [Double]) throws -> TransportMap
  {
    try TransportMap(name: "mixed", retentionNorm: retentionNorm, inputNorm: length(b)) { _, u in
      (retentionNorm * tanh(zip(a, u).reduce(0) { $0 + $1.0 * $1.1 }), b)
    }
  }

  /// v_w = ⟨a, u⟩, truncated to `limit`: for σ = identity and no truncation Σ_{k odd < t} kα^{k−1}⟨a, X_{t−k}⟩.
  public static func linear(_ a: [Double], limit: Double) throws -> TransportMap {
    try TransportMap(name: "linear", retentionNorm: limit, inputNorm: 0) { _, u in
      let product = zip(a, u).reduce(0) { $0 + $1.0 * $1.1 }
      return (max(-limit, min(limit, product)), u.map { _ in 0 })
    }
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
