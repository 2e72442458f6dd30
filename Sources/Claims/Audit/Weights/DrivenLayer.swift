import GatedCells
import Numerics

/// A layer driven by what the layers below it put out, as one cell of the network's inputs.
///
/// The state is that of the layers below, lowest first, then the layer's own. Output, memory and parameters are the layer's
/// own: the others are part of what drives it, and their weights are constants.
struct DrivenLayer: RecurrentCell {
  /// A layer with the weights that it was trained to.
  struct Layer: Sendable {
    let cell: any RecurrentCell
    let parameters: [Double]
  }

  let below: [Layer]
  let top: any RecurrentCell

  /// - Precondition: each layer takes as many inputs as the one below has units.
  init(below: [Layer], top: any RecurrentCell) {
    let widths = below.map(\.cell.hiddenSize)
    precondition(
      (below.map(\.cell) + [top]).dropFirst().map(\.inputSize) == widths, "the layers do not fit each other")
    self.below = below
    self.top = top
  }

  var name: String { top.name }
  var inputSize: Int { (below.first?.cell ?? top).inputSize }
  var hiddenSize: Int { top.hiddenSize }
  var stateSize: Int { offset + top.stateSize }
  var output: Range<Int> { top.output.lowerBound + offset..<top.output.upperBound + offset }
  var memory: Range<Int> { top.memory.lowerBound + offset..<top.memory.upperBound + offset }
  var layout: ParameterLayout { top.layout }

  /// Where the layer's own state begins.
  private var offset: Int { below.reduce(0) { $0 + $1.cell.stateSize } }

  func step<S: Scalar>(_ parameters: Parameters<S>, input: [S], retained: [S], recurrent: [S]) -> [S] {
    var signal = input
    var states: [S] = []
    for layer in below {
      let before = Array(recurrent[states.count..<states.count + layer.cell.stateSize])
      let after = layer.cell.step(Parameters(layer.parameters.map { S($0) }), input: signal, state: before)
      signal = Array(after[layer.cell.output])
      states += after
    }
    return states
      + top.step(
        parameters, input: signal, retained: Array(retained[offset...]),
        recurrent: Array(recurrent[offset...]))
  }
}
