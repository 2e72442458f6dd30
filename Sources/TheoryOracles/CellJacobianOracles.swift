import Foundation

extension CellOracle {
  /// One step's dense Jacobian, split into the retention path `A` and everything else `B`.
  public struct Split: Sendable {
    public let zeroth: [[Double]]
    public let first: [[Double]]
  }

  /// Dense Jacobian of the new state by the old one, `J = A + B`.
  public func jacobian(input: [Double], state: [Double]) throws(OracleError) -> [[Double]] {
    let parts = try split(input: input, state: state)
    return Vectors.add(parts.zeroth, parts.first)
  }

  /// The split of Livi 2025, appendix B, in the paper's matrix formulas: (41)-(43) LSTM, (51)-(54) GRU, (60) diagonal,
  /// (62) shared and (64) constant gate. `S` are diagonal slopes, `x(1−x)` for gates and `1−x²` for tanh.
  ///
  /// With layer normalisation the candidate's `U` becomes `N U`, `N = (1/σ) D(gain) (I − 11ᵀ/H − x̂x̂ᵀ/H)`. The LSTM state is (h, c).
  public func split(input: [Double], state: [Double]) throws(OracleError) -> Split {
    try requireShapes(input, state)
    let inside = activations(input: input, state: state)
    switch kind {
    case .lstm: return lstmSplit(inside, state)
    case .gru: return gruSplit(inside, state)
    case .const, .shared, .diag: return leakySplit(inside, state)
    }
  }

  /// `N U` for the candidate matrix, or `U` itself without layer normalisation.
  func candidateMatrix(_ name: String, _ preActivation: [Double]) -> [[Double]] {
    guard hasLayerNorm else { return matrix(name) }
    let (unit, deviation) = Self.standardised(preActivation)
    let gain = vector("lnGain")
    let size = Double(hidden)
    let normalisation = (0..<hidden).map { row in
      (0..<hidden).map { column in
        gain[row] / deviation * ((row == column ? 1 : 0) - 1 / size - unit[row] * unit[column] / size)
      }
    }
    return Vectors.multiply(normalisation, matrix(name))
  }

  private func gateSlope(_ gate: [Double]) -> [Double] { gate.map { $0 * (1 - $0) } }

  private func leakySplit(_ inside: Activations, _ state: [Double]) -> Split {
    let s = inside.gates["s"] ?? []
    let slope = inside.candidate.map { 1 - $0 * $0 }
    let candidatePath = Vectors.scaleRows(
      zip(s, slope).map { $0 * $1 }, candidateMatrix("U", inside.preActivation))
    var first = candidatePath
    if kind != .const {
      // The shared gate has one row u_s for all units, the diagonal gate one for each.
      let rows = matrix("Us")
      let lift = zip(inside.candidate, state).map { $0 - $1 }
      let slopes = gateSlope(s)
      let gatePath = (0..<hidden).map { q in
        rows[kind == .shared ? 0 : q].map { lift[q] * slopes[q] * $0 }
      }
      first = Vectors.add(candidatePath, gatePath)
    }
    return Split(zeroth: Vectors.diagonal(s.map { 1 - $0 }), first: first)
  }

  private func gruSplit(_ inside: Activations, _ h: [Double]) -> Split {
    let z = inside.gates["z"] ?? []
    let r = inside.gates["r"] ?? []
    let g = inside.candidate
    let lift = zip(g, h).map { $0 - $1 }
    let gatePath = Vectors.scaleRows(zip(lift, gateSlope(z)).map { $0 * $1 }, matrix("Uz"))
    // Derivative of r ⊙ h by h: D(r) + D(h) S^r U_r.
    let resetPath = Vectors.add(
      Vectors.diagonal(r), Vectors.scaleRows(zip(h, gateSlope(r)).map { $0 * $1 }, matrix("Ur")))
    let candidatePath = Vectors.scaleRows(
      zip(z, g).map { $0 * (1 - $1 * $1) },
      Vectors.multiply(candidateMatrix("Uh", inside.preActivation), resetPath))
    return Split(zeroth: Vectors.diagonal(z.map { 1 - $0 }), first: Vectors.add(gatePath, candidatePath))
  }

  private func lstmSplit(_ inside: Activations, _ state: [Double]) -> Split {
    let i = inside.gates["i"] ?? []
    let f = inside.gates["f"] ?? []
    let o = inside.gates["o"] ?? []
    let g = inside.candidate
    let oldCell = Array(state[hidden...])
    let newTanh = inside.state[hidden...].map { tanh($0) }
    let exposure = zip(o, newTanh).map { $0 * (1 - $1 * $1) }
    // C = D(c₋) S^f U_f + D(g) S^i U_i + D(i) S^g U_g.
    let forget = Vectors.scaleRows(zip(oldCell, gateSlope(f)).map { $0 * $1 }, matrix("Uf"))
    let write = Vectors.scaleRows(zip(g, gateSlope(i)).map { $0 * $1 }, matrix("Ui"))
    let candidate = Vectors.scaleRows(
      zip(i, g).map { $0 * (1 - $1 * $1) }, candidateMatrix("Ug", inside.preActivation))
    let cellByHidden = Vectors.add(Vectors.add(forget, write), candidate)
    let hiddenByHidden = Vectors.add(
      Vectors.scaleRows(zip(newTanh, gateSlope(o)).map { $0 * $1 }, matrix("Uo")),
      Vectors.scaleRows(exposure, cellByHidden))
    let zeros = [Double](repeating: 0, count: hidden)
    let keep = Vectors.diagonal(f)
    let expose = Vectors.scaleRows(exposure, keep)
    return Split(
      zeroth: expose.map { zeros + $0 } + keep.map { zeros + $0 },
      first: hiddenByHidden.map { $0 + zeros } + cellByHidden.map { $0 + zeros })
  }
}
