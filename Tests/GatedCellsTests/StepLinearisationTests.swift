import GatedCells
import Numerics
import Testing

@Suite struct StepLinearisationTests {
  /// A state that was reached, and the step from it.
  private func steps(_ example: RandomCase) -> [(
    before: [Double], input: [Double], StepLinearisation<Double>
  )] {
    let trajectory = example.network.linearisedTrajectory(
      example.cell, example.parameters, inputs: example.inputs)
    let size = example.cell.inputSize
    var before = [Double](repeating: 0, count: example.cell.stateSize)
    return trajectory.steps.enumerated().map { time, step in
      defer { before = step.state }
      return (before, Array(example.inputs[time * size..<(time + 1) * size]), step)
    }
  }

  /// The closed-form linearisation steps to the same state as the cell's generic step.
  @Test func stateAgreesWithStep() throws {
    for example in try RandomCase.all() {
      let states: [[Double]] = example.network.states(example.parameters, inputs: example.inputs)
      for (state, step) in zip(states, steps(example)) {
        #expect(distance(state, step.2.state) <= example.rounding(scale: 1))
      }
    }
  }

  /// The closed-form Jacobian and its split into retention and coupling equal those from dual numbers: every entry
  /// of the H × H Jacobian, 2H × 2H for the LSTM, through layer normalisation and all reset gates.
  @Test func jacobianAgreesWithDuals() throws {
    for example in try RandomCase.all() {
      for (before, input, step) in steps(example) {
        let closed = step.jacobian(example.cell, example.parameters)
        let dual = AutomaticDerivatives.jacobian(
          example.cell, example.parameters, input: input, state: before)
        #expect(
          distance(closed.retention.elements, dual.retention.elements)
            <= example.rounding(scale: dual.retention.frobeniusNorm))
        #expect(
          distance(closed.coupling.elements, dual.coupling.elements)
            <= example.rounding(scale: dual.coupling.frobeniusNorm), "\(example.cell.name)")
      }
    }
  }

  /// Column means computed beforehand change no bit, and are asked for by their own block only.
  @Test func keptColumnMeansChangeNothing() throws {
    for example in try RandomCase.all(8) {
      let blocks = example.cell.layout.blocks.filter { $0.role == .recurrentWeights }
      let kept = example.parameters.keepingColumnMeans(of: blocks)
      for (before, input, step) in steps(example) {
        let other = example.cell.linearise(kept, input: input, state: before)
        #expect(step.diagonalSplit(example.parameters) == other.diagonalSplit(kept), "\(example.cell.name)")
      }
    }
  }

  /// The diagonal split computed without matrices equals the diagonals of the dense split.
  @Test func diagonalSplitAgreesWithDense() throws {
    for example in try RandomCase.all() {
      for (_, _, step) in steps(example) {
        let fast = step.diagonalSplit(example.parameters)
        let dense = DiagonalSplit(
          step.jacobian(example.cell, example.parameters), cell: example.cell)
        let tolerance = example.rounding(scale: 1)
        #expect(distance(fast.retention, dense.retention) <= tolerance)
        #expect(distance(fast.memoryToMemory, dense.memoryToMemory) <= tolerance)
        #expect((fast.twoBlock == nil) == (dense.twoBlock == nil))
        if let lhs = fast.twoBlock, let rhs = dense.twoBlock {
          #expect(distance(lhs.expression, rhs.expression) <= tolerance)
          #expect(distance(lhs.memoryToOutput, rhs.memoryToOutput) <= tolerance)
          #expect(distance(lhs.outputToMemory, rhs.outputToMemory) <= tolerance)
          #expect(distance(lhs.outputToOutput, rhs.outputToOutput) <= tolerance)
        }
      }
    }
  }

  /// `J v + B w` equals its dual-number value, and the pull-back is its adjoint: `λ·(J v + B w) = (Jᵀλ)·v + (Bᵀλ)·w`.
  @Test func pushForwardAndPullBackAreAdjoint() throws {
    for (index, example) in try RandomCase.all().enumerated() {
      var stream = RandomStream(seed: 3, purpose: "test.adjoint", index: UInt64(index))
      let tangent = stream.normals(example.cell.stateSize)
      let adjoint = stream.normals(example.cell.stateSize)
      for (before, input, step) in steps(example) {
        let pushed = step.pushForward(
          example.cell, example.parameters, tangent: tangent,
          direction: Parameters(example.direction))
        let dual = AutomaticDerivatives.pushForward(
          example.cell, example.parameters, input: input, state: before, tangent: tangent,
          direction: example.direction)
        #expect(
          distance(pushed, dual) <= example.rounding(scale: dual.map(abs).max() ?? 0),
          "\(example.cell.name)")
        var gradient = [Double](repeating: 0, count: example.network.parameterCount)
        let pulled = step.pullBack(
          example.cell, example.parameters, adjoint: adjoint, gradient: &gradient)
        let left = dot(adjoint, pushed)
        let right = dot(pulled, tangent) + dot(gradient, example.direction)
        let scale = zip(adjoint, pushed).reduce(0) { $0 + abs($1.0 * $1.1) }
        #expect(abs(left - right) <= example.rounding(scale: scale), "\(example.cell.name)")
      }
    }
  }

  /// The immediate change of the memory is `B w` on the memory coordinates, in closed form and by automatic derivatives.
  @Test func immediateMemoryChangeIsPartOfPushForward() throws {
    for example in try RandomCase.all() {
      let direction = Parameters(example.direction)
      for (before, input, step) in steps(example) {
        let pushed = step.pushForward(
          example.cell, example.parameters, tangent: nil, direction: direction)
        let expected = Array(pushed[example.cell.memory])
        let tolerance = example.rounding(scale: expected.map(abs).max() ?? 0)
        let automatic = AutomaticLinearisation(example.cell, example.parameters, input: input, state: before)
        #expect(
          distance(step.immediateMemoryChange(direction), expected) <= tolerance, "\(example.cell.name)")
        #expect(
          distance(automatic.immediateMemoryChange(direction), expected) <= tolerance, "\(example.cell.name)")
      }
    }
  }

  /// Squared rows, plain and weighted, equal those of the explicit immediate parameter Jacobian, built column by column.
  @Test func squaredRowsAgreeWithExplicitRows() throws {
    for (index, example) in try RandomCase.all(6).enumerated() {
      var stream = RandomStream(seed: 5, purpose: "test.rows", index: UInt64(index))
      let weights = (0..<example.network.parameterCount).map { _ in stream.uniform() }
      for (_, _, step) in steps(example) {
        var plain = [Double](repeating: 0, count: example.cell.hiddenSize)
        var weighted = plain
        for parameter in 0..<example.cell.layout.count {
          var unit = [Double](repeating: 0, count: weights.count)
          unit[parameter] = 1
          let column = step.pushForward(
            example.cell, example.parameters, tangent: nil, direction: Parameters(unit))
          for (row, coordinate) in example.cell.memory.enumerated() {
            plain[row] += column[coordinate] * column[coordinate]
            weighted[row] += weights[parameter] * column[coordinate] * column[coordinate]
          }
        }
        let rows = step.squaredRows(weights: weights)
        #expect(
          distance(rows.weighted, weighted) <= example.rounding(scale: weighted.max() ?? 0),
          "\(example.cell.name)")
        #expect(
          distance(rows.plain, plain) <= example.rounding(scale: plain.max() ?? 0), "\(example.cell.name)")
      }
    }
  }

  /// Summed over lags, the transported immediate sensitivities are the total derivative:
  /// `v_t = Σ_k M_{t,k} B_k w` (Livi 2025, equation (4)).
  @Test func totalDerivativeIsSumOverLags() throws {
    for example in try RandomCase.all(8) {
      let all = steps(example).map(\.2)
      let direction = Parameters(example.direction)
      var total = [Double](repeating: 0, count: example.cell.stateSize)
      for step in all {
        total = step.pushForward(
          example.cell, example.parameters, tangent: total, direction: direction)
      }
      var sum = [Double](repeating: 0, count: example.cell.stateSize)
      for start in all.indices {
        var part = all[start].pushForward(
          example.cell, example.parameters, tangent: nil, direction: direction)
        for step in all[(start + 1)...] {
          part = step.pushForward(
            example.cell, example.parameters, tangent: part, direction: nil)
        }
        for coordinate in sum.indices { sum[coordinate] += part[coordinate] }
      }
      #expect(
        distance(total, sum) <= example.rounding(scale: total.map(abs).max() ?? 0),
        "\(example.cell.name)")
    }
  }
}
