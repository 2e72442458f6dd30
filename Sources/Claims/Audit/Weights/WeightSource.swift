import GatedCells
import TensorFiles

/// The tensors of one module of a file: those behind one prefix.
struct WeightSource {
  let file: TensorFile
  /// Empty, or what stands before the names, with the dot.
  let prefix: String

  /// Finds the module that holds weights of a kind of cell.
  init(_ file: TensorFile, kind: BuiltInCell, module: String?) throws {
    let markers = (kind == .gru || kind == .lstm ? [TorchModule.marker] : []) + [GateModules.marker(kind)]
    let prefixes = Set(
      file.names.flatMap { name in
        markers.compactMap { name == $0 || name.hasSuffix("." + $0) ? String(name.dropLast($0.count)) : nil }
      })
    self.file = file
    if let module {
      prefix = module.isEmpty || module.hasSuffix(".") ? module : module + "."
      guard prefixes.contains(prefix) else {
        throw TensorFileError.missing(
          file: file.path, tensor: markers.map { prefix + $0 }.joined(separator: "\" or \""),
          found: file.names)
      }
      return
    }
    guard let first = prefixes.first else {
      throw TensorFileError.missing(
        file: file.path, tensor: markers.joined(separator: "\" or \""), found: file.names)
    }
    guard prefixes.count == 1 else {
      let names = prefixes.sorted().map { $0.isEmpty ? "(no prefix)" : String($0.dropLast()) }
      throw TensorFileError.unrecognised(
        file: file.path,
        "several modules have weights of a \(kind.rawValue): \(names.joined(separator: ", ")); name one with --module"
      )
    }
    prefix = first
  }

  /// The names behind the prefix, without it, in alphabetical order.
  var names: [String] {
    file.names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  func has(_ name: String) -> Bool { file.tensors[prefix + name] != nil }

  /// - Parameter shape: nil stands for any extent.
  func tensor(_ name: String, _ shape: Int?...) throws -> Tensor {
    try file.tensor(prefix + name, shape: shape)
  }

  /// A bias or gain, or equal numbers where the module was built without one.
  func vector(_ name: String, _ count: Int, default value: Double = 0) throws -> [Double] {
    guard has(name) else { return [Double](repeating: value, count: count) }
    return try tensor(name, count).values
  }

  func unsupported(_ name: String, _ what: String) -> TensorFileError {
    .unsupported(file: file.path, tensor: prefix + name, what)
  }

  /// Weights and bias of a readout with one row over `units` units.
  /// - Parameter isLast: Whether a readout of the file could read the layer at all.
  func readout(_ units: Int, isLast: Bool) throws -> [Double] {
    for name in isLast ? ["out", "fc", "head", "readout", "linear"] : [] {
      for stem in [prefix, ""] where file.tensors["\(stem)\(name).weight"]?.shape == [1, units] {
        let weights = try file.tensor("\(stem)\(name).weight", shape: [1, units]).values
        let hasBias = file.tensors["\(stem)\(name).bias"] != nil
        return weights + (hasBias ? try file.tensor("\(stem)\(name).bias", shape: [1]).values : [0])
      }
    }
    return [Double](repeating: 1 / Double(units).squareRoot(), count: units) + [0]
  }
}

extension ParameterLayout {
  /// A parameter vector from its blocks by name.
  /// - Precondition: every block is given, and as long as the layout has it.
  func assemble(_ values: [String: [Double]]) -> [Double] {
    blocks.flatMap { block in
      let given = values[block.name] ?? []
      precondition(
        given.count == block.count, "\(block.name) takes \(block.count) numbers, got \(given.count)")
      return given
    }
  }
}
