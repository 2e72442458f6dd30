import GatedCells

extension Mutant {
  /// The published couplings taken over, and mended in the reference-compatible mode.
  static let authorJacobians: [Mutant] = [
    Mutant("diagonal.published", "couplings are those of the published code", killedBy: ["RP-20", "RP-21"]) {
      system in
      let author = system.author
      for index in system.cells.indices {
        let diagonal = system.cells[index].diagonal
        system.cells[index].diagonal = { cell, point in
          var split = try diagonal(cell, point)
          if let cell = cell as? ConstGateCell {
            split.memoryToMemory = author.constantGateCoupling(cell, point)
          }
          if let cell = cell as? GRUCell { split.memoryToMemory = author.gatedUnitCoupling(cell, point) }
          return split
        }
      }
    },
    Mutant("author.couplingsMended", "the code's couplings are mended", killedBy: ["RP-20", "RP-21"]) {
      system in
      system.author.constantGateCoupling = { cell, point in
        cell.linearise(point.parameters, input: point.input, state: point.state)
          .diagonalSplit(point.parameters).memoryToMemory
      }
      system.author.gatedUnitCoupling = { cell, point in
        cell.linearise(point.parameters, input: point.input, state: point.state)
          .diagonalSplit(point.parameters).memoryToMemory
      }
    },
  ]
}
