import GatedCells
import PropertyEngine
import TensorFiles

/// A network read from a file of weights: a cell of this package with the parameters that were trained elsewhere.
///
/// Read are the single-layer `nn.GRU` and `nn.LSTM` of PyTorch (`weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`;
/// gates in the order r, z, n and i, f, g, o; the GRU with its reset gate after the product), and modules with one linear
/// map a gate (`Wz.weight`, `Wz.bias`, `Uz.weight`, …, with the layer norm `ln_cand` if there is one). Any prefix before
/// these names is allowed. A readout `out`, `fc`, `head`, `readout` or `linear` with one row is used where there is one;
/// otherwise the readout is the sum of the units over √H.
public struct TrainedCell: Sendable {
  public enum Kind: String, Sendable, CaseIterable { case gru, lstm }

  public let cell: any RecurrentCell
  /// The parameters of the network of the cell.
  public let parameters: [Double]
  /// The layout that was recognised, in words.
  public let layout: String

  /// - Throws: `TensorFileError` naming file, tensor and expectation.
  public init(_ file: TensorFile, kind: Kind) throws {
    let stem = kind == .gru ? "Wz.weight" : "Wi.weight"
    if let key = file.names.first(where: { $0.hasSuffix("weight_ih_l0") }) {
      let source = Source(file: file, prefix: String(key.dropLast("weight_ih_l0".count)))
      (cell, parameters) = try kind == .gru ? Self.torchGRU(source) : Self.torchLSTM(source)
      layout = "nn.\(kind.rawValue.uppercased())"
    } else if let key = file.names.first(where: { $0.hasSuffix(stem) }) {
      let source = Source(file: file, prefix: String(key.dropLast(stem.count)))
      (cell, parameters) = try Self.gateModules(source, kind)
      layout = "one linear map a gate"
    } else {
      throw TensorFileError.missing(
        file: file.path, tensor: "weight_ih_l0\" or \"\(stem)", found: file.names)
    }
  }

  /// The contract claims, asked of this network on drawn inputs.
  public func claims() -> [Claim] {
    let (cell, parameters) = (cell, Array(parameters.prefix(cell.layout.count)))
    return Claim.cellContract { subjects in CellWalk.cases(subjects[0], cell, parameters: parameters) }
  }

  /// The network as claims see it.
  public var subject: CellUnderTest {
    let cell = cell
    return .derived(name: cell.name) { _, _ in cell }
  }

  /// The tensors behind one prefix.
  private struct Source {
    let file: TensorFile
    let prefix: String

    func has(_ name: String) -> Bool { file.tensors[prefix + name] != nil }
    func matrix(_ name: String, _ rows: Int?, _ columns: Int?) throws -> Tensor {
      try file.tensor(prefix + name, shape: [rows, columns])
    }
    /// A bias, or zeros where the module was built without one.
    func vector(_ name: String, _ count: Int, default value: Double = 0) throws -> [Double] {
      guard has(name) else { return [Double](repeating: value, count: count) }
      return try file.tensor(prefix + name, shape: [count]).values
    }

    func readout(_ units: Int) throws -> [Double] {
      for name in ["out", "fc", "head", "readout", "linear"] {
        for stem in [prefix, ""] where file.tensors["\(stem)\(name).weight"]?.shape == [1, units] {
          let weights = try file.tensor("\(stem)\(name).weight", shape: [1, units]).values
          let bias =
            file.tensors["\(stem)\(name).bias"] == nil
            ? [0] : try file.tensor("\(stem)\(name).bias", shape: [1]).values
          return weights + bias
        }
      }
      return [Double](repeating: 1 / Double(units).squareRoot(), count: units) + [0]
    }
  }

  /// The blocks of a stacked PyTorch module, gate by gate.
  private struct Stacked {
    let units: Int
    let inputs: Int
    let inputWeights: [[Double]]
    let recurrentWeights: [[Double]]
    let inputBias: [[Double]]
    let recurrentBias: [[Double]]

    init(_ source: Source, gates: Int) throws {
      for (name, what) in [
        ("weight_ih_l1", "a second layer"), ("weight_ih_l0_reverse", "a second direction"),
        ("weight_hr_l0", "a projection"),
      ] where source.has(name) {
        throw TensorFileError.unsupported(
          file: source.file.path, tensor: source.prefix + name,
          "the module has \(what); expected one layer in one direction without projection")
      }
      let recurrent = try source.matrix("weight_hh_l0", nil, nil)
      let units = recurrent.shape[1]
      guard units >= 1, recurrent.shape[0] == gates * units else {
        throw TensorFileError.shape(
          file: source.file.path, tensor: recurrent.name, expected: [gates * units, units],
          found: recurrent.shape)
      }
      let input = try source.matrix("weight_ih_l0", gates * units, nil)
      func split(_ values: [Double]) -> [[Double]] {
        let part = values.count / gates
        return (0..<gates).map { Array(values[$0 * part..<($0 + 1) * part]) }
      }
      self.units = units
      inputs = input.shape[1]
      inputWeights = split(input.values)
      recurrentWeights = split(recurrent.values)
      inputBias = split(try source.vector("bias_ih_l0", gates * units))
      recurrentBias = split(try source.vector("bias_hh_l0", gates * units))
    }

    /// `W, U, b` of one gate, whose two biases act as their sum.
    func gate(_ index: Int) -> [Double] {
      inputWeights[index] + recurrentWeights[index]
        + zip(inputBias[index], recurrentBias[index]).map { $0 + $1 }
    }
  }

  private static func torchGRU(_ source: Source) throws -> (any RecurrentCell, [Double]) {
    let blocks = try Stacked(source, gates: 3)
    let cell = try ResetAfterGRU(inputSize: blocks.inputs, hiddenSize: blocks.units)
    let candidate =
      blocks.inputWeights[2] + blocks.inputBias[2] + blocks.recurrentWeights[2] + blocks.recurrentBias[2]
    return (cell, blocks.gate(0) + blocks.gate(1) + candidate + (try source.readout(blocks.units)))
  }

  private static func torchLSTM(_ source: Source) throws -> (any RecurrentCell, [Double]) {
    let blocks = try Stacked(source, gates: 4)
    let cell = try LSTMCell(inputSize: blocks.inputs, hiddenSize: blocks.units)
    // i, f, g, o there; i, f, o, g here.
    let parameters = [0, 1, 3, 2].flatMap { blocks.gate($0) }
    return (cell, parameters + (try source.readout(blocks.units)))
  }

  private static func gateModules(_ source: Source, _ kind: Kind) throws -> (any RecurrentCell, [Double]) {
    let candidates = kind == .gru ? ["h", "g", "n"] : ["g", "c"]
    let candidate = candidates.first { source.has("W\($0).weight") } ?? candidates[0]
    let gates = (kind == .gru ? ["z", "r"] : ["i", "f", "o"]) + [candidate]
    let first = try source.matrix("W\(gates[0]).weight", nil, nil)
    let (units, inputs) = (first.shape[0], first.shape[1])
    var parameters: [Double] = []
    for gate in gates {
      parameters += try source.matrix("W\(gate).weight", units, inputs).values
      parameters += try source.matrix("U\(gate).weight", units, units).values
      let biases = zip(
        try source.vector("W\(gate).bias", units), try source.vector("U\(gate).bias", units))
      parameters += biases.map { $0 + $1 }
    }
    let hasNorm = source.has("ln_cand.weight")
    if hasNorm {
      parameters += try source.vector("ln_cand.weight", units, default: 1)
      parameters += try source.vector("ln_cand.bias", units)
    }
    let cell: any RecurrentCell =
      kind == .gru
      ? try GRUCell(inputSize: inputs, hiddenSize: units, layerNorm: hasNorm)
      : try LSTMCell(inputSize: inputs, hiddenSize: units, layerNorm: hasNorm)
    return (cell, parameters + (try source.readout(units)))
  }
}
