import Kernels
import Numerics

/// The part of a step's derivative that passes through one affine pre-activation `a = W x + U (scale ⊙ h) + b`.
public struct GateSensitivity<Value: SequenceValue>: Sendable {
  public let affine: AffineBlock
  /// The derivative of the memory coordinates in `a`; nil when they do not depend on it.
  public let memory: RowSensitivity<Value>?
  /// The derivative of the output coordinates in `a`, for cells whose output is not their memory; else nil.
  public let output: RowSensitivity<Value>?
  /// The input `x` that `W` multiplies.
  public let input: [Value]
  /// The vector that `U` multiplies: `h`, or `r ⊙ h` behind a reset gate.
  public let recurrent: [Value]
  /// The derivative of that vector in `h` at fixed gates: nil for ones, `r` behind a reset gate.
  public let recurrentScale: [Value]?

  public init(
    affine: AffineBlock, memory: RowSensitivity<Value>?, output: RowSensitivity<Value>?, input: [Value],
    recurrent: [Value], recurrentScale: [Value]?
  ) {
    self.affine = affine
    self.memory = memory
    self.output = output
    self.input = input
    self.recurrent = recurrent
    self.recurrentScale = recurrentScale
  }
}

/// The part of a step's derivative that passes through parameters which act unit by unit (gain, shift).
public struct UnitwiseSensitivity<Value: SequenceValue>: Sendable {
  public let block: ParameterBlock
  public let memory: [Value]
  /// As for ``GateSensitivity/output``.
  public let output: [Value]?

  public init(block: ParameterBlock, memory: [Value], output: [Value]?) {
    self.block = block
    self.memory = memory
    self.output = output
  }
}

/// All first derivatives of one step at one point, in structured form.
///
/// Write the memory coordinates as `m` and, where they differ, the output coordinates as `o`. Then
/// `∂m'/∂m = D(retention) + coupling`, `∂o'/∂m = D(expression) + coupling`, where the coupling passes through the
/// gates. Livi 2025, appendix B, equations (41)–(64), with every term kept: the sum over all units in the GRU,
/// the 2H × 2H Jacobian of the LSTM, and the Jacobian of layer normalisation.
public struct StepLinearisation<Value: SequenceValue>: Sendable {
  /// The state after the step.
  public let state: [Value]
  /// The retention factor of each memory unit: `1 − s`, `1 − z` or `f`.
  public let retention: [Value]
  /// The retention path's derivative of output in memory, `o ⊙ (1 − tanh² c) ⊙ f` in an LSTM; nil when output and
  /// memory coincide.
  public let expression: [Value]?
  public let gates: [GateSensitivity<Value>]
  public let unitwise: [UnitwiseSensitivity<Value>]

  public init(
    state: [Value], retention: [Value], expression: [Value]? = nil, gates: [GateSensitivity<Value>],
    unitwise: [UnitwiseSensitivity<Value>] = []
  ) {
    self.state = state
    self.retention = retention
    self.expression = expression
    self.gates = gates
    self.unitwise = unitwise
  }

  /// The next tangent of the state, `J v`, plus the immediate effect of a parameter change, `B w`.
  ///
  /// - Parameters:
  ///   - tangent: A change of the state before the step; nil for none.
  ///   - direction: A change of the cell's parameters; nil for none.
  /// - Returns: The change of the state after the step, of length `stateSize`.
  @_specialize(kind:partial,where Value == Double)
  @_specialize(kind:partial,where Value == SIMD8<Double>)
  public func pushForward(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, tangent: [Value]?,
    direction: Parameters<Double>?
  ) -> [Value] {
    var result = [Value](repeating: .spread(0), count: cell.stateSize)
    if let tangent {
      let remembered = Array(tangent[cell.memory])
      add(hadamard(retention, remembered), to: &result, at: cell.memory)
      add(expression.map { hadamard($0, remembered) }, to: &result, at: cell.output)
    }
    for gate in gates {
      var change = [Value](repeating: .spread(0), count: gate.affine.units)
      if let tangent {
        var hidden = Array(tangent[cell.output])
        if let scale = gate.recurrentScale { hidden = hadamard(scale, hidden) }
        change = parameters.product(gate.affine.recurrent, hidden)
      }
      if let direction {
        let immediate = direction.affine(gate.affine, gate.input, gate.recurrent)
        for unit in change.indices { change[unit] = change[unit] + immediate[unit] }
      }
      add(gate.memory?.apply(change), to: &result, at: cell.memory)
      add(gate.output?.apply(change), to: &result, at: cell.output)
    }
    if let direction {
      for part in unitwise {
        let change = direction.vector(part.block).map { Value.spread($0) }
        add(hadamard(part.memory, change), to: &result, at: cell.memory)
        add(part.output.map { hadamard($0, change) }, to: &result, at: cell.output)
      }
    }
    return result
  }

  /// For every memory unit q, `Σᵢ wᵢ bᵢ²` over the row `b = ∂⁺m_q/∂θ` of the immediate parameter Jacobian.
  ///
  /// With `w = 1` this is `bᵀb`, with `w = λ` the preconditioner it is `bᵀΛb`: their ratio is the Rayleigh base rate
  /// of Livi 2025, equation (7). The row is never formed: it is an outer product per gate, so the cost is that of
  /// a forward step.
  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func weightedSquaredRows(_ weights: [Double]) -> [Value] {
    squaredRows { affine, gate in
      Parameters(weights).affine(
        affine, hadamard(gate.input, gate.input), hadamard(gate.recurrent, gate.recurrent))
    } unitwise: {
      weights[$0.block.offset + $1]
    }
  }

  /// The same with all weights one, `bᵀb`: every row of a gate then has the squared length of `(x, m, 1)`.
  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func squaredRows() -> [Value] {
    squaredRows { affine, gate in
      let inputs = gate.input.reduce(Value.spread(1)) { $0 + $1 * $1 }
      let length = gate.recurrent.reduce(inputs) { $0 + $1 * $1 }
      return [Value](repeating: length, count: affine.units)
    } unitwise: { _, _ in
      1
    }
  }

  private func squaredRows(
    gate rows: (AffineBlock, GateSensitivity<Value>) -> [Value],
    unitwise weight: (UnitwiseSensitivity<Value>, Int) -> Double
  ) -> [Value] {
    var result = [Value](repeating: .spread(0), count: retention.count)
    for gate in gates {
      guard let memory = gate.memory else { continue }
      let squares = memory.squaredRows(weightedBy: rows(gate.affine, gate))
      for unit in result.indices { result[unit] = result[unit] + squares[unit] }
    }
    for part in unitwise {
      for unit in result.indices {
        result[unit] = result[unit] + weight(part, unit) * part.memory[unit] * part.memory[unit]
      }
    }
    return result
  }

  private func add(_ change: [Value]?, to result: inout [Value], at range: Range<Int>) {
    guard let change else { return }
    for unit in change.indices {
      result[range.lowerBound + unit] = result[range.lowerBound + unit] + change[unit]
    }
  }
}

extension StepLinearisation<Double> {
  /// The adjoint of the state before the step, `Jᵀ λ`; adds `Bᵀ λ` to the parameter gradient.
  public func pullBack(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, adjoint: [Double],
    gradient: inout [Double]
  ) -> [Double] {
    let memoryAdjoint = Array(adjoint[cell.memory])
    let outputAdjoint = Array(adjoint[cell.output])
    var result = [Double](repeating: 0, count: cell.stateSize)
    for (unit, coordinate) in cell.memory.enumerated() {
      result[coordinate] += retention[unit] * memoryAdjoint[unit]
      if let expression { result[coordinate] += expression[unit] * outputAdjoint[unit] }
    }
    for gate in gates {
      var rows =
        gate.memory?.applyTransposed(memoryAdjoint)
        ?? [Double](repeating: 0, count: gate.affine.units)
      if let output = gate.output?.applyTransposed(outputAdjoint) {
        for unit in rows.indices { rows[unit] += output[unit] }
      }
      DenseProducts.accumulateOuter(
        rows, gate.input, onto: &gradient, offset: gate.affine.input.offset)
      DenseProducts.accumulateOuter(
        rows, gate.recurrent, onto: &gradient, offset: gate.affine.recurrent.offset)
      for unit in rows.indices { gradient[gate.affine.bias.offset + unit] += rows[unit] }
      let hidden = parameters.transposedProduct(gate.affine.recurrent, rows)
      for (unit, coordinate) in cell.output.enumerated() {
        result[coordinate] += hidden[unit] * (gate.recurrentScale?[unit] ?? 1)
      }
    }
    for part in unitwise {
      for unit in part.memory.indices {
        gradient[part.block.offset + unit] +=
          part.memory[unit] * memoryAdjoint[unit] + (part.output?[unit] ?? 0) * outputAdjoint[unit]
      }
    }
    return result
  }

  /// The split of the one-step Jacobian: `retention` is the zeroth-order part A, `coupling` the rest B, `J = A + B`.
  /// Both are `stateSize × stateSize`.
  public func jacobian(_ cell: some RecurrentCell, _ parameters: Parameters<Double>)
    -> JacobianSplit
  {
    let size = cell.stateSize
    let frozen = StepLinearisation(
      state: state, retention: retention, expression: expression, gates: [])
    let open = StepLinearisation(
      state: state, retention: retention.map { _ in 0 }, expression: expression?.map { _ in 0 },
      gates: gates)
    func columns(_ linearisation: StepLinearisation) -> Matrix {
      var matrix = Matrix(rows: size, columns: size)
      for column in 0..<size {
        var tangent = [Double](repeating: 0, count: size)
        tangent[column] = 1
        let image = linearisation.pushForward(
          cell, parameters, tangent: tangent, direction: nil)
        for row in 0..<size { matrix[row, column] = image[row] }
      }
      return matrix
    }
    return JacobianSplit(retention: columns(frozen), coupling: columns(open))
  }
}

/// A one-step Jacobian split into the retention path and everything else.
public struct JacobianSplit: Sendable, Hashable {
  /// The zeroth-order part A: the derivative along the retention path.
  public let retention: Matrix
  /// The rest B: the derivative through gates and candidates.
  public let coupling: Matrix
  /// The Jacobian `A + B`.
  public var total: Matrix { retention + coupling }

  public init(retention: Matrix, coupling: Matrix) {
    self.retention = retention
    self.coupling = coupling
  }
}
