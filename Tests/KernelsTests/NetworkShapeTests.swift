import Kernels
import Testing

@Suite struct NetworkShapeTests {
  /// Blocks follow each other without gaps, and their sizes add up to the known parameter counts.
  @Test(arguments: CellKind.allCases, [false, true])
  func blocksFillTheVector(cell: CellKind, layerNorm: Bool) {
    let (d, h) = (7, 5)
    let shape = NetworkShape(cell: cell, inputSize: d, hiddenSize: h, layerNorm: layerNorm)
    var offset = 0
    for block in shape.blocks {
      #expect(block.offset == offset)
      offset += block.count
    }
    #expect(offset == shape.parameterCount)
    let gate = h * d + h * h + h
    let expected =
      switch cell {
      case .const: gate
      case .shared: gate + d + h + 1
      case .diag: 2 * gate
      case .gru: 3 * gate
      case .lstm: 4 * gate
      }
    #expect(shape.parameterCount == expected + (layerNorm ? 2 * h : 0) + h + 1)
  }

  /// The documented order of blocks.
  @Test func blocksAreInTheDocumentedOrder() {
    func names(_ cell: CellKind, _ layerNorm: Bool) -> String {
      NetworkShape(cell: cell, inputSize: 2, hiddenSize: 3, layerNorm: layerNorm).blocks.map(\.name)
        .joined(separator: " ")
    }
    #expect(names(.const, false) == "W U b readoutWeight readoutBias")
    #expect(names(.shared, true) == "W U b lnGain lnBias Ws Us bs readoutWeight readoutBias")
    #expect(names(.diag, true) == "W U b lnGain lnBias Ws Us bs readoutWeight readoutBias")
    #expect(names(.gru, true) == "Wz Uz bz Wr Ur br Wh Uh bh lnGain lnBias readoutWeight readoutBias")
    #expect(
      names(.lstm, true) == "Wi Ui bi Wf Uf bf Wo Uo bo Wg Ug bg lnGain lnBias readoutWeight readoutBias")
  }

  /// Sizes and settings outside their range are refused with the name of the value.
  @Test func badSettingsAreRefused() {
    func refuses(_ shape: NetworkShape, steps: Int = 2, shards: Int = 1, threads: Int = 1, _ name: String) {
      #expect {
        _ = try FusedNetwork(shape: shape, steps: steps, shards: shards, threads: threads)
      } throws: { error in
        guard case KernelError.outOfRange(let found, _, _) = error else { return false }
        return found == name
      }
    }
    let good = NetworkShape(cell: .gru, inputSize: 2, hiddenSize: 3)
    refuses(NetworkShape(cell: .gru, inputSize: 0, hiddenSize: 3), "inputSize")
    refuses(NetworkShape(cell: .gru, inputSize: 2, hiddenSize: 0), "hiddenSize")
    refuses(NetworkShape(cell: .const, inputSize: 2, hiddenSize: 3, constGate: 0), "constGate")
    refuses(NetworkShape(cell: .const, inputSize: 2, hiddenSize: 3, constGate: .nan), "constGate")
    refuses(good, steps: 0, "steps")
    refuses(good, shards: 0, "shards")
    refuses(good, threads: 0, "threads")
  }

  /// Arrays of the wrong length are refused with both lengths.
  @Test func wrongLengthsAreRefused() throws {
    let shape = NetworkShape(cell: .diag, inputSize: 2, hiddenSize: 3)
    let network = try FusedNetwork(shape: shape, steps: 4, threads: 1)
    let parameters = [Float](repeating: 0, count: shape.parameterCount)
    func refuses(_ parameters: [Float], _ inputs: Int, _ targets: Int, _ name: String) {
      #expect {
        _ = try network.loss(
          parameters: parameters, inputs: [Float](repeating: 0, count: inputs),
          targets: [Float](repeating: 0, count: targets), batch: 2)
      } throws: { error in
        guard case KernelError.wrongLength(let found, _, _, _) = error else { return false }
        return found == name
      }
    }
    refuses(Array(parameters.dropLast()), 16, 8, "parameters")
    refuses(parameters, 15, 8, "inputs")
    refuses(parameters, 16, 9, "targets")
    #expect(throws: KernelError.self) {
      _ = try network.predictions(parameters: parameters, inputs: [], batch: 0)
    }
  }
}
