import GatedCells
import TensorFiles

/// A module with one linear map a gate: `Wz.weight`, `Wz.bias`, `Uz.weight` and so on.
///
/// The names are those of the published code of Livi 2025:
///
/// | cell | gates | candidate | layer norm |
/// |---|---|---|---|
/// | const | `s_const`, a number in (0, 1) | `Wx`, `Wh` | `ln` |
/// | shared, diag | `Ws`, `Us` | `Wx`, `Wh` | `ln_h` |
/// | gru | `Wz`, `Uz`, `Wr`, `Ur` | `Wh`, `Uh` | `ln_h` |
/// | lstm | `Wi`, `Ui`, `Wf`, `Uf`, `Wo`, `Uo` | `Wg`, `Ug` | `ln_cand` |
///
/// The candidate of a GRU may also be called g, n or c, that of an LSTM c, n or h; each layer norm may have each of its
/// names. Biases may be missing and may stand with either map. A layer norm is taken to add 1e-5 to the variance, as
/// PyTorch does unless told otherwise. Maps and norms that have no place in the cell are errors, never left out.
struct GateModules {
  private static let norms = ["ln_h", "ln_cand", "ln"]

  let source: WeightSource
  let kind: BuiltInCell

  init(_ source: WeightSource, _ kind: BuiltInCell) {
    self.source = source
    self.kind = kind
  }

  /// A tensor that the module of a kind always has.
  static func marker(_ kind: BuiltInCell) -> String {
    switch kind {
    case .const, .shared, .diag: "Wx.weight"
    case .gru: "Wz.weight"
    case .lstm: "Wi.weight"
    }
  }

  /// The two linear maps behind one affine block of the cell.
  private struct Maps {
    let block: String
    let input: String
    let recurrent: String

    init(_ block: String, _ letter: String) {
      self.block = block
      input = "W\(letter)"
      recurrent = "U\(letter)"
    }

    init(_ block: String, input: String, recurrent: String) {
      self.block = block
      self.input = input
      self.recurrent = recurrent
    }
  }

  func cell(_ layer: Int) throws -> TrainedCell.Reading {
    guard layer == 0 else {
      throw source.unsupported(
        Self.marker(kind), "the module has one layer, so that --layer is 0; it was \(layer)")
    }
    let maps = try maps()
    let norm = try norm()
    try refuseLeftovers(maps, norm)
    let first = try source.tensor("\(maps[0].input).weight", nil, nil)
    let (units, inputs) = (first.shape[0], first.shape[1])
    var gate = 0.5
    if kind == .const {
      gate = try constantGate()
    }
    let cell: any RecurrentCell
    do {
      cell = try kind.make(
        inputSize: inputs, hiddenSize: units, layerNorm: norm != nil, constantGate: gate)
    } catch let error as CellError {
      throw source.unsupported("\(maps[0].input).weight", "shape \(first.shape): \(error)")
    }
    var blocks: [String: [Double]] = [:]
    for map in maps {
      let rows = cell.layout.block(named: "b_\(map.block)")?.count ?? units
      blocks["W_\(map.block)"] = try source.tensor("\(map.input).weight", rows, inputs).values
      blocks["U_\(map.block)"] = try source.tensor("\(map.recurrent).weight", rows, units).values
      let biases = zip(
        try source.vector("\(map.input).bias", rows), try source.vector("\(map.recurrent).bias", rows))
      blocks["b_\(map.block)"] = biases.map { $0 + $1 }
    }
    if let norm {
      blocks["gain_\(maps[0].block)"] = try source.vector("\(norm).weight", units, default: 1)
      blocks["shift_\(maps[0].block)"] = try source.vector("\(norm).bias", units)
    }
    return TrainedCell.Reading(
      cell: cell, parameters: cell.layout.assemble(blocks),
      layout:
        "\(kind.rawValue) with one linear map a gate, candidate \(maps[0].input) and \(maps[0].recurrent), "
        + (norm.map { "layer norm \($0)" } ?? "no layer norm"))
  }

  /// The candidate's maps first, then the gates'.
  private func maps() throws -> [Maps] {
    switch kind {
    case .const: [Maps("h", input: "Wx", recurrent: "Wh")]
    case .shared, .diag: [Maps("h", input: "Wx", recurrent: "Wh"), Maps("s", "s")]
    case .gru: [Maps("h", try candidate(["h", "g", "n", "c"])), Maps("z", "z"), Maps("r", "r")]
    case .lstm:
      [Maps("g", try candidate(["g", "c", "n", "h"])), Maps("i", "i"), Maps("f", "f"), Maps("o", "o")]
    }
  }

  /// The letter under which the file holds the candidate.
  private func candidate(_ letters: [String]) throws -> String {
    let found = letters.filter { source.has("W\($0).weight") }
    guard found.count == 1 else {
      let expected = letters.map { "W\($0)" }.joined(separator: ", ")
      let maps = source.names.filter { $0.hasPrefix("W") && $0.hasSuffix(".weight") }.map { $0.dropLast(7) }
      throw TensorFileError.unrecognised(
        file: source.file.path,
        "the candidate of a \(kind.rawValue) must be exactly one of \(expected); among the linear maps are "
          + (found.isEmpty ? "none of them" : found.map { "W\($0)" }.joined(separator: " and "))
          + " (found: \(maps.joined(separator: ", ")))")
    }
    return found[0]
  }

  /// The name of the layer norm of the candidate, nil for none.
  private func norm() throws -> String? {
    let found = Self.norms.filter { source.has("\($0).weight") || source.has("\($0).bias") }
    guard found.count <= 1 else {
      throw TensorFileError.unrecognised(
        file: source.file.path,
        "the candidate has one layer norm at most; found \(found.joined(separator: " and "))")
    }
    return found.first
  }

  private func constantGate() throws -> Double {
    let tensor = try source.file.tensor(source.prefix + "s_const")
    guard tensor.values.count == 1, tensor.values[0] > 0, tensor.values[0] < 1 else {
      throw source.unsupported(
        "s_const", "holds \(tensor.values.prefix(3)); expected one number between 0 and 1, ends excluded")
    }
    return tensor.values[0]
  }

  /// A map or norm that the cell has no place for would make it another cell.
  private func refuseLeftovers(_ maps: [Maps], _ norm: String?) throws {
    let known = Set(maps.flatMap { [$0.input, $0.recurrent] } + [norm].compactMap(\.self))
    for name in source.names {
      let module = String(name.prefix { $0 != "." })
      let isPart = name.contains(/^[WU][a-z]{1,2}\./) || name.contains(/^(ln|norm|layer_?norm)[a-z0-9_]*\./)
      guard !isPart || known.contains(module) else {
        throw source.unsupported(
          name,
          "has no place in a \(kind.rawValue) with \(known.sorted().joined(separator: ", ")); is it another --cell?"
        )
      }
    }
  }
}
