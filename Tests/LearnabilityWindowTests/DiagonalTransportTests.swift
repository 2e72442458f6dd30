import GatedCells
import LearnabilityWindow
import Numerics
import Testing

@Suite struct DiagonalTransportTests {
  /// First-order diagonal transport equals the diagonal of the dense Fréchet derivative of the Jacobian product, unit by
  /// unit, at every lag, for all five cells with and without layer normalisation.
  @Test func agreesWithDenseFrechet() throws {
    for kind in BuiltInCell.allCases {
      for layerNorm in [false, true] {
        let cell = try kind.make(
          inputSize: 2, hiddenSize: 4, layerNorm: layerNorm, constantGate: 0.3)
        let network = RecurrentNetwork(cell: cell)
        var stream = RandomStream(seed: 8, purpose: "test.transport.\(kind).\(layerNorm)")
        let parameters = Parameters(stream.normals(network.parameterCount).map { 0.6 * $0 })
        let steps = network.linearisedTrajectory(
          cell, parameters, inputs: stream.normals(2 * 7)
        ).steps
        let dense = steps.map { $0.jacobian(cell, parameters) }
        let lags = Array(1...7)
        let fast = DiagonalTransport.factors(
          steps.map { $0.diagonalSplit(parameters) }, time: 6, lags: lags)
        for (lag, factors) in zip(lags, fast) {
          let exact = DenseTransport.firstOrder(dense, time: 6, lag: lag)
          let zeroth = exact.zeroth.block(rows: cell.output, columns: cell.memory).diagonal
          let correction = exact.correction.block(rows: cell.output, columns: cell.memory).diagonal
          // Products of at most 7 factors and sums of at most 7 such products; intermediate terms are bounded by the
          // couplings' Frobenius norms, here below 8.
          let tolerance = 8 * 7 * 7 * 0x1p-53 * 8
          for unit in 0..<4 {
            #expect(abs(factors[unit].zeroth - zeroth[unit]) <= tolerance, "\(kind) lag \(lag)")
            #expect(
              abs(factors[unit].correction - correction[unit]) <= tolerance, "\(kind) lag \(lag)")
          }
        }
      }
    }
  }

  /// With couplings zero the factor is the product of retentions, exactly also when gates are 0 or 1; the correction of
  /// a window with one closed gate is the one term that replaces it.
  @Test func survivesClosedAndOpenGates() {
    let retention = [0.5, 0.0, 1.0, 0.25]
    let splits = retention.map { DiagonalSplit(retention: [$0], memoryToMemory: [2]) }
    let factors = DiagonalTransport.factors(splits, time: 3, lags: [1, 2, 3, 4]).map { $0[0] }
    #expect(factors.map(\.zeroth) == [0.25, 0.25, 0, 0])
    // Lag 3 holds retentions 0.25, 1, 0: only the term without the closed gate survives, 2 · 0.25 · 1.
    #expect(factors.map(\.correction) == [2, 2.5, 0.5, 0.25])
  }

  /// An LSTM's correction vanishes at lag 1: nothing but the forget path leads from c to h within one step.
  @Test func lstmHasNoCorrectionAtLagOne() throws {
    let cell = try LSTMCell(inputSize: 2, hiddenSize: 3, layerNorm: true)
    let network = RecurrentNetwork(cell: cell)
    var stream = RandomStream(seed: 1, purpose: "test.lstm")
    let parameters = Parameters(stream.normals(network.parameterCount))
    let steps = network.linearisedTrajectory(cell, parameters, inputs: stream.normals(8)).steps
    let factors = DiagonalTransport.factors(
      steps.map { $0.diagonalSplit(parameters) }, time: 3, lags: [1, 2])
    #expect(factors[0].allSatisfy { $0.correction == 0 && $0.zeroth != 0 })
    #expect(factors[1].allSatisfy { $0.correction != 0 })
  }
}
