import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// What ``LagTransport`` reads and writes for one part at a time: the part's columns, one vector of four sequences a step, for the
/// first four of eight sequences and for the others.
///
/// A column holds one part's steps together, four sequences wide, so that what the walks over a few lags read stays in the
/// nearest cache.
struct LagMemory {
  enum Column: Int, CaseIterable {
    case retention, coupling, expression, memoryToOutput, outputToMemory, outputToOutput
    case baseRate, sensitivity, errorSlope
  }

  /// The sums over time of each lag.
  enum Sum: Int {
    case rate, transport, projected, sensitivity
  }

  /// The times at which terms are kept.
  let times: Int
  private let steps: Int
  private let stride: Int
  private let twoBlock: Bool
  private let keepEvery: Int
  private let lagCount: Int
  /// Lags, the window that leads to each, the lengths of the windows.
  private let numbers: [Int]
  private let windowCount: Int
  /// The columns of the first half, and after them those of the other.
  private var columns: [LagPlan.Vector]
  /// Windows and walks.
  private var windows: [LagPlan.Vector]
  /// Four sums and the kept terms' weight for each lag.
  private var sums: [[LagPlan.Vector]]
  private var keptTerms: [[LagPlan.Vector]]

  init(steps: Int, lags: [Int], twoBlock: Bool, keepEvery: Int) {
    let route = Self.route(lags, afterOutput: twoBlock)
    self.steps = steps
    self.twoBlock = twoBlock
    self.keepEvery = keepEvery
    // Columns a power of two apart would share a few sets of the nearest cache.
    stride = (steps + 63) / 64 * 64 + 37
    times = keepEvery > 0 ? (steps + keepEvery - 1) / keepEvery : 0
    lagCount = lags.count
    numbers = lags + route.ofLag + route.lengths
    windowCount = route.lengths.count
    func zeros(_ count: Int) -> [LagPlan.Vector] { [LagPlan.Vector](repeating: .zero, count: count) }
    columns = zeros(2 * Column.allCases.count * stride)
    windows = zeros((4 * windowCount + 3) * stride)
    sums = [zeros(5 * lagCount), zeros(5 * lagCount)]
    keptTerms = [zeros(times * lagCount), zeros(times * lagCount)]
  }

  /// How a walk gets from lag to lag: the lengths of the windows it takes, each once, and which one leads to each lag (−1 for
  /// none). With an output block the latest step is taken apart.
  private static func route(_ lags: [Int], afterOutput: Bool) -> (lengths: [Int], ofLag: [Int]) {
    var lengths: [Int] = []
    let ofLag = zip([afterOutput ? 1 : 0] + lags, lags).map { before, lag in
      let length = lag - before
      if length == 0 { return -1 }
      if let known = lengths.firstIndex(of: length) { return known }
      lengths.append(length)
      return lengths.count - 1
    }
    return (lengths, ofLag)
  }

  /// Copies one part of rows of vectors, one row a step.
  mutating func fill(
    _ column: Column, from source: [SIMD8<Double>], part: Int, rowLength: Int, level: CPULevel
  ) {
    precondition(
      source.count == steps * rowLength, "\(source.count) vectors are not \(steps) rows of \(rowLength)")
    let start = column.rawValue * stride
    let half = Column.allCases.count * stride
    source.withUnsafeBufferPointer { source in
      columns.withUnsafeMutableBufferPointer { columns in
        guard let first = source.baseAddress, let base = columns.baseAddress else { return }
        let (source, low, high) = (first + part, base + start, base + (half + start))
        switch level {
        case .baseline: KernelsBaseline.splitColumn(source, rowLength, steps, low, high)
        case .avx2: KernelsAVX2.splitColumn(source, rowLength, steps, low, high)
        case .avx512: KernelsAVX512.splitColumn(source, rowLength, steps, low, high)
        }
      }
    }
  }

  /// A sum of one lag.
  func sum(_ sum: Sum, _ lag: Int) -> SIMD8<Double> {
    let at = sum.rawValue * lagCount + lag
    return SIMD8(lowHalf: sums[0][at], highHalf: sums[1][at])
  }

  /// The terms of a lag kept at one time, of all parts together.
  func kept(_ lag: Int, _ time: Int) -> SIMD8<Double> {
    let at = lag * times + time
    return SIMD8(lowHalf: keptTerms[0][at], highHalf: keptTerms[1][at])
  }

  /// Sums over time for the part that the columns hold; adds to the kept terms.
  ///
  /// - Parameter weights: Of the part's kept terms, one a lag; read only when terms are kept.
  mutating func run(weights: [Double], level: CPULevel) {
    for half in sums.indices {
      for index in 0..<4 * lagCount { sums[half][index] = .zero }
      for (lag, weight) in weights.enumerated() {
        sums[half][4 * lagCount + lag] = LagPlan.Vector(repeating: weight)
      }
      run(half, level)
    }
  }

  private mutating func run(_ half: Int, _ level: CPULevel) {
    let offset = half * Column.allCases.count * stride
    columns.withUnsafeBufferPointer { columns in
      numbers.withUnsafeBufferPointer { numbers in
        sums[half].withUnsafeMutableBufferPointer { sums in
          keptTerms[half].withUnsafeMutableBufferPointer { kept in
            windows.withUnsafeMutableBufferPointer { windows in
              guard let columns = columns.baseAddress, let lags = numbers.baseAddress,
                let sums = sums.baseAddress, let windows = windows.baseAddress
              else { return }
              func column(_ column: Column) -> LagPlan.Column {
                columns + (offset + column.rawValue * stride)
              }
              var plan = LagPlan(
                steps: steps, stride: stride, lagCount: lagCount, lags: lags,
                windowLengths: lags + 2 * lagCount,
                windowCount: windowCount, windowOfLag: lags + lagCount, windows: windows,
                walks: windows + 4 * stride * windowCount, retention: column(.retention),
                coupling: column(.coupling), expression: column(.expression),
                memoryToOutput: column(.memoryToOutput), outputToMemory: column(.outputToMemory),
                outputToOutput: column(.outputToOutput), twoBlock: twoBlock, baseRate: column(.baseRate),
                sensitivity: column(.sensitivity), errorSlope: column(.errorSlope), rateSums: sums,
                transportSums: sums + lagCount, projectedSums: sums + 2 * lagCount,
                sensitivitySums: sums + 3 * lagCount, weights: UnsafePointer(sums + 4 * lagCount),
                kept: kept.baseAddress ?? sums, keepEvery: keepEvery)
              switch level {
              case .baseline: KernelsBaseline.lagSums(&plan)
              case .avx2: KernelsAVX2.lagSums(&plan)
              case .avx512: KernelsAVX512.lagSums(&plan)
              }
            }
          }
        }
      }
    }
  }
}
