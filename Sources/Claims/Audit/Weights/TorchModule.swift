import GatedCells
import TensorFiles

/// An `nn.GRU` or `nn.LSTM` of PyTorch: for each layer k, `weight_ih_lk`, `weight_hh_lk`, `bias_ih_lk`, `bias_hh_lk`, the
/// gates below each other in the order r, z, n and i, f, g, o. The GRU resets after the product.
struct TorchModule {
  /// The tensor that every such module has.
  static let marker = "weight_ih_l0"

  let source: WeightSource
  let kind: BuiltInCell
  let layers: Int
  let isBidirectional: Bool

  init(_ source: WeightSource, _ kind: BuiltInCell) throws {
    self.source = source
    self.kind = kind
    layers = (0...).first { !source.has("weight_ih_l\($0)") } ?? 0
    isBidirectional = source.has("weight_ih_l0_reverse")
    if source.has("weight_hr_l0") {
      throw source.unsupported(
        "weight_hr_l0", "the module projects its output (proj_size), which is not read; expected none")
    }
  }

  private var name: String { "nn.\(kind.rawValue.uppercased())" }

  /// One layer, driven by those below it.
  func layer(_ layer: Int) throws -> TrainedCell.Reading {
    guard (0..<layers).contains(layer) else {
      throw source.unsupported(
        Self.marker,
        "the module has \(layers) layer\(layers == 1 ? "" : "s"), so that --layer goes from 0 to \(layers - 1); it was \(layer)"
      )
    }
    if isBidirectional, layer > 0 {
      throw source.unsupported(
        "weight_ih_l0_reverse",
        "layer \(layer) of a module in two directions reads the future, which no recurrent cell does; expected --layer 0, whose forward direction is read"
      )
    }
    var below: [DrivenLayer.Layer] = []
    for index in 0..<layer { below.append(try single(index, inputs: below.last?.cell.hiddenSize)) }
    let own = try single(layer, inputs: below.last?.cell.hiddenSize)
    var words = [name]
    if layers > 1 { words.append("layer \(layer) of 0 to \(layers - 1)") }
    if !below.isEmpty { words.append("driven by the layer\(below.count == 1 ? "" : "s") below") }
    if isBidirectional { words.append("forward direction (the backward one is not read)") }
    return TrainedCell.Reading(
      cell: below.isEmpty ? own.cell : DrivenLayer(below: below, top: own.cell), parameters: own.parameters,
      layout: words.joined(separator: ", "), isLast: layer == layers - 1 && !isBidirectional)
  }

  /// One layer by itself.
  /// - Parameter inputs: What the layer below puts out; nil for any number.
  private func single(_ layer: Int, inputs: Int?) throws -> DrivenLayer.Layer {
    let gates = kind == .gru ? 3 : 4
    let recurrent = try source.tensor("weight_hh_l\(layer)", nil, nil)
    let units = recurrent.shape[1]
    guard units >= 1, recurrent.shape[0] == gates * units else {
      let other = kind == .gru ? 4 : 3
      guard units < 1 || recurrent.shape[0] != other * units else {
        throw source.unsupported(
          "weight_hh_l\(layer)",
          "shape \(recurrent.shape) has \(other) gates a unit, those of an nn.\(kind == .gru ? "LSTM" : "GRU"); "
            + "expected \(gates), or --cell \(kind == .gru ? "lstm" : "gru")")
      }
      throw TensorFileError.shape(
        file: source.file.path, tensor: recurrent.name, expected: [gates * max(1, units), units],
        found: recurrent.shape)
    }
    let input = try source.tensor("weight_ih_l\(layer)", gates * units, inputs)
    let inputBias = try source.vector("bias_ih_l\(layer)", gates * units)
    let recurrentBias = try source.vector("bias_hh_l\(layer)", gates * units)
    /// The part of gate `index`.
    func part(_ values: [Double], _ index: Int) -> [Double] {
      let size = values.count / gates
      return Array(values[index * size..<(index + 1) * size])
    }
    let order = kind == .gru ? ["r", "z", "n"] : ["i", "f", "g", "o"]
    var blocks: [String: [Double]] = [:]
    for (index, gate) in order.enumerated() {
      blocks["W_\(gate)"] = part(input.values, index)
      blocks["U_\(gate)"] = part(recurrent.values, index)
      let (driven, fed) = (part(inputBias, index), part(recurrentBias, index))
      // The candidate of the GRU resets one of its biases; any other two act as their sum.
      let isReset = gate == "n"
      blocks["b_\(gate)"] = isReset ? driven : zip(driven, fed).map { $0 + $1 }
      if isReset { blocks["b_U\(gate)"] = fed }
    }
    let cell: any RecurrentCell =
      kind == .gru
      ? try ResetAfterGRU(inputSize: input.shape[1], hiddenSize: units)
      : try LSTMCell(inputSize: input.shape[1], hiddenSize: units)
    return DrivenLayer.Layer(cell: cell, parameters: cell.layout.assemble(blocks))
  }
}
