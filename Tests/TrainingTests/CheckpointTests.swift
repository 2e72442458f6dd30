import Foundation
import GatedCells
import Testing

@testable import Training

@Suite struct CheckpointTests {
  static func configuration(
    _ cell: CellCatalogue.Entry = .init(.diag), epochs: Int = 4, learningRate: Double = 1e-2,
    optimizer: Optimizer = Optimizer.named[3].rule
  ) throws -> TrainingConfiguration {
    TrainingConfiguration(
      network: NetworkSpecification(
        cell: cell, inputSize: 2, hiddenSize: 4, layerNorm: cell.allowsLayerNorm),
      task: try DelayedRegressionTask(
        steps: 12, inputSize: 2, lags: [1, 3], coefficients: [0.8, 0.4], noise: 0.1, seed: 5),
      initialisation: .paper, optimizer: optimizer, learningRate: learningRate, clip: 1,
      epochs: epochs, sequences: 24, batchSize: 10, validationSequences: 8, seed: 5)
  }

  private func trainer(_ configuration: TrainingConfiguration) throws -> Trainer {
    Trainer(engine: ReferenceEngine(try configuration.network.makeCell()))
  }

  /// A checkpoint reads back to the same state, bit for bit.
  @Test func roundTrip() throws {
    let configuration = try Self.configuration()
    let state = try trainer(configuration).runEpoch(TrainingState(configuration))
    let copy = try Checkpoint.decode(Checkpoint.encode(state), name: "x")
    #expect(copy == state)
  }

  /// Training that was stopped and resumed from its checkpoint ends in the same bits as training that was not, for every
  /// cell of the catalogue.
  @Test(arguments: CellCatalogue.all) func resumeGivesTheSameBits(cell: CellCatalogue.Entry) throws {
    let configuration = try Self.configuration(cell)
    let trainer = try trainer(configuration)
    var straight = try TrainingState(configuration)
    var resumed = straight
    while !straight.isFinished { straight = try trainer.runEpoch(straight) }
    #expect(straight.epoch == configuration.epochs)
    while !resumed.isFinished {
      resumed = try trainer.runEpoch(Checkpoint.decode(Checkpoint.encode(resumed), name: "x"))
    }
    #expect(resumed == straight)
    #expect(resumed.configuration.network.cell == cell)
    let losses = straight.curve.map(\.trainingLoss)
    #expect(losses[losses.count - 1] < losses[0])
  }

  /// Any truncated or altered checkpoint is refused, never half read.
  @Test func damageIsRefused() throws {
    let data = try Checkpoint.encode(TrainingState(Self.configuration()))
    for length in stride(from: 0, to: data.count, by: 97) {
      #expect(throws: CheckpointError.self) {
        try Checkpoint.decode(data.prefix(length), name: "x")
      }
    }
    for position in stride(from: 3, to: data.count, by: 131) {
      var altered = data
      altered[position] ^= 1
      #expect(throws: CheckpointError.self) { try Checkpoint.decode(altered, name: "x") }
    }
  }

  /// A checkpoint of a cell that this program does not have is refused with the names that it has.
  @Test func anotherCellIsNamed() throws {
    let state = try TrainingState(Self.configuration(try CellCatalogue.entry(named: "mgu")))
    let envelope = try JSONSerialization.jsonObject(with: Checkpoint.encode(state)) as? [String: Any]
    let encoded = try #require(envelope?["payload"] as? String)
    let payload = try #require(Data(base64Encoded: encoded))
    let text = String(decoding: payload, as: UTF8.self).replacing("\"mgu\"", with: "\"hyper-gru\"")
    let error = try #require(throws: CheckpointError.self) {
      try Checkpoint.decode(Checkpoint.envelope(Data(text.utf8)), name: "checkpoint.json")
    }
    #expect(
      error
        == .otherCell(
          file: "checkpoint.json", reason: .unknownCell("hyper-gru", known: CellCatalogue.all.map(\.name))))
    #expect(error.description.contains("there is no cell called \"hyper-gru\"; choose from const, shared"))
  }

  /// A loss that is not finite stops training with a message, and the state before the epoch stays good.
  @Test func nonFiniteLossStops() throws {
    var configuration = try Self.configuration(.init(.const), learningRate: 1e300, optimizer: .sgd)
    configuration.clip = 0
    let trainer = try trainer(configuration)
    var good = try TrainingState(configuration)
    #expect(throws: TrainingError.self) {
      for _ in 0..<configuration.epochs { good = try trainer.runEpoch(good) }
    }
    let finite = good.parameters.allSatisfy { $0.isFinite }
    #expect(finite)
  }
}
