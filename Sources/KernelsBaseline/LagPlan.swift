/// What ``lagSums`` reads and writes for one unit of four sequences: columns of one vector a step, and sums of one vector a lag.
public struct LagPlan {
  /// Four sequences: as many columns of them as a walk reads stay in the nearest cache for a while.
  public typealias Vector = SIMD4<Double>
  public typealias Column = UnsafePointer<Vector>
  public typealias Sums = UnsafeMutablePointer<Vector>

  public var steps: Int
  /// Vectors from one column of windows or walks to the next, at least `steps`.
  public var stride: Int
  public var lagCount: Int
  /// Increasing.
  public var lags: UnsafePointer<Int>
  /// The lengths of the windows that lead from one lag to the next, each once.
  public var windowLengths: UnsafePointer<Int>
  public var windowCount: Int
  /// For each lag the number of the window that leads to it; −1 where none is needed.
  public var windowOfLag: UnsafePointer<Int>
  /// Room for four columns a window.
  public var windows: Sums
  /// Room for three columns: every time's walk as far back as it has got.
  public var walks: Sums
  public var retention: Column
  public var coupling: Column
  /// The other blocks of a cell with output and memory; read only when `twoBlock`.
  public var expression: Column
  public var memoryToOutput: Column
  public var outputToMemory: Column
  public var outputToOutput: Column
  public var twoBlock: Bool
  public var baseRate: Column
  public var sensitivity: Column
  public var errorSlope: Column
  public var rateSums: Sums
  public var transportSums: Sums
  public var projectedSums: Sums
  public var sensitivitySums: Sums
  /// The weight of each lag's kept terms; read only when `keepEvery` is positive.
  public var weights: Column
  /// `lags × ⌈steps / keepEvery⌉` weighted terms at the kept times, added to.
  public var kept: Sums
  /// Distance of kept times; 0 keeps none.
  public var keepEvery: Int

  public init(
    steps: Int, stride: Int, lagCount: Int, lags: UnsafePointer<Int>, windowLengths: UnsafePointer<Int>,
    windowCount: Int,
    windowOfLag: UnsafePointer<Int>, windows: Sums, walks: Sums, retention: Column, coupling: Column,
    expression: Column, memoryToOutput: Column, outputToMemory: Column, outputToOutput: Column,
    twoBlock: Bool, baseRate: Column, sensitivity: Column, errorSlope: Column, rateSums: Sums,
    transportSums: Sums, projectedSums: Sums, sensitivitySums: Sums, weights: Column, kept: Sums,
    keepEvery: Int
  ) {
    self.steps = steps
    self.stride = stride
    self.lagCount = lagCount
    self.lags = lags
    self.windowLengths = windowLengths
    self.windowCount = windowCount
    self.windowOfLag = windowOfLag
    self.windows = windows
    self.walks = walks
    self.retention = retention
    self.coupling = coupling
    self.expression = expression
    self.memoryToOutput = memoryToOutput
    self.outputToMemory = outputToMemory
    self.outputToOutput = outputToOutput
    self.twoBlock = twoBlock
    self.baseRate = baseRate
    self.sensitivity = sensitivity
    self.errorSlope = errorSlope
    self.rateSums = rateSums
    self.transportSums = transportSums
    self.projectedSums = projectedSums
    self.sensitivitySums = sensitivitySums
    self.weights = weights
    self.kept = kept
    self.keepEvery = keepEvery
  }
}
