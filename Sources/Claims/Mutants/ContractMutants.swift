import GatedCells
import Numerics

extension Mutant {
  /// Cells that break what the theory presupposes of a cell.
  static let cellContract: [Mutant] = [
    Mutant("contract.shortState", "the step returns one number too few", killedBy: ["CE-01"]) { system in
      system.changeCells { cell in
        let step = cell.step
        cell.step = { try step($0, $1).dropLast() }
      }
    },
    Mutant("contract.infiniteState", "the step divides by zero where the input vanishes", killedBy: ["CE-01"])
    {
      system in
      system.changeCells { cell in
        let step = cell.step
        cell.step = { cell, point in
          try step(cell, point).map { point.input.contains(0) ? $0 / 0 : $0 }
        }
      }
    },
    Mutant("contract.swappedPaths", "gates read `retained`, the leak reads `recurrent`", killedBy: ["CE-03"])
    {
      $0.rewire(.swapped)
    },
    Mutant("contract.noRetentionPath", "the leak reads `recurrent`", killedBy: ["CE-04"]) {
      $0.rewire(.retentionFree)
    },
    Mutant(
      "contract.growingRetention", "the retention path multiplies by weights of any size",
      killedBy: ["CE-05", "CE-06"]
    ) { $0.cells = [.derived(from: IndRNN.self)] },
    Mutant("contract.squaredWeights", "squared rows are weighted by λ²", killedBy: ["CE-07"]) { system in
      system.changeCells { cell in
        let rows = cell.squaredRows
        cell.squaredRows = { try rows($0, $1, $2.map { $0 * $0 }) }
      }
    },
  ]
}

extension SystemUnderTest {
  /// The same cells with another wiring, by their generic step alone.
  fileprivate mutating func rewire(_ wiring: RewiredCell.Wiring) {
    cells = cells.map { cell in
      .derived(name: cell.name) { inputSize, hiddenSize in
        RewiredCell(
          original: try cell.make(CellShape(inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: false)),
          wiring: wiring)
      }
    }
  }
}
