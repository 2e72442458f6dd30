import Kernels
import Testing

@Suite struct DeterminismTests {
  /// All cells, both tile widths, odd sizes, and more steps than may wait for their weight gradient.
  static let trials: [RandomCase] =
    CellKind.allCases.flatMap { cell in
      [false, true].flatMap { norm in
        [
          RandomCase(
            cell: cell, layerNorm: norm, inputSize: 5, hiddenSize: 21, batch: 37, steps: 11, seed: 8),
          RandomCase(
            cell: cell, layerNorm: norm, inputSize: 16, hiddenSize: 13, batch: 100, steps: 9, seed: 9),
          RandomCase(
            cell: cell, layerNorm: norm, inputSize: 2, hiddenSize: 7, batch: 40, steps: 150, seed: 10),
        ]
      }
    } + (100..<115).map { RandomCase(random: $0) }

  /// Every CPU level this machine has gives the same bits: loss, gradient and outputs.
  @Test(arguments: trials)
  func levelsAgreeBitForBit(trial: RandomCase) throws {
    var seen: (loss: Double, gradient: [Float])?
    var outputs: [Float]?
    for level in CPULevel.supported {
      let network = try trial.network(level: level)
      let result = try trial.evaluate(network)
      let predicted = try network.predictions(
        parameters: trial.parameters, inputs: trial.inputs, batch: trial.batch)
      if let seen { #expect(seen == result, "\(level) differs from \(CPULevel.supported[0])") }
      if let outputs { #expect(outputs == predicted, "\(level) differs from \(CPULevel.supported[0])") }
      seen = result
      outputs = predicted
    }
  }

  /// The number of threads never shows in the result.
  @Test(arguments: trials)
  func threadsAgreeBitForBit(trial: RandomCase) throws {
    let alone = try trial.evaluate(trial.network(threads: 1))
    for threads in [2, 3, 7] {
      let network = try trial.network(threads: threads)
      for _ in 0..<3 { #expect(try trial.evaluate(network) == alone, "\(threads) threads") }
    }
  }

  /// The default shard count is a constant, so results do not depend on the machine.
  @Test func defaultShardsAreFixed() throws {
    let network = try FusedNetwork(shape: NetworkShape(cell: .const, inputSize: 2, hiddenSize: 3), steps: 4)
    #expect(network.shards == 16)
  }

  /// Many short calls on many threads: the pool neither loses a job nor runs one twice.
  @Test func poolSurvivesManyCalls() throws {
    let trial = RandomCase(
      cell: .diag, layerNorm: false, inputSize: 2, hiddenSize: 3, batch: 130, steps: 2, seed: 2)
    let network = try trial.network(threads: 4)
    let first = try trial.evaluate(network)
    for _ in 0..<500 { #expect(try trial.evaluate(network) == first) }
  }
}
