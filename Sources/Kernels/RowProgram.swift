import KernelsBaseline

public typealias RowInstruction = KernelsBaseline.RowInstruction
public typealias RowOperation = KernelsBaseline.RowOperation
public typealias RowPlace = KernelsBaseline.RowPlace
public typealias RowSpace = KernelsBaseline.RowSpace

/// One step of a recurrent network, forwards and backwards, as straight-line programs over rows. A row holds one number a
/// sequence of a tile.
///
/// The record of a step begins with its inputs and the state before it; the program fills the rest. Backwards, the step
/// turns the adjoint of the state after it (``RowSpace/incoming``) into that of the state before it
/// (``RowSpace/outgoing``), and adds to the sums.
public struct RowProgram: Sendable {
  /// A block of the parameter vector, row-major, or its transpose.
  public struct Weights: Sendable, Hashable {
    public var offset: Int
    public var rows: Int
    public var columns: Int
    public var isTransposed: Bool

    public init(offset: Int, rows: Int, columns: Int, isTransposed: Bool) {
      self.offset = offset
      self.rows = rows
      self.columns = columns
      self.isTransposed = isTransposed
    }

    /// Rows and columns of what multiplies.
    public var height: Int { isTransposed ? columns : rows }
    public var depth: Int { isTransposed ? rows : columns }
  }

  /// Weights of one product instruction, side by side.
  public struct PackedWeights: Sendable {
    /// Where they begin in the packed table.
    public var place: Int
    /// One or two blocks of the same height.
    public var blocks: [Weights]

    public init(place: Int, blocks: [Weights]) {
      self.place = place
      self.blocks = blocks
    }
  }

  /// The gradient of a block: `Σ adjoint · vectorᵀ`.
  public struct WeightGradient: Sendable {
    /// The first parameter of the block.
    public var offset: Int
    public var rows: Int
    public var columns: Int
    /// First row of the adjoint in ``RowSpace/chunk``.
    public var adjoint: Int
    /// Index in ``RowProgram/vectors``.
    public var vector: Int

    public init(offset: Int, rows: Int, columns: Int, adjoint: Int, vector: Int) {
      self.offset = offset
      self.rows = rows
      self.columns = columns
      self.adjoint = adjoint
      self.vector = vector
    }
  }

  /// Rows that weights multiply, as the step backwards finds them.
  public struct Vector: Sendable, Hashable {
    public var place: RowPlace
    public var rows: Int

    public init(place: RowPlace, rows: Int) {
      self.place = place
      self.rows = rows
    }
  }

  public var inputs: Int
  public var stateRows: Int
  public var parameterCount: Int

  /// The first rows of ``RowSpace/shared``, then parameters spread over the lanes.
  public var constants: [Float] = []
  public var spreadParameters: [Int] = []
  public var packedWeights: [PackedWeights] = []

  /// Run once a call, once a step forwards, once a step backwards, and once when all steps are done.
  public var prologue: [RowInstruction] = []
  public var forward: [RowInstruction] = []
  public var backward: [RowInstruction] = []
  public var epilogue: [RowInstruction] = []

  /// Where the step forwards leaves the prediction, and the row of the record where the step backwards finds the
  /// derivative of the loss in it.
  public var prediction = RowPlace(.record, 0)
  public var slopeRow = 0
  public var vectors: [Vector] = []
  public var weightGradients: [WeightGradient] = []
  /// Where the epilogue leaves derivatives in single parameters.
  public var parameterGradients: [(parameter: Int, place: RowPlace)] = []

  /// Rows of each space.
  public var sharedRows = 0
  public var recordRows = 0
  public var scratchRows = 0
  public var chunkRows = 0
  public var sumRows = 0

  public init(inputs: Int, stateRows: Int, parameterCount: Int) {
    self.inputs = inputs
    self.stateRows = stateRows
    self.parameterCount = parameterCount
  }

  /// Floats of the packed table.
  var packedCount: Int {
    packedWeights.map { $0.place + $0.blocks.reduce(0) { $0 + $1.rows * $1.columns } }.max() ?? 0
  }
}
