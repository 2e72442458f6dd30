import GatedCells
import Numerics

/// Transport with nothing left out, by dense matrix products: the yardstick of diagonal transport.
public enum DenseTransport {
  /// `∏_{j=t−ℓ+1}^{t} J_j`, the latest factor leftmost.
  public static func exact(_ splits: [JacobianSplit], time: Int, lag: Int) -> Matrix {
    var product = Matrix.identity(splits[time].retention.rows)
    for step in stride(from: time, to: time - lag, by: -1) { product = product * splits[step].total }
    return product
  }

  /// The value and the first-order part of `∏ (A_j + ε B_j)` at ε = 0: the Fréchet derivative of the product in the
  /// direction of the couplings (Livi 2025, equations (33)–(34)).
  public static func firstOrder(_ splits: [JacobianSplit], time: Int, lag: Int) -> (
    zeroth: Matrix, correction: Matrix
  ) {
    var value = Matrix.identity(splits[time].retention.rows)
    var part = Matrix(rows: value.rows, columns: value.columns)
    for step in stride(from: time, to: time - lag, by: -1) {
      part = part * splits[step].retention + value * splits[step].coupling
      value = value * splits[step].retention
    }
    return (value, part)
  }
}
