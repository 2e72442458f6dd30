import Kernels
import Numerics

/// The part of a step's derivative that passes through one affine pre-activation `a = W x + U (scale ⊙ h) + b`.
public struct GateSensitivity<Value: SequenceValue>: Sendable {
  public let affine: AffineBlock
  /// The derivative of the memory coordinates in `a`; nil when they do not depend on it.
  public let memory: RowSensitivity<Value>?
  /// The derivative of the output coordinates in `a` at a fixed memory, for cells whose output is not their memory; nil when there
  /// is none.
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

  public init(block: ParameterBlock, memory: [Value]) {
    self.block = block
    self.memory = memory
  }
}

/// All first derivatives of one step at one point, in structured form.
///
/// Write the memory coordinates as `m` and, where they differ, the output coordinates as `o`. Then
/// `∂m'/∂m = D(retention) + coupling`, where the coupling passes through the gates. All that changes the memory changes the output
/// in proportion: `∂o' = D(exposure) ∂m' +` what passes through gates at a fixed memory. Livi 2025, appendix B, equations
/// (41)–(64), with every term kept: the sum over all units in the GRU, the 2H × 2H Jacobian of the LSTM, and the Jacobian of layer
/// normalisation.
public struct StepLinearisation<Value: SequenceValue>: Sendable {
  /// The state after the step.
  public let state: [Value]
  /// The retention factor of each memory unit: `1 − s`, `1 − z` or `f`.
  public let retention: [Value]
  /// The derivative of each unit's output in its new memory, `o ⊙ (1 − tanh² c')` in an LSTM; nil when output and memory
  /// coincide.
  public let exposure: [Value]?
  public let gates: [GateSensitivity<Value>]
  public let unitwise: [UnitwiseSensitivity<Value>]

  public init(
    state: [Value], retention: [Value], exposure: [Value]? = nil, gates: [GateSensitivity<Value>],
    unitwise: [UnitwiseSensitivity<Value>] = []
  ) {
    self.state = state
    self.retention = retention
    self.exposure = exposure
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
    let hidden = tangent.map { Array($0[cell.output]) }
    var memory =
      tangent.map { hadamard(retention, Array($0[cell.memory])) }
      ?? [Value](repeating: .spread(0), count: retention.count)
    for gate in gates {
      guard let rows = gate.memory, let change = change(gate, parameters, hidden: hidden, direction) else {
        continue
      }
      add(rows.apply(change), to: &memory)
    }
    if let direction { addUnitwise(direction, to: &memory) }
    guard let exposure else { return memory }
    var output = hadamard(exposure, memory)
    for gate in gates {
      guard let rows = gate.output, let change = change(gate, parameters, hidden: hidden, direction) else {
        continue
      }
      add(rows.apply(change), to: &output)
    }
    var result = [Value](repeating: .spread(0), count: cell.stateSize)
    result.replaceSubrange(cell.memory, with: memory)
    result.replaceSubrange(cell.output, with: output)
    return result
  }

  /// The immediate effect of a parameter change on the memory alone, `B w` on the memory coordinates.
  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func immediateMemoryChange(_ direction: Parameters<Double>) -> [Value] {
    var memory = [Value](repeating: .spread(0), count: retention.count)
    for gate in gates {
      guard let rows = gate.memory else { continue }
      add(rows.apply(direction.affine(gate.affine, gate.input, gate.recurrent)), to: &memory)
    }
    addUnitwise(direction, to: &memory)
    return memory
  }

  /// The change of a gate's pre-activations; nil when nothing changes.
  private func change(
    _ gate: GateSensitivity<Value>, _ parameters: Parameters<Double>, hidden: [Value]?,
    _ direction: Parameters<Double>?
  ) -> [Value]? {
    let immediate = direction?.affine(gate.affine, gate.input, gate.recurrent)
    guard let hidden else { return immediate }
    let scaled = gate.recurrentScale.map { hadamard($0, hidden) } ?? hidden
    var change = parameters.product(gate.affine.recurrent, scaled)
    if let immediate { add(immediate, to: &change) }
    return change
  }

  private func addUnitwise(_ direction: Parameters<Double>, to memory: inout [Value]) {
    for part in unitwise {
      for unit in memory.indices {
        memory[unit] = memory[unit] + direction.values[part.block.offset + unit] * part.memory[unit]
      }
    }
  }

  /// For every memory unit q, `bᵀb` and `Σᵢ wᵢ bᵢ²` over the row `b = ∂⁺m_q/∂θ` of the immediate parameter Jacobian.
  ///
  /// With the preconditioner for weights their ratio is the Rayleigh base rate of Livi 2025, equation (7). The row is never formed:
  /// it is an outer product per gate, whose rows all have the squared length of `(x, m, 1)`, so the cost is that of a forward step.
  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func squaredRows(weights: [Double]) -> SquaredRows<Value> {
    let parameters = Parameters(weights)
    let zeros = [Value](repeating: .spread(0), count: retention.count)
    var result = SquaredRows(plain: zeros, weighted: zeros)
    // Gates without a scale of their own see the same vector.
    var shared: SquaredArguments?
    for gate in gates {
      guard let memory = gate.memory else { continue }
      let arguments =
        gate.recurrentScale == nil ? shared ?? SquaredArguments(gate) : SquaredArguments(gate)
      if gate.recurrentScale == nil { shared = arguments }
      let rows = parameters.affine(gate.affine, arguments.input, arguments.recurrent)
      memory.accumulateSquares(onto: &result, plain: arguments.length, weights: rows)
    }
    for part in unitwise {
      Value.accumulateSquares(
        part.memory, plain: .spread(1), weights: weights[part.block.range].map { .spread($0) }, onto: &result)
    }
    return result
  }

  /// What a gate's rows are squares of.
  private struct SquaredArguments {
    let input: [Value]
    let recurrent: [Value]
    /// The squared length of `(x, m, 1)`.
    let length: Value

    @inline(__always)
    init(_ gate: GateSensitivity<Value>) {
      input = hadamard(gate.input, gate.input)
      recurrent = hadamard(gate.recurrent, gate.recurrent)
      length = recurrent.reduce(input.reduce(Value.spread(1)) { $0 + $1 }) { $0 + $1 }
    }
  }

  private func add(_ change: [Value], to result: inout [Value]) {
    for unit in change.indices { result[unit] = result[unit] + change[unit] }
  }
}

extension StepLinearisation<Double> {
  /// The adjoint of the state before the step, `Jᵀ λ`; adds `Bᵀ λ` to the parameter gradient.
  public func pullBack(
    _ cell: some RecurrentCell, _ parameters: Parameters<Double>, adjoint: [Double],
    gradient: inout [Double]
  ) -> [Double] {
    let outputAdjoint = Array(adjoint[cell.output])
    var memoryAdjoint = Array(adjoint[cell.memory])
    if let exposure {
      for unit in exposure.indices { memoryAdjoint[unit] += exposure[unit] * outputAdjoint[unit] }
    }
    var result = [Double](repeating: 0, count: cell.stateSize)
    for (unit, coordinate) in cell.memory.enumerated() {
      result[coordinate] += retention[unit] * memoryAdjoint[unit]
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
        gradient[part.block.offset + unit] += part.memory[unit] * memoryAdjoint[unit]
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
      state: state, retention: retention, exposure: exposure, gates: [])
    let open = StepLinearisation(
      state: state, retention: retention.map { _ in 0 }, exposure: exposure, gates: gates)
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
