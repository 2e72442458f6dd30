import GatedCells
import Numerics

/// Derivatives of one step from the generic step alone, as balls: the oracle of every closed form.
struct StepDerivatives {
  typealias Ball = Dual<Bounded>

  let cell: any RecurrentCell
  let point: StepPoint
  /// The state before the step: exact, or with what rounding earlier steps left.
  let state: [Bounded]

  init(cell: any RecurrentCell, point: StepPoint, state: [Bounded]? = nil) {
    self.cell = cell
    self.point = point
    self.state = state ?? point.state.map { Bounded($0) }
  }

  /// `∂s'/∂s` along the retention path and through everything else, row by row.
  var split: (retention: [[Bounded]], coupling: [[Bounded]]) {
    let frozen = state.map { Ball($0, tangent: .zero) }
    let parameters = Parameters(point.parameters.values.map { Ball($0) })
    let input = point.input.map { Ball($0) }
    let size = cell.stateSize
    let empty = [[Bounded]](repeating: [Bounded](repeating: .zero, count: size), count: size)
    var retention = empty
    var coupling = empty
    for column in 0..<size {
      var moved = frozen
      moved[column].tangent = .one
      let along = genericStep(cell, parameters, input, moved, frozen)
      let across = genericStep(cell, parameters, input, frozen, moved)
      for row in 0..<size {
        retention[row][column] = along[row].tangent
        coupling[row][column] = across[row].tangent
      }
    }
    return (retention, coupling)
  }

  /// `J v + B w`.
  func pushForward(tangent: [Double], direction: [Double]) -> [Bounded] {
    let parameters = zip(point.parameters.values, direction).map { Ball(Bounded($0), tangent: Bounded($1)) }
    let state = zip(state, tangent).map { Ball($0, tangent: Bounded($1)) }
    return genericStep(cell, Parameters(parameters), point.input.map { Ball($0) }, state, state)
      .map(\.tangent)
  }

  /// The rows `b = ∂⁺m_q/∂θ` of the immediate parameter Jacobian, one for each memory unit.
  var memoryRows: [[Bounded]] {
    let still = [Double](repeating: 0, count: cell.stateSize)
    var rows = [[Bounded]](repeating: [], count: cell.hiddenSize)
    for parameter in 0..<cell.layout.count {
      var direction = [Double](repeating: 0, count: point.parameters.values.count)
      direction[parameter] = 1
      let column = pushForward(tangent: still, direction: direction)
      for (unit, coordinate) in cell.memory.enumerated() { rows[unit].append(column[coordinate]) }
    }
    return rows
  }

  /// The Jacobian split without its bounds.
  var plainSplit: JacobianSplit {
    let (retention, coupling) = split
    return JacobianSplit(retention: Matrix(balls: retention), coupling: Matrix(balls: coupling))
  }
}

extension Matrix {
  /// The centres of a square array of balls.
  init(balls: [[Bounded]]) {
    self.init(
      rows: balls.count, columns: balls.first?.count ?? 0, elements: balls.flatMap { $0.map(\.value) })
  }

  /// The rows as arrays.
  var rowArrays: [[Double]] { (0..<rows).map(row) }
}
