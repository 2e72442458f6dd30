/// The recurrent cells the tile kernels know, as passed across the level boundary.
public enum TileCell: Int, Sendable {
  case const, shared, diag, gru, lstm
}

/// Sizes of one tile: `lanes` sequences that run through all time steps together.
///
/// Every activation matrix is stored with the sequence index fastest, `[row][lane]`, so that a vector
/// register holds sixteen sequences of one unit. Widths that are not multiples of a register then cost
/// nothing extra, and a sum over units never crosses lanes.
public struct TileShape: Sendable {
  public let cell: TileCell
  public let inputs: Int
  public let hidden: Int
  public let lanes: Int
  public let steps: Int
  public let layerNorm: Bool
  public let constGate: Float
  /// Rows of all pre-activations stacked, in the order of the parameter blocks.
  public let gateRows: Int
  /// Rows computed from `[x | h]`; the remaining ones (GRU candidate) use `[x | r⊙h]`.
  public let firstStageRows: Int
  /// First row of the candidate block.
  public let candidateRow: Int
  /// `inputs + hidden`.
  public let width: Int
  /// `width` rounded up to a multiple of sixteen.
  public let paddedWidth: Int
  /// Time steps whose weight gradient is accumulated in one pass.
  public let chunkSteps: Int
  /// Floats kept for one time step, and where its parts start: first `[x | h]` (`width` rows, the state
  /// before the step), then gate and candidate activations (`gateRows`), the cell state before the step
  /// (LSTM), the normalised candidate (`hidden`) and one over its deviation (one row, layer norm), and the
  /// gradient of the loss with respect to the output (one row).
  public let recordSize: Int
  public let gatesOffset: Int
  public let cellOffset: Int
  public let normalisedOffset: Int
  public let inverseOffset: Int
  public let outputOffset: Int

  public init(
    cell: TileCell, inputs: Int, hidden: Int, lanes: Int, steps: Int, layerNorm: Bool, constGate: Float
  ) {
    self.cell = cell
    self.inputs = inputs
    self.hidden = hidden
    self.lanes = lanes
    self.steps = steps
    self.layerNorm = layerNorm
    self.constGate = constGate
    switch cell {
    case .const: gateRows = hidden
    case .shared: gateRows = hidden + 1
    case .diag: gateRows = 2 * hidden
    case .gru: gateRows = 3 * hidden
    case .lstm: gateRows = 4 * hidden
    }
    firstStageRows = cell == .gru ? 2 * hidden : gateRows
    switch cell {
    case .gru: candidateRow = 2 * hidden
    case .lstm: candidateRow = 3 * hidden
    default: candidateRow = 0
    }
    width = inputs + hidden
    paddedWidth = (width + 15) / 16 * 16
    chunkSteps = 128 / lanes
    gatesOffset = width * lanes
    cellOffset = gatesOffset + gateRows * lanes
    normalisedOffset = cellOffset + (cell == .lstm ? hidden : 0) * lanes
    inverseOffset = normalisedOffset + (layerNorm ? hidden : 0) * lanes
    outputOffset = inverseOffset + (layerNorm ? 1 : 0) * lanes
    recordSize = outputOffset + lanes
  }
}

/// Parameters repacked for the register tiles of one level; shared by all workers, read only.
public struct PackedParameters {
  /// Rows `0 ..< firstStageRows` of `[W | U]`, packed by `blockHeight`.
  public let forwardFirst: UnsafePointer<Float>
  /// GRU: candidate rows of `[W | U]`, the `W` and `U` parts packed per block.
  public let forwardSecond: UnsafePointer<Float>
  /// `gateRows` biases.
  public let bias: UnsafePointer<Float>
  /// Transposed `U` of the first-stage rows: output row = hidden unit, depth = `firstStageRows`.
  public let backwardFirst: UnsafePointer<Float>
  /// GRU: transposed `U` of the candidate, depth = `hidden`.
  public let backwardSecond: UnsafePointer<Float>
  public let gain: UnsafePointer<Float>
  public let shift: UnsafePointer<Float>
  public let readout: UnsafePointer<Float>
  public let readoutBias: Float

  public init(
    forwardFirst: UnsafePointer<Float>, forwardSecond: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    backwardFirst: UnsafePointer<Float>, backwardSecond: UnsafePointer<Float>,
    gain: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    readout: UnsafePointer<Float>, readoutBias: Float
  ) {
    self.forwardFirst = forwardFirst
    self.forwardSecond = forwardSecond
    self.bias = bias
    self.backwardFirst = backwardFirst
    self.backwardSecond = backwardSecond
    self.gain = gain
    self.shift = shift
    self.readout = readout
    self.readoutBias = readoutBias
  }
}

/// One worker's memory.
public struct TileMemory {
  /// One record a time step; `slotMask` folds the steps when only the forward pass runs.
  public var records: UnsafeMutablePointer<Float>
  public var slotMask: Int
  /// GRU: `[hidden][lanes]`, reset gate times state.
  public var resetState: UnsafeMutablePointer<Float>
  /// `[hidden][lanes]` each: gradients carried from step to step.
  public var stateGradient: UnsafeMutablePointer<Float>
  public var cellGradient: UnsafeMutablePointer<Float>
  public var resetGradient: UnsafeMutablePointer<Float>
  /// `[chunkSteps][gateRows][lanes]`: gradients of the pre-activations.
  public var preGradient: UnsafeMutablePointer<Float>
  /// `[paddedWidth/16][chunkSteps·lanes][16]`: transposed rows of the chunk.
  public var panel: UnsafeMutablePointer<Float>
  /// GRU: the same for `[x | r⊙h]`, and its untransposed row `[width][lanes]`.
  public var resetPanel: UnsafeMutablePointer<Float>
  public var resetRows: UnsafeMutablePointer<Float>
  /// Gradient sums of the shard, still per lane where the lane is not the summation index:
  /// `[gateRows][paddedWidth]`, `[gateRows][lanes]`, three times `[hidden][lanes]`, `[lanes]`.
  public var weightSum: UnsafeMutablePointer<Float>
  public var biasSum: UnsafeMutablePointer<Float>
  public var gainSum: UnsafeMutablePointer<Float>
  public var shiftSum: UnsafeMutablePointer<Float>
  public var readoutSum: UnsafeMutablePointer<Float>
  public var readoutBiasSum: UnsafeMutablePointer<Float>
  /// `[lanes]`: squared errors.
  public var squaredError: UnsafeMutablePointer<Double>

  public init(
    slotMask: Int, float: (_ index: Int) -> UnsafeMutablePointer<Float>, double: UnsafeMutablePointer<Double>
  ) {
    self.slotMask = slotMask
    records = float(0)
    resetState = float(1)
    stateGradient = float(2)
    cellGradient = float(3)
    resetGradient = float(4)
    preGradient = float(5)
    panel = float(6)
    resetPanel = float(7)
    resetRows = float(8)
    weightSum = float(9)
    biasSum = float(10)
    gainSum = float(11)
    shiftSum = float(12)
    readoutSum = float(13)
    readoutBiasSum = float(14)
    squaredError = double
  }
}

/// The sequences of one tile.
public struct TileJob {
  /// `[sequence][steps][inputs]`, first sequence of the tile.
  public var inputs: UnsafePointer<Float>
  /// `[sequence][steps]`; nil: predictions only.
  public var targets: UnsafePointer<Float>?
  /// `[sequence][steps]`, written when not nil.
  public var predictions: UnsafeMutablePointer<Float>?
  /// Sequences in the tile, at most `lanes`; the other lanes run on zeros and count for nothing.
  public var sequences: Int
  /// Factor from error to gradient of the loss: `2 / (batch · steps)`.
  public var gradientScale: Float

  public init(
    inputs: UnsafePointer<Float>, targets: UnsafePointer<Float>?,
    predictions: UnsafeMutablePointer<Float>?, sequences: Int, gradientScale: Float
  ) {
    self.inputs = inputs
    self.targets = targets
    self.predictions = predictions
    self.sequences = sequences
    self.gradientScale = gradientScale
  }
}

/// All a tile pass needs.
public struct TilePlan {
  public var shape: TileShape
  public var parameters: PackedParameters
  public var memory: TileMemory
  public var job: TileJob

  public init(shape: TileShape, parameters: PackedParameters, memory: TileMemory, job: TileJob) {
    self.shape = shape
    self.parameters = parameters
    self.memory = memory
    self.job = job
  }
}
