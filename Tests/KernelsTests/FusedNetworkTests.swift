import Kernels
import Testing

@Suite struct FusedNetworkTests {
  /// Outputs, loss and gradient stay within the running error bound of the reference.
  private func judge(_ trial: RandomCase, shards: Int = 16, threads: Int = 1) throws {
    let network = try trial.network(shards: shards, threads: threads)
    let (loss, gradient) = try trial.evaluate(network)
    let outputs = try network.predictions(
      parameters: trial.parameters, inputs: trial.inputs, batch: trial.batch)
    let expected = ReferenceNetwork(shape: trial.shape, steps: trial.steps).evaluate(
      parameters: trial.parameters, inputs: trial.inputs, targets: trial.targets, batch: trial.batch)
    #expect(abs(loss - expected.loss.value) <= expected.loss.error, "loss of \(trial)")
    // A bound that has grown beyond use would let everything pass.
    let magnitude = expected.gradient.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    let slack = expected.gradient.reduce(0) { $0 + $1.error * $1.error }.squareRoot()
    #expect(slack <= 0.05 * magnitude, "bound \(slack) beside a gradient of size \(magnitude) for \(trial)")
    for (index, (got, want)) in zip(outputs, expected.outputs).enumerated() {
      guard abs(Double(got) - want.value) <= want.error else {
        Issue.record("output \(index) of \(trial): \(got), expected \(want.value) ± \(want.error)")
        return
      }
    }
    for block in trial.shape.blocks {
      for index in 0..<block.count {
        let want = expected.gradient[block.offset + index]
        let got = Double(gradient[block.offset + index])
        guard abs(got - want.value) <= want.error else {
          Issue.record(
            "\(block.name)[\(index)] of \(trial): \(got), expected \(want.value) ± \(want.error)")
          return
        }
      }
    }
  }

  /// Every cell, with and without layer norm, at widths beside the register and batches beside the tile:
  /// outputs, loss and every gradient component within the error bound.
  @Test(arguments: CellKind.allCases, [false, true])
  func agreesWithTheReference(cell: CellKind, layerNorm: Bool) throws {
    let sizes = [
      (1, 1, 1, 1), (3, 5, 17, 4), (16, 8, 16, 3), (2, 16, 69, 3), (7, 33, 5, 3), (16, 64, 2, 3),
      (16, 100, 2, 2),
      // Worst-case bounds grow with the steps, fastest through layer norm; both lengths span several chunks.
      (19, 12, 64, 2), (4, 7, 66, 6), (5, 7, 1, layerNorm ? 10 : 40),
    ]
    for (index, (inputs, hidden, batch, steps)) in sizes.enumerated() {
      try judge(
        RandomCase(
          cell: cell, layerNorm: layerNorm, inputSize: inputs, hiddenSize: hidden, batch: batch, steps: steps,
          seed: UInt64(index)), threads: 1 + index % 3)
    }
  }

  /// Random sizes, cells and shard counts: within the error bound.
  @Test(arguments: 0..<60)
  func agreesWithTheReferenceAtRandomSizes(seed: Int) throws {
    try judge(RandomCase(random: UInt64(seed)), shards: 1 + seed % 5, threads: 1 + seed % 2)
  }

  /// The bound can fail: the gradient of a neighbouring network, one weight moved by one part in a thousand,
  /// lies outside.
  @Test(arguments: CellKind.allCases)
  func boundIsSharp(cell: CellKind) throws {
    let trial = RandomCase(
      cell: cell, layerNorm: true, inputSize: 3, hiddenSize: 6, batch: 4, steps: 3, seed: 5)
    var moved = trial.parameters
    moved[4] += 1e-3
    var gradient: [Float] = []
    try trial.network().lossAndGradient(
      parameters: moved, inputs: trial.inputs, targets: trial.targets, batch: trial.batch, gradient: &gradient
    )
    let expected = ReferenceNetwork(shape: trial.shape, steps: trial.steps).evaluate(
      parameters: trial.parameters, inputs: trial.inputs, targets: trial.targets, batch: trial.batch)
    let outside = zip(gradient, expected.gradient).filter { abs(Double($0) - $1.value) > $1.error }
    #expect(!outside.isEmpty)
  }

  /// The forward pass alone gives the loss of the training pass, bit for bit, in both tile widths.
  @Test(arguments: CellKind.allCases)
  func forwardAloneGivesTheSameLoss(cell: CellKind) throws {
    for batch in [3, 40, 70] {
      let trial = RandomCase(
        cell: cell, layerNorm: batch == 40, inputSize: 4, hiddenSize: 9, batch: batch, steps: 7, seed: 11)
      let network = try trial.network()
      let (loss, _) = try trial.evaluate(network)
      let alone = try network.loss(
        parameters: trial.parameters, inputs: trial.inputs, targets: trial.targets, batch: batch)
      #expect(alone == loss)
    }
  }

  /// An instance carries nothing over from earlier calls: a second call, and a call after other batch sizes and
  /// passes, gives the same bits.
  @Test(arguments: CellKind.allCases)
  func callsAreIndependent(cell: CellKind) throws {
    let trial = RandomCase(
      cell: cell, layerNorm: true, inputSize: 3, hiddenSize: 10, batch: 20, steps: 19, seed: 3)
    let large = RandomCase(
      cell: cell, layerNorm: true, inputSize: 3, hiddenSize: 10, batch: 75, steps: 19, seed: 4)
    let network = try trial.network(threads: 2)
    let first = try trial.evaluate(network)
    let second = try trial.evaluate(network)
    var gradient: [Float] = [1]
    _ = try network.lossAndGradient(
      parameters: large.parameters, inputs: large.inputs, targets: large.targets, batch: 75,
      gradient: &gradient)
    _ = try network.predictions(parameters: large.parameters, inputs: large.inputs, batch: 75)
    let third = try trial.evaluate(network)
    #expect(first == second)
    #expect(first == third)
  }

  /// A NaN among the parameters or inputs reaches the loss instead of being clamped away.
  @Test(arguments: CellKind.allCases)
  func notANumberIsSeen(cell: CellKind) throws {
    let trial = RandomCase(
      cell: cell, layerNorm: false, inputSize: 3, hiddenSize: 5, batch: 4, steps: 3, seed: 1)
    var inputs = trial.inputs
    inputs[7] = .nan
    let loss = try trial.network().loss(
      parameters: trial.parameters, inputs: inputs, targets: trial.targets, batch: trial.batch)
    #expect(loss.isNaN)
  }
}
