import Foundation
import Numerics

/// The standard symmetric stable law of index α < 1 as integrals along a ray t = s·e^(iφ), s = e^w·unit, by the trapezoidal
/// rule in w, each with a proved bound of its error.
///
/// With E₁ = e^(ixt) and E₂ = e^(−t^α), both of modulus at most one on the rays used,
///
///     f(x)        = (1/π) Re ∫ E₁E₂ dt              = (1/π) Re ∫ E₁(E₂ − 1) dt
///     f′(x)       = (1/π) Re ∫ i t (E₁ − 1)E₂ dt    = (1/π) Re ∫ i t E₁(E₂ − 1) dt
///     1 − F(x)    = −(1/π) Im ∫ E₁(E₂ − 1) dt/t,      F(x) − 1/2 = (1/π) Im ∫ (E₁ − 1)E₂ dt/t.
///
/// The first form of each pair (and the last integral) loses nothing as x → 0, the second (and the tail's) nothing as x → ∞; the
/// one whose integrand is smaller is taken. The ray is upright (φ = π/2, where the integrands are products of real functions with
/// sin(s^α sin(πα/2))) for α ≤ 1/2 and has φ = π/(4α) above, so that neither decay is lost.
///
/// Error of the rule: the integrand is analytic in w in the strip |Im w| ≤ d = 0.8φ, so the infinite sum is off by at most
/// (M₊ + M₋)/(e^(2πd/h) − 1), M± the integral of the modulus along its edges (Trefethen & Weideman, SIAM Review 56, 2014,
/// theorem 5.1); M± are gamma functions. What the finite sum leaves out is bounded by geometric series, rounding by unit
/// roundoffs counted per node. A value takes 200 to 700 nodes, ten to fifty microseconds.
struct RayIntegral: Sendable {
  enum Kind: String, Sendable { case density, tail, centre, derivative }

  let tailIndex: Double
  fileprivate let angle: Double
  fileprivate let isUpright: Bool
  /// cos φ, sin φ.
  fileprivate let direction: Complex
  /// cos αφ, sin αφ.
  fileprivate let turn: Complex
  private let step: Double

  /// - Precondition: 0 < α < 1.
  init(_ tailIndex: Double) {
    self.tailIndex = tailIndex
    isUpright = tailIndex <= 0.5
    angle = isUpright ? .pi / 2 : .pi / (4 * tailIndex)
    direction = isUpright ? Complex(0, 1) : Complex(Foundation.cos(angle), Foundation.sin(angle))
    turn = Complex(Foundation.cos(tailIndex * angle), Foundation.sin(tailIndex * angle))
    // 2πd/h = 63 at the least, so that the rule's error is below 10⁻²⁷ of M₊ + M₋.
    step = isUpright ? 0.125 : 0.0625
  }

  /// The integral of one kind at x > 0.
  func callAsFunction(_ kind: Kind, _ x: Double) -> CertifiedValue {
    let isNear =
      modulusIntegral(kind, isNear: true, x, angle) < modulusIntegral(kind, isNear: false, x, angle)
    switch (kind, isNear) {
    case (.tail, true): return sum(.centre, isNear: true, x).fromHalf
    case (.centre, _):
      // The centre is small where the tail has just lost its accuracy to 1/2: whichever bound is better.
      let direct = sum(.centre, isNear: true, x)
      let complement = sum(.tail, isNear: false, x).fromHalf
      return complement.bound < direct.bound ? complement : direct
    default: return sum(kind, isNear: isNear, x)
    }
  }

  /// The power of t beside the exponentials, counting dt = t dw.
  func power(_ kind: Kind) -> Double {
    switch kind {
    case .density: 1
    case .tail, .centre: 0
    case .derivative: 2
    }
  }

  /// At least the integral of the integrand's modulus along the ray of angle θ.
  private func modulusIntegral(_ kind: Kind, isNear: Bool, _ x: Double, _ theta: Double) -> Double {
    let k = power(kind)
    let a = x * Foundation.sin(theta)
    let b = Foundation.cos(tailIndex * theta)
    // ∫ s^(p−1) e^(−b s^α) ds.
    func inPower(_ p: Double) -> Double {
      Foundation.exp(Foundation.lgamma(p / tailIndex) - p / tailIndex * Foundation.log(b)) / tailIndex
    }
    guard isNear else {
      // |E₂ − 1| ≤ s^α.
      let p = k + tailIndex
      return Foundation.exp(Foundation.lgamma(p) - p * Foundation.log(a))
    }
    // |E₁ − 1| ≤ xs; the density keeps E₁E₂.
    return kind == .density ? inPower(1) : x * inPower(k + 1)
  }

  private func sum(_ kind: Kind, isNear: Bool, _ x: Double) -> CertifiedValue {
    let node = Node(self, kind, isNear: isNear, x)
    var total = CompensatedSum()
    var moduli = 0.0
    var rounding = 0.0
    func add(_ index: Int) -> Node.Term {
      let term = node(Double(index) * step)
      total.add(term.value)
      moduli += term.modulus
      rounding += term.modulus * term.roundoffs
      return term
    }
    // To the right until what is left is below 2⁻⁶⁰ of the sum, then to the left.
    var index = 0
    var right = Double.infinity
    while right > 0x1p-60 * moduli, index < Self.limit {
      let term = add(index)
      right = term.decayRate > 0 ? term.rightModulus / Foundation.expm1(term.decayRate * step) : .infinity
      index += 1
    }
    index = -1
    var left = Double.infinity
    while left > 0x1p-60 * moduli, index > -Self.limit {
      left = add(index).leftModulus / Foundation.expm1(node.leftPower * step)
      index -= 1
    }
    let width = 0.8 * angle
    let edges =
      modulusIntegral(kind, isNear: isNear, x, angle - width)
      + modulusIntegral(kind, isNear: isNear, x, angle + width)
    let discretisation = edges / Foundation.expm1(2 * .pi * width / step)
    let scale = step / .pi
    return CertifiedValue(
      value: scale * total.value,
      bound: scale * (right + left + 0x1p-53 * rounding) + discretisation / .pi)
  }

  /// A thousand e-foldings of any integrand end far earlier; a sum that gets here has an infinite bound.
  private static let limit = 20_000
}

extension RayIntegral {
  /// The integrand at one w, for one kind, form and x.
  fileprivate struct Node {
    struct Term {
      var value: Double
      /// At least the modulus of what was computed.
      var modulus: Double
      /// Unit roundoffs committed, relative to `modulus`.
      var roundoffs: Double
      /// At least the modulus of the integrand here, in a form that only falls to the right once `decayRate` is positive …
      var rightModulus: Double
      /// … at least by this rate in w.
      var decayRate: Double
      /// At least the modulus of the integrand here, in a form that falls to the left like e^(w·leftPower).
      var leftModulus: Double
    }

    private let ray: RayIntegral
    private let kind: Kind
    private let isNear: Bool
    private let x: Double
    private let k: Double
    /// s = unit·e^w: 1 near zero, 1/x far out, so that the mass of the integrand is near w = 0.
    private let unit: Double
    /// unit^α.
    private let unitPower: Double

    init(_ ray: RayIntegral, _ kind: Kind, isNear: Bool, _ x: Double) {
      self.ray = ray
      self.kind = kind
      self.isNear = isNear
      self.x = x
      k = ray.power(kind)
      unit = isNear ? 1 : 1 / x
      unitPower = isNear ? 1 : Foundation.pow(x, -ray.tailIndex)
    }

    /// Whether E₁ − 1 stands for E₁.
    private var lessOneInX: Bool { isNear && kind != .density }

    /// E₁ − 1 or E₂ − 1 vanish with s or s^α, and so does the sine on the upright ray.
    var leftPower: Double {
      let alpha = ray.tailIndex
      if ray.isUpright { return k + alpha + (lessOneInX ? 1 : 0) }
      return k + (isNear ? (lessOneInX ? 1 : 0) : alpha)
    }

    func callAsFunction(_ w: Double) -> Term {
      let alpha = ray.tailIndex
      let grown = Foundation.exp(w)
      let s = unit * grown
      let xs = isNear ? x * s : grown
      let u = unitPower * Foundation.exp(alpha * w)
      let weight = k == 0 ? 1 : k == 1 ? s : s * s
      let inX = Foundation.exp(-xs * ray.direction.imaginary)
      let inPower = Foundation.exp(-u * ray.turn.real)
      // The exponent xs is off by at most 8 roundoffs of itself, u by 12 + 2|αw|. That moves an exponential by as much in absolute terms,
      // but E − 1 relative to min(2, |exponent|) no more than the exponent relative to itself. Products and functions: 32.
      let offInPower = 12 + 2 * (alpha * w).magnitude
      let lessOneInPower = !isNear && !ray.isUpright
      let roundoffs = 32 + 8 * (lessOneInX ? 1 : xs) + offInPower * (lessOneInPower ? 1 : 1 + u)
      let rate = (lessOneInX ? 0 : xs * ray.direction.imaginary)
      let rateInPower = alpha * u * ray.turn.real
      if ray.isUpright {
        let sine = Foundation.sin(u * ray.turn.imaginary)
        let sineBound = min(1, u * ray.turn.imaginary)
        let first = lessOneInX ? -Foundation.expm1(-xs) : inX
        let firstBound = lessOneInX ? min(1, xs) : inX
        let modulus = weight * firstBound * inPower * sineBound
        return Term(
          value: (kind == .derivative && !lessOneInX ? -1 : 1) * weight * first * inPower * sine,
          modulus: modulus, roundoffs: roundoffs,
          rightModulus: weight * (lessOneInX ? 1 : inX) * inPower,
          decayRate: rate + rateInPower - k,
          leftModulus: weight * (lessOneInX ? xs : 1) * u * ray.turn.imaginary)
      }
      let first = Complex(-xs * ray.direction.imaginary, xs * ray.direction.real)
      let second = Complex(-u * ray.turn.real, -u * ray.turn.imaginary)
      let product: Complex
      let modulus: Double
      let rightModulus: Double
      let leftModulus: Double
      let decayRate: Double
      if lessOneInX {
        product = Self.exponentialLessOne(first) * Complex.exp(second)
        modulus = weight * min(2, xs) * inPower
        rightModulus = 2 * weight * inPower
        leftModulus = weight * xs
        decayRate = rateInPower - k
      } else if isNear {
        product = Complex.exp(first + second)
        modulus = weight * inX * inPower
        rightModulus = modulus
        leftModulus = weight
        decayRate = rate + rateInPower - k
      } else {
        product = Complex.exp(first) * Self.exponentialLessOne(second)
        modulus = weight * inX * min(2, u)
        rightModulus = 2 * weight * inX
        leftModulus = weight * u
        decayRate = rate - k
      }
      let value: Double
      switch kind {
      case .density: value = (ray.direction * product).real * weight
      case .derivative: value = -(ray.direction * ray.direction * product).imaginary * weight
      case .tail: value = -product.imaginary
      case .centre: value = product.imaginary
      }
      return Term(
        value: value, modulus: modulus, roundoffs: roundoffs, rightModulus: rightModulus,
        decayRate: decayRate,
        leftModulus: leftModulus)
    }

    /// e^z − 1 without cancellation: the real part is (e^a − 1) cos b − 2 sin²(b/2).
    private static func exponentialLessOne(_ z: Complex) -> Complex {
      let half = Foundation.sin(0.5 * z.imaginary)
      return Complex(
        Foundation.expm1(z.real) * Foundation.cos(z.imaginary) - 2 * half * half,
        Foundation.exp(z.real) * Foundation.sin(z.imaginary))
    }
  }
}
