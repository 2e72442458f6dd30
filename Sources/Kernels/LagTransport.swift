import KernelsAVX2
import KernelsAVX512
import KernelsBaseline

/// Sums over time of diagonal transport, for every lag and unit of eight sequences.
///
/// Arrays hold eight sequences a vector: `steps × parts` vectors, the parts (units) of a step together. Sums are added in the
/// order of time; the bits are the same on every level.
public struct LagTransport: Sendable {
  public typealias Vector = SIMD8<Double>

  /// The blocks that a cell with output and memory has beside its memory's own.
  public struct Blocks: Sendable {
    let expression, memoryToOutput, outputToMemory, outputToOutput: [Vector]

    public init(
      expression: [Vector], memoryToOutput: [Vector], outputToMemory: [Vector],
      outputToOutput: [Vector]
    ) {
      self.expression = expression
      self.memoryToOutput = memoryToOutput
      self.outputToMemory = outputToMemory
      self.outputToOutput = outputToOutput
    }
  }

  /// Sums of `|μ|`, `|Γ|`, `μζ` and `ζ`: `lags × parts` vectors each.
  public private(set) var rate, transport, projected, sensitivity: [Vector]
  /// `Σ_q o_q μ ζ` at every `keepEvery`-th time that the lag reaches back from, by lag; empty when none are kept.
  public private(set) var kept: [[Vector]] = []

  /// - Parameters:
  ///   - coupling: First-order couplings, or nil for transport of zeroth order.
  ///   - lags: Increasing, each in `1 ..< steps`.
  ///   - signs: `lags × parts` vectors; read only when `keepEvery` is positive.
  /// - Precondition: The arrays have the lengths that the sizes say.
  /// - Complexity: O(steps · parts · (lags + sum of the distinct distances between lags)).
  public init(
    steps: Int, parts: Int, lags: [Int], retention: [Vector], coupling: [Vector], blocks: Blocks?,
    firstOrder: Bool, baseRate: [Vector], sensitivity: [Vector], errorSignal: [Vector],
    signs: [Vector],
    keepEvery: Int, level: CPULevel = .best
  ) {
    precondition(
      zip([0] + lags, lags).allSatisfy { $0 < $1 } && (lags.last ?? 0) < max(steps, 1),
      "lags \(lags) do not increase within 1..<\(steps)")
    precondition(
      keepEvery <= 0 || signs.count == lags.count * parts, "\(signs.count) signs do not fit")
    let none = [Vector](repeating: .zero, count: steps)
    let sources = [
      retention, firstOrder ? coupling : none, blocks?.expression ?? none,
      firstOrder ? blocks?.memoryToOutput ?? none : none,
      firstOrder ? blocks?.outputToMemory ?? none : none,
      firstOrder ? blocks?.outputToOutput ?? none : none, baseRate, sensitivity, errorSignal,
    ]
    let zeros = [Vector](repeating: .zero, count: lags.count * parts)
    (rate, transport, projected, self.sensitivity) = (zeros, zeros, zeros, zeros)
    let times = keepEvery > 0 ? (steps + keepEvery - 1) / keepEvery : 0
    var keptVectors = [Vector](repeating: .zero, count: times * lags.count)
    var columns = [Vector](repeating: .zero, count: sources.count * steps)
    var sums = [Vector](repeating: .zero, count: 5 * lags.count)
    let route = Self.route(lags, afterOutput: blocks != nil)
    // Windows, and after them the walks.
    var windows = [Vector](repeating: .zero, count: (4 * route.lengths.count + 3) * steps)
    for part in 0..<parts {
      // One part's steps lie together, so that a walk stays in the nearest cache.
      for (number, source) in sources.enumerated() where source.count == steps * parts {
        for step in 0..<steps { columns[number * steps + step] = source[step * parts + part] }
      }
      for index in 0..<4 * lags.count { sums[index] = .zero }
      if keepEvery > 0 {
        for index in lags.indices { sums[4 * lags.count + index] = signs[index * parts + part] }
      }
      Self.run(
        columns, steps: steps, lags: lags, route, windows: &windows, twoBlock: blocks != nil,
        sums: &sums,
        kept: &keptVectors, keepEvery: keepEvery, level: level)
      for index in lags.indices {
        rate[index * parts + part] = sums[index]
        transport[index * parts + part] = sums[lags.count + index]
        projected[index * parts + part] = sums[2 * lags.count + index]
        self.sensitivity[index * parts + part] = sums[3 * lags.count + index]
      }
    }
    if keepEvery > 0 {
      kept = lags.enumerated().map { index, lag in
        (0..<times).compactMap { $0 * keepEvery < lag ? nil : keptVectors[index * times + $0] }
      }
    }
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

  private static func run(
    _ columns: [Vector], steps: Int, lags: [Int], _ route: (lengths: [Int], ofLag: [Int]),
    windows: inout [Vector], twoBlock: Bool, sums: inout [Vector], kept: inout [Vector],
    keepEvery: Int,
    level: CPULevel
  ) {
    // One array of numbers, so that one pointer serves: lags, the window of each, the windows' lengths.
    let numbers = lags + route.ofLag + route.lengths
    columns.withUnsafeBufferPointer { columns in
      numbers.withUnsafeBufferPointer { numbers in
        sums.withUnsafeMutableBufferPointer { sums in
          kept.withUnsafeMutableBufferPointer { kept in
            windows.withUnsafeMutableBufferPointer { windows in
              guard let column = columns.baseAddress, let lag = numbers.baseAddress,
                let sum = sums.baseAddress, let window = windows.baseAddress
              else { return }
              let count = lags.count
              var plan = LagPlan(
                steps: steps, lagCount: count, lags: lag, windowLengths: lag + 2 * count,
                windowCount: route.lengths.count, windowOfLag: lag + count,
                windows: window, walks: window + 4 * steps * route.lengths.count,
                retention: column, coupling: column + steps,
                expression: column + 2 * steps, memoryToOutput: column + 3 * steps,
                outputToMemory: column + 4 * steps, outputToOutput: column + 5 * steps,
                twoBlock: twoBlock,
                baseRate: column + 6 * steps, sensitivity: column + 7 * steps,
                errorSignal: column + 8 * steps, rateSums: sum, transportSums: sum + count,
                projectedSums: sum + 2 * count, sensitivitySums: sum + 3 * count,
                signs: UnsafePointer(sum + 4 * count), kept: kept.baseAddress ?? sum,
                keepEvery: keepEvery)
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
