/// The five recurrent cells of Livi 2025 (arXiv 2512.05790), from no gate adaptation to full gating.
public enum CellKind: String, Sendable, CaseIterable, Codable {
  /// `h' = (1-s) h + s tanh(W x + U h + b)` with one fixed `s`.
  case const
  /// The same with one learned gate per sequence and step, `s = σ(wₛ·x + uₛ·h + bₛ)`.
  case shared
  /// The same with one learned gate per unit.
  case diag
  /// Gated recurrent unit, reset gate before the product.
  case gru
  /// Long short-term memory without peepholes.
  case lstm
}
