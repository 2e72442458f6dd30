/// A named block of the flat parameter vector: a row-major matrix, or a vector when `columns == 1`.
public struct ParameterBlock: Sendable, Hashable {
  /// What a block does, which decides how it is initialised.
  public enum Role: Sendable, Hashable {
    case inputWeights, recurrentWeights, bias, gain, shift
  }

  public let name: String
  public let offset: Int
  public let rows: Int
  public let columns: Int
  public let role: Role
  /// Whether the block feeds a gate rather than a candidate.
  public let isGate: Bool

  public var count: Int { rows * columns }
  public var range: Range<Int> { offset..<offset + count }
}

/// The three blocks of one affine pre-activation `W x + U m + b`, where `m` is the (possibly reset) recurrent input.
public struct AffineBlock: Sendable, Hashable {
  public let input: ParameterBlock
  public let recurrent: ParameterBlock
  public let bias: ParameterBlock

  public init(input: ParameterBlock, recurrent: ParameterBlock, bias: ParameterBlock) {
    self.input = input
    self.recurrent = recurrent
    self.bias = bias
  }

  /// The number of pre-activations.
  public var units: Int { bias.count }
}

/// Gain and shift of a layer normalisation.
public struct NormalisationBlock: Sendable, Hashable {
  public let gain: ParameterBlock
  public let shift: ParameterBlock
}

/// The order in which a cell's parameters lie in one flat vector. Blocks are appended and never move.
public struct ParameterLayout: Sendable, Hashable {
  public private(set) var blocks: [ParameterBlock] = []

  public init() {}

  /// The length of the flat vector.
  public var count: Int { blocks.last.map { $0.offset + $0.count } ?? 0 }

  /// The block called `name`, or nil.
  public func block(named name: String) -> ParameterBlock? {
    blocks.first { $0.name == name }
  }

  /// Appends one block.
  public mutating func append(
    _ name: String, rows: Int, columns: Int = 1, role: ParameterBlock.Role, isGate: Bool = false
  ) -> ParameterBlock {
    let block = ParameterBlock(
      name: name, offset: count, rows: rows, columns: columns, role: role, isGate: isGate)
    blocks.append(block)
    return block
  }

  /// Appends `W_name`, `U_name`, `b_name`: the pre-activation of a gate (`isGate`) or of a candidate.
  public mutating func appendAffine(
    _ name: String, inputs: Int, recurrent: Int, units: Int, isGate: Bool
  ) -> AffineBlock {
    AffineBlock(
      input: append("W_\(name)", rows: units, columns: inputs, role: .inputWeights, isGate: isGate),
      recurrent: append(
        "U_\(name)", rows: units, columns: recurrent, role: .recurrentWeights, isGate: isGate),
      bias: append("b_\(name)", rows: units, role: .bias, isGate: isGate))
  }

  /// Appends gain and shift of a layer normalisation over `units` pre-activations.
  public mutating func appendNormalisation(_ name: String, units: Int) -> NormalisationBlock {
    NormalisationBlock(
      gain: append("gain_\(name)", rows: units, role: .gain),
      shift: append("shift_\(name)", rows: units, role: .shift))
  }
}
