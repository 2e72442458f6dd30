import Numerics

/// An ordinary least-squares line `y ≈ intercept + slope · x`.
public struct LinearFit: Sendable, Hashable, Codable {
  public let intercept: Double
  public let slope: Double
  /// `1 − SSE/SST`; 1 when all y are equal and fitted exactly.
  public let r2: Double
  public let count: Int

  /// A line with given figures.
  public init(intercept: Double, slope: Double, r2: Double, count: Int) {
    self.intercept = intercept
    self.slope = slope
    self.r2 = r2
    self.count = count
  }

  /// Fits finite points only.
  /// - Returns: nil with fewer than two distinct x.
  public init?(_ x: [Double], _ y: [Double]) {
    let points = zip(x, y).filter { $0.isFinite && $1.isFinite }
    guard points.count >= 2 else { return nil }
    let n = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.0 } / n
    let meanY = points.reduce(0) { $0 + $1.1 } / n
    var xx = 0.0
    var xy = 0.0
    var yy = 0.0
    for (px, py) in points {
      xx += (px - meanX) * (px - meanX)
      xy += (px - meanX) * (py - meanY)
      yy += (py - meanY) * (py - meanY)
    }
    guard xx > 0 else { return nil }
    slope = xy / xx
    intercept = meanY - slope * meanX
    var residual = 0.0
    for (px, py) in points {
      let error = py - intercept - slope * px
      residual += error * error
    }
    r2 = yy > 0 ? 1 - residual / yy : 1
    count = points.count
  }
}

/// How an envelope decays: both laws fitted to it by least squares on logarithms.
public struct EnvelopeFit: Sendable, Hashable, Codable {
  /// `f ≈ e^a · e^{b ℓ}`.
  public let exponential: LinearFit?
  /// `f ≈ e^c · ℓ^d`; the decay exponent is `β = −d`.
  public let power: LinearFit?

  public init(exponential: LinearFit?, power: LinearFit?) {
    self.exponential = exponential
    self.power = power
  }

  /// The time scale `−1/b` of the exponential fit; infinite when the envelope does not decay.
  public var timeScale: Double? {
    exponential.map { $0.slope < 0 ? -1 / $0.slope : .infinity }
  }

  /// Fits the positive, finite values of an envelope.
  public init(lags: [Int], envelope: [Double]) {
    let kept = zip(lags, envelope).filter { $1 > 0 && $1.isFinite }
    let logs = kept.map { Double.log($0.1) }
    exponential = LinearFit(kept.map { Double($0.0) }, logs)
    power = LinearFit(kept.map { Double.log(Double($0.0)) }, logs)
  }
}
