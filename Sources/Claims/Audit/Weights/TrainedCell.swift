import GatedCells
import PropertyEngine
import TensorFiles

/// A network read from a file of weights: a cell of this package with the parameters that were trained elsewhere.
///
/// Two layouts are recognised, whatever stands before the names:
///
/// - ``TorchModule``: `nn.GRU` and `nn.LSTM` of PyTorch with any number of layers. Any layer can be audited, driven by the
///   layers below it; of a module in two directions, the forward direction of the first layer.
/// - ``GateModules``: one linear map a gate, as the published code of the paper has it, for all five cells.
///
/// A readout `out`, `fc`, `head`, `readout` or `linear` with one row over the layer's units is used where there is one;
/// otherwise the readout is the sum of the units over √H.
public struct TrainedCell: Sendable {
  /// The cell; for a layer above others, with their state before its own.
  public let cell: any RecurrentCell
  /// The parameters of the network of the cell.
  public let parameters: [Double]
  /// The layout that was recognised, in words.
  public let layout: String

  /// - Parameters:
  ///   - layer: Which layer of a stacked module, from 0.
  ///   - module: What stands before the names, such as `encoder.rnn`; needed when a file holds several modules.
  /// - Throws: `TensorFileError` naming file, tensor and expectation.
  public init(_ file: TensorFile, kind: BuiltInCell, layer: Int = 0, module: String? = nil) throws {
    let source = try WeightSource(file, kind: kind, module: module)
    let read =
      try source.has(TorchModule.marker)
      ? TorchModule(source, kind).layer(layer) : GateModules(source, kind).cell(layer)
    cell = read.cell
    parameters = read.parameters + (try source.readout(cell.hiddenSize, isLast: read.isLast))
    layout = read.layout
  }

  /// One layer as a file gives it.
  struct Reading {
    let cell: any RecurrentCell
    let parameters: [Double]
    let layout: String
    /// Whether a readout of the file reads this layer.
    var isLast = true
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
}
