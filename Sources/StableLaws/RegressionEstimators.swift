import Foundation

/// Regression of log(−log|φ̂(t)|²) = log 2 + α log σ + α log t on log t, shared by the two classical methods.
struct CharacteristicRegression {
  var tailIndex: Double
  var logScale: Double
  var location: Double
  /// log σ when α is held at 2: the line of slope 2 through the centre of the regression.
  var logScaleAtTwo: Double
  /// n times the covariance of (α, log σ) and the variance of the location.
  var varianceTailIndex: Double
  var varianceLogScale: Double
  var varianceLocation: Double

  /// Ordinary least squares on a standardised sample; arguments where |φ̂|² is not inside (0, 1) cannot be used.
  init(_ sample: StableSample, centre: Double, scale: Double, grid: [Double], method: String)
    throws(StableLawError)
  {
    let empirical = EmpiricalCharacteristic(sample, centre: centre, scale: scale, grid: grid)
    let moduli = empirical.squaredModuli
    let usable = grid.indices.filter { moduli[$0] > 0 && moduli[$0] < 1 }
    guard usable.count >= 3 else { throw .noConvergence(method: method, iterations: 0) }
    let x = usable.map { Foundation.log(grid[$0]) }
    let y = usable.map { Foundation.log(-Foundation.log(moduli[$0])) }
    let m = Double(x.count)
    let meanX = x.reduce(0, +) / m
    let meanY = y.reduce(0, +) / m
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let slopeWeights = x.map { ($0 - meanX) / spread }
    let slope = dot(slopeWeights, y)
    guard slope > 0.05 else { throw .noConvergence(method: method, iterations: 0) }
    tailIndex = slope
    let intercept = meanY - slope * meanX
    logScale = (intercept - Foundation.log(2)) / slope
    logScaleAtTwo = (meanY - 2 * meanX - Foundation.log(2)) / 2
    // Phase: arg φ̂(t) = δ t, least squares through the origin.
    let arguments = usable.map { Foundation.atan2(empirical.sines[$0], empirical.cosines[$0]) }
    let t = usable.map { grid[$0] }
    let norm = dot(t, t)
    location = dot(t, arguments) / norm

    // Delta method: dy/dc = 1/(φ log φ) and d(arg)/ds = 1/φ at the fitted law.
    let sigma = Foundation.exp(logScale)
    let index = min(2, slope)
    let phi = t.map { Foundation.exp(-Foundation.pow(sigma * $0, index)) }
    let real = EmpiricalCharacteristic.covariance(.real, t, tailIndex: index, scale: sigma, ridge: 0)
    let imaginary = EmpiricalCharacteristic.covariance(
      .imaginary, t, tailIndex: index, scale: sigma, ridge: 0)
    // log σ = (ȳ − α x̄ − log 2)/α, so d log σ = (dȳ − (x̄ + log σ) dα)/α.
    let offset = meanX + logScale
    let scaleWeights = slopeWeights.map { (1 / m - offset * $0) / slope }
    func variance(_ weights: [Double], _ matrix: [Double]) -> Double {
      var total = 0.0
      for i in weights.indices {
        for j in weights.indices { total += weights[i] * weights[j] * matrix[i * weights.count + j] }
      }
      return total
    }
    let jacobian = phi.map { 1 / ($0 * Foundation.log($0)) }
    varianceTailIndex = variance(zip(slopeWeights, jacobian).map { $0 * $1 }, real)
    varianceLogScale = variance(zip(scaleWeights, jacobian).map { $0 * $1 }, real)
    varianceLocation = variance(zip(t, phi).map { $0 / ($1 * norm) }, imaginary)
  }

  /// The fit in the units of the sample. An index above 2 is reported as the boundary, the scale then refitted with α = 2 on
  /// the same line through the centre of the regression.
  func result(_ method: String, _ sample: StableSample, unit: Double, centre: Double, iterations: Int)
    -> StableFit
  {
    let boundary: StableFit.Boundary = tailIndex >= 2 ? .gaussian : .interior
    let n = Double(sample.count)
    let scale = unit * Foundation.exp(boundary == .gaussian ? logScaleAtTwo : logScale)
    return StableFit(
      method: method, tailIndex: min(2, tailIndex), scale: scale, location: centre + unit * location,
      standardErrors: .init(
        tailIndex: boundary == .gaussian ? 0 : (varianceTailIndex / n).squareRoot(),
        scale: scale * (varianceLogScale / n).squareRoot(),
        location: unit * (varianceLocation / n).squareRoot()),
      boundary: boundary, count: sample.count, iterations: iterations)
  }
}

/// Kogon & Williams' regression (in "A practical guide to heavy tails", 1998): the sample standardised once by quantiles, ten equidistant
/// arguments 0.1 … 1, ordinary least squares.
public struct KogonWilliamsEstimator: StableEstimator {
  public init() {}
  public var name: String { "kogon-williams" }

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    let start = try QuantileEstimator().fit(sample)
    let regression = try CharacteristicRegression(
      sample, centre: sample.median, scale: start.scale, grid: (1...10).map { Double($0) / 10 }, method: name)
    return regression.result(name, sample, unit: start.scale, centre: sample.median, iterations: 1)
  }
}

/// Koutrouvelis' regression (JASA 75, 1980, 918–928): arguments πk/25, k = 1 … K(α), the sample standardised again by the estimates
/// until they settle.
///
/// The numbers K are derived here, not the paper's (which range from 9 to 134 and also depend on n): for each α the K with the
/// least asymptotic variance of α̂ by the delta method on the covariance of the empirical characteristic function.
public struct KoutrouvelisEstimator: StableEstimator {
  public init() {}
  public var name: String { "koutrouvelis" }

  /// The optimal numbers of arguments by falling α.
  static let counts: [(tailIndex: Double, count: Double)] = [
    (1.99, 7), (1.97, 8), (1.95, 9), (1.9, 10), (1.8, 11), (1.7, 12), (1.6, 12), (1.5, 13), (1.4, 13),
    (1.3, 13),
    (1.2, 14), (1.1, 14), (1.0, 15), (0.9, 16), (0.8, 18), (0.7, 20), (0.6, 24), (0.5, 30), (0.4, 43),
    (0.3, 74),
  ]

  /// Linear interpolation in α, constant outside the table.
  static func argumentCount(tailIndex: Double) -> Int {
    let a = min(counts[0].tailIndex, max(counts[counts.count - 1].tailIndex, tailIndex))
    for (upper, lower) in zip(counts, counts.dropFirst()) where a >= lower.tailIndex {
      let fraction = (a - lower.tailIndex) / (upper.tailIndex - lower.tailIndex)
      return Int((lower.count + fraction * (upper.count - lower.count)).rounded())
    }
    return Int(counts[0].count)
  }

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    let start = try QuantileEstimator().fit(sample)
    var unit = start.scale
    var centre = sample.median
    var index = start.tailIndex
    let limit = 10
    for iteration in 1...limit {
      let count = Self.argumentCount(tailIndex: index)
      let regression = try CharacteristicRegression(
        sample, centre: centre, scale: unit, grid: (1...count).map { .pi * Double($0) / 25 }, method: name)
      let settled =
        (regression.tailIndex - index).magnitude < 1e-4 && regression.logScale.magnitude < 1e-4
      if settled || iteration == limit {
        return regression.result(name, sample, unit: unit, centre: centre, iterations: iteration)
      }
      index = regression.tailIndex
      centre += unit * regression.location
      unit *= Foundation.exp(regression.logScale)
    }
    throw .noConvergence(method: name, iterations: limit)
  }
}
