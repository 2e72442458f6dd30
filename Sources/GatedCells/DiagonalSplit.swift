import Numerics

/// The unit-by-unit part of a one-step Jacobian: what diagonal transport is made of.
///
/// For unit q the state is `(o, m)`, its output and its memory coordinate. Along the retention path the 2 × 2 block is
/// `A = [[0, expression], [0, retention]]`; through the gates it is
/// `B = [[outputToOutput, memoryToOutput], [outputToMemory, memoryToMemory]]`.
/// When output and memory coincide, only `retention` and `memoryToMemory` are used and the others are nil.
/// Livi 2025, appendix B: `a_q` and `b_q` of each cell.
public struct DiagonalSplit<Value: SequenceValue>: Sendable, Hashable {
  public var retention: [Value]
  public var memoryToMemory: [Value]
  public var twoBlock: TwoBlock?

  /// The entries that exist only when output and memory differ.
  public struct TwoBlock: Sendable, Hashable {
    public var expression: [Value]
    public var memoryToOutput: [Value]
    public var outputToMemory: [Value]
    public var outputToOutput: [Value]

    public init(
      expression: [Value], memoryToOutput: [Value], outputToMemory: [Value],
      outputToOutput: [Value]
    ) {
      self.expression = expression
      self.memoryToOutput = memoryToOutput
      self.outputToMemory = outputToMemory
      self.outputToOutput = outputToOutput
    }
  }

  public init(retention: [Value], memoryToMemory: [Value], twoBlock: TwoBlock? = nil) {
    self.retention = retention
    self.memoryToMemory = memoryToMemory
    self.twoBlock = twoBlock
  }
}

extension DiagonalSplit<Double> {
  /// The diagonals of the blocks of a dense split.
  public init(_ split: JacobianSplit, cell: some RecurrentCell) {
    func diagonal(_ matrix: Matrix, _ rows: Range<Int>, _ columns: Range<Int>) -> [Double] {
      matrix.block(rows: rows, columns: columns).diagonal
    }
    let memory = cell.memory
    let output = cell.output
    retention = diagonal(split.retention, memory, memory)
    memoryToMemory = diagonal(split.coupling, memory, memory)
    if memory != output {
      twoBlock = TwoBlock(
        expression: diagonal(split.retention, output, memory),
        memoryToOutput: diagonal(split.coupling, output, memory),
        outputToMemory: diagonal(split.coupling, memory, output),
        outputToOutput: diagonal(split.coupling, output, output))
    }
  }
}

extension StepLinearisation {
  /// The diagonals of this step's Jacobian split, without forming a matrix: O(H²) at most.
  @_specialize(where Value == Double)
  @_specialize(where Value == SIMD8<Double>)
  public func diagonalSplit(_ parameters: Parameters<Double>) -> DiagonalSplit<Value> {
    let zeros = [Value](repeating: .spread(0), count: retention.count)
    var memoryRows = zeros
    for gate in gates { accumulate(gate.memory, gate, parameters, into: &memoryRows) }
    guard let exposure else {
      return DiagonalSplit(retention: retention, memoryToMemory: memoryRows)
    }
    var outputRows = hadamard(exposure, memoryRows)
    for gate in gates { accumulate(gate.output, gate, parameters, into: &outputRows) }
    return DiagonalSplit(
      retention: retention, memoryToMemory: zeros,
      twoBlock: .init(
        expression: hadamard(exposure, retention), memoryToOutput: zeros, outputToMemory: memoryRows,
        outputToOutput: outputRows))
  }

  private func accumulate(
    _ rows: RowSensitivity<Value>?, _ gate: GateSensitivity<Value>, _ parameters: Parameters<Double>,
    into result: inout [Value]
  ) {
    guard let rows else { return }
    var diagonal = rows.diagonalOfProduct(gate.affine.recurrent, parameters)
    if let scale = gate.recurrentScale { diagonal = hadamard(diagonal, scale) }
    for unit in result.indices { result[unit] = result[unit] + diagonal[unit] }
  }
}
