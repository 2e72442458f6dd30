import GatedCells
import Kernels
import Numerics
import Testing

@testable import Training

@Suite struct LaneEngineTests {
  /// Predictions, loss and every derivative of the replayed step equal those of the step itself, taken sequence by sequence
  /// and operation by operation, up to the rounding that running error analysis allows, for every cell: one unit, one
  /// input, one sequence, one step; widths, batches and lengths beside those of tiles and chunks; and random ones.
  @Test(arguments: LaneSubject.all) func gradientsAreThoseOfTheStep(subject: LaneSubject) throws {
    // Worst-case bounds grow with the steps, fastest through the normalisation of a few units.
    let norm = subject.layerNorm
    var shapes = [
      (1, 1, 1, 1), (2, norm ? 5 : 3, 17, norm ? 3 : 4), (3, 17, 2, 3), (17, 7, 5, 2),
      (1, norm ? 8 : 2, 65, norm ? 2 : 5), (2, norm ? 6 : 3, 1, norm ? 4 : 9),
    ]
    var stream = RandomStream(seed: 1, purpose: "lanes.shapes.\(subject.testDescription)")
    for _ in 0..<6 {
      shapes.append(
        (
          1 + stream.integer(below: 18), (norm ? 4 : 1) + stream.integer(below: 9),
          1 + stream.integer(below: 35), 1 + stream.integer(below: norm ? 3 : 5)
        ))
    }
    for (number, shape) in shapes.enumerated() {
      let trial = LaneCase(
        try subject.cell(shape.0, shape.1), batch: shape.2, steps: shape.3, seed: UInt64(number))
      // A bound that has grown beyond use would let everything pass. One normalised unit is constant: its derivatives
      // vanish beside roundings that are divided by √ε, and no bound is of use.
      if !(norm && shape.1 == 1) {
        #expect(trial.looseness < (norm ? 0.1 : 0.01), "\(trial)")
      }
      let complaint = try trial.complaint(RowCompiler.compile(RecurrentNetwork(cell: trial.cell)))
      #expect(complaint == nil)
    }
  }

  /// The comparison above can fail: leaving out any single instruction, weight gradient or parameter gradient of any
  /// cell's program, or multiplying by the transpose of any square block of weights, is noticed.
  @Test(arguments: LaneSubject.all) func everyInstructionCounts(subject: LaneSubject) throws {
    let trial = LaneCase(
      try subject.cell(2, subject.layerNorm ? 6 : 3), batch: 3, steps: subject.layerNorm ? 3 : 4, seed: 5)
    let program = try RowCompiler.compile(RecurrentNetwork(cell: trial.cell))
    #expect(try trial.complaint(program) == nil)
    var mutants: [(String, RowProgram)] = []
    func drop<Part>(_ list: WritableKeyPath<RowProgram, [Part]>, _ name: String) {
      for index in program[keyPath: list].indices {
        var mutant = program
        mutant[keyPath: list].remove(at: index)
        mutants.append(("without \(name) \(index), \(program[keyPath: list][index])", mutant))
      }
    }
    drop(\.prologue, "prologue")
    drop(\.forward, "forward")
    drop(\.backward, "backward")
    drop(\.epilogue, "epilogue")
    drop(\.weightGradients, "weight gradient")
    drop(\.parameterGradients, "parameter gradient")
    for index in program.packedWeights.indices {
      for block in program.packedWeights[index].blocks.indices {
        var mutant = program
        let weights = program.packedWeights[index].blocks[block]
        guard weights.rows == weights.columns else { continue }
        mutant.packedWeights[index].blocks[block].isTransposed.toggle()
        mutants.append(("transposed weights \(index), \(weights)", mutant))
      }
    }
    for (name, mutant) in mutants {
      #expect(try trial.complaint(mutant) != nil, "\(subject.testDescription) \(name) survives")
    }
  }

  /// Loss and gradient have the same bits for every number of threads and every instruction set.
  @Test(arguments: LaneSubject.all) func sameBitsForAllThreadsAndLevels(subject: LaneSubject) throws {
    let cell = try subject.cell(3, 5)
    let program = try RowCompiler.compile(RecurrentNetwork(cell: cell))
    var stream = RandomStream(seed: 3, purpose: "lanes.threads")
    let parameters = stream.normals(program.parameterCount).map { Float(0.5 * $0) }
    for (batch, steps) in [(5, 30), (150, 6)] {
      let inputs = stream.normals(batch * steps * 3).map { Float($0) }
      let targets = stream.normals(batch * steps).map { Float($0) }
      func run(_ threads: Int, _ level: CPULevel) throws -> (Double, [UInt32]) {
        var gradient: [Float] = []
        let loss = try RowNetwork(program, threads: threads, level: level).lossAndGradient(
          parameters: parameters, inputs: inputs, targets: targets, batch: batch, steps: steps,
          gradient: &gradient)
        return (loss, gradient.map(\.bitPattern))
      }
      let expected = try run(1, .best)
      for level in CPULevel.supported {
        for threads in [1, 2, 3, 8] { #expect(try run(threads, level) == expected, "\(level), \(threads)") }
      }
    }
  }

  /// Recordings hold what steps may contain besides the catalogue's patterns: products written out, elementary functions
  /// of parameters alone, weights used twice, coordinates that repeat, move or do not change, and quotients.
  @Test(arguments: 1...5) func unusualStepsAreRecorded(units: Int) throws {
    let trial = LaneCase(UnusualCell(hiddenSize: units), batch: 3, steps: 4, seed: UInt64(units))
    #expect(trial.looseness < 0.01)
    let complaint = try trial.complaint(RowCompiler.compile(RecurrentNetwork(cell: trial.cell)))
    #expect(complaint == nil)
  }

  /// A step that looks at its values cannot be recorded, and the error says so and what to do.
  @Test func lookingAtValuesIsRefused() throws {
    let error = try #require(throws: LaneError.self) { try LaneEngine(LookingCell()) }
    guard case .stepLooksAtValues("looking", _, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("ReferenceEngine"))
  }

  /// The engine for a cell of the catalogue is the fused one where there are kernels and this one elsewhere.
  @Test(arguments: CellCatalogue.all) func everyCellHasAnEngine(entry: CellCatalogue.Entry) throws {
    let engine = try NetworkSpecification(cell: entry, inputSize: 2, hiddenSize: 3, layerNorm: false)
      .singlePrecisionEngine(steps: 4)
    #expect((engine is FusedEngine) == (entry.builtIn != nil))
    #expect((engine is LaneEngine) == (entry.builtIn == nil))
  }
}
