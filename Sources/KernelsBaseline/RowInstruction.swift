/// Where a row of `lanes` numbers is kept while a row program runs.
public enum RowSpace: Int, Sendable {
  /// Constants, parameters spread over the lanes, and what depends on them alone; shared by all workers.
  case shared
  /// What is kept of this time step, beginning with inputs and the state before it.
  case record
  /// The same of the next time step.
  case next
  case scratch
  /// The adjoint of the state after this step, which the step reads, and before it, which it writes.
  case incoming, outgoing
  /// Adjoints of products, kept until the weight gradient of several steps is made at once.
  case chunk
  /// Sums over time.
  case sums
}

/// Row `row` of a space, and whether the following rows of the operation read the rows that follow it or all the same row.
public struct RowPlace: Sendable, Hashable {
  public var space: RowSpace
  public var row: Int
  /// 1 or 0.
  public var stride: Int

  public init(_ space: RowSpace, _ row: Int, stride: Int = 1) {
    self.space = space
    self.row = row
    self.stride = stride
  }
}

public enum RowOperation: Int, Sendable {
  case copy, negate, exponential, logarithm, hyperbolicTangent, logistic, squareRoot
  case hyperbolicTangentSlope, logisticSlope
  case add, subtract, multiply, divide
  /// `a·b + c`.
  case multiplyAdd
  /// The sum of the rows of `a`, into one row.
  case sum
  /// The same, added to what the row holds.
  case addSum
  /// Matrix products, from zero, from a parameter a row, or from what the target holds.
  case product, productOntoParameters, productOntoTarget
}

/// One operation on rows of numbers.
public struct RowInstruction: Sendable, Hashable {
  public var operation: RowOperation
  /// Rows of the target; for sums, rows of `a`.
  public var rows: Int
  public var target: RowPlace
  public var a: RowPlace
  public var b: RowPlace
  public var c: RowPlace
  /// Of a product: rows of `a` and `b`, which the packed weights multiply, where these weights begin, and the first
  /// parameter to start from.
  public var depthA = 0
  public var depthB = 0
  public var weights = 0
  public var start = 0

  public init(
    _ operation: RowOperation, rows: Int, target: RowPlace, a: RowPlace, b: RowPlace? = nil,
    c: RowPlace? = nil
  ) {
    self.operation = operation
    self.rows = rows
    self.target = target
    self.a = a
    self.b = b ?? a
    self.c = c ?? a
  }
}

/// The memory that a row program works on.
public struct RowMemory {
  /// One base for each ``RowSpace``, by raw value.
  public var bases: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  /// Packed weights of all products.
  public var weights: UnsafePointer<Float>
  public var parameters: UnsafePointer<Float>

  public init(
    bases: UnsafeMutablePointer<UnsafeMutablePointer<Float>>, weights: UnsafePointer<Float>,
    parameters: UnsafePointer<Float>
  ) {
    self.bases = bases
    self.weights = weights
    self.parameters = parameters
  }
}
