import Kernels

/// SplitMix64 (Steele, Lea & Flood 2014), for test data only.
struct TestRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform on [-1, 1).
  mutating func unit() -> Float { Float(bits() >> 40) * 0x1p-23 - 1 }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(bits() % UInt64(range.count))
  }
}

/// A network with data.
struct RandomCase: CustomStringConvertible {
  let shape: NetworkShape
  let steps: Int
  let batch: Int
  let seed: UInt64
  let parameters: [Float]
  let inputs: [Float]
  let targets: [Float]

  /// Recurrent rows have absolute sums of about one half, so that worst-case error bounds do not explode
  /// over the steps; input and readout weights are uniform on ±1/√fan-in, vectors on ±1, gains on ±1/2.
  init(
    cell: CellKind, layerNorm: Bool, inputSize: Int, hiddenSize: Int, batch: Int, steps: Int, seed: UInt64
  ) {
    var random = TestRandom(seed: seed)
    shape = NetworkShape(
      cell: cell, inputSize: inputSize, hiddenSize: hiddenSize, layerNorm: layerNorm,
      constGate: 0.05 + 0.95 * abs(random.unit()))
    self.batch = batch
    self.steps = steps
    self.seed = seed
    parameters = shape.blocks.flatMap { block in
      let scale: Float =
        switch block.name.first {
        case "U": 1 / Float(hiddenSize)
        case "W": 1 / Float(inputSize).squareRoot()
        case "r": 1 / Float(hiddenSize).squareRoot()
        default: block.name == "lnGain" ? 0.5 : 1
        }
      return (0..<block.count).map { _ in random.unit() * scale }
    }
    inputs = (0..<batch * steps * inputSize).map { _ in random.unit() }
    targets = (0..<batch * steps).map { _ in random.unit() }
  }

  /// Small random sizes, tile edges included.
  init(random seed: UInt64) {
    var random = TestRandom(seed: seed &+ 77)
    let hidden = [random.integer(1...20), random.integer(1...40), 16][random.integer(0...2)]
    self.init(
      cell: CellKind.allCases[random.integer(0...4)], layerNorm: random.integer(0...1) == 1,
      inputSize: [random.integer(1...6), random.integer(1...40), 16][random.integer(0...2)],
      hiddenSize: hidden,
      batch: [
        random.integer(1...5), random.integer(14...18), random.integer(30...34), random.integer(62...70),
      ][
        random.integer(0...3)],
      steps: random.integer(1...5), seed: seed)
  }

  var description: String {
    "\(shape.cell) D \(shape.inputSize) H \(shape.hiddenSize) batch \(batch) steps \(steps)"
      + " layerNorm \(shape.layerNorm) seed \(seed)"
  }

  func network(shards: Int = 16, threads: Int = 1, level: CPULevel = .best) throws -> FusedNetwork {
    try FusedNetwork(shape: shape, steps: steps, shards: shards, threads: threads, level: level)
  }

  /// Loss and gradient.
  func evaluate(_ network: FusedNetwork) throws -> (loss: Double, gradient: [Float]) {
    var gradient: [Float] = []
    let loss = try network.lossAndGradient(
      parameters: parameters, inputs: inputs, targets: targets, batch: batch, gradient: &gradient)
    return (loss, gradient)
  }
}
