import Foundation
import Numerics

/// How a network's parameters are drawn.
public enum Initialisation: Sendable, Hashable, Codable {
  /// Section 6.1 of Livi 2025: orthogonal recurrent and input weights, zero biases, gate weights scaled by a tenth so
  /// that gates start near zero pre-activation (openings near one half).
  case paper
  /// The starting point of the paper's published runs: learned gates of the leaky cells have zero weights and bias
  /// `log(s/(1−s))`, so that they open by `s`; GRU and LSTM have orthogonal weights and uniform biases in ±1/√D
  /// (input affine maps), with no reduction of the gates.
  case constantGate(Double)

  /// A parameter vector for `network`. Each block has its own stream, so adding a block changes no other.
  public func parameters(for network: RecurrentNetwork, seed: UInt64) -> [Double] {
    var values: [Double] = []
    let leaky = ["const", "shared", "diag"].contains(network.cell.name)
    for (index, block) in network.layout.blocks.enumerated() {
      var stream = RandomStream(seed: seed, purpose: "init.\(block.name)", index: UInt64(index))
      values += draw(block, leaky: leaky, network: network, from: &stream)
    }
    return values
  }

  private func draw(
    _ block: ParameterBlock, leaky: Bool, network: RecurrentNetwork, from stream: inout RandomStream
  ) -> [Double] {
    let zeros = [Double](repeating: 0, count: block.count)
    switch block.role {
    case .gain:
      return zeros.map { _ in 1 }
    case .shift:
      return zeros
    case .bias:
      guard case .constantGate(let opening) = self, block != network.readoutBias else {
        return zeros
      }
      if leaky { return zeros.map { _ in block.isGate ? log(opening / (1 - opening)) : 0 } }
      let bound = 1 / Double(network.cell.inputSize).squareRoot()
      return zeros.map { _ in (2 * stream.uniform() - 1) * bound }
    case .inputWeights, .recurrentWeights:
      let matrix = stream.orthogonalMatrix(rows: block.rows, columns: block.columns)
      guard block.isGate else { return matrix.elements }
      switch self {
      case .paper: return matrix.elements.map { 0.1 * $0 }
      case .constantGate: return leaky ? zeros : matrix.elements
      }
    }
  }
}
