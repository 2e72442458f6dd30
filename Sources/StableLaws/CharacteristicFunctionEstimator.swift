import Foundation

/// Generalised least squares on the empirical characteristic function over a geometric grid (ECF-GLS).
///
/// Minimises (ĉ − φ)ᵀ Ω⁻¹ (ĉ − φ) for the means of cosines ĉ by Gauss–Newton, Ω being the model's covariance at the current
/// estimate: Feuerverger & McDunnough's (JRSS B 43, 1981) asymptotically efficient procedure, with the grid
/// geometric in t because information on α sits at small t when α is small. The location follows from the sines, which are
/// asymptotically independent of the cosines. Efficiency against Cramér–Rao is in `asymptoticEfficiency`. O(n·grid).
public struct CharacteristicFunctionEstimator: StableEstimator {
  /// Arguments per octave.
  public let perOctave: Int
  /// Octaves of the grid; the highest argument is 2.8/σ.
  public let octaves: Int

  static let highest = 2.8
  static let ridge = 1e-10

  public init() {
    perOctave = 4
    octaves = 8
  }

  /// - Throws: `invalidParameter` when a size is not in 2...8 (per octave) or 3...12 (octaves).
  public init(perOctave: Int, octaves: Int) throws(StableLawError) {
    guard (2...8).contains(perOctave) else {
      throw .invalidParameter(name: "perOctave", value: Double(perOctave), allowed: "2...8")
    }
    guard (3...12).contains(octaves) else {
      throw .invalidParameter(name: "octaves", value: Double(octaves), allowed: "3...12")
    }
    self.perOctave = perOctave
    self.octaves = octaves
  }

  public var name: String { "ecf-gls" }

  /// The lowest argument, in units of 1/scale.
  private var lowest: Double {
    Self.highest / Foundation.exp2(Double(octaves) - 1 / Double(perOctave))
  }

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    try fit(sample, decrement: 0)
  }

  /// The fit, or an iterate whose next step is short enough to start something better from.
  ///
  /// - Parameter decrement: Ends the iteration below the edge of the family once the squared length of a step, in standard
  ///   errors, is smaller; with zero it goes on to the limit of rounding.
  func fit(_ sample: StableSample, decrement: Double) throws(StableLawError) -> StableFit {
    let middle = sample.medianDeviation
    let start = QuantileEstimator.start(ratio: sample.outerDeviation / middle)
    let unit = middle / start.quartile
    let empirical = EmpiricalCharacteristic(
      sample, centre: sample.median, scale: unit, lowest: lowest, perOctave: perOctave, octaves: octaves)
    var state = State(tailIndex: min(start.tailIndex, 1.9), logScale: 0)
    var iterations = try iterate(
      &state, empirical, fixedIndex: false, decrement: decrement / Double(sample.count))
    var boundary = StableFit.Boundary.interior
    if state.tailIndex >= 2 {
      // The estimate proper is 2; the scale must be the best one at 2, not the one that went with a larger index.
      state.tailIndex = 2
      boundary = .gaussian
      iterations += try iterate(
        &state, empirical, fixedIndex: true, decrement: decrement / Double(sample.count))
    }
    let n = Double(sample.count)
    let scale = Foundation.exp(state.logScale)
    let (shift, shiftVariance) = try location(empirical, tailIndex: state.tailIndex, scale: scale)
    return StableFit(
      method: name, tailIndex: state.tailIndex, scale: unit * scale, location: sample.median + unit * shift,
      standardErrors: .init(
        tailIndex: (state.varianceTailIndex / n).squareRoot(),
        scale: unit * scale * (state.varianceLogScale / n).squareRoot(),
        location: unit * (shiftVariance / n).squareRoot()),
      boundary: boundary, count: sample.count, iterations: iterations)
  }

  private struct State {
    var tailIndex: Double
    var logScale: Double
    /// n times the variances.
    var varianceTailIndex = 0.0
    var varianceLogScale = 0.0
  }

  private func iterate(
    _ state: inout State, _ empirical: EmpiricalCharacteristic, fixedIndex: Bool, decrement: Double
  ) throws(StableLawError) -> Int {
    let limit = 40
    for iteration in 1...limit {
      let information = try self.information(
        empirical.grid, tailIndex: state.tailIndex, scale: Foundation.exp(state.logScale))
      let residual = information.system.whiten(zip(empirical.cosines, information.model).map { $0 - $1 })
      let gradientIndex = dot(information.whiteIndex, residual)
      let gradientScale = dot(information.whiteScale, residual)
      var stepIndex = 0.0
      var stepScale = 0.0
      if fixedIndex {
        stepScale = gradientScale / information.scale
        state.varianceTailIndex = 0
        state.varianceLogScale = 1 / information.scale
      } else {
        let determinant = information.index * information.scale - information.mixed * information.mixed
        stepIndex = (information.scale * gradientIndex - information.mixed * gradientScale) / determinant
        stepScale = (information.index * gradientScale - information.mixed * gradientIndex) / determinant
        state.varianceTailIndex = information.scale / determinant
        state.varianceLogScale = information.index / determinant
      }
      let squaredLength = gradientIndex * stepIndex + gradientScale * stepScale
      // Far from the solution a full step may leave the family; shortening keeps the direction.
      let length = max(stepIndex.magnitude / 0.3, stepScale.magnitude / 0.5)
      if length > 1 {
        stepIndex /= length
        stepScale /= length
      }
      state.tailIndex = max(0.3, min(2.5, state.tailIndex + stepIndex))
      state.logScale += stepScale
      guard state.logScale.isFinite, state.tailIndex.isFinite else { break }
      if stepIndex.magnitude < 1e-9, stepScale.magnitude < 1e-9 { return iteration }
      // Near the edge and past it the limit decides whether the answer is the boundary.
      if squaredLength < decrement, fixedIndex || state.tailIndex < 1.9 { return iteration }
      // Past the edge the weights stay at 2 and the iteration may crawl: the answer is the boundary.
      if !fixedIndex, state.tailIndex > 2.2, iteration > 8 { return iteration }
    }
    // Gauss–Newton with moving weights can end in a two-cycle of the size of rounding under misspecification.
    guard state.logScale.isFinite, state.tailIndex.isFinite else {
      throw .noConvergence(method: "ecf-gls", iterations: limit)
    }
    return limit
  }

  private struct Information {
    var system: PositiveDefiniteSystem
    var model: [Double]
    var whiteIndex: [Double]
    var whiteScale: [Double]
    var index: Double
    var scale: Double
    var mixed: Double
  }

  private func information(
    _ grid: [Double], tailIndex: Double, scale: Double
  ) throws(StableLawError) -> Information {
    let weightIndex = min(2, tailIndex)
    let system = try self.system(.real, grid, tailIndex: weightIndex, scale: scale)
    var model: [Double] = []
    var slopeIndex: [Double] = []
    var slopeScale: [Double] = []
    for t in grid {
      let u = Foundation.pow(scale * t, tailIndex)
      let phi = Foundation.exp(-u)
      model.append(phi)
      slopeIndex.append(-phi * u * Foundation.log(scale * t))
      slopeScale.append(-phi * u * tailIndex)
    }
    let whiteIndex = system.whiten(slopeIndex)
    let whiteScale = system.whiten(slopeScale)
    return Information(
      system: system, model: model, whiteIndex: whiteIndex, whiteScale: whiteScale,
      index: dot(whiteIndex, whiteIndex),
      scale: dot(whiteScale, whiteScale), mixed: dot(whiteIndex, whiteScale))
  }

  /// The factorised covariance; samples far from stable can drive the scale to where a stronger ridge is needed.
  private func system(
    _ part: EmpiricalCharacteristic.Part, _ grid: [Double], tailIndex: Double, scale: Double
  ) throws(StableLawError) -> PositiveDefiniteSystem {
    var ridge = Self.ridge
    while ridge < 1e-2 {
      let matrix = EmpiricalCharacteristic.covariance(
        part, geometric: grid, perOctave: perOctave, tailIndex: tailIndex, scale: scale, ridge: ridge)
      if let system = PositiveDefiniteSystem(matrix, size: grid.count) { return system }
      ridge *= 100
    }
    throw .noConvergence(method: "ecf-gls", iterations: 0)
  }

  /// The location from the sines, in units of the standardisation, with n times its variance.
  private func location(
    _ empirical: EmpiricalCharacteristic, tailIndex: Double, scale: Double
  ) throws(StableLawError) -> (Double, Double) {
    let system = try self.system(.imaginary, empirical.grid, tailIndex: min(2, tailIndex), scale: scale)
    let slope = system.whiten(
      empirical.grid.map { $0 * Foundation.exp(-Foundation.pow(scale * $0, tailIndex)) })
    let information = dot(slope, slope)
    return (dot(slope, system.whiten(empirical.sines)) / information, 1 / information)
  }

  /// The efficiency for (α, σ) relative to the Cramér–Rao bounds as n grows, without simulation: the ratio of the bounds to the
  /// asymptotic variances of this estimator.
  public func asymptoticEfficiency(tailIndex: Double) throws(StableLawError) -> (
    tailIndex: Double, scale: Double
  ) {
    let law = try SymmetricStableLaw(tailIndex: tailIndex)
    let bounds = law.fisherInformation.standardDeviationBounds
    let grid = (0..<perOctave * octaves).map { lowest * Foundation.exp2(Double($0) / Double(perOctave)) }
    let information = try information(grid, tailIndex: tailIndex, scale: 1)
    let determinant = information.index * information.scale - information.mixed * information.mixed
    return (
      bounds.tailIndex * bounds.tailIndex * determinant / information.scale,
      bounds.scale * bounds.scale * determinant / information.index
    )
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var total = 0.0
  for index in a.indices { total += a[index] * b[index] }
  return total
}
