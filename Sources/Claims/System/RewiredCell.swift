import GatedCells
import Numerics

/// A cell whose step gets another state where it expects `retained` or `recurrent`: what a careless author writes.
struct RewiredCell: CellWrapper {
  enum Wiring: Sendable {
    /// The leak reads `recurrent`, so that there is no retention path.
    case retentionFree
    /// The leak reads `recurrent`, gates and candidate read `retained`.
    case swapped
  }

  let original: any RecurrentCell
  let wiring: Wiring

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    original.step(
      parameters, input: input, retained: recurrent,
      recurrent: wiring == .swapped ? retained : recurrent)
  }
}
