import Foundation

/// The symmetric stable law with characteristic function exp(−σ^α|t|^α) and tails heavier than the Cauchy law's: 1/16 ≤ α < 1.
///
/// Such a law has no mean, and averaging makes it wider: the mean of N copies has scale σ·N^(1/α − 1) > σ. `SymmetricStableLaw`
/// covers 1 ≤ α ≤ 2 from tables; this one integrates for every value (`RayIntegral`, ten to fifty microseconds) and returns
/// it only with a proved bound of its relative error: at most `accuracy` at σ = 1, ten times that for the derivative. Where
/// the bound is missed the functions throw `StableLawError.outOfReach`, which names the function, α, |x|/σ and
/// the range within reach. That range ends where binary64 does: for |x| of 10^±290 or a value near 10⁻²⁹⁰.
///
/// NaN arguments are refused, infinite ones give the limits.
public struct SubCauchyLaw: Sendable {
  /// The proved relative error of density and tail; the derivative, whose integrand cancels more, has ten times that.
  public static let accuracy = 1e-13
  /// The indices covered: below, a variate itself would leave binary64 with noticeable probability (2⁻⁵⁴ to the power −1/α).
  public static let tailIndices = 0.0625..<1

  /// α.
  public let tailIndex: Double
  /// σ > 0.
  public let scale: Double

  let integral: RayIntegral

  /// - Parameters:
  ///   - tailIndex: α in 1/16..<1, used exactly as given.
  ///   - scale: σ, positive and finite.
  /// - Throws: `StableLawError` naming the offending value.
  public init(tailIndex: Double, scale: Double = 1) throws(StableLawError) {
    guard Self.tailIndices.contains(tailIndex) else {
      throw .invalidParameter(
        name: "tail index", value: tailIndex, allowed: "1/16 ≤ α < 1; SymmetricStableLaw covers 1 ≤ α ≤ 2")
    }
    guard scale > 0, scale.isFinite else { throw .invalidScale(scale) }
    self.tailIndex = tailIndex
    self.scale = scale
    integral = RayIntegral(tailIndex)
  }

  /// The same law at another scale.
  public func rescaled(to scale: Double) throws(StableLawError) -> SubCauchyLaw {
    try SubCauchyLaw(tailIndex: tailIndex, scale: scale)
  }

  /// The exact law of the mean of `count` independent copies: scale σ·N^(1/α − 1), which grows with N.
  public func mean(of count: Int) throws(StableLawError) -> SubCauchyLaw {
    guard count >= 1 else {
      throw .invalidParameter(name: "count", value: Double(count), allowed: "at least 1")
    }
    return try rescaled(to: scale * Foundation.pow(Double(count), 1 / tailIndex - 1))
  }

  /// The density at `x`; Γ(1 + 1/α)/(πσ) at zero.
  public func density(_ x: Double) throws(StableLawError) -> Double {
    let z = try standardised(x)
    if z == 0 { return Foundation.tgamma(1 + 1 / tailIndex) / (.pi * scale) }
    return z == .infinity ? 0 : try certified(.density, z).value / scale
  }

  /// The logarithm of the density.
  public func logDensity(_ x: Double) throws(StableLawError) -> Double { Foundation.log(try density(x)) }

  /// The derivative of the density: an odd function.
  public func densityDerivative(_ x: Double) throws(StableLawError) -> Double {
    let z = try standardised(x)
    if z == 0 || z == .infinity { return 0 }
    return (x < 0 ? -1 : 1) * (try certified(.derivative, z).value) / (scale * scale)
  }

  /// The location score −f′(x)/f(x): an odd function, near (1 + α)/x far out.
  public func score(_ x: Double) throws(StableLawError) -> Double {
    let z = try standardised(x)
    if z == 0 || z == .infinity { return 0 }
    let slope = try certified(.derivative, z).value
    return (x < 0 ? 1 : -1) * slope / (try certified(.density, z).value * scale)
  }

  /// P(X > x), by its own path: accurate to the last places however small.
  public func tail(_ x: Double) throws(StableLawError) -> Double {
    let z = try standardised(x)
    if z == 0 { return 0.5 }
    let value = z == .infinity ? 0 : try certified(.tail, z).value
    return x < 0 ? 1 - value : value
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StableLawError) -> Double { try tail(-x) }

  /// The logarithm of P(X > x), also where the probability is nearly one.
  public func logTail(_ x: Double) throws(StableLawError) -> Double {
    x >= 0 ? Foundation.log(try tail(x)) : Foundation.log1p(-(try tail(-x)))
  }

  /// The total variation distance between the law and its copy shifted by `shift`: 2F(|d|/2) − 1, relatively accurate down to zero.
  public func totalVariation(shift: Double) throws(StableLawError) -> Double {
    let half = try standardised(shift) / 2
    if half == 0 { return 0 }
    return half == .infinity ? 1 : 2 * (try certified(.centre, half).value)
  }

  /// The characteristic function exp(−σ^α|t|^α).
  public func characteristicFunction(_ t: Double) -> Double {
    Foundation.exp(-Foundation.pow((scale * t).magnitude, tailIndex))
  }

  /// The constant of P(X > x) ~ C_α (σ/x)^α: Γ(α) sin(πα/2)/π.
  public var tailConstant: Double {
    Foundation.tgamma(tailIndex) * Foundation.sin(.pi * tailIndex / 2) / .pi
  }

  private func standardised(_ x: Double) throws(StableLawError) -> Double {
    guard !x.isNaN else { throw .notFinite(name: "x", value: x) }
    return (x / scale).magnitude
  }

  /// The integral at z > 0 when its bound is small enough.
  func certified(_ kind: RayIntegral.Kind, _ z: Double) throws(StableLawError) -> CertifiedValue {
    let result = integral(kind, z)
    guard result.relativeBound <= Self.accuracy(kind) else {
      throw .outOfReach(function: kind.rawValue, tailIndex: tailIndex, x: z, reach: reach(kind))
    }
    return result
  }

  static func accuracy(_ kind: RayIntegral.Kind) -> Double { kind == .derivative ? 10 * accuracy : accuracy }

  /// The |x|/σ > 0 where the values and the powers of s on the ray stay normal numbers.
  func reach(_ kind: RayIntegral.Kind) -> ClosedRange<Double> {
    1e-290...Foundation.pow(10, 290 / (integral.power(kind) + 1))
  }
}
