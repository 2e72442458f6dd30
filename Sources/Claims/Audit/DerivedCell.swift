import GatedCells
import Numerics

extension CellUnderTest {
  /// A cell that exists only as its generic step: everything a claim asks for comes from automatic derivatives. Closed
  /// forms that the cell brings as an `AnalyticCell` take their place and are then judged against the derivatives.
  ///
  /// The functions are variables: put a hand-written fast path in the place of a derived one to have it judged.
  ///
  /// - Parameter make: Builds the cell at a given size; it is called for many small sizes.
  public static func derived(
    name: String, make: @escaping @Sendable (_ inputSize: Int, _ hiddenSize: Int) throws -> any RecurrentCell
  ) -> CellUnderTest {
    CellUnderTest(
      name: name, hasLayerNorm: false, make: { try make($0.inputSize, $0.hiddenSize) },
      step: { cell, point in
        analytic(cell)?.linearise(point.parameters, input: point.input, state: point.state).state
          ?? cell.step(point.parameters, input: point.input, state: point.state)
      },
      jacobian: { cell, point in
        analytic(cell)?.linearise(point.parameters, input: point.input, state: point.state)
          .jacobian(cell, point.parameters)
          ?? AutomaticDerivatives.jacobian(cell, point.parameters, input: point.input, state: point.state)
      },
      diagonal: { cell, point in
        analytic(cell)?.linearise(point.parameters, input: point.input, state: point.state)
          .diagonalSplit(point.parameters)
          ?? DiagonalSplit(
            AutomaticDerivatives.jacobian(cell, point.parameters, input: point.input, state: point.state),
            cell: cell)
      },
      pushForward: { cell, point, tangent, direction in
        analytic(cell)?.linearise(point.parameters, input: point.input, state: point.state)
          .pushForward(cell, point.parameters, tangent: tangent, direction: Parameters(direction))
          ?? AutomaticDerivatives.pushForward(
            cell, point.parameters, input: point.input, state: point.state, tangent: tangent,
            direction: direction)
      },
      squaredRows: { cell, point, weights in
        analytic(cell)?.linearise(point.parameters, input: point.input, state: point.state)
          .squaredRows(weights: weights).weighted
          ?? AutomaticLinearisation(cell, point.parameters, input: point.input, state: point.state)
          .squaredRows(weights: weights).weighted
      },
      gradient: { cell, parameters, inputs, targets in
        let network = RecurrentNetwork(cell: cell)
        return analytic(cell).map {
          network.backpropagate($0, parameters, inputs: inputs, targets: targets)
        } ?? AutomaticDerivatives.gradient(network, parameters, inputs: inputs, targets: targets)
      })
  }

  /// The cells of a type that can be built at any size.
  public static func derived<Cell: SizedCell>(from type: Cell.Type, name: String? = nil) -> CellUnderTest {
    derived(name: name ?? (try? Cell(inputSize: 1, hiddenSize: 1).name) ?? String(describing: type)) {
      try Cell(inputSize: $0, hiddenSize: $1)
    }
  }

  /// A cell of the catalogue: built-in cells with their closed forms, examples by automatic derivatives.
  public static func named(_ name: String) throws -> CellUnderTest {
    let entry = try CellCatalogue.entry(named: name)
    return entry.builtIn.map { CellUnderTest.analytic($0) } ?? derived(name: name, make: entry.make)
  }

  private static func analytic(_ cell: any RecurrentCell) -> (any AnalyticCell)? { cell as? any AnalyticCell }
}
