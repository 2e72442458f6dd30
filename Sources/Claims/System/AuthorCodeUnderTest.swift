import Foundation
import GatedCells
import LearnabilityWindow
import StableLaws
import Training

/// What the code published with Livi 2025 does where it departs from the paper: a reference-compatible mode, function by
/// function, to be compared with the paper mode of the same step. Written from our audit of that code.
public struct AuthorCodeUnderTest: Sendable {
  /// The envelope of one lag: the mean over units where the paper has the sum.
  public var envelope: @Sendable (_ rates: [Double]) -> Double
  /// The first-order correction of the LSTM at a time and lag: the sum of couplings also takes the earliest step, and the path
  /// through the output gate is missing.
  public var lstmCorrection: @Sendable (_ splits: [DiagonalSplit<Double>], _ time: Int, _ lag: Int) -> Double
  /// Couplings of the constant-gate cell with layer normalisation, and of the GRU.
  public var constantGateCoupling: @Sendable (ConstGateCell, StepPoint) -> [Double]
  public var gatedUnitCoupling: @Sendable (GRUCell, StepPoint) -> [Double]
  /// The statistic's mean over batches, each batch oriented by its own sign.
  public var batchOrientedMean: @Sendable (_ batches: [[Double]]) -> Double
  /// The signal-to-noise ratio: modulus of the mean, tail index clipped to [1, 2], N clamped to the number of samples.
  public var signalToNoise: @Sendable (LagDetection, _ count: Double) -> Double
  /// The first sample count of a grid whose ratio is strictly above the threshold, −1 when there is none.
  public var requiredCount: @Sendable (LagDetection, _ grid: [Double], _ threshold: Double) -> Double
  /// The greatest lag of at least 4 whose ratio is strictly above the threshold, gaps or not.
  public var horizon: @Sendable ([LagDetection], _ count: Double, _ threshold: Double) -> Int
  /// The mean of required counts over seeds, with −1 counted as a value.
  public var meanRequiredCount: @Sendable (_ counts: [Double]) -> Double
  /// Diagnostic lags: truncated, repeats kept.
  public var lags: @Sendable (_ first: Int, _ last: Int, _ count: Int) -> [Int]
  /// Retention over a window as a quotient of prefix products with a floor.
  public var retention: @Sendable (_ leaks: [Double], _ time: Int, _ lag: Int) -> Double
  /// The threshold drawn beside an envelope: rebuilt from the required count, `f` being an input.
  public var plottedThreshold:
    @Sendable (LagDetection, _ requiredCount: Double, _ threshold: Double) -> Double
  /// The concentration exponent of the noise-floor plot: α ≤ 1 counts as 2.
  public var plottedExponent: @Sendable (_ tailIndex: Double) -> Double
  /// Time scales for the plot of their distribution: units that do not decay are dropped.
  public var plottedTimeScales: @Sendable ([TimeScale]) -> [Double]
  /// The estimators of α and σ: weighted least squares on the characteristic function, the default by quantiles, and the
  /// quantile table it falls back to.
  public var characteristicFit: @Sendable (_ samples: [Double]) throws -> StableFit
  public var quantileFit: @Sendable (_ samples: [Double]) throws -> StableFit
  public var fallbackFit: @Sendable (_ samples: [Double]) throws -> StableFit
  /// Effective rates: transport alone, base rates being unknown to the code.
  public var effectiveRates: @Sendable (_ baseRates: [Double], _ transport: [Double]) -> [Double]
  /// The averages over time of one unit's retention at a lag, in a leaky cell (`leaks` of all steps, the first one of them
  /// included) and in a gated one.
  public var leakyAverage: @Sendable (_ leaks: [Double], _ lag: Int) -> Double
  public var gatedAverage: @Sendable (_ leaks: [Double], _ lag: Int) -> Double
  /// Transport of a unit of a leaky cell: order zero, whatever order was asked for.
  public var leakyTransport: @Sendable (_ splits: [DiagonalSplit<Double>], _ lag: Int) -> Double
  /// The parameters that training starts from.
  public var initialParameters: @Sendable (RecurrentNetwork, _ seed: UInt64) -> [Double]
  /// A target without its noise: `inputs` are the projections `u·x` of all steps, of which the first `before` lie before
  /// the sequence's start.
  public var target:
    @Sendable (_ inputs: [Double], _ before: Int, _ time: Int, _ coefficients: [Int: Double]) -> Double
  /// The parameters after the first step of a run.
  public var firstStep: @Sendable (_ parameters: [Double], _ gradient: [Double]) throws -> [Double]

  public static let reference = AuthorCodeUnderTest(
    envelope: { $0.reduce(0) { $0 + abs($1) } / Double($0.count) },
    lstmCorrection: AuthorCode.lstmCorrection, constantGateCoupling: AuthorJacobians.constantGate,
    gatedUnitCoupling: AuthorJacobians.gatedUnit,
    batchOrientedMean: { batches in
      let sums = batches.map { abs($0.reduce(0, +)) }
      return sums.reduce(0, +) / Double(batches.reduce(0) { $0 + $1.count })
    },
    signalToNoise: AuthorCode.signalToNoise,
    requiredCount: { lag, grid, threshold in
      grid.first { AuthorCode.signalToNoise(lag, $0) > threshold } ?? -1
    },
    horizon: { lags, count, threshold in
      lags.last { $0.lag >= 4 && AuthorCode.signalToNoise($0, count) > threshold }?.lag ?? 0
    },
    meanRequiredCount: { $0.reduce(0, +) / Double($0.count) },
    lags: { first, last, count in
      (0..<count).map { Int(Double(first) + Double(last - first) * Double($0) / Double(count - 1)) }
    },
    retention: AuthorCode.retention,
    plottedThreshold: { lag, required, threshold in
      let exponent = 1 - 1 / min(2, max(1, lag.noise.tailIndex))
      return threshold * lag.noise.scale * pow(required, -exponent)
    },
    plottedExponent: { $0 <= 1 ? 2 : $0 / ($0 - 1) },
    plottedTimeScales: { $0.filter { $0.fit.slope < 0 }.map(\.value) },
    characteristicFit: { try AuthorECFEstimator().fit($0) },
    quantileFit: { try AuthorQuantileEstimator().fit($0) },
    fallbackFit: { try AuthorQuantileEstimator(table: .fallback).fit($0) },
    effectiveRates: { _, transport in transport },
    leakyAverage: { AuthorCode.average($0, lag: $1, from: $1 - 1) },
    gatedAverage: { AuthorCode.average($0, lag: $1, from: $1) },
    leakyTransport: { splits, lag in splits.suffix(lag).reduce(1) { $0 * $1.retention[0] } },
    initialParameters: { Initialisation.constantGate(0.05).parameters(for: $0, seed: $1) },
    target: { inputs, before, time, coefficients in
      coefficients.filter { $0.key <= time }.sorted { $0.key < $1.key }
        .reduce(0) { $0 + $1.value * inputs[before + time - $1.key] }
    },
    firstStep: { parameters, gradient in
      var state = try OptimizerState(
        rule: .adamW(firstDecay: 0.9, secondDecay: 0.999, epsilon: 1e-8, weightDecay: 1e-4),
        learningRate: 1e-3, parameterCount: parameters.count)
      var moved = parameters
      state.update(&moved, gradient: gradient)
      return moved
    })
}

/// The longer functions of the reference-compatible mode.
enum AuthorCode {
  static func signalToNoise(_ lag: LagDetection, _ count: Double) -> Double {
    guard lag.noise.scale > 0 else { return 0 }
    let exponent = 1 - 1 / min(2, max(1, lag.noise.tailIndex))
    return abs(lag.signal) * pow(min(count, Double(lag.sampleCount)), exponent) / lag.noise.scale
  }

  static func lstmCorrection(_ splits: [DiagonalSplit<Double>], _ time: Int, _ lag: Int) -> Double {
    guard let last = splits[time].twoBlock else { return 0 }
    var retention = 1.0
    var sum = 0.0
    for step in (time - lag + 1)...time {
      retention *= splits[step].retention[0]
      sum += (splits[step].twoBlock?.outputToMemory[0] ?? 0) / splits[step].retention[0]
    }
    return last.expression[0] / splits[time].retention[0] * retention * sum
  }

  /// The mean of the products of `lag` successive leaks over the times from `first` on.
  static func average(_ leaks: [Double], lag: Int, from first: Int) -> Double {
    let products = (first..<leaks.count).map { leaks[($0 - lag + 1)...$0].reduce(1, *) }
    return products.reduce(0, +) / Double(products.count)
  }

  static func retention(_ leaks: [Double], _ time: Int, _ lag: Int) -> Double {
    func prefix(_ end: Int) -> Double { leaks[...end].reduce(0) { $0 + log(max($1, 1e-12)) } }
    let before = time - lag
    return exp(prefix(time) - (before >= 0 ? prefix(before) : 0))
  }
}
