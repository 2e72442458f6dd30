import Numerics

/// Quadrature for identities between a density, its tail and its score.
enum NoiseQuadrature {
  static let rule = GaussLegendre(16)
}
