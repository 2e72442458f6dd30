import GatedCells
import Testing
import Training

@Suite struct FusedEngineTests {
  /// The fused single-precision gradient equals the double-precision reference in every parameter, for every cell with
  /// and without layer normalisation: block order, formulas and reduction agree.
  @Test(arguments: BuiltInCell.allCases, [false, true])
  func agreesWithReference(cell: BuiltInCell, layerNorm: Bool) throws {
    let task = try DelayedRegressionTask(
      steps: 9, inputSize: 3, lags: [1, 4], coefficients: [0.7, 0.3], noise: 0.2, seed: 2)
    let specification = NetworkSpecification(
      cell: cell, inputSize: 3, hiddenSize: 5, layerNorm: layerNorm, constantGate: 0.3)
    let reference = ReferenceEngine(try specification.makeCell())
    // Parameters that single precision holds exactly, so that both sides start from the same numbers.
    let parameters = Initialisation.paper.parameters(for: reference.network, seed: 4)
      .map { Double(Float($0)) }
    let batch = task.batch(.training, indices: Array(0..<7))
    let fused = try FusedEngine(specification, steps: 9)
      .lossAndGradient(parameters: parameters, batch: batch)
    let exact = reference.lossAndGradient(parameters: parameters, batch: batch)
    // A gradient entry is a mean over 63 (sequence, time) terms, each through at most 9 steps of inner products of length
    // 9 and a dozen elementwise operations of at most 3 ulp: γ_n with n = 9·(9 + 36) in units of 2⁻²⁴, times the
    // largest entry, times 4 for the growth of absolute sums over the plain ones.
    let scale = exact.gradient.map(abs).max() ?? 0
    let tolerance = 4 * 405 * 0x1p-24 * max(scale, 1)
    for (index, pair) in zip(fused.gradient, exact.gradient).enumerated() {
      #expect(abs(pair.0 - pair.1) <= tolerance, "\(cell) parameter \(index)")
    }
    #expect(abs(fused.loss - exact.loss) <= tolerance)
  }
}
