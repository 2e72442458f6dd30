import GatedCells
import Numerics

/// Couplings `b_q` (the diagonal of the one-step Jacobian without retention) as the code published with Livi 2025 has them.
enum AuthorJacobians {
  /// The constant-gate cell: the Jacobian of layer normalisation is left out, `b_q = s (1 − h̃_q²) U_qq`.
  static func constantGate(_ cell: ConstGateCell, _ point: StepPoint) -> [Double] {
    let next = cell.linearise(point.parameters, input: point.input, state: point.state).state
    let recurrent = diagonals(cell.layout, point.parameters)[0]
    return next.indices.map { unit in
      let candidate = (next[unit] - (1 - cell.gate) * point.state[unit]) / cell.gate
      return cell.gate * (1 - candidate * candidate) * recurrent[unit]
    }
  }

  /// The GRU without normalisation: of the sum over units k that the reset gates make, k = q alone is kept.
  static func gatedUnit(_ cell: GRUCell, _ point: StepPoint) -> [Double] {
    let affine = affines(cell.layout)
    let update = point.parameters.affine(affine[0], point.input, point.state).map { Double.logistic($0) }
    let reset = point.parameters.affine(affine[1], point.input, point.state).map { Double.logistic($0) }
    let next = cell.linearise(point.parameters, input: point.input, state: point.state).state
    let diagonal = diagonals(cell.layout, point.parameters)
    return next.indices.map { unit in
      let (z, r, h) = (update[unit], reset[unit], point.state[unit])
      let candidate = (next[unit] - (1 - z) * h) / z
      return (candidate - h) * z * (1 - z) * diagonal[0][unit]
        + z * (1 - candidate * candidate) * diagonal[2][unit] * (r + h * r * (1 - r) * diagonal[1][unit])
    }
  }

  private static func affines(_ layout: ParameterLayout) -> [AffineBlock] {
    func blocks(_ role: ParameterBlock.Role) -> [ParameterBlock] { layout.blocks.filter { $0.role == role } }
    return zip(zip(blocks(.inputWeights), blocks(.recurrentWeights)), blocks(.bias)).map {
      AffineBlock(input: $0.0, recurrent: $0.1, bias: $1)
    }
  }

  /// The diagonals of the recurrent matrices in the order of the layout.
  private static func diagonals(_ layout: ParameterLayout, _ parameters: Parameters<Double>) -> [[Double]] {
    affines(layout).map { affine in
      let matrix = parameters.vector(affine.recurrent)
      return (0..<affine.units).map { matrix[$0 * affine.units + $0] }
    }
  }
}
