import Numerics

extension Linearisation {
  /// Moves every neuron of `initial` by `radius`/√m in the given kind of direction.
  ///
  /// - Parameter sequence: The input whose last step defines the ``Direction/hessian`` directions.
  public static func move(
    _ initial: DiagonalNetwork, radius: Double, direction: Direction, sequence: [Double], seed: UInt64
  ) -> DiagonalNetwork {
    var result = initial
    let size = initial.dimension + 1
    var shared = RandomStream(seed: seed, purpose: "kernel.move.shared")
    let common = unit((0..<size).map { _ in shared.normal() })
    for i in 0..<initial.width {
      let axis: [Double]
      switch direction {
      case .random:
        var stream = RandomStream(seed: seed, purpose: "kernel.move", index: UInt64(i))
        axis = unit((0..<size).map { _ in stream.normal() })
      case .aligned:
        axis = common.map { $0 * initial.signs[i] }
      case .hessian:
        let hessian = initial.neuron(i).hessians(sequence).last ?? []
        axis = topEigenvector(hessian.map { $0 * initial.signs[i] }, size: size)
      }
      result.setParameters(
        i, zip(initial.parameters(i), axis).map { $0 + radius * initial.scale * $1 })
    }
    return result
  }

  /// The eigenvector of the largest eigenvalue of a symmetric matrix, by power iteration on the matrix shifted by
  /// its Frobenius norm. 60 iterations: a poorer vector is still a valid move of the same length.
  static func topEigenvector(_ matrix: [Double], size: Int) -> [Double] {
    let shift = matrix.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard shift > 0 else { return (0..<size).map { $0 == 0 ? 1 : 0 } }
    var vector = unit((0..<size).map { 1 + 0.1 * Double($0) })
    for _ in 0..<60 {
      vector = unit(
        (0..<size).map { row in
          (0..<size).reduce(shift * vector[row]) { $0 + matrix[row * size + $1] * vector[$1] }
        })
    }
    return vector
  }

  private static func unit(_ vector: [Double]) -> [Double] {
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? vector.map { $0 / norm } : vector.indices.map { $0 == 0 ? 1 : 0 }
  }
}
