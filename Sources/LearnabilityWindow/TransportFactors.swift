import GatedCells

/// How a sensitivity travels back over a lag, unit by unit.
public struct TransportFactor: Sendable, Hashable {
  /// The zeroth-order factor γ: the product of retention factors along the window.
  public let zeroth: Double
  /// The first-order correction γ⁽¹⁾: one coupling in place of one retention, summed over the window.
  public let correction: Double
  /// `Γ = γ + γ⁽¹⁾`.
  public var total: Double { zeroth + correction }

  public init(zeroth: Double, correction: Double) {
    self.zeroth = zeroth
    self.correction = correction
  }
}

/// Diagonal transport through the windows that end at one time.
///
/// The window of lag ℓ at time t holds the steps `t, t−1, …, t−ℓ+1`. Its first-order transport is the linear part in
/// `ε` of `∏_j (A_j + ε B_j)` (Livi 2025, equations (33)–(35) and (44)), restricted to the unit's own coordinates.
/// The product is carried as the pair (value, ε-part), so there is neither a division by a closing gate nor a
/// difference of logarithms, and gates at 0 or 1 lose no accuracy.
public enum DiagonalTransport {
  /// The factors of every unit at `time` for each of `lags`.
  ///
  /// - Parameters:
  ///   - splits: The diagonal splits of all steps of a sequence, step 0 first.
  ///   - time: The step at which the window ends.
  ///   - lags: Window lengths in increasing order, each in `1...time + 1`.
  /// - Returns: One array of H factors for each lag.
  /// - Complexity: O(H · max lag).
  public static func factors(_ splits: [DiagonalSplit<Double>], time: Int, lags: [Int])
    -> [[TransportFactor]]
  {
    let units = splits[time].retention.count
    var pairs = (0..<units).map { _ in UnitProduct(twoBlock: splits[time].twoBlock != nil) }
    var result: [[TransportFactor]] = []
    var length = 0
    for lag in lags {
      precondition(lag > length && lag <= time + 1, "lag \(lag) is outside \(length + 1)…\(time + 1)")
      while length < lag {
        for unit in 0..<units { pairs[unit].prepend(splits[time - length], unit: unit) }
        length += 1
      }
      result.append(pairs.map(\.factor))
    }
    return result
  }
}

/// The row of `∏(A + εB)` that belongs to one unit's output: value and ε-part, for output and memory column.
private struct UnitProduct {
  var output: Double
  var memory: Double
  var outputPart = 0.0
  var memoryPart = 0.0

  init(twoBlock: Bool) {
    output = twoBlock ? 1 : 0
    memory = twoBlock ? 0 : 1
  }

  /// Multiplies by one more step, earlier in time.
  mutating func prepend(_ split: DiagonalSplit<Double>, unit: Int) {
    let retention = split.retention[unit]
    let coupling = split.memoryToMemory[unit]
    guard let blocks = split.twoBlock else {
      memoryPart = memoryPart * retention + memory * coupling
      memory *= retention
      return
    }
    let expression = blocks.expression[unit]
    let nextOutputPart =
      output * blocks.outputToOutput[unit] + memory * blocks.outputToMemory[unit]
    memoryPart =
      outputPart * expression + memoryPart * retention + output * blocks.memoryToOutput[unit]
      + memory * coupling
    memory = output * expression + memory * retention
    output = 0
    outputPart = nextOutputPart
  }

  var factor: TransportFactor { TransportFactor(zeroth: memory, correction: memoryPart) }
}
