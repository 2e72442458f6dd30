import Foundation

/// Maximum likelihood for (α, σ, μ) by Newton's method with analytic derivatives, started from ECF-GLS.
///
/// α is searched as 2 − e^η, which keeps the likelihood close to quadratic near the normal law; standard errors are those of
/// the observed information. If the likelihood at α = 2 is a maximum (its one-sided derivative there is not negative), the fit is the
/// normal one with `boundary == .gaussian`; if it grows down to α = 1, the fit is the Cauchy one with `.cauchy`. Some
/// 5 to 10 passes over the sample, O(n) each.
///
/// Source: asymptotics in DuMouchel, Annals of Statistics 1, 1973, 948–957; the tables replace his grids.
public struct MaximumLikelihoodEstimator: StableEstimator {
  public init() {}
  public var name: String { "maximum-likelihood" }

  private static let limit = 60

  public func fit(_ sample: StableSample) throws(StableLawError) -> StableFit {
    let start = try Self.start(sample)
    if start.boundary == .gaussian, let fit = Self.gaussianFit(sample, beating: -.infinity) { return fit }
    var tailIndex = min(1.98, max(1.02, start.tailIndex))
    var scale = start.scale
    var location = start.location ?? sample.median
    var current = StableLikelihood(sample, tailIndex: tailIndex, scale: scale, location: location)
    for iteration in 1...Self.limit {
      let gap = 2 - tailIndex
      if gap < 1e-3, let fit = Self.gaussianFit(sample, beating: current.value) { return fit }
      // At α = 1 with the likelihood still growing downwards, α stays and the others move.
      let pinned = tailIndex == 1 && current.gradient.0 <= 0
      var step = try Self.step(current, gap: gap, pinned: pinned)
      let length = max(1, step.eta.magnitude / 1.5, step.logScale.magnitude / 0.7, step.shift.magnitude / 2)
      step = (step.eta / length, step.logScale / length, step.shift / length, step.decrement)
      // The decrement is the squared length of the step in standard errors; Newton's next error is its square.
      let last = step.decrement < 1e-6
      var fraction = 1.0
      for _ in 0..<30 {
        let nextIndex = pinned ? 1 : max(1, 2 - gap * Foundation.exp(fraction * step.eta))
        let nextScale = scale * Foundation.exp(fraction * step.logScale)
        let nextLocation = location + scale * fraction * step.shift
        let next = StableLikelihood(sample, tailIndex: nextIndex, scale: nextScale, location: nextLocation)
        // Rounding of the sum limits what a comparison of likelihoods can see.
        let noise = 1e-13 * current.value.magnitude
        if next.value >= current.value - noise {
          (tailIndex, scale, location, current) = (nextIndex, nextScale, nextLocation, next)
          break
        }
        fraction *= 0.5
      }
      if last {
        return finish(sample, tailIndex, scale, location, current, iteration, pinned)
      }
    }
    throw .noConvergence(method: name, iterations: Self.limit)
  }

  private static func start(_ sample: StableSample) throws(StableLawError) -> StableFit {
    do {
      // Once steps are below a tenth of a standard error it is as near to the maximum as its limit.
      return try CharacteristicFunctionEstimator().fit(sample, decrement: 1e-2)
    } catch {
      guard case .noConvergence = error else { throw error }
      return try QuantileEstimator().fit(sample)
    }
  }

  /// The Newton step in (η, log σ, μ/σ); the information of score products takes over where the Hessian is indefinite.
  private static func step(
    _ likelihood: StableLikelihood, gap: Double, pinned: Bool
  ) throws(StableLawError) -> (eta: Double, logScale: Double, shift: Double, decrement: Double) {
    let g = [-gap * likelihood.gradient.0, likelihood.gradient.1, likelihood.gradient.2]
    func matrix(_ m: (Double, Double, Double, Double, Double, Double), _ sign: Double, _ curvature: Double)
      -> [Double]
    {
      let first = sign * m.0 * gap * gap + curvature
      let (second, third) = (-gap * sign * m.1, -gap * sign * m.2)
      return [first, second, third, second, sign * m.3, sign * m.4, third, sign * m.4, sign * m.5]
    }
    // d²/dη² = (2 − α)² d²/dα² − (2 − α) d/dα.
    var candidates = [matrix(likelihood.hessian, -1, gap * likelihood.gradient.0)]
    candidates.append(matrix(likelihood.products, 1, 0))
    for candidate in candidates {
      if pinned {
        let reduced = [candidate[4], candidate[5], candidate[7], candidate[8]]
        guard let system = PositiveDefiniteSystem(reduced, size: 2) else { continue }
        let s = system.solve([g[1], g[2]])
        return (0, s[0], s[1], g[1] * s[0] + g[2] * s[1])
      }
      guard let system = PositiveDefiniteSystem(candidate, size: 3) else { continue }
      let s = system.solve(g)
      return (s[0], s[1], s[2], dot(g, s))
    }
    throw .noConvergence(method: "maximum-likelihood", iterations: 0)
  }

  /// The normal fit when it is a maximum at the edge α = 2 and at least as likely as `value`.
  static func gaussianFit(_ sample: StableSample, beating value: Double) -> StableFit? {
    let n = Double(sample.count)
    // Moments about the median, in units that cannot overflow.
    let unit = sample.medianDeviation
    var (first, second) = (0.0, 0.0)
    sample.forEach { x, weight in
      let z = (x - sample.median) / unit
      first += weight * z
      second += weight * z * z
    }
    let mean = first / n
    let variance = second / n - mean * mean
    guard variance > 0, variance.isFinite else { return nil }
    let scale = unit * (0.5 * variance).squareRoot()
    let location = sample.median + unit * mean
    let likelihood = -n * (Foundation.log(scale) + 0.5 * Foundation.log(4 * Double.pi) + 0.5)
    guard likelihood >= value else { return nil }
    let jets = StableJetTable(2)
    var slope = 0.0
    sample.forEach { x, weight in slope += weight * jets(((x - location) / scale).magnitude).da }
    guard slope >= 0 else { return nil }
    return StableFit(
      method: "maximum-likelihood", tailIndex: 2, scale: scale, location: location,
      standardErrors: .init(
        tailIndex: 0, scale: scale / (2 * n).squareRoot(), location: scale * (2 / n).squareRoot()),
      boundary: .gaussian, count: sample.count, logLikelihood: likelihood)
  }

  private func finish(
    _ sample: StableSample, _ tailIndex: Double, _ scale: Double, _ location: Double,
    _ likelihood: StableLikelihood,
    _ iterations: Int, _ pinned: Bool
  ) -> StableFit {
    var errors: StableFit.StandardErrors?
    if let system = PositiveDefiniteSystem(likelihood.observedInformation, size: 3) {
      let variances = system.inverseDiagonal
      errors = .init(
        tailIndex: variances[0].squareRoot(), scale: scale * variances[1].squareRoot(),
        location: scale * variances[2].squareRoot())
    }
    return StableFit(
      method: name, tailIndex: tailIndex, scale: scale, location: location, standardErrors: errors,
      boundary: pinned ? .cauchy : .interior, count: sample.count, iterations: iterations,
      logLikelihood: likelihood.value)
  }
}
